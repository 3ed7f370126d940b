"""Where no time that fits is free: why, what is free besides, and what else can be done."""

from dataclasses import replace
from datetime import date, datetime, timedelta

from faq.programmes import Programme
from faq.schedule import Dates
from faq.terms import Terms
from handlers import names, words
from handlers.booking_screen import TOPIC, Free, midnight, show, spoken
from handlers.booking_time import say_moment
from handlers.booking_verbs import Act, Step, to_act, to_step, without_days
from handlers.booking_wish import Wish, bookable, to_slots
from handlers.city import City
from handlers.dates import say_day
from handlers.turn import Card, Choice, Fact, Plain, Reply, Turn
from nlp.japan import today
from store import slots, windows
from store.conversations import Conversation
from store.refusals import TooEarly, TooLate
from store.slots import SlotState, TimeSlot
from store.windows import Channel


def show_others(turn: Turn, wish: Wish, free: Free) -> Reply:
    """What is free on the same days, or next; else the telephone. With the waiting list and other wards."""
    city = turn.city
    asked = tuple(slot for slot in _all(turn, wish) if wish.fits(slot.starts_at, slot.ends_at))
    same_days = tuple(slot for slot in free.every if not wish.is_open and wish.on_day(slot.starts_at))
    said = [_why(turn, wish, asked)]
    waited = _to_wait_for(turn, wish, asked)
    wait: tuple[Choice, ...] = ()
    if waited:
        day = say_day(city, waited.day, today(turn.now))
        said.append(city.say("booking.can_wait", day=day))
        wait = (to_act(turn, city.say("booking.wait", day=day), Act.WAIT, waited.id),)
    reply = _instead(turn, wish, Free(same_days or free.every, free.every), said, bool(same_days))
    slots_ = {**reply.conversation.slots, **({"wait": str(waited.id)} if waited else {})}
    choices = (*wait, *_elsewhere(turn, wish), *reply.choices)
    return replace(reply, choices=choices, conversation=Conversation(TOPIC, slots_))


def _instead(turn: Turn, wish: Wish, free: Free, said: list[str], same_days: bool) -> Reply:
    """What is free in place of what was asked for."""
    if not free.fitting:
        return _by_telephone(turn, wish, "\n".join(said))
    said.append(turn.city.say("booking.same_day" if same_days else "booking.nearest"))
    return show(turn, without_days(wish), free, (Plain("\n".join(said)),))


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
    for slot, refusal in zip(open_, refusals, strict=True):
        if isinstance(refusal, TooEarly):
            return _too_early(city, slot.day, refusal.opens_at, now)
    for slot, refusal in zip(reversed(open_), reversed(refusals), strict=True):
        if isinstance(refusal, TooLate):
            day, when = say_day(city, slot.day, today(now)), say_moment(city, refusal.until, now)
            said = city.say("booking.too_late", day=day, when=when)
            return city.listed((said, _by_phone_until(city, slot, now)), "sentences")
    opens = _beyond(turn, wish)
    if opens is not None:
        return opens
    return city.say("booking.none_at_all" if wish.is_open else "booking.not_held_then")


def _too_early(city: City, day: date, opens: datetime, now: datetime) -> str:
    said = say_day(city, day, today(now))
    return city.say("booking.too_early", day=said, when=say_moment(city, opens, now))


def _refusal(city: City, slot: TimeSlot, now: datetime) -> object:
    terms = city.terms[slot.programme]
    return windows.refusal(terms, slot.day, slot.starts_at, slot.drawn, Channel.LINE, now)


def _by_phone_until(city: City, slot: TimeSlot, now: datetime) -> str:
    """That the telephone takes it longer, where it does."""
    until = windows.closes(city.terms[slot.programme], slot.day, slot.starts_at, Channel.PHONE)
    return city.say("booking.by_phone_until", when=say_moment(city, until, now)) if until > now else ""


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
        return _too_early(city, day, terms.opens.of(day), now)
    return city.say("booking.too_far", last=say_day(city, last, today(now)))


def _to_wait_for(turn: Turn, wish: Wish, asked: tuple[TimeSlot, ...]) -> TimeSlot | None:
    """The first time that is taken and can be waited for, where there is a waiting list."""
    if wish.moving is not None:
        return None
    return next((slot for slot in asked if _is_full(turn, slot)), None)


def _is_full(turn: Turn, slot: TimeSlot) -> bool:
    """Whether it could be booked if a place were free, and one may wait for that."""
    could = slot.state is SlotState.OPEN and _refusal(turn.city, slot, turn.now) is None
    return could and slot.free == 0 and turn.city.terms[slot.programme].waiting_list


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
    return tuple(
        to_step(names.short(city, each.ward or each.name), Step.MORE, Wish((each.id,)))
        for each in others
        if name
    )


def _by_telephone(turn: Turn, wish: Wish, why: str) -> Reply:
    """Nothing is free here: how else to come."""
    city = turn.city
    programme = next(each for each in city.schedule.programmes if each.id in wish.programmes)
    body = "\n".join(filter(None, (why, programme.booking)))
    card = Card(spoken(city, wish.programmes), body, _telephone(city, programme))
    call = (words.call(city, programme.telephone),) if programme.telephone else ()
    choices = (*call, words.to_a_person(city), words.to_the_menu(city))
    return Reply((card,), choices, Conversation(TOPIC, to_slots(wish)))


def _telephone(city: City, programme: Programme) -> tuple[Fact, ...]:
    """The number, with its hours where it is the call centre's."""
    if not programme.telephone:
        return ()
    centre = city.profile.call_centre
    hours = Fact(city.say("fact.hours"), names.short(city, centre.hours_text))
    number = words.telephone_fact(city, programme.telephone)
    return (number, hours) if programme.telephone == centre.telephone else (number,)
