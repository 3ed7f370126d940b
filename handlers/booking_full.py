"""Where no time that fits is free: why, what is free besides, and what else can be done."""

from datetime import date, datetime, timedelta

from faq.programmes import Programme
from faq.schedule import Dates
from faq.terms import Terms
from handlers import words
from handlers.booking_screen import Free, midnight, show, spoken
from handlers.booking_time import say_moment
from handlers.booking_verbs import Act, Step, to_act, to_step, without_days
from handlers.booking_wish import Wish, bookable
from handlers.city import City
from handlers.dates import say_day
from handlers.turn import Card, Choice, Fact, Plain, Reply, Turn
from nlp.japan import today
from store import slots, windows
from store.refusals import TooEarly, TooLate
from store.slots import SlotState, TimeSlot
from store.windows import Channel

NEAREST = 6
"""Times that are offered in place of those asked about."""


def show_others(turn: Turn, wish: Wish, free: Free) -> Reply:
    """What is free on the same days, or next; else the telephone. With the waiting list and other wards."""
    asked = tuple(slot for slot in _all(turn, wish) if wish.fits(slot.starts_at, slot.ends_at))
    why = _why(turn, wish, asked)
    same_days = tuple(slot for slot in free.every if not wish.is_open and wish.on_day(slot.starts_at))
    instead = same_days or free.every[:NEAREST]
    more = (*_waiting(turn, wish, asked), *_elsewhere(turn, wish))
    if not instead:
        return _by_telephone(turn, wish, why, more)
    key = "booking.same_day" if same_days else "booking.nearest"
    lead = Plain(f"{why}\n{turn.city.say(key)}")
    reply = show(turn, without_days(wish), Free(instead, free.every), (lead,))
    return Reply(reply.parts, (*more, *reply.choices), reply.conversation, reply.outcome)


def _all(turn: Turn, wish: Wish) -> tuple[TimeSlot, ...]:
    """The slots of these programmes, also those that are taken or closed."""
    until = turn.now + timedelta(days=1 + max(turn.city.terms[each].ahead for each in wish.programmes))
    return slots.of_programmes(turn.tx, wish.programmes, turn.now, until, turn.now)


def _why(turn: Turn, wish: Wish, asked: tuple[TimeSlot, ...]) -> str:
    """One sentence: taken, not yet, no more, or not held."""
    city, now = turn.city, turn.now
    open_ = [slot for slot in asked if slot.state is SlotState.OPEN]
    refusals = [_refusal(city, slot, now) for slot in open_]
    can = [slot for slot, refusal in zip(open_, refusals, strict=True) if refusal is None]
    if any(slot.free for slot in can):
        return city.say("booking.share_taken")
    if can:
        return city.say("booking.all_taken" if wish.is_open else "booking.taken_then")
    if early := [each.opens_at for each in refusals if isinstance(each, TooEarly)]:
        return city.say("booking.too_early", when=say_moment(city, min(early), now))
    if late := [each.until for each in refusals if isinstance(each, TooLate)]:
        said = city.say("booking.too_late", when=say_moment(city, max(late), now))
        return said + _by_phone_until(city, open_, now)
    opens = _beyond(turn, wish)
    if opens is not None:
        return opens
    return city.say("booking.none_at_all" if wish.is_open else "booking.not_held_then")


def _refusal(city: City, slot: TimeSlot, now: datetime) -> object:
    terms = city.terms[slot.programme]
    return windows.refusal(terms, slot.day, slot.starts_at, slot.drawn, Channel.LINE, now)


def _by_phone_until(city: City, asked: list[TimeSlot], now: datetime) -> str:
    """That the telephone takes them longer, where it does."""
    longest = max(
        windows.closes(city.terms[slot.programme], slot.day, slot.starts_at, Channel.PHONE) for slot in asked
    )
    return city.say("booking.by_phone_until", when=say_moment(city, longest, now)) if longest > now else ""


def _beyond(turn: Turn, wish: Wish) -> str | None:
    """That the days are further ahead than times are made, where it is held on them."""
    city, now = turn.city, turn.now
    for each in wish.programmes:
        terms = city.terms[each]
        last = today(now) + timedelta(days=terms.ahead)
        held = city.schedule.between(each, last + timedelta(days=1), last + timedelta(days=366))
        days = [one.day for one in held.occasions if wish.on_day(midnight(one.day))]
        if isinstance(held, Dates) and days and not wish.is_open:
            return _opens(city, terms, days[0], last, now)
    return None


def _opens(city: City, terms: Terms, day: date, last: date, now: datetime) -> str:
    if terms.opens and terms.opens.of(day) > now:
        return city.say("booking.too_early", when=say_moment(city, terms.opens.of(day), now))
    return city.say("booking.too_far", last=say_day(city, last, today(now)))


def _waiting(turn: Turn, wish: Wish, asked: tuple[TimeSlot, ...]) -> tuple[Choice, ...]:
    """To wait for a place on the first day that is taken, where there is a waiting list."""
    city = turn.city
    for slot in asked:
        full = slot.state is SlotState.OPEN and _refusal(city, slot, turn.now) is None
        if full and city.terms[slot.programme].waiting_list and wish.moving is None:
            day = say_day(city, slot.day, today(turn.now))
            return (to_act(turn, city.say("booking.wait", day=day), Act.WAIT, slot.id),)
    return ()


def _elsewhere(turn: Turn, wish: Wish) -> tuple[Choice, ...]:
    """The same in other wards."""
    city = turn.city
    if wish.moving is not None:
        return ()
    name = spoken(city, wish.programmes)
    mine = [each for each in city.schedule.programmes if each.id in wish.programmes]
    shared = set[str]().union(*(each.aliases for each in mine))
    others = [
        each
        for each in bookable(city, city.schedule.programmes)
        if each.id not in wish.programmes and not shared.isdisjoint(each.aliases)
    ]
    return tuple(to_step(each.ward or each.name, Step.MORE, Wish((each.id,))) for each in others if name)


def _by_telephone(turn: Turn, wish: Wish, why: str, more: tuple[Choice, ...]) -> Reply:
    """Nothing is free here: how else to come."""
    city = turn.city
    programme = next(each for each in city.schedule.programmes if each.id in wish.programmes)
    body = "\n".join(filter(None, (why, programme.booking)))
    card = Card(spoken(city, wish.programmes), body, _telephone(city, programme))
    call = (words.call(city, programme.telephone),) if programme.telephone else ()
    return Reply((card,), (*more, *call, words.to_a_person(city), words.to_the_menu(city)))


def _telephone(city: City, programme: Programme) -> tuple[Fact, ...]:
    """The number, with its hours where it is the call centre's."""
    if not programme.telephone:
        return ()
    centre = city.profile.call_centre
    hours = Fact(city.say("fact.hours"), centre.hours_text)
    number = words.telephone_fact(city, programme.telephone)
    return (number, hours) if programme.telephone == centre.telephone else (number,)
