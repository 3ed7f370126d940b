"""A city as a turn sees it: what it knows, where its offices are, how it speaks."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from faq.counters import Procedure, Section
from faq.danger_texts import DangerTexts
from faq.disaster import DisasterNow
from faq.disaster_closures import closures_of
from faq.foreign import Foreign
from faq.foreign_names import ForeignNames
from faq.hearings import Hearing
from faq.namebook import Namebook
from faq.neighbours import Neighbour
from faq.offices import Directory
from faq.plans import Plan
from faq.profile import CityProfile
from faq.programmes import ProgrammeId
from faq.readings import Readings
from faq.retention import Retention
from faq.schedule import Schedule
from faq.search import Knowledge
from faq.switchboard import Switchboard
from faq.terms import Terms
from faq.timetable import Timetable
from faq.topics import Topic
from faq.towns import Towns
from faq.voice_categories import VoiceCategory
from faq.ways import Way
from handlers.wording import Wording
from nlp.danger import DangerRules
from nlp.language import Language

Listing = Literal["all", "names", "times", "choices", "sentences"]
"""Things in general, names in a row, spans of time, one of several, and sentences that follow each other."""


@dataclass(frozen=True, slots=True)
class City:
    """Immutable: a change of the knowledge makes a new one."""

    profile: CityProfile
    knowledge: Knowledge
    directory: Directory
    towns: Towns
    names: Namebook
    sections: tuple[Section, ...]
    procedures: tuple[Procedure, ...]
    timetable: Timetable
    schedule: Schedule
    terms: Mapping[ProgrammeId, Terms]
    """Of the programmes that can be booked here, or could be once they are opened."""
    wording: Wording
    """The sentences of the language in which this turn is answered."""
    wordings: Mapping[Language, Wording]
    """Of each language that is spoken here; Japanese always is."""
    danger: DangerRules
    danger_texts: DangerTexts
    """What is said at once to who is in danger."""
    public: frozenset[str]
    """Telephone numbers and addresses that are nobody's own: they are not masked."""
    readings: Readings
    """How names of places are read."""
    foreign_names: ForeignNames
    """How other languages say names."""
    foreign: Foreign
    """What is known of other languages: their words, and the entries' translations."""
    neighbours: tuple[Neighbour, ...]
    """Authorities that are not the city's."""
    topics: tuple[Topic, ...]
    """What residents may choose to hear of, in their order."""
    voice_categories: tuple[VoiceCategory, ...]
    """What voices are about, in their order."""
    hearings: tuple[Hearing, ...]
    """Meetings with the mayor and other hearings, announced and over."""
    ways: tuple[Way, ...]
    """To be heard when something went wrong, in their order."""
    retention: Retention
    """How long what people tell is kept."""
    pages_url: str
    """Before the path of a page that is opened from the talk; without a slash at its end."""
    language: Language = Language.JAPANESE
    """In which this turn is answered."""
    disaster: DisasterNow | None = None
    """What is on, with what may be said of it; None on ordinary days."""
    plans: tuple[Plan, ...] = ()
    """Drafts on which opinions are asked; those that close last stand first."""

    def speaking(self, language: Language) -> "City":
        """The same city in another language; in Japanese where it has not that one."""
        spoken = language if language in self.wordings else Language.JAPANESE
        return (
            self if spoken is self.language else replace(self, language=spoken, wording=self.wordings[spoken])
        )

    def in_disaster(self, disaster: DisasterNow | None) -> "City":
        """The same city while that disaster is on: offices that it closed are closed."""
        if disaster is self.disaster:
            return self
        closed = closures_of(disaster) if disaster is not None else ()
        return replace(self, disaster=disaster, timetable=self.timetable.but_for(closed))

    def at(self, now: datetime) -> "City":
        """The same city without what has expired of a disaster."""
        return self if self.disaster is None else self.in_disaster(self.disaster.at(now))

    @property
    def switchboard(self) -> Switchboard:
        """Which section takes what, and by when it answers."""
        return Switchboard(self.sections, self.directory, self.timetable, self.profile.cases)

    def listed(self, items: Iterable[str], how: Listing = "all") -> str:
        """One after the other, as the language does it: A、B、C and A, B and C; empty where there is nothing."""
        before, *others = [each for each in items if each] or [""]
        for left, one in enumerate(others, start=1 - len(others)):
            before = self.say(f"list.{how}.{'comma' if left else 'last'}", before=before, one=one)
        return before

    def say(self, key: str, **values: object) -> str:
        """A sentence of the catalogue; the city's and the call centre's names may be used in any."""
        centre = self.profile.call_centre
        return self.wording.say(
            key,
            **{
                "city": self._named(self.profile.name),
                "centre": self._named(centre.name),
                "telephone": centre.telephone,
                "centre_hours": self._named(centre.hours_text),
            }
            | values,
        )

    def _named(self, name: str) -> str:
        return self.foreign_names.say(name, self.language, self.readings)
