"""The nearest counters at which a procedure is done."""

from collections.abc import Sequence

from faq.counters import Procedure
from faq.models import Office, Place
from faq.offices import Nearby, nearest
from faq.procedures import section_for
from faq.towns import Area
from handlers import names, words
from handlers.city import City
from handlers.near_cards import distance_facts
from handlers.nearest import FAR_METRES
from handlers.office_card import One, card
from handlers.procedure_talk import about
from handlers.turn import AskLocation, Card, Cards, Choice, Plain, Reply, ReplyOutcome, Turn

MOST = 2


def answer(turn: Turn, procedure: Procedure, able: Sequence[Office], near: Area | Place) -> Reply | None:
    """The nearest that do it, and which others of their wards do whose place nobody knows; None where no place
    is known at all. A distance is said from where somebody is, not from the middle of a part of the city.
    """
    city = turn.city
    here = near.centre if isinstance(near, Area) else near
    found = nearest(able, here, MOST)
    if not found:
        return None
    onward = (words.to_a_person(city), words.to_the_menu(city))
    if found[0].metres >= FAR_METRES:
        return Reply((Plain(city.say("near.far")),), onward, about(procedure, None), ReplyOutcome.ASK)
    cards = tuple(_card(turn, procedure, each, measured=not isinstance(near, Area)) for each in found)
    summary = city.say("near.summary", names=city.listed(each.title for each in cards))
    location = (Choice(city.say("button.location"), AskLocation()),) if isinstance(near, Area) else ()
    others = [names.office(city, office) for office in _without_place(able, near, found)]
    intro = Plain(_intro(city, procedure, near, others))
    part = cards[0] if len(cards) == 1 else Cards(cards, summary)
    return Reply((intro, part), (*location, *onward), about(procedure, None))


def _without_place(
    able: Sequence[Office], near: Area | Place, found: Sequence[Nearby[Office]]
) -> list[Office]:
    wards = near.wards if isinstance(near, Area) else [found[0].there.ward]
    return [office for office in able if office.place is None and office.ward in wards]


def _intro(city: City, procedure: Procedure, near: Area | Place, others: list[str]) -> str:
    area = near.name if isinstance(near, Area) else ""
    lines = [
        city.say(
            "procedure.around" if area else "procedure.near",
            procedure=names.short(city, procedure.name),
            area=area,
        )
    ]
    if procedure.condition:
        lines.append(procedure.condition)
    if others:
        lines.append(city.say("procedure.no_place", places=city.listed(others, "names")))
    return "\n".join(lines)


def _card(turn: Turn, procedure: Procedure, nearby: Nearby[Office], *, measured: bool) -> Card:
    city, office = turn.city, nearby.there
    one = One(office, section_for(procedure, office, city.sections))
    body = city.say(
        "procedure.at",
        procedure=names.short(city, procedure.name),
        office=names.counter(city, one.office, one.section),
    )
    made = card(turn, one, body, procedure.provenance)
    facts = (*distance_facts(city, nearby), *made.facts) if measured else made.facts
    return Card(made.title, made.body, facts, made.footnote)
