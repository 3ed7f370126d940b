"""Who speaks other languages, for residents whose answer is not in theirs."""

from faq.counters import Section
from handlers import names, words
from handlers.city import City


def said(city: City) -> str:
    """Where to ask, with telephone, source and day; the call centre in a city that names nobody else."""
    desk = next((each for each in city.sections if each.id == city.profile.foreign_desk), None)
    number = _telephone(city, desk) if desk else ""
    if desk is None or not number:
        return city.say("foreign.centre")
    asked = city.say("foreign.plaza", plaza=names.section(city, desk), number=number)
    return f"{asked}\n{words.source_line(city, desk.provenance)}"


def _telephone(city: City, desk: Section) -> str:
    office = city.directory.office(desk.office)
    return desk.telephone or (office.telephone if office else "")
