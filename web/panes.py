"""What is shown of the thing that an operator chose: an answer, an office, or a consultation."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from faq import hours
from faq.called import called
from faq.models import FaqEntry, Kind, Office
from faq.programmes import Programme
from faq.schedule import Occasion
from nlp.japan import today
from web.cautions import Caution, caution_of
from web.counters import At, at, counters_of, sections_of
from web.known import Known
from web.opening import say_state
from web.reading_out import read_out
from web.site import site
from web.suggested import Thing, searched

DATES = 5
"""Days of a consultation that are told."""
TONES = {Kind.FACT: "good", Kind.STATUTORY: "key", Kind.SIGNPOST: "warn"}
"""The kind of the mark that says how much an entry can promise."""


@dataclass(frozen=True, slots=True)
class EntryPane:
    """An answer, and where its matter is dealt with."""

    entry: FaqEntry
    says: str
    """What to read out first."""
    because: str
    """Why it fits the question; empty where it was chosen among suggestions."""
    counters: tuple[At, ...]
    centre: str
    """Whether the call centre answers now, where the entry leads there."""
    booking: str
    """The consultation that it is about, where that is booked here; else empty."""
    caution: Caution | None

    template = "operators/entry.html"

    @property
    def tone(self) -> str:
        return TONES[self.entry.kind]


@dataclass(frozen=True, slots=True)
class OfficePane:
    """An office now."""

    office: Office
    at: At
    sections: tuple[At, ...]
    caution: Caution | None

    template = "operators/office.html"


@dataclass(frozen=True, slots=True)
class ProgrammePane:
    """A consultation, and its next days."""

    programme: Programme
    occasions: tuple[Occasion, ...]
    booking: str
    """Its name where it is booked here; else empty."""
    caution: Caution | None

    template = "operators/programme.html"


Pane = EntryPane | OfficePane | ProgrammePane


def pane_of(known: Known, thing: Thing, words: str, now: datetime) -> Pane:
    """What is shown of a thing that was found by these words."""
    caution = caution_of(thing.provenance, today(now))
    match thing:
        case FaqEntry():
            because = searched(known, words).because.get(thing.id, "")
            return EntryPane(
                thing,
                read_out(thing, words),
                because,
                counters_of(known, thing, now),
                _centre(thing, now),
                _booking(known, called(known.schedule.programmes, thing.question)),
                caution,
            )
        case Office():
            return OfficePane(thing, at(known, thing, now), sections_of(known, thing, now), caution)
        case Programme():
            dates = known.schedule.next_dates(thing.id, today(now), DATES)
            return ProgrammePane(thing, dates.occasions, _booking(known, [thing]), caution)


def _centre(entry: FaqEntry, now: datetime) -> str:
    centre = site().profile.call_centre
    return say_state(hours.state(centre.hours, now), now) if centre.name in entry.section else ""


def _booking(known: Known, programmes: Iterable[Programme]) -> str:
    """The name of the first that is booked here."""
    open_now = (each.name for each in programmes if each.id in known.terms and known.terms[each.id].open)
    return next(open_now, "")
