"""What is needed to send somebody's case to a section, and to say by when it answers."""

from dataclasses import dataclass
from datetime import datetime
from functools import partial

from faq import hours
from faq.case_rules import CaseRules
from faq.counters import Counter, Section, SectionId
from faq.hours import Closed, Open
from faq.offices import Directory
from faq.timetable import Timetable
from faq.working_hours import WorkingAt, due


@dataclass(frozen=True, slots=True)
class Switchboard:
    """The sections of a city, where they are, and when they work."""

    sections: tuple[Section, ...]
    directory: Directory
    timetable: Timetable
    rules: CaseRules

    def section(self, section: SectionId) -> Section | None:
        """The section of this id."""
        return next((each for each in self.sections if each.id == section), None)

    def working_at(self, section: SectionId) -> WorkingAt:
        """When the section works; one that there is no more, or whose hours nobody confirmed, as the city usually."""
        found, usual = self.section(section), self.rules.usual_hours
        if found is None:
            return partial(_usually, usual)
        counter = Counter(found.office, found.id)
        return lambda moment: self.timetable.working_at(counter, moment, usual)

    def promised_at(self, section: SectionId, opened: datetime) -> datetime | None:
        """By when the section answers what was handed to it then, in UTC; None where that cannot be promised."""
        return due(self.working_at(section), opened, self.rules.answer_within)


def _usually(weekly: str, moment: datetime) -> Open | Closed:
    found = hours.state(weekly, moment)
    assert not isinstance(found, hours.Unknown), f"the usual hours leave days open: {weekly}"
    return found
