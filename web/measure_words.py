"""What is said in a disaster, as staff read it."""

from dataclasses import dataclass
from typing import Final, assert_never

from faq.disaster import (
    ClosedOffice,
    Message,
    OpenCounter,
    OpenShelter,
    WasteNote,
    WaterPoint,
    What,
)
from faq.models import OfficeId, Shelter, ShelterId
from nlp.language import Language
from store.disaster_rows import kind_of
from web.known import Known
from web.site import site
from web.times import say_moment

KINDS: Final = ("shelter", "water", "closed_office", "counter", "waste", "message")
"""In the order of the page: what is needed first in the night."""


@dataclass(frozen=True, slots=True)
class MeasureWords:
    """The names that measures refer to by id."""

    shelters: dict[ShelterId, Shelter]
    offices: dict[OfficeId, str]

    @classmethod
    def of(cls, known: Known) -> "MeasureWords":
        return cls(
            {each.id: each for each in known.directory.shelters},
            {each.id: each.name for each in known.directory.offices},
        )

    @property
    def kinds(self) -> tuple[str, ...]:
        return KINDS

    def kind(self, what: What) -> str:
        return kind_of(what)

    def name(self, what: What) -> str:
        """What it is about, in a few words."""
        match what:
            case OpenShelter(shelter=shelter):
                found = self.shelters.get(shelter)
                return f"{found.name}（{found.ward}）" if found else str(shelter)
            case ClosedOffice(office=office):
                return self.offices.get(office, str(office))
            case OpenCounter(name=name):
                return name
            case WaterPoint(name=name, ward=ward):
                return f"{name}（{ward}）" if ward else name
            case WasteNote() | Message():
                return site().say(f"disasters.kind.{kind_of(what)}.label")
            case other:
                assert_never(other)

    def text(self, what: What) -> str:
        """What is said of it besides."""
        match what:
            case ClosedOffice(begins_at=begins, ends_at=ends, words=words):
                span = site().say("disasters.span", begins=say_moment(begins), ends=say_moment(ends))
                return f"{span}\n{words}".strip()
            case Message(words=words):
                others = [each for each in words if each is not Language.JAPANESE]
                told = [site().say(f"disasters.languages.{each}") for each in others]
                also = site().say("disasters.also_in", languages="、".join(told)) if told else ""
                return f"{words[Language.JAPANESE]}\n{also}".strip()
            case OpenShelter() | OpenCounter() | WaterPoint() | WasteNote():
                return what.words
            case other:
                assert_never(other)
