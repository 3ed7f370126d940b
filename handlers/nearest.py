"""A location, a ward or a part of the city, or the wish to know what is near: counters and shelters there."""

from dataclasses import dataclass
from typing import assert_never

from faq.models import Place
from faq.towns import Area
from handlers import names, words
from handlers.city import City
from handlers.near_cards import office_card, shelter_card
from handlers.turn import (
    AskLocation,
    Card,
    Cards,
    Choice,
    Located,
    Part,
    Plain,
    Press,
    Reply,
    ReplyOutcome,
    Turn,
)
from nlp.covering import GAP

MOST_OFFICES = 2
MOST_SHELTERS = 3
PAGE = 8
"""Shelters of a ward that are shown at once."""
FAR_METRES = 30_000
"""Who is farther away than this is not in the city."""
_VERB = "shelters"
"""`shelters:WARD:FIRST`: a page of a ward's shelters."""


@dataclass(frozen=True, slots=True)
class Here:
    """Around a location that was sent."""

    place: Place


@dataclass(frozen=True, slots=True)
class Around:
    """Around a part of the city; counters too, or shelters alone."""

    area: Area
    shelters_only: bool


@dataclass(frozen=True, slots=True)
class Ward:
    """The shelters of a ward, from the `first` on."""

    name: str
    first: int


@dataclass(frozen=True, slots=True)
class Somewhere:
    """Near, but nobody said to what."""


Wish = Here | Around | Ward | Somewhere


def matches(turn: Turn) -> bool:
    return wish(turn) is not None


def handle(turn: Turn) -> Reply:
    wanted = wish(turn)
    assert wanted is not None
    match wanted:
        case Here(place=place):
            return _here(turn.city, place)
        case Around():
            return _around(turn.city, wanted)
        case Ward():
            return _in_ward(turn.city, wanted)
        case Somewhere():
            location = Choice(turn.city.say("button.location"), AskLocation())
            said = Plain(turn.city.say("near.ask"))
            return Reply((said,), (location, *_onward(turn.city)), outcome=ReplyOutcome.ASK)
        case other:
            assert_never(other)


def wish(turn: Turn) -> Wish | None:
    """What is to be near to what; None where nothing is asked of the kind."""
    said = turn.message.said
    if isinstance(said, Located):
        return Here(Place(said.latitude, said.longitude))
    if turn.pressed == "near":
        return Somewhere()
    verb, _, rest = turn.pressed.partition(":")
    if verb == _VERB:
        ward, _, first = rest.partition(":")
        return Ward(ward, int(first)) if ward in turn.city.profile.wards and first.isdecimal() else None
    return _asked(turn)


def _asked(turn: Turn) -> Wish | None:
    """Which shelter is near; what else is asked of shelters (pets, what to take) is for the knowledge."""
    shelter = turn.mentions("words.shelter")
    if not (shelter or turn.mentions("words.around")) or turn.mentions("words.not_near"):
        return None
    area = turn.city.towns.named(turn.meant)
    if area and not _nothing_else(turn.city, area.rest):
        area = None
    if shelter:
        return _shelters(turn, area)
    if area:
        return Around(area, shelters_only=False)
    return Somewhere() if _wants_a_counter(turn) else None


def _wants_a_counter(turn: Turn) -> bool:
    """近くの窓口, 一番近い区役所: of a kind whose places are known."""
    heard, city = turn.heard, turn.city
    if (
        not (heard.kinds or turn.mentions("words.counter"))
        or heard.ward
        or not _nothing_else(city, heard.rest)
    ):
        return False
    kinds = set(heard.kinds or city.profile.counter_kinds) & set(city.profile.counter_kinds)
    return any(office.place for office in city.directory.of_kinds(kinds))


def _shelters(turn: Turn, area: Area | None) -> Wish | None:
    plain = turn.meant_plain
    ward = next((ward for ward in turn.city.profile.wards if ward in plain), "")
    if ward and _nothing_else(turn.city, plain.replace(ward, GAP)):
        return Ward(ward, 0)
    if area:
        return Around(area, shelters_only=True)
    return Somewhere() if turn.mentions("words.near") or _nothing_else(turn.city, plain) else None


def _nothing_else(city: City, plain: str) -> bool:
    """Whether nothing is left but the wish itself: の近くの避難所はどこですか."""
    wish = ("words.shelter", "words.around", "words.near", "words.where", "words.polite")
    return city.wording.covers(plain, *wish, "words.helping")


def is_far(city: City, here: Place) -> bool:
    """Whether nothing of the city is anywhere near."""
    counters, shelters = city.directory.nearest_counters(here, 1), city.directory.nearest_shelters(here, 1)
    metres = [each.metres for each in counters] + [each.metres for each in shelters]
    return min(metres, default=FAR_METRES) >= FAR_METRES


def far(city: City) -> Reply:
    """To who is somewhere else."""
    return Reply((Plain(city.say("near.far")),), _onward(city), outcome=ReplyOutcome.ASK)


def _here(city: City, here: Place) -> Reply:
    if is_far(city, here):
        return far(city)
    counters = city.directory.nearest_counters(here, MOST_OFFICES)
    shelters = city.directory.nearest_shelters(here, MOST_SHELTERS)
    cards = [office_card(city, nearby.there, nearby) for nearby in counters]
    cards += [shelter_card(city, nearby.there, nearby) for nearby in shelters]
    return _cards(city, city.say("near.intro"), cards)


def _around(city: City, wish: Around) -> Reply:
    """No distances: the middle of a part of the city is not where the resident is."""
    centre, name = wish.area.centre, wish.area.name
    counters = () if wish.shelters_only else city.directory.nearest_counters(centre, MOST_OFFICES)
    shelters = city.directory.nearest_shelters(centre, MOST_SHELTERS)
    cards = [office_card(city, nearby.there) for nearby in counters]
    cards += [shelter_card(city, nearby.there) for nearby in shelters]
    key = "near.around_shelters" if wish.shelters_only else "near.around"
    return _cards(city, city.say(key, area=names.place(city, name)), cards)


def _in_ward(city: City, wish: Ward) -> Reply:
    shelters = city.directory.shelters_in(wish.name)
    shown = shelters[wish.first : wish.first + PAGE]
    if not shown:
        return Reply(
            (Plain(city.say("near.none_in_ward", ward=names.shown(city, wish.name))),), _onward(city)
        )
    last = wish.first + len(shown)
    intro = city.say(
        "near.ward", ward=names.shown(city, wish.name), count=len(shelters), first=wish.first + 1, last=last
    )
    more: tuple[Choice, ...] = ()
    if last < len(shelters):
        label = city.say("near.more")
        more = (Choice(label, Press(f"{_VERB}:{wish.name}:{last}", label)),)
    return _cards(city, intro, [shelter_card(city, shelter) for shelter in shown], more)


def _cards(city: City, intro: str, cards: list[Card], more: tuple[Choice, ...] = ()) -> Reply:
    summary = city.say("near.summary", names=city.listed(card.title for card in cards))
    location = Choice(city.say("button.location"), AskLocation())
    parts: tuple[Part, ...] = (Plain(intro), Cards(tuple(cards), summary))
    return Reply(parts, (*more, location, *_onward(city)))


def _onward(city: City) -> tuple[Choice, ...]:
    return (words.to_a_person(city), words.to_the_menu(city))
