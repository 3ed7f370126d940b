"""A location, or the wish to know what is near: the nearest counters and shelters."""

from faq.models import Office, Place, Shelter
from faq.offices import Nearby
from handlers import words
from handlers.city import City
from handlers.turn import AskLocation, Card, Cards, Choice, Fact, Located, Plain, Reply, ReplyOutcome, Turn

MOST_OFFICES = 2
MOST_SHELTERS = 3
FAR_METRES = 30_000
"""Who is farther away than this is not in the city."""


def matches(turn: Turn) -> bool:
    return isinstance(turn.message.said, Located) or turn.pressed == "near" or _asks(turn)


def _asks(turn: Turn) -> bool:
    """Which shelter is near; what else is asked of shelters (pets, what to take) is for the knowledge."""
    return (
        turn.mentions("words.shelter") and turn.mentions("words.near") and not turn.mentions("words.not_near")
    )


def handle(turn: Turn) -> Reply:
    said = turn.message.said
    if not isinstance(said, Located):
        location = Choice(turn.city.say("button.location"), AskLocation())
        onward = (location, words.to_a_person(turn.city), words.to_the_menu(turn.city))
        return Reply((Plain(turn.city.say("near.ask")),), onward, outcome=ReplyOutcome.ASK)
    here = Place(said.latitude, said.longitude)
    counters = turn.city.directory.nearest_counters(here, MOST_OFFICES)
    shelters = turn.city.directory.nearest_shelters(here, MOST_SHELTERS)
    if min([n.metres for n in counters] + [n.metres for n in shelters], default=FAR_METRES) >= FAR_METRES:
        choices = (words.to_a_person(turn.city), words.to_the_menu(turn.city))
        return Reply((Plain(turn.city.say("near.far")),), choices, outcome=ReplyOutcome.ASK)
    cards = tuple(_office(turn.city, office) for office in counters)
    cards += tuple(_shelter(turn.city, shelter) for shelter in shelters)
    choices = (words.to_a_person(turn.city), words.to_the_menu(turn.city))
    summary = turn.city.say("near.summary", names="、".join(card.title for card in cards))
    intro = Plain(turn.city.say("near.intro"))
    return Reply((intro, Cards(cards, summary)), choices)


def _office(city: City, nearby: Nearby[Office]) -> Card:
    office = nearby.there
    facts = [_distance(city, nearby.metres), _address(city, office.address, office.place)]
    if office.telephone:
        facts.append(words.telephone_fact(city, office.telephone))
    return Card(
        office.name, city.say("near.counter"), tuple(facts), words.source_line(city, office.provenance)
    )


def _shelter(city: City, nearby: Nearby[Shelter]) -> Card:
    shelter = nearby.there
    facts = (_distance(city, nearby.metres), _address(city, shelter.address, shelter.place))
    return Card(shelter.name, city.say("near.shelter"), facts, words.source_line(city, shelter.provenance))


def _distance(city: City, metres: float) -> Fact:
    key = "near.metres" if metres < 1000 else "near.kilometres"
    said = city.say(key, metres=round(metres / 10) * 10, kilometres=f"{metres / 1000:.1f}")
    return Fact(city.say("fact.distance"), said)


def _address(city: City, address: str, place: Place | None) -> Fact:
    return Fact(city.say("fact.address"), address, words.map_link(address, place))
