"""What an operator may be looking for: entries, offices and consultations, while they type and once they ask."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from faq.called import called
from faq.models import EntryId, FaqEntry, Office, OfficeId, Outcome
from faq.programmes import Programme, ProgrammeId
from faq.suggest import suggest
from nlp.folding import fold
from web.known import Known

MOST_PROGRAMMES: Final = 3
SHORTEST: Final = 2
"""Letters from which on a consultation is offered; one letter stands in most of their names."""

Thing = FaqEntry | Office | Programme


@dataclass(frozen=True, slots=True)
class Found:
    """What fits some words, best first."""

    things: tuple[Thing, ...]
    because: Mapping[EntryId, str]
    """Why an entry fits; only of those that a whole question found."""
    sure: bool
    """Whether the first may be given as the answer."""
    scores: Mapping[EntryId, float] = field(default_factory=dict)
    """How likely each entry answers a whole question, 0 to 1."""


NOTHING: Final = Found((), {}, sure=False)


def suggested(known: Known, words: str) -> Found:
    """What may be meant by words that are still being typed."""
    if not words.strip():
        return NOTHING
    found: tuple[Thing, ...] = suggest(known.knowledge, known.directory, words)
    return Found((*found, *_programmes(known, words)), {}, sure=False)


def searched(known: Known, words: str) -> Found:
    """What answers a whole question; where nothing does, what may be meant."""
    result = known.knowledge.search(words)
    entries: tuple[Thing, ...] = tuple(match.entry for match in result.matches)
    others = tuple(each for each in suggested(known, words).things if not isinstance(each, FaqEntry))
    office, sure = _called_so(known, words), result.outcome is Outcome.ANSWER
    things = (*entries, *others) if sure else (*others, *entries)
    if not things:
        return suggested(known, words)
    if office is not None:
        things, sure = (office, *(each for each in things if each != office)), True
    because = {match.entry.id: match.because for match in result.matches}
    return Found(things, because, sure, {match.entry.id: match.score for match in result.matches})


def key_of(thing: Thing) -> str:
    """Names one thing in a form: entry:moving-in."""
    match thing:
        case FaqEntry():
            return f"entry:{thing.id}"
        case Office():
            return f"office:{thing.id}"
        case Programme():
            return f"programme:{thing.id}"


def thing_of(known: Known, key: str) -> Thing | None:
    """The thing of that key; None where it is no key, or what it named is gone."""
    kind, _, name = key.partition(":")
    match kind:
        case "entry":
            return known.knowledge.entry(EntryId(name))
        case "office":
            return known.directory.office(OfficeId(name))
        case "programme":
            named = (each for each in known.schedule.programmes if each.id == ProgrammeId(name))
            return next(named, None)
        case _:
            return None


def _called_so(known: Known, words: str) -> Office | None:
    """The office of which the words are a name and nothing else: who says no more wants that office."""
    asked = fold(words)
    found = [
        each for each in known.directory.offices if asked in map(fold, (each.name, each.kana, *each.aliases))
    ]
    return found[0] if len(found) == 1 else None


def _programmes(known: Known, words: str) -> tuple[Programme, ...]:
    if len(fold(words)) < SHORTEST:
        return ()
    return called(known.schedule.programmes, words)[:MOST_PROGRAMMES]
