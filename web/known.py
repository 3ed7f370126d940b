"""What the city knows, as pages use it: the part of it that answers questions about counters, days and bookings."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from faq.counters import Section
from faq.danger_texts import DangerTexts
from faq.hearings import Hearing
from faq.neighbours import Neighbour
from faq.offices import Directory
from faq.programmes import ProgrammeId
from faq.readings import Readings
from faq.schedule import Schedule
from faq.search import Knowledge
from faq.terms import Terms
from faq.timetable import Timetable
from faq.topics import Topic
from faq.voice_categories import VoiceCategory
from nlp.danger import DangerRules


@dataclass(frozen=True, slots=True)
class Known:
    """Immutable: a change of the knowledge makes a new one. Cheap to ask for in every request."""

    version: int
    """Of the knowledge in the store."""
    knowledge: Knowledge
    directory: Directory
    timetable: Timetable
    schedule: Schedule
    sections: tuple[Section, ...]
    terms: Mapping[ProgrammeId, Terms]
    """Of the programmes that can be booked here, or could be once they are opened."""
    danger: DangerRules
    """Words that speak of a danger."""
    danger_texts: DangerTexts
    """What is told at once."""
    public: frozenset[str] = frozenset()
    """Telephone numbers and addresses that are nobody's own, and so are not masked."""
    readings: Readings = field(default_factory=Readings)
    """How names of places are read."""
    neighbours: tuple[Neighbour, ...] = ()
    """Authorities that are not the city's."""
    topics: tuple[Topic, ...] = ()
    """What residents may choose to hear of, in their order."""
    voice_categories: tuple[VoiceCategory, ...] = ()
    """What voices are about, in their order."""
    hearings: tuple[Hearing, ...] = ()
    """Meetings with the mayor and other hearings, announced and over."""
