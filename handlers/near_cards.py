"""A counter or a shelter that is near, as a card."""

from faq.models import Office, Place, Shelter
from faq.offices import Nearby
from handlers import disaster_closed, names, words
from handlers.city import City
from handlers.turn import Card, Fact


def office_card(city: City, office: Office, nearby: Nearby[Office] | None = None) -> Card:
    """A counter, with the distance where it is known from where."""
    facts = [*distance_facts(city, nearby), address_fact(city, office.address, office.place)]
    if office.telephone:
        facts.append(words.telephone_fact(city, office.telephone))
    body = "\n".join(filter(None, [disaster_closed.of_office(city, office), city.say("near.counter")]))
    return Card(names.office(city, office), body, tuple(facts), words.source_line(city, office.provenance))


def shelter_card(city: City, shelter: Shelter, nearby: Nearby[Shelter] | None = None) -> Card:
    """A designated shelter, which may not be open."""
    facts = (*distance_facts(city, nearby), address_fact(city, shelter.address, shelter.place))
    return Card(
        names.place(city, shelter.name),
        city.say("near.shelter"),
        facts,
        words.source_line(city, shelter.provenance),
    )


def distance_facts(city: City, nearby: Nearby[Office] | Nearby[Shelter] | None) -> tuple[Fact, ...]:
    """As the crow flies; nothing where nobody said where they are."""
    return () if nearby is None else metres_facts(city, nearby.metres)


def metres_facts(city: City, metres: float) -> tuple[Fact]:
    """So far as the crow flies."""
    key = "near.metres" if metres < 1000 else "near.kilometres"
    said = city.say(key, metres=round(metres / 10) * 10, kilometres=f"{metres / 1000:.1f}")
    return (Fact(city.say("fact.distance"), said),)


def address_fact(city: City, address: str, place: Place | None) -> Fact:
    """The address, which opens a map."""
    return Fact(city.say("fact.address"), address, words.map_link(address, place))
