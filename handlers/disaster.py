"""While a disaster lasts: shelters, open counters, water, waste and the numbers to call, as staff know them now."""

from collections.abc import Callable
from typing import Final

from faq.disaster import DisasterNow
from faq.models import Place
from handlers import danger, disaster_areas, disaster_menu, disaster_said, disaster_shelters, nearest
from handlers.disaster_said import VERB
from handlers.turn import Reply, Turn
from nlp.danger import Danger, DangerKind, Severity

MENTIONED: Final = ("water", "waste", "counters", "telephones", "news")
"""Areas that are asked for by `words.disaster_AREA`, in the order in which they are looked for."""
ASKING: Final = (
    "words.disaster_open",
    "words.around",
    "words.near",
    "words.where",
    "words.polite",
    "words.helping",
)
"""What may stand beside the word for an area in a text that asks for nothing else."""


def matches(turn: Turn) -> bool:
    return turn.pressed.startswith(f"{VERB}:") or (turn.city.disaster is not None and _area(turn) != "")


def handle(turn: Turn) -> Reply:
    if turn.city.disaster is None:
        return disaster_menu.over(turn.city, turn.now)
    return _AREAS[_area(turn)](turn, turn.city.disaster)


def _area(turn: Turn) -> str:
    """What is asked for; empty where it is nothing of ours."""
    if turn.pressed:
        verb, _, rest = turn.pressed.partition(":")
        area = rest.partition(":")[0]
        if verb == VERB:
            return area if area in _AREAS else "news"
        return "shelters" if turn.pressed == "near" else "news" if turn.pressed == "menu:disaster" else ""
    if _shelter_wish(turn):
        return "shelters"
    if nearest.wish(turn) is not None:
        return ""
    return next((area for area in MENTIONED if _asks(turn, f"words.disaster_{area}")), "")


def _asks(turn: Turn, group: str) -> bool:
    """Whether the text has one of the words that mean nothing else in a disaster, or says nothing but the wish."""
    if turn.mentions(f"{group}_said"):
        return True
    return turn.mentions(group) and turn.city.wording.covers(turn.plain, group, *ASKING)


def _shelter_wish(turn: Turn) -> bool:
    wish = nearest.wish(turn)
    if isinstance(wish, nearest.Here):
        return True
    return (wish is not None and turn.mentions("words.shelter")) or _asks(turn, "words.disaster_shelters")


def _shelters(turn: Turn, disaster: DisasterNow) -> Reply:
    city, now = turn.city, turn.now
    page = disaster_said.page_of(turn.pressed)
    if page.where in city.profile.wards:
        return disaster_shelters.in_ward(city, disaster, page.where, page.first, now)
    match nearest.wish(turn):
        case nearest.Here(place=place):
            return _near(turn, disaster, place)
        case nearest.Around(area=area):
            return disaster_shelters.around(city, disaster, area, now)
        case nearest.Ward(name=name):
            return disaster_shelters.in_ward(city, disaster, name, 0, now)
    return disaster_shelters.ask(city, disaster, now)


def _near(turn: Turn, disaster: DisasterNow, place: Place) -> Reply:
    """Shelters, and where there is water, around a location."""
    city = turn.city
    if nearest.is_far(city, place):
        return nearest.far(city)
    reply = disaster_shelters.here(city, disaster, place, turn.now)
    water = disaster_areas.water_near(city, disaster, place)
    return Reply((*water, *reply.parts), reply.choices)


def _telephones(turn: Turn, _: DisasterNow) -> Reply:
    """The texts and numbers for a disaster that is upon somebody now."""
    return danger.handle(turn, Danger(DangerKind.DISASTER, Severity.NOW, ""))


def _news(turn: Turn, disaster: DisasterNow) -> Reply:
    return disaster_menu.menu(turn.city, disaster)


_AREAS: Final[dict[str, Callable[[Turn, DisasterNow], Reply]]] = {
    "shelters": _shelters,
    "counters": disaster_areas.counters,
    "water": disaster_areas.water,
    "waste": disaster_areas.waste,
    "telephones": _telephones,
    "news": _news,
}
