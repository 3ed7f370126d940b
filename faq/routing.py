"""Which section a case goes to: by what it is about, and by the ward."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from faq.counters import Procedure, Section, SectionId
from faq.dealing import met, words_said
from faq.models import FaqEntry, OfficeId
from faq.offices import Directory
from faq.switchboard import Switchboard
from nlp.japan import today


@dataclass(frozen=True, slots=True)
class Topic:
    """What somebody wants of the city."""

    entry: FaqEntry | None
    """The entry that was shown, if any."""
    words: str
    """What they said, or in a few words what it is about."""
    ward: str = ""
    """Where they live; empty where nobody said it."""
    procedure: Procedure | None = None
    """What they named, if it was heard."""


class Because(StrEnum):
    """What told the section."""

    ENTRY = "entry"
    """The entry names it."""
    PROCEDURE = "procedure"
    """It does the procedure."""
    WORDS = "words"
    """It deals with what was said."""
    FALLBACK = "fallback"
    """Nothing did."""


@dataclass(frozen=True, slots=True)
class Routed:
    """The section of a case."""

    section: SectionId
    because: Because


@dataclass(frozen=True, slots=True)
class Handed:
    """The section of a case, and by when it answers."""

    section: SectionId
    because: Because
    promised_at: datetime | None
    """In UTC; None where no time can be promised."""


def hand_over(board: Switchboard, topic: Topic, opened: datetime) -> Handed | None:
    """Whose the case is and by when they answer; None where the city has no sections at all."""
    routed = route(board, topic, today(opened))
    if routed is None:
        return None
    return Handed(routed.section, routed.because, board.promised_at(routed.section, opened))


def route(board: Switchboard, topic: Topic, day: date) -> Routed | None:
    """The section, as of that day; the city's fallback where none is found or the ward is needed and not known."""
    ward = topic.ward or ward_named(board, topic.words)
    for because, found in _tellings(board, topic, day):
        section = _of_ward(board.directory, found, ward)
        if section is not None:
            return Routed(section.id, because)
    there = _there(board, day)
    fallback = board.rules.fallback_section
    if fallback not in {each.id for each in there}:
        fallback = there[0].id if there else None
    return Routed(fallback, Because.FALLBACK) if fallback else None


def needs_ward(board: Switchboard, topic: Topic, day: date) -> bool:
    """Whether the section can be told only by who says in which ward they live."""
    if topic.ward or ward_named(board, topic.words):
        return False
    found = next((found for _, found in _tellings(board, topic, day)), ())
    return bool(found) and _of_ward(board.directory, found, "") is None


def names_told(board: Switchboard, topic: Topic, day: date) -> frozenset[str]:
    """What the sections are called that the surest telling leaves, in whichever ward; empty where nothing tells."""
    found = next((found for _, found in _tellings(board, topic, day)), ())
    return frozenset(each.name for each in found)


def ward_named(board: Switchboard, words: str) -> str:
    """The one ward whose name or whose office stands in the words; else empty."""
    office = board.directory.named(words)
    if office and office.office.ward:
        return office.office.ward
    wards = {each.ward for each in board.directory.offices if each.ward and each.ward in words}
    return wards.pop() if len(wards) == 1 else ""


def in_charge(directory: Directory, sections: Sequence[Section], entry: FaqEntry) -> tuple[Section, ...]:
    """Those that the entry names, in its order; of an office that it names, the one with its telephone, or all."""
    words, named = entry.section, directory.named(entry.section)
    found = [each for each in sections if each.name in words or words in each.aliases]
    found.sort(key=lambda section: words.find(section.name))
    if named is None:
        return tuple(found)
    there = of_office(sections, named.office.id)
    with_telephone = tuple(each for each in there if each.telephone == entry.telephone)
    return with_telephone or tuple(each for each in found if each in there) or there


def of_office(sections: Iterable[Section], office: OfficeId | None) -> tuple[Section, ...]:
    """The sections of an office."""
    return tuple(each for each in sections if each.office == office)


def _there(board: Switchboard, day: date) -> tuple[Section, ...]:
    return tuple(each for each in board.sections if each.holds_on(day))


def _tellings(board: Switchboard, topic: Topic, day: date) -> Iterator[tuple[Because, tuple[Section, ...]]]:
    """What may tell the section, the surest first, each with the sections that it leaves; never none."""
    sections, last = _there(board, day), board.rules.fallback_section
    named = in_charge(board.directory, sections, topic.entry) if topic.entry else ()
    done = tuple(each for each in sections if topic.procedure and each.name == topic.procedure.section)
    dealing = _dealing(sections, topic.words)
    # An entry names the call centre where nobody knows the section in charge: words may know better.
    sure = () if all(each.id == last for each in named) else named
    asked = topic.entry.question if topic.entry and not sure else ""
    tellings = (
        (Because.ENTRY, _best(sure, topic.words)),
        (Because.PROCEDURE, done),
        (Because.WORDS, dealing),
        (Because.WORDS, _dealing(sections, asked)),
        (Because.ENTRY, named),
    )
    return ((because, found) for because, found in tellings if found)


def _best(named: tuple[Section, ...], words: str) -> tuple[Section, ...]:
    """Of several that an entry names, those that deal with what was said come first."""
    dealing = _dealing(named, words)
    return (*dealing, *(each for each in named if each not in dealing))


def _dealing(sections: Sequence[Section], text: str) -> tuple[Section, ...]:
    """Those that say of themselves that they deal with it, by the most that is met of the words."""
    said = words_said(text)
    dealt = {each.id: met((each.name, *each.aliases, *each.handles), said) for each in sections}
    most = max(dealt.values(), default=0)
    return tuple(each for each in sections if most and dealt[each.id] == most)


def _of_ward(directory: Directory, found: Sequence[Section], ward: str) -> Section | None:
    """The first of the ward among those that share a name; else the first that has its name alone.

    None where all share theirs, and none is of the ward.
    """
    shared = Counter(each.name for each in found)
    twins = (each for each in found if ward and shared[each.name] > 1)
    there = next((each for each in twins if _ward(directory, each) == ward), None)
    return there or next((each for each in found if shared[each.name] == 1), None)


def _ward(directory: Directory, section: Section) -> str:
    office = directory.office(section.office)
    return office.ward if office else ""
