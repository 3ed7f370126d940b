"""The free times as buttons: the times where they are few, and else the days to choose from."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import groupby

from faq.programmes import ProgrammeId
from faq.terms import Terms
from handlers import booking_terms, names, words
from handlers.booking_time import clock, say_moment, where
from handlers.booking_verbs import Act, Step, step_data, to_act, to_step
from handlers.booking_wish import Wish, to_slots
from handlers.city import City
from handlers.dates import say_day
from handlers.turn import Card, Choice, Fact, Part, PickDate, Press, Reply, ReplyOutcome, Turn
from nlp.japan import JAPAN, today
from store import windows
from store.conversations import Conversation
from store.slots import TimeSlot

TOPIC = "booking"
"""The conversation in which times are looked for: the slots of the wish, and `offered`."""
MOST = 6
"""Times or days on a screen."""


@dataclass(frozen=True, slots=True)
class Free:
    """What can be booked here now, in order."""

    fitting: tuple[TimeSlot, ...]
    """What is shown."""
    every: tuple[TimeSlot, ...]
    """All of the same programmes."""


def show(turn: Turn, wish: Wish, free: Free, lead: tuple[Part, ...] = ()) -> Reply:
    """A screen of the times that fit, one at least; `lead` stands before them."""
    days = [list(group) for _, group in groupby(free.fitting, lambda slot: slot.day)]
    one_screen = len(free.fitting) <= MOST or len(days) == 1
    screen = _times(turn, wish, free.fitting) if one_screen else _days(turn, wish, days)
    week = _next_week(free)
    moments = {"next": screen.next, "next_week": week}
    further = {name: moment.isoformat() for name, moment in moments.items() if moment}
    about = Conversation(TOPIC, {**to_slots(wish), "offered": " ".join(screen.offered), **further})
    return Reply((*lead, screen.card), _onward(turn, wish, free, week), about, ReplyOutcome.CHOOSE)


@dataclass(frozen=True, slots=True)
class _Screen:
    card: Card
    offered: tuple[str, ...]
    """By number: take:SLOT, move:SLOT or day:DATE."""
    next: datetime | None
    """Where the next screen begins."""


def _times(turn: Turn, wish: Wish, free: Sequence[TimeSlot]) -> _Screen:
    """The times, with who may book and where."""
    city, shown = turn.city, free[:MOST]
    places, days = {where(city, slot) for slot in free}, {slot.day for slot in shown}
    differ = _Differ(days=len(days) > 1, places=len(places) > 1)
    buttons = [_time(turn, wish, number, slot, differ) for number, slot in enumerate(shown, 1)]
    following = free[MOST].starts_at if len(free) > MOST else None
    if following:
        buttons.append(to_step(city.say("booking.more"), Step.MORE, wish, following))
    terms = city.terms[free[0].programme]
    place = (Fact(city.say("fact.address"), places.pop()),) if len(places) == 1 else ()
    lots = windows.is_for_lots(terms, free[0].drawn)
    draw = _draw(turn, terms, shown) if lots else ()
    conditions = () if wish.moving else booking_terms.facts(city, terms)
    how = city.say(f"booking.choose_{'new_time' if wish.moving else 'lots' if lots else 'time'}")
    source = words.source_line(city, terms.provenance)
    body = how if differ.days else f"{say_day(city, shown[0].day, today(turn.now))}\n{how}"
    card = Card(title(city, wish), body, (*place, *draw, *conditions), source, tuple(buttons))
    verb = "take" if wish.moving is None else "move"
    return _Screen(card, tuple(f"{verb}:{slot.id}" for slot in shown), following)


def _draw(turn: Turn, terms: Terms, shown: Sequence[TimeSlot]) -> tuple[Fact, ...]:
    """When the lots of the first of these days are drawn."""
    city = turn.city
    if terms.draw is None:
        return ()
    when = say_moment(city, terms.draw.of(shown[0].day), turn.now)
    return (Fact(city.say("booking.fact.draw"), city.say("booking.draw_at", when=when)),)


@dataclass(frozen=True, slots=True)
class _Differ:
    """What the times of a screen do not share, so that each must say it."""

    days: bool
    places: bool


def _time(turn: Turn, wish: Wish, number: int, slot: TimeSlot, differ: _Differ) -> Choice:
    """A time, by as much as tells it from the others: 1. 13:00〜13:30."""
    city = turn.city
    day = say_day(city, slot.day, today(turn.now))
    times = city.say("booking.time", opens=clock(slot.starts_at), closes=clock(slot.ends_at))
    parts = (day if differ.days else "", times, where(city, slot) if differ.places else "")
    label = city.say("booking.numbered", number=number, said=" ".join(filter(None, parts)))
    if wish.moving is not None:
        return to_act(turn, label, Act.MOVE, slot.id, of=wish.moving, shown=f"{day} {times}")
    return to_act(turn, label, Act.TAKE, slot.id, shown=f"{day} {times}")


def _days(turn: Turn, wish: Wish, days: Sequence[list[TimeSlot]]) -> _Screen:
    """The days, with how much is free."""
    city, shown = turn.city, days[:MOST]
    buttons = [_day(turn, wish, number, slots) for number, slots in enumerate(shown, 1)]
    following = days[MOST][0].starts_at if len(days) > MOST else None
    if following:
        buttons.append(to_step(city.say("booking.more"), Step.MORE, wish, following))
    card = Card(title(city, wish), city.say("booking.choose_day"), choices=tuple(buttons))
    return _Screen(card, tuple(f"day:{slots[0].day}" for slots in shown), following)


def _day(turn: Turn, wish: Wish, number: int, slots: Sequence[TimeSlot]) -> Choice:
    """A day with its first time: 11月25日（水） 13:00〜 空き6."""
    city, day = turn.city, say_day(turn.city, slots[0].day, today(turn.now))
    said = city.say("booking.day", day=day, opens=clock(slots[0].starts_at), free=len(slots))
    data = step_data(Step.DAY, wish, midnight(slots[0].day))
    return Choice(city.say("booking.numbered", number=number, said=said), Press(data, day))


def _onward(turn: Turn, wish: Wish, free: Free, week: datetime | None) -> tuple[Choice, ...]:
    """The next week, another day by the calendar, and the ways out."""
    city = turn.city
    to_week = (to_step(city.say("booking.next_week"), Step.WEEK, wish, week),) if week else ()
    day = pick_day(turn, wish, free.fitting[0].day)
    return (*to_week, day, stop(city), words.to_the_menu(city))


def _next_week(free: Free) -> datetime | None:
    """The next week with something free, after the week of the last day shown."""
    shown = list(dict.fromkeys(slot.day for slot in free.fitting))[:MOST]
    later = [slot.day for slot in free.every if slot.day >= monday(shown[-1]) + timedelta(days=7)]
    return midnight(monday(later[0])) if later else None


def pick_day(turn: Turn, wish: Wish, initial: date) -> Choice:
    """LINE's calendar, from today to the last day for which times are made."""
    city, first = turn.city, today(turn.now)
    ahead = max(city.terms[each].ahead for each in wish.programmes)
    last = first + timedelta(days=ahead)
    picker = PickDate(
        step_data(Step.DAY, wish), "date", initial.isoformat(), first.isoformat(), last.isoformat()
    )
    return Choice(city.say("booking.pick_day"), picker)


def title(city: City, wish: Wish) -> str:
    return city.say(
        "booking.title_new_time" if wish.moving else "booking.title", name=spoken(city, wish.programmes)
    )


def spoken(city: City, programmes: Sequence[ProgrammeId]) -> str:
    """What they are called together, as the resident's language shows it."""
    return names.shown(city, called(city, programmes))


def called(city: City, programmes: Sequence[ProgrammeId]) -> str:
    """In Japanese: the name of the only one, or the one name that all share."""
    meant = [each for each in city.schedule.programmes if each.id in programmes]
    shared = [name for name in meant[0].aliases if all(name in (each.name, *each.aliases) for each in meant)]
    return meant[0].name if len(meant) == 1 or not shared else shared[0]


def stop(city: City) -> Choice:
    return words.press(city, "booking.stop", "stop")


def monday(day: date) -> date:
    """Of the week that the day is in."""
    return day - timedelta(days=day.weekday())


def midnight(day: date) -> datetime:
    """The beginning of a day in Japan."""
    return datetime.combine(day, time(), JAPAN)
