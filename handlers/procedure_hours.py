"""When a procedure can be done, on the days asked about."""

from collections.abc import Sequence
from dataclasses import dataclass

from faq.counters import Counter, Procedure, Section
from faq.hours import ClosedOn
from faq.models import Office, Provenance
from faq.procedures import section_for
from handlers import names, open_days
from handlers.city import City
from handlers.turn import Turn
from nlp.when import When


@dataclass(frozen=True, slots=True)
class Said:
    """What is said of the hours, and where it comes from; nothing where no hours are asked for."""

    lines: tuple[str, ...]
    sources: tuple[tuple[str, Provenance], ...] = ()


def say(turn: Turn, procedure: Procedure, able: Sequence[Office]) -> Said:
    """The hours of the counters that do it, where they are the same at all; of other sections that may be open."""
    whens = turn.heard.when.whens
    if not able or not (whens or turn.mentions("words.hours")):
        return Said(())
    said = {_hours(turn, _counter(turn.city, procedure, office)) for office in able}
    if len(said) > 1:
        return Said((turn.city.say("office.which", example=names.office(turn.city, able[0])),))
    day = open_days.first_day(
        turn.city, _counter(turn.city, procedure, able[0]), whens[0] if whens else None, turn.now
    )
    sources = (("source.of_hours", day.provenance),) if day.provenance else ()
    also = [line for when in whens for line in _also_open(turn, procedure, when)]
    return Said((turn.city.say("procedure.hours_at"), said.pop(), *also), sources)


def _counter(city: City, procedure: Procedure, office: Office) -> Counter:
    section = section_for(procedure, office, city.sections)
    return Counter(office.id, section.id if section else None)


def _hours(turn: Turn, counter: Counter) -> str:
    city, whens = turn.city, turn.heard.when.whens
    if not whens:
        return open_days.now_and_next(city, counter, turn.now)
    return "\n".join(open_days.on_days(city, counter, when, turn.now) for when in whens)


def _also_open(turn: Turn, procedure: Procedure, when: When) -> list[str]:
    """A window for evenings and weekends: other sections that deal with it and are not closed on the day."""
    city = turn.city
    lines = []
    for section in city.sections:
        office = city.directory.office(section.office)
        counter = Counter(section.office, section.id)
        if office and section.name != procedure.section and _deals_with(section, procedure):
            first = open_days.first_day(city, counter, when, turn.now)
            usual = open_days.first_day(city, Counter(section.office), when, turn.now)
            if isinstance(usual, ClosedOn) and not isinstance(first, ClosedOn):
                hours = open_days.on_days(city, counter, when, turn.now)
                name = names.counter(city, office, section)
                lines.append(city.say("procedure.also_open", office=name, said=hours))
    return lines


def _deals_with(section: Section, procedure: Procedure) -> bool:
    return not {procedure.name, *procedure.aliases}.isdisjoint(section.handles)
