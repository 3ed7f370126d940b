"""By when somebody hears, in plain words, and when the clock starts that runs in business hours."""

from datetime import datetime

from faq.counters import SectionId
from faq.hours import Closed
from faq.working_hours import part_of_day
from handlers import names
from handlers.booking_time import say_moment
from handlers.city import City
from handlers.dates import say_day
from nlp.japan import today


def say_promise(city: City, promised_at: datetime | None, now: datetime) -> str:
    """11月25日（水）の午前中まで: never earlier than what was promised, and without minutes."""
    if promised_at is None:
        return city.say("case.promised.none")
    day = say_day(city, today(promised_at), today(now))
    return city.say(f"case.promised.{part_of_day(promised_at)}", day=day)


def say_start(city: City, section: SectionId, now: datetime) -> str:
    """From when on the section looks at it; empty where somebody is there now, or nobody knows."""
    state = city.switchboard.working_at(section)(now)
    if not isinstance(state, Closed) or state.opens is None:
        return ""
    return city.say(
        "case.clock_starts", section=section_name(city, section), when=say_moment(city, state.opens, now)
    )


def section_name(city: City, section: SectionId) -> str:
    """東区役所 区民課; what it is in general where the section is no more."""
    found = city.switchboard.section(section)
    office = city.directory.office(found.office) if found else None
    if found is None:
        return city.say("case.unknown_section")
    if office is None or found.name in office.name:
        return names.section(city, found)
    return names.counter(city, office, found)


def section_telephone(city: City, section: SectionId) -> str:
    """The section's own, or else the call centre's."""
    found = city.switchboard.section(section)
    return (found.telephone if found else "") or city.profile.call_centre.telephone
