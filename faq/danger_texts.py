"""What is said at once to who is in danger: fixed texts and numbers, which staff keep and approve as all they know."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from types import MappingProxyType
from typing import Final, NewType, Self

from faq.models import Provenance
from nlp.danger import Danger, DangerKind, Severity

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
class Guidance:
    """What is said at once, in fixed words."""

    text: str
    lines: tuple[DangerLine, ...]
    cannot_speak: tuple[DangerLine, ...]


@dataclass(frozen=True, slots=True)
class DangerTexts:
    """A text for every occasion. Immutable, so one is shared by all threads."""

    by_occasion: Mapping[Occasion, Guidance]
    borrowed: frozenset[Occasion] = frozenset()
    """Those that are not as staff keep them: what was given instead stands there."""

    @classmethod
    def of(
        cls, texts: Iterable[DangerText], lines: Iterable[DangerLine], instead: "DangerTexts | None" = None
    ) -> Self:
        """A text that is missing, empty or without a line of its own is given by `instead`.

        Raises KeyError, with the occasion, where that has none either.
        """
        known = {line.id: line for line in lines}
        found = {each.occasion: guided for each in texts if (guided := guidance_of(each, known))}
        borrowed = frozenset(OCCASIONS) - found.keys()
        others = instead.by_occasion if instead else {}
        return cls(
            MappingProxyType({each: found[each] if each in found else others[each] for each in OCCASIONS}),
            borrowed,
        )

    def guidance(self, danger: Danger) -> Guidance:
        """What to say to it."""
        return self.by_occasion[danger.kind, danger.severity]

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


def lost(before: Iterable[DangerText], after: Iterable[DangerText]) -> Iterator[Occasion]:
    """Occasions that go without a text by a change.

    One that had none before is no matter, unless there was none at all: the first texts have to be whole.
    """
    had, have = ({each.occasion for each in some} for some in (before, after))
    needed = (had or set(OCCASIONS)) if had or have else set()
    return (each for each in OCCASIONS if each in needed and each not in have)
