"""Pieces of replies that several handlers say."""

from typing import Final
from urllib.parse import quote_plus

from faq.models import Place, Provenance, Status
from handlers.city import City
from handlers.dates import say_date
from handlers.turn import SAY, Choice, Fact, OpenUrl, Press, Say

VOICES: Final = "voices"
"""What the button to the ways carries by which the city hears residents."""
_BETWEEN_SOURCES = "、"
"""Between the names in the cell of a data file."""


def press(city: City, key: str, data: str) -> Choice:
    """A button whose label, and what it shows as said, is the sentence of that key."""
    label = city.say(key)
    return Choice(label, Press(data, label))


def saying(city: City, label: str, said: str) -> Choice:
    """A button that says these words, which are Japanese; who reads another language is shown its label as said."""
    return Choice(label, Say(said) if city.language.is_japanese else Press(SAY + said, label))


def to_a_person(city: City) -> Choice:
    return press(city, "button.person", "person")


def to_the_menu(city: City) -> Choice:
    return press(city, "button.menu", "menu")


def to_voices(city: City) -> Choice:
    """To the ways by which the city hears residents."""
    return press(city, "voice.menu.button", VOICES)


def call(city: City, telephone: str) -> Choice:
    """A button that opens the telephone."""
    return Choice(city.say("button.call"), OpenUrl(tel(telephone)))


def tel(telephone: str) -> str:
    return "tel:" + "".join(character for character in telephone if character in "0123456789#+")


def map_link(address: str, place: Place | None) -> str:
    """A link that opens a map, at the coordinates where they are known."""
    where = f"{place.latitude},{place.longitude}" if place else address
    return f"https://www.google.com/maps/search/?api=1&query={quote_plus(where)}"


def telephone_fact(city: City, telephone: str) -> Fact:
    return Fact(city.say("fact.telephone"), telephone, tel(telephone))


def source_line(city: City, provenance: Provenance) -> str:
    """Where it comes from and when that was confirmed; says so where it was not."""
    return sources(city, ("source.name", provenance))


def sources(city: City, *named: tuple[str, Provenance]) -> str:
    """Sources with the keys of their sentences: a line for those of one key and day, each named once; what is
    unconfirmed is marked, and the mark explained once.
    """
    lines: dict[tuple[str, str], list[str]] = {}
    told: set[tuple[str, str]] = set()
    for key, each in named:
        as_of = _as_of(city, each)
        new = [name for name in each.source.split(_BETWEEN_SOURCES) if (name, as_of) not in told]
        told |= {(name, as_of) for name in new}
        if new:
            lines.setdefault((key, as_of), []).extend(new)
    said = [
        city.say("source.line", said=city.say(key, source=city.listed(names)), as_of=as_of)
        for (key, as_of), names in lines.items()
    ]
    if any(each.status is Status.UNCONFIRMED for _, each in named):
        said.append(city.say("source.unconfirmed"))
    return "\n".join(said)


def _as_of(city: City, provenance: Provenance) -> str:
    """（2026年11月22日に確認）, or a mark where it is not sure that it still holds."""
    known = provenance.confirmed_on or provenance.published_on
    if provenance.status is Status.UNCONFIRMED:
        return city.say("source.as_of", day=say_date(city, known)) if known else city.say("source.mark")
    return city.say("source.confirmed", day=say_date(city, known)) if known else ""
