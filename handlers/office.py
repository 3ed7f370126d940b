"""An office's telephone, address or hours, where little else is asked."""

from faq.models import Office
from faq.offices import Named
from handlers import words
from handlers.city import City
from handlers.turn import Card, Fact, Reply, ReplyOutcome, Turn


def matches(turn: Turn) -> bool:
    named = turn.city.directory.named(turn.text)
    return named is not None and _asks_of_the_office_alone(turn.city, named)


def _asks_of_the_office_alone(city: City, named: Named) -> bool:
    """Whether nothing but the office's own matters is left of the text: 電話番号は, どこですか."""
    return words.without(city, named.rest, "words.office", "words.where", "words.polite") == ""


def handle(turn: Turn) -> Reply:
    named = turn.city.directory.named(turn.text)
    assert named is not None
    choices = (words.to_a_person(turn.city), words.to_the_menu(turn.city))
    return Reply((card(turn, named.office),), choices, outcome=ReplyOutcome.DONE)


def card(turn: Turn, office: Office) -> Card:
    """All that is known of an office; what nobody confirmed says so."""
    city = turn.city
    facts: list[Fact] = []
    if office.telephone:
        facts.append(_telephone(city, office))
    if office.address:
        url = words.map_link(office.address, office.place)
        facts.append(Fact(city.say("fact.address"), office.address, url))
    else:
        facts.append(Fact(city.say("fact.address"), city.say("office.unknown_address")))
    facts.append(Fact(city.say("fact.now"), words.open_now(city, office.hours, turn.now)))
    if office.hours_note:
        facts.append(Fact(city.say("fact.hours"), office.hours_note))
    if office.link:
        facts.append(Fact(city.say("fact.link"), city.say("fact.open_page"), office.link))
    return Card(office.name, office.description, tuple(facts), words.source_line(city, office.provenance))


def _telephone(city: City, office: Office) -> Fact:
    whose = city.say("office.telephone_of", section=office.telephone_of) if office.telephone_of else ""
    return Fact(city.say("fact.telephone"), f"{office.telephone}{whose}", words.tel(office.telephone))
