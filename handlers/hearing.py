"""Meetings with the mayor and other hearings: what is announced, how to apply, what was heard at the last ones."""

from datetime import date
from functools import lru_cache
from itertools import chain
from typing import Final

from faq.hearings import Hearing, HearingState, ahead, over
from handlers import names, subscribing, voice_draft, words
from handlers.booking_verbs import Step, to_step
from handlers.booking_wish import Wish, bookable
from handlers.city import City
from handlers.dates import say_day, say_span
from handlers.turn import Card, Cards, Choice, Fact, OpenUrl, Part, Reply, Turn
from nlp import covering, japan
from nlp.compact import compact

SHOW: Final = "hearings"
PAST: Final = "hearings:past"
MOST: Final = 5
"""Hearings that are shown."""
_GROUPS: Final = ("words.hearings", "words.hearings_past", "words.hearings_beside", "words.polite")


def matches(turn: Turn) -> bool:
    if turn.pressed:
        return turn.pressed in (SHOW, PAST)
    return bool(turn.city.hearings) and _asked(turn)


def handle(turn: Turn) -> Reply:
    city, today = turn.city, japan.today(turn.now)
    onward = (words.to_voices(city), words.to_a_person(city), words.to_the_menu(city))
    talk = voice_draft.paused(turn.conversation)
    past = turn.pressed == PAST or (not turn.pressed and turn.mentions("words.hearings_past"))
    if past:
        return Reply((_reports(city, today),), onward, talk)
    if announced := ahead(city.hearings, today)[:MOST]:
        cards = tuple(_card(city, each, today) for each in announced)
        summary = city.say("hearing.title")
        part: Part = cards[0] if len(cards) == 1 else Cards(cards, summary)
        return Reply((part,), (_to_past(city), *onward), talk)
    return Reply((_nothing(turn, today),), onward, talk)


def _asked(turn: Turn) -> bool:
    """Whether the words ask for such meetings, and for nothing else."""
    city, plain = turn.city, turn.meant_plain
    named = frozenset(chain.from_iterable(_called(each.name, each.aliases) for each in city.hearings))
    if not turn.mentions("words.hearings") and not any(name in plain for name in named):
        return False
    return covering.covers(plain, (named, *(city.wording.words(group) for group in _GROUPS)))


@lru_cache(maxsize=256)
def _called(name: str, aliases: tuple[str, ...]) -> tuple[str, ...]:
    """As words are compared; every message is looked at, and the names stay."""
    return tuple(map(compact, (name, *aliases)))


# What is announced --------------------------------------------------------------------------------


def _card(city: City, hearing: Hearing, today: date) -> Card:
    cancelled = hearing.state is HearingState.CANCELLED
    body = city.say("hearing.cancelled") if cancelled else hearing.theme
    apply = () if cancelled else (Fact(city.say("fact.booking"), _how(city, hearing, today)),)
    facts = (*_facts(city, hearing, today), *apply, *_link(city, hearing))
    source = words.source_line(city, hearing.provenance)
    return Card(names.shown(city, hearing.name), body, facts, source, _to_apply(city, hearing, today))


def _facts(city: City, hearing: Hearing, today: date) -> tuple[Fact, ...]:
    office = city.directory.office(hearing.office) if hearing.office else None
    url = words.map_link(office.address, office.place) if office and office.address else ""
    place = " ".join(filter(None, (names.office(city, office) if office else "", hearing.place)))
    said = (
        Fact(city.say("hearing.when"), _when(city, hearing, today)),
        Fact(city.say("fact.address"), place or city.say("hearing.unknown"), url),
        Fact(city.say("hearing.whom"), hearing.whom),
    )
    return tuple(fact for fact in said if fact.value)


def _when(city: City, hearing: Hearing, today: date) -> str:
    if hearing.day is None:
        return hearing.dates
    times = say_span(city, hearing.starts, hearing.ends) if hearing.starts and hearing.ends else ""
    return " ".join(filter(None, (say_day(city, hearing.day, today), times)))


def _how(city: City, hearing: Hearing, today: date) -> str:
    """How to apply and until when, or that it is too late."""
    if not hearing.takes_applications(today):
        return city.say("hearing.closed")
    how = hearing.apply or city.say("hearing.ask")
    if not hearing.apply_by:
        return how
    return f"{how}\n{city.say('hearing.until', day=say_day(city, hearing.apply_by, today))}"


def _to_apply(city: City, hearing: Hearing, today: date) -> tuple[Choice, ...]:
    """To the application, where it is taken here."""
    through = tuple(each for each in city.schedule.programmes if each.id == hearing.programme)
    if not hearing.takes_applications(today) or not bookable(city, through):
        return ()
    return (to_step(city.say("booking.book"), Step.MORE, Wish((through[0].id,))),)


def _link(city: City, hearing: Hearing) -> tuple[Fact, ...]:
    return (Fact(city.say("fact.link"), city.say("fact.open_page"), hearing.link),) if hearing.link else ()


# What is over -------------------------------------------------------------------------------------


def _nothing(turn: Turn, today: date) -> Card:
    """That nothing is announced, the last ones, and how to hear of the next."""
    city = turn.city
    last = over(city.hearings, today)[:MOST]
    lines = [city.say("hearing.none")]
    if last:
        lines += ["", city.say("hearing.last"), *(_line(city, each, today) for each in last)]
    if city.topics:
        lines += ["", city.say("hearing.next", settings=city.say("subscribing.button"))]
    settings = (subscribing.offer(turn),) if city.topics else ()
    choices = (*((_to_past(city),) if last else ()), *settings)
    footnote = words.sources(city, *(("source.name", each.provenance) for each in last))
    return Card(city.say("hearing.title"), "\n".join(lines), (), footnote, choices)


def _reports(city: City, today: date) -> Card:
    """What was heard at the last ones, and where all are."""
    last = over(city.hearings, today)[:MOST]
    told = "\n\n".join(_told(city, each, today) for each in last)
    footnote = words.sources(city, *(("source.name", each.provenance) for each in last))
    address = f"{city.pages_url}/hearings?lang={city.language}"
    page = Choice(city.say("hearing.all"), OpenUrl(address))
    return Card(city.say("hearing.past"), told or city.say("hearing.none"), (), footnote, (page,))


def _told(city: City, hearing: Hearing, today: date) -> str:
    return "\n".join(filter(None, (_line(city, hearing, today), hearing.report or hearing.theme)))


def _line(city: City, hearing: Hearing, today: date) -> str:
    key = "line" if hearing.people is None else "people"
    when = _when(city, hearing, today)
    return city.say(f"hearing.{key}", day=when, name=hearing.name, count=hearing.people)


def _to_past(city: City) -> Choice:
    return words.press(city, "hearing.past", PAST)
