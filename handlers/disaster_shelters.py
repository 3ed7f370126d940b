"""Shelters while a disaster lasts: those that are open first, with their state and the time as of which it is known."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from faq.disaster import DisasterNow, Measure, OpenShelter, ShelterState
from faq.models import Place, Shelter
from faq.offices import Nearby, distance
from faq.towns import Area
from handlers import disaster_said, names, near_cards
from handlers.city import City
from handlers.disaster_said import elsewhere, more, onward
from handlers.turn import AskLocation, Card, Cards, Choice, Part, Plain, Press, Reply, ReplyOutcome

MOST = 4
"""Shelters around a place."""
PAGE = 8
"""Shelters of a ward that are shown at once."""
_ORDER = {state: place for place, state in enumerate(ShelterState)}


@dataclass(frozen=True, slots=True)
class Known:
    """A shelter whose state is known."""

    shelter: Shelter
    measure: Measure[OpenShelter]

    @property
    def order(self) -> int:
        return _ORDER[self.measure.what.state]


def ask(city: City, disaster: DisasterNow, now: datetime) -> Reply:
    """How many are open, and where the resident is: by location, or by ward."""
    known = _known(city, disaster)
    location = Choice(city.say("button.location"), AskLocation())
    wards = tuple(
        Choice(label, Press(f"{disaster_said.VERB}:shelters:{ward}:0", label))
        for ward in city.profile.wards
        if (label := names.short(city, ward))
    )
    if not known:
        return disaster_said.not_known(city, "shelters", now, (location, *wards))
    states = [each.measure.what.state for each in known]
    counts = {"open": states.count(ShelterState.OPEN), "full": states.count(ShelterState.FULL)}
    said = [city.say("disaster.count.shelters_now", **counts), city.say("disaster.shelters.ask")]
    latest = max((each.measure for each in known), key=lambda each: each.as_of)
    said.append(disaster_said.source(city, latest))
    return Reply((Plain("\n".join(said)),), (location, *wards, *onward(city)), outcome=ReplyOutcome.ASK)


def here(city: City, disaster: DisasterNow, place: Place, now: datetime) -> Reply:
    """Around a location that was sent, with distances."""
    return _around(city, disaster, place, now, city.say("disaster.shelters.here"), with_distance=True)


def around(city: City, disaster: DisasterNow, area: Area, now: datetime) -> Reply:
    """Around a part of the city; no distances, since nobody said where they are."""
    intro = city.say("disaster.shelters.around", area=names.place(city, area.name))
    return _around(city, disaster, area.centre, now, intro, with_distance=False)


def _around(
    city: City, disaster: DisasterNow, place: Place, now: datetime, intro: str, *, with_distance: bool
) -> Reply:
    known = sorted(_known(city, disaster), key=lambda each: (each.order, distance(place, each.shelter.place)))
    if not known:
        return _designated(city, place, now, with_distance=with_distance)
    cards = [
        card(city, each, _nearby(each.shelter, place) if with_distance else None) for each in known[:MOST]
    ]
    return _shown(city, intro, cards)


def _designated(city: City, place: Place, now: datetime, *, with_distance: bool) -> Reply:
    """The designated ones, none of which is known to be open."""
    honest = disaster_said.not_known(city, "shelters", now)
    nearest = city.directory.nearest_shelters(place, MOST)
    cards = [near_cards.shelter_card(city, each.there, each if with_distance else None) for each in nearest]
    summary = _summary(city, cards)
    return Reply((*honest.parts, Cards(tuple(cards), summary)), honest.choices)


def in_ward(city: City, disaster: DisasterNow, ward: str, first: int, now: datetime) -> Reply:
    """Those of a ward whose state is known, the open ones first, by address."""
    there = [each for each in _known(city, disaster) if each.shelter.ward == ward]
    there.sort(key=lambda each: (each.order, each.shelter.address, each.shelter.name))
    shown = there[first : first + PAGE]
    if not shown:
        label = city.say("disaster.shelters.designated")
        designated = Choice(label, Press(f"shelters:{ward}:0", label))
        said = city.say(
            "disaster.none.in_ward", ward=names.shown(city, ward), moment=disaster_said.moment(city, now)
        )
        how = disaster_said.not_known(city, "shelters", now)
        location = Choice(city.say("button.location"), AskLocation())
        return Reply((Plain(said),), (location, designated, *how.choices))
    last = first + len(shown)
    where = names.shown(city, ward)
    intro = city.say("disaster.shelters.ward", ward=where, count=len(there), first=first + 1, last=last)
    onto = (more(city, "shelters", ward, last),) if last < len(there) else ()
    return _shown(city, intro, [card(city, each) for each in shown], onto)


def card(city: City, known: Known, nearby: Nearby[Shelter] | None = None) -> Card:
    """Its state, what else staff say of it, distance and address."""
    what = known.measure.what
    written = disaster_said.by_staff(city, what.words)
    body = "\n".join(filter(None, [city.say(f"disaster.state.{what.state}"), written]))
    facts = (
        *near_cards.distance_facts(city, nearby),
        near_cards.address_fact(city, known.shelter.address, known.shelter.place),
        *disaster_said.page_fact(city, known.measure),
    )
    return Card(names.place(city, known.shelter.name), body, facts, disaster_said.source(city, known.measure))


def _known(city: City, disaster: DisasterNow) -> list[Known]:
    """Those that are said and that the city still has among its designated ones."""
    by_id = {shelter.id: shelter for shelter in city.directory.shelters}
    said = disaster.of(OpenShelter)
    return [Known(by_id[each.what.shelter], each) for each in said if each.what.shelter in by_id]


def _nearby(shelter: Shelter, place: Place) -> Nearby[Shelter]:
    return Nearby(shelter, distance(place, shelter.place))


def _shown(city: City, intro: str, cards: Iterable[Card], more: tuple[Choice, ...] = ()) -> Reply:
    shown = tuple(cards)
    others = Plain(city.say("disaster.shelters.others"))
    parts: tuple[Part, ...] = (Plain(intro), Cards(shown, _summary(city, shown)), others)
    location = Choice(city.say("button.location"), AskLocation())
    return Reply(parts, (*more, location, *elsewhere(city), *onward(city)))


def _summary(city: City, cards: Iterable[Card]) -> str:
    return city.say("disaster.shelters.summary", names=city.listed(card.title for card in cards))
