"""Where an entry's matter is dealt with: the offices that its section names, each with its hours now."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from faq.counters import Counter, Section
from faq.hours import Closed, Open, State
from faq.models import FaqEntry, Office
from nlp.token_filters import hiragana
from web.known import Known
from web.opening import say_state
from web.site import site


@dataclass(frozen=True, slots=True)
class At:
    """A counter, as it is now."""

    office: Office
    section: Section | None
    state: State
    said: str
    """Whether it is open now, and until or from when."""

    @property
    def name(self) -> str:
        return f"{self.office.name} {self.section.name}" if self.section else self.office.name

    @property
    def kana(self) -> str:
        """How the name is read, in hiragana."""
        return hiragana(self.office.kana)

    @property
    def telephone(self) -> str:
        return (self.section.telephone if self.section else "") or self.office.telephone

    @property
    def tone(self) -> str:
        """The kind of its mark."""
        return tone_of(self.state)


def tone_of(state: State) -> str:
    """Green where it is open, red where it is closed, and yellow where nobody knows."""
    return "good" if isinstance(state, Open) else "bad" if isinstance(state, Closed) else "warn"


def at(known: Known, office: Office, now: datetime, section: Section | None = None) -> At:
    """An office, or a section of it, now."""
    state = known.timetable.at(Counter(office.id, section.id if section else None), now)
    return At(office, section, state, say_state(state, now))


def counters_of(known: Known, entry: FaqEntry, now: datetime) -> tuple[At, ...]:
    """The one office that the entry's section names, or one in each ward, or the section itself; none where unknown."""
    named = known.directory.named(entry.section)
    if named:
        return (at(known, named.office, now, _section(known, named.office, entry.section)),)
    for kind in site().profile.counter_kinds:
        if kind in entry.section:
            there = known.directory.of_kinds([kind])
            return tuple(at(known, office, now, _section(known, office, entry.section)) for office in there)
    return tuple(_by_section(known, entry.section, now))


def sections_of(known: Known, office: Office, now: datetime) -> tuple[At, ...]:
    """The sections of an office, in the order of the city's data."""
    there = (each for each in known.sections if each.office == office.id)
    return tuple(at(known, office, now, section) for section in there)


def _section(known: Known, office: Office, words: str) -> Section | None:
    """The section of the office that the words name."""
    there = (each for each in known.sections if each.office == office.id and each.name in words)
    return next(there, None)


def _by_section(known: Known, words: str, now: datetime) -> Iterable[At]:
    for section in known.sections:
        office = known.directory.office(section.office)
        if office is not None and words in (section.name, *section.aliases):
            yield at(known, office, now, section)
