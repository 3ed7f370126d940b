"""Several offices at once: their hours where they are the same, their telephones, and which one is meant."""

from collections.abc import Sequence
from dataclasses import dataclass

from faq.counters import Counter
from faq.models import Office
from handlers import names, open_days, words
from handlers.city import City
from handlers.turn import Card, Choice, Fact, Plain, Reply, ReplyOutcome, Turn

MOST_LISTED = 8
"""Offices that are told one by one; of more, the wards are offered."""
MOST_CHOICES = 10


@dataclass(frozen=True, slots=True)
class Several:
    """The offices of some kinds, in one ward or the whole city."""

    offices: tuple[Office, ...]
    kinds: tuple[str, ...]
    ward: str
    asks_hours: bool

    def named(self, city: City) -> str:
        return name_of(city, self.kinds)

    def shown(self, city: City) -> str:
        return kinds_shown(city, self.kinds)


def name_of(city: City, kinds: Sequence[str]) -> str:
    """The name that all share where there is one (公民館), else one after the other."""
    called = [{kind, *city.profile.called.get(kind, ())} for kind in kinds]
    shared = set.intersection(*called) if len(kinds) > 1 else set()
    return min(shared) if shared else city.listed(kinds, "names")


def kinds_shown(city: City, kinds: Sequence[str]) -> str:
    """The same as the resident's language shows it."""
    shared = name_of(city, kinds)
    return (
        names.shown(city, shared)
        if len(kinds) == 1 or city.language.is_japanese
        else names.several(city, shared)
    )


def answer(turn: Turn, several: Several) -> Reply:
    """Their hours on the days asked about, or now; each with its telephone where they are few."""
    city = turn.city
    said = {hours_of(turn, office) for office in several.offices}
    if several.asks_hours and len(said) > 1:
        days = " ".join(when.text for when in turn.heard.when.whens) or turn.meant
        choices = (*which(city, several.offices, days), *_onward(city))
        return Reply(
            (Plain(city.say("office.which", example=names.office(city, several.offices[0]))),),
            choices,
            outcome=ReplyOutcome.ASK,
        )
    listed = len(several.offices) <= MOST_LISTED
    body = [said.pop()] if several.asks_hours else []
    if listed:
        facts = tuple(_fact(city, office) for office in several.offices)
        choices = tuple(
            words.saying(city, names.short_office(city, office), office.name) for office in several.offices
        )
        body.append(_heading(city, several))
    else:
        facts, choices = (), _by_ward(turn, several)
        body.append(city.say("office.anywhere"))
    card = Card(several.shown(city), "\n".join(body), facts, _sources(turn, several))
    if not listed:
        return Reply((Card(card.title, card.body, footnote=card.footnote, choices=choices),), _onward(city))
    return Reply((card,), (*choices, *_onward(city)))


def _heading(city: City, several: Several) -> str:
    key = "office.several" if several.ward else "office.all"
    return city.say(key, ward=names.shown(city, several.ward), kinds=several.shown(city))


def which(city: City, offices: Sequence[Office], asked: str = "") -> tuple[Choice, ...]:
    """A button for the first office of each ward; for each office in a city without wards."""
    if not city.profile.wards:
        return tuple(
            words.saying(city, names.short_office(city, each), f"{each.name} {asked}".strip())
            for each in offices[:MOST_CHOICES]
        )
    first = {ward: _first(offices, ward) for ward in city.profile.wards}
    return tuple(
        words.saying(city, names.short(city, ward), f"{office.name} {asked}".strip())
        for ward, office in first.items()
        if office
    )


def _by_ward(turn: Turn, several: Several) -> tuple[Choice, ...]:
    """A button for each ward: its offices of the kind asked about, else its first counter."""
    city = turn.city
    if not (turn.heard.kinds and city.profile.wards):
        return which(city, several.offices)
    there = {office.ward for office in several.offices}
    name = several.named(city)
    wards = (ward for ward in city.profile.wards if ward in there)
    return tuple(words.saying(city, names.short(city, ward), f"{ward} {name}") for ward in wards)


def _first(offices: Sequence[Office], ward: str) -> Office | None:
    return next((office for office in offices if office.ward == ward), None)


def hours_of(turn: Turn, office: Office) -> str:
    """What is said of an office's hours on the days asked about, or now."""
    city, counter, whens = turn.city, Counter(office.id), turn.heard.when.whens
    if not whens:
        return open_days.now_and_next(city, counter, turn.now)
    return "\n".join(open_days.on_days(city, counter, when, turn.now) for when in whens)


def _fact(city: City, office: Office) -> Fact:
    ways = " ".join(filter(None, (office.address, office.telephone)))
    url = words.tel(office.telephone) if office.telephone else words.map_link(office.address, office.place)
    return Fact(names.office(city, office), ways or city.say("office.unknown_address"), url if ways else "")


def _sources(turn: Turn, several: Several) -> str:
    city, whens = turn.city, turn.heard.when.whens
    named = (
        [("source.name", office.provenance) for office in several.offices] if not several.asks_hours else []
    )
    day = open_days.first_day(city, Counter(several.offices[0].id), whens[0] if whens else None, turn.now)
    if several.asks_hours and day.provenance:
        named.append(("source.name", day.provenance))
    return words.sources(city, *named)


def _onward(city: City) -> tuple[Choice, ...]:
    return (words.to_a_person(city), words.to_the_menu(city))
