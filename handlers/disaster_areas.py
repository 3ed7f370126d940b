"""Water, open counters and waste while a disaster lasts: as staff know them now."""

from typing import Final

from faq.disaster import DisasterNow, Measure, OpenCounter, WasteNote, WaterPoint
from faq.models import Place
from faq.offices import distance
from handlers import disaster_closed, disaster_said, names, near_cards, words
from handlers.city import City
from handlers.disaster_said import elsewhere, more, onward
from handlers.turn import AskLocation, Card, Cards, Choice, Fact, Part, Plain, Reply, Turn

PAGE: Final = 8
"""Cards that are shown at once."""
NEAR: Final = 2
"""Places with water that are named together with shelters."""


def water(turn: Turn, disaster: DisasterNow) -> Reply:
    """Where water is given out, a page at a time."""
    city, points = turn.city, disaster.of(WaterPoint)
    first = disaster_said.page_of(turn.pressed).first
    shown = points[first : first + PAGE]
    if not shown:
        return disaster_said.not_known(city, "water", turn.now)
    intro = Plain(city.say("disaster.water.intro", count=len(points)))
    last = first + len(shown)
    onto = (more(city, "water", "", last),) if last < len(points) else ()
    location = Choice(city.say("button.location"), AskLocation())
    cards = _water_cards(city, [_water_card(city, each) for each in shown])
    return Reply((intro, cards), (*onto, location, *elsewhere(city), *onward(city)))


def water_near(city: City, disaster: DisasterNow, here: Place) -> tuple[Part, ...]:
    """The nearest of those whose place is known; nothing where there is none."""
    points = [each for each in disaster.of(WaterPoint) if each.what.place]
    points.sort(key=lambda each: _metres(here, each))
    cards = [_water_card(city, each, here) for each in points[:NEAR]]
    return (Plain(city.say("disaster.water.near")), _water_cards(city, cards)) if cards else ()


def _metres(here: Place, point: Measure[WaterPoint]) -> float:
    assert point.what.place is not None
    return distance(here, point.what.place)


def _water_cards(city: City, cards: list[Card]) -> Cards:
    names = city.listed(card.title for card in cards)
    return Cards(tuple(cards), city.say("disaster.water.summary", names=names))


def _water_card(city: City, point: Measure[WaterPoint], here: Place | None = None) -> Card:
    what = point.what
    facts: list[Fact] = []
    if here is not None:
        facts += near_cards.metres_facts(city, _metres(here, point))
    if what.place is not None:
        label, open_map = city.say("fact.address"), city.say("disaster.water.map")
        facts.append(Fact(label, open_map, words.map_link("", what.place)))
    elif what.ward:
        facts.append(Fact(city.say("fact.address"), names.shown(city, what.ward)))
    facts += disaster_said.page_fact(city, point)
    body = disaster_said.by_staff(city, what.words) or city.say("disaster.water.unknown_hours")
    return Card(names.place(city, what.name), body, tuple(facts), disaster_said.source(city, point))


def counters(turn: Turn, disaster: DisasterNow) -> Reply:
    """Those that take people all the same, and those that are closed."""
    city, closed = turn.city, disaster_closed.all_of(turn.city, disaster)
    cards = tuple(_counter_card(city, each) for each in disaster.of(OpenCounter)[:PAGE])
    if not cards and not closed:
        return disaster_said.not_known(city, "counters", turn.now)
    parts: list[Part] = [Plain("\n\n".join(closed))] if closed else []
    if cards:
        names = city.listed(card.title for card in cards)
        summary = city.say("disaster.counters.summary", names=names)
        parts += [Plain(city.say("disaster.counters.intro")), Cards(cards, summary)]
    parts.append(Plain(city.say("disaster.counters.others")))
    return Reply(tuple(parts), (*elsewhere(city), *onward(city)))


def _counter_card(city: City, counter: Measure[OpenCounter]) -> Card:
    what = counter.what
    facts: list[Fact] = []
    office = city.directory.office(what.office) if what.office else None
    if office and office.address:
        facts.append(near_cards.address_fact(city, office.address, office.place))
    if office and office.telephone:
        facts.append(words.telephone_fact(city, office.telephone))
    facts += disaster_said.page_fact(city, counter)
    body = disaster_said.by_staff(city, what.words) or city.say("disaster.counters.open")
    name = names.office(city, office) if office and office.name == what.name else names.place(city, what.name)
    return Card(name, body, tuple(facts), disaster_said.source(city, counter))


def waste(turn: Turn, disaster: DisasterNow) -> Reply:
    """How it is collected now."""
    city, notes = turn.city, disaster.of(WasteNote)
    if not notes:
        return disaster_said.not_known(city, "waste", turn.now)
    body = "\n\n".join(disaster_said.by_staff(city, each.what.words) for each in notes)
    facts = tuple(fact for each in notes for fact in disaster_said.page_fact(city, each))
    said = Card(city.say("disaster.waste.title"), body, facts, disaster_said.source(city, *notes))
    return Reply((said,), (*elsewhere(city), *onward(city)))
