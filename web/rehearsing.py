"""What a rehearsal needs of the talk, which pages may not import: how it would answer, with nothing sent or kept."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from faq.disaster import DisasterNow
from nlp.language import Language
from web.bubble import Bubble


@dataclass(frozen=True, slots=True)
class Tried:
    """What a resident would do: write words, or press a button."""

    words: str
    pressed: str
    """The data of the button; empty where words were written."""


@dataclass(frozen=True, slots=True)
class Button:
    """A button as the talk would show it."""

    label: str
    words: str
    """What it would say; empty where it does something else."""
    pressed: str
    """The data that it would send; empty for what leads out of the talk, or acts on a record."""


@dataclass(frozen=True, slots=True)
class Shown:
    """The answer in one language."""

    language: Language
    bubbles: tuple[Bubble, ...]
    """One of words alone has no title."""
    buttons: tuple[Button, ...]


class Rehearsal(Protocol):
    """Answers as the talk would while that disaster is on."""

    def __call__(
        self, disaster: DisasterNow, tried: Tried, languages: tuple[Language, ...], now: datetime
    ) -> tuple[Shown, ...]:
        """One answer a language, in that order."""
