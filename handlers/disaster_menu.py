"""The menu while a disaster lasts: that it is on, since when, what is known, and the areas that matter now."""

from collections.abc import Iterator
from datetime import datetime

from faq.disaster import (
    ClosedOffice,
    DisasterNow,
    Message,
    OpenCounter,
    OpenShelter,
    ShelterState,
    WasteNote,
    WaterPoint,
)
from handlers import disaster_said, words
from handlers.city import City
from handlers.turn import Card, Choice, Fact, Reply
from nlp.language import Language

AREAS = ("shelters", "counters", "water", "waste", "telephones", "person")
"""Each a verb `disaster:AREA` but for the last, which is that of every day."""
USUAL = "menu:usual"
"""The verb of the ordinary menu, which stays within reach."""
MOST_MESSAGES = 3
"""In the menu, the newest first: a card is read on a telephone."""


def card(city: City, disaster: DisasterNow) -> Card:
    """What is on since when, what staff say to everybody, and what is known of each area."""
    messages = tuple(reversed(disaster.of(Message)))[:MOST_MESSAGES]
    what = disaster_said.named(city, disaster)
    since, until = (disaster_said.moment(city, each) for each in (disaster.since, disaster.until))
    said = [_message(city, each.what) for each in messages]
    said.append(city.say("disaster.body", what=what, since=since, until=until))
    return Card(
        city.say("disaster.title", what=what),
        "\n\n".join(said),
        tuple(_known(city, disaster)),
        disaster_said.source(city, *messages),
    )


def _message(city: City, message: Message) -> str:
    written = message.in_(city.language)
    is_theirs = city.language in message.words or city.language is Language.JAPANESE
    return written if is_theirs else disaster_said.by_staff(city, written)


def _known(city: City, disaster: DisasterNow) -> Iterator[Fact]:
    """How much is known of each area; what nothing is known of says so."""
    shelters = [each.what.state for each in disaster.of(OpenShelter)]
    opened, full = (shelters.count(each) for each in (ShelterState.OPEN, ShelterState.FULL))
    yield _fact(city, "shelters", city.say("disaster.count.shelters", open=opened, full=full), bool(shelters))
    counters, closed = len(disaster.of(OpenCounter)), len(disaster.of(ClosedOffice))
    said = city.say("disaster.count.counters", open=counters, closed=closed)
    yield _fact(city, "counters", said, bool(counters or closed))
    water = len(disaster.of(WaterPoint))
    yield _fact(city, "water", city.say("disaster.count.water", count=water), bool(water))
    waste = bool(disaster.of(WasteNote))
    yield _fact(city, "waste", city.say("disaster.count.waste"), waste)


def _fact(city: City, area: str, said: str, is_known: bool) -> Fact:
    return Fact(city.say(f"disaster.areas.{area}"), said if is_known else city.say("disaster.count.nothing"))


def areas(city: City) -> tuple[Choice, ...]:
    """The areas that matter now, in the order of need."""
    return tuple(
        words.press(
            city, f"disaster.areas.{area}", "person" if area == "person" else f"{disaster_said.VERB}:{area}"
        )
        for area in AREAS
    )


def usual(city: City) -> Choice:
    return words.press(city, "disaster.areas.usual", USUAL)


def menu(city: City, disaster: DisasterNow) -> Reply:
    return Reply((card(city, disaster),), (*areas(city), usual(city)))


def over(city: City, now: datetime) -> Reply:
    """To a button of a disaster that has ended."""
    return disaster_said.not_known(city, "over", now)
