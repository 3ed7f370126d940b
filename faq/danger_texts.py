"""What is said at once to who is in danger: fixed texts and numbers, which staff keep and approve as all they know."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import product
from types import MappingProxyType
from typing import Final, NewType, Self

from faq.models import Provenance, Status
from nlp.danger import Danger, DangerKind, Severity
from nlp.language import Language

LineId = NewType("LineId", str)
Occasion = tuple[DangerKind, Severity]
"""What a text is for."""
OCCASIONS: Final[tuple[Occasion, ...]] = tuple(product(DangerKind, Severity))
"""Each needs its text."""


@dataclass(frozen=True, slots=True)
class DangerLine:
    """A way to help: a telephone number, or an address where there is none."""

    id: LineId
    name: str
    number: str
    """As dialled; empty for an app or a service with an address only."""
    hours: str
    url: str
    provenance: Provenance


@dataclass(frozen=True, slots=True)
class DangerText:
    """The words for one kind of danger, present or asked about, and the lines below them in the order shown."""

    danger: DangerKind
    severity: Severity
    text: str
    lines: tuple[LineId, ...]
    cannot_speak: tuple[LineId, ...]
    """Ways for who cannot speak or hear; none for a talk, where the ordinary answer follows."""
    provenance: Provenance

    @property
    def occasion(self) -> Occasion:
        return self.danger, self.severity


@dataclass(frozen=True, slots=True)
class DangerTranslation:
    """The words for one kind of danger in another language; the lines below them are those of the Japanese text."""

    danger: DangerKind
    severity: Severity
    language: Language
    text: str
    provenance: Provenance

    @property
    def occasion(self) -> Occasion:
        return self.danger, self.severity


@dataclass(frozen=True, slots=True)
class DangerLineName:
    """What a way to help is called in another language, and when it is open; its number is the same in all."""

    line: LineId
    language: Language
    name: str
    hours: str
    provenance: Provenance
    """Of what the Japanese line does not say: that somebody interprets there."""


@dataclass(frozen=True, slots=True)
class Guidance:
    """What is said at once, in fixed words."""

    text: str
    lines: tuple[DangerLine, ...]
    cannot_speak: tuple[DangerLine, ...]
    language: Language = Language.JAPANESE
    is_draft: bool = False
    """Whether it is a translation that nobody at the city has confirmed; it is said all the same."""


@dataclass(frozen=True, slots=True)
class DangerTexts:
    """A text for every occasion. Immutable, so one is shared by all threads."""

    by_occasion: Mapping[Occasion, Guidance]
    borrowed: frozenset[Occasion] = frozenset()
    """Those that are not as staff keep them: what was given instead stands there."""
    translated: Mapping[tuple[Language, Occasion], Guidance] = field(default_factory=dict)
    """The same in other languages, as far as there are words."""

    @classmethod
    def of(
        cls,
        texts: Iterable[DangerText],
        lines: Iterable[DangerLine],
        instead: "DangerTexts | None" = None,
        translations: Iterable[DangerTranslation] = (),
        names: Iterable[DangerLineName] = (),
    ) -> Self:
        """A text that is missing, empty or without a line of its own is given by `instead`, and so is a translation.

        Raises KeyError, with the occasion, where that has no text either.
        """
        known = {line.id: line for line in lines}
        found = {each.occasion: guided for each in texts if (guided := guidance_of(each, known))}
        borrowed = frozenset(OCCASIONS) - found.keys()
        others = instead.by_occasion if instead else {}
        whole = {each: found[each] if each in found else others[each] for each in OCCASIONS}
        called = {(each.line, each.language): each for each in names}
        spoken = {
            (each.language, each.occasion): in_other_words(whole[each.occasion], each, called)
            for each in translations
            if each.text
        }
        shipped = instead.translated if instead else {}
        return cls(MappingProxyType(whole), borrowed, MappingProxyType({**shipped, **spoken}))

    def guidance(self, danger: Danger, language: Language = Language.JAPANESE) -> Guidance:
        """What to say to it; in Japanese where there are no words in the language."""
        occasion = danger.kind, danger.severity
        return self.translated.get((language, occasion), self.by_occasion[occasion])

    def numbers(self) -> frozenset[str]:
        """Every number that the texts show, as dialled: public numbers, which masking leaves alone."""
        texts = self.by_occasion.values()
        return frozenset(line.number for said in texts for line in said.lines if line.number)


def guidance_of(text: DangerText, known: Mapping[LineId, DangerLine]) -> Guidance | None:
    """The text with its lines; one that is not known is left out. None where nothing helpful is left."""
    lines, cannot_speak = (
        tuple(known[each] for each in some if each in known) for some in (text.lines, text.cannot_speak)
    )
    return Guidance(text.text, lines, cannot_speak) if text.text and lines else None


def in_other_words(
    guidance: Guidance,
    translation: DangerTranslation,
    called: Mapping[tuple[LineId, Language], DangerLineName],
) -> Guidance:
    """The Japanese guidance in another language: the same numbers, named and timed in it as far as that is known."""

    def named(line: DangerLine) -> DangerLine:
        other = called.get((line.id, translation.language))
        return replace(line, name=other.name, hours=other.hours) if other else line

    return Guidance(
        translation.text,
        tuple(map(named, guidance.lines)),
        tuple(map(named, guidance.cannot_speak)),
        translation.language,
        translation.provenance.status is not Status.CONFIRMED,
    )


def lost(before: Iterable[DangerText], after: Iterable[DangerText]) -> Iterator[Occasion]:
    """Occasions that go without a text by a change.

    One that had none before is no matter, unless there was none at all: the first texts have to be whole.
    """
    had, have = ({each.occasion for each in some} for some in (before, after))
    needed = (had or set(OCCASIONS)) if had or have else set()
    return (each for each in OCCASIONS if each in needed and each not in have)
