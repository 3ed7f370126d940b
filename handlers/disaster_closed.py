"""That an office is closed because of a disaster: said before anything else about it."""

from faq.disaster import ClosedOffice, DisasterNow, Measure
from faq.models import FaqEntry, Office
from handlers import disaster_said, names
from handlers.city import City


def of_office(city: City, office: Office) -> str:
    """From when until when, why, who says so; empty where it is not closed."""
    if city.disaster is None or (closing := city.disaster.closing(office.id)) is None:
        return ""
    said = _line(city, city.disaster, office, closing)
    written = disaster_said.by_staff(city, closing.what.words)
    return "\n".join(filter(None, [said, written, disaster_said.source(city, closing)]))


def of_entry(city: City, entry: FaqEntry) -> str:
    """The closed ones among the offices that the entry names as its counter; empty where none is."""
    if city.disaster is None:
        return ""
    closed = [
        (office, each)
        for each in city.disaster.of(ClosedOffice)
        if (office := city.directory.office(each.what.office)) and _answers_for(city, office, entry)
    ]
    if not closed:
        return ""
    lines = [_line(city, city.disaster, office, each) for office, each in closed]
    return "\n".join([*lines, disaster_said.source(city, *(each for _, each in closed))])


def all_of(city: City, disaster: DisasterNow) -> tuple[str, ...]:
    """Each that is closed, with its source."""
    offices = (city.directory.office(each.what.office) for each in disaster.of(ClosedOffice))
    return tuple(of_office(city, office) for office in offices if office is not None)


def _line(city: City, disaster: DisasterNow, office: Office, closing: Measure[ClosedOffice]) -> str:
    begins, ends = (
        disaster_said.moment(city, each) for each in (closing.what.begins_at, closing.what.ends_at)
    )
    what = disaster_said.named(city, disaster)
    return city.say("disaster.closed", what=what, office=names.office(city, office), begins=begins, ends=ends)


def _answers_for(city: City, office: Office, entry: FaqEntry) -> bool:
    """東区役所 is meant by its own name, by its kind (区役所), and by the name of a section it has (区民課)."""
    if office.name in entry.section or (office.kind and office.kind in entry.section):
        return True
    return any(each.office == office.id and each.name in entry.section for each in city.sections)
