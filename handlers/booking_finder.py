"""From a wish to times that are free, and what is next where none is."""

import re
from dataclasses import replace
from datetime import date, datetime, timedelta

from faq.programmes import Programme, ProgrammeId
from faq.terms import Sort, Terms
from handlers import booking_full, booking_hold, booking_refused, booking_terms, menu, names, words
from handlers.booking_screen import TOPIC, Free, show, stop
from handlers.booking_verbs import Going, Step, to_step
from handlers.booking_wish import Wish, Words, bookable, from_slots, to_slots
from handlers.city import City
from handlers.dates import say_date
from handlers.turn import Card, Plain, Reply, ReplyOutcome, Turn
from nlp.japan import JAPAN
from nlp.language import Language
from store import bookings, slots
from store.audit import ByResident
from store.bookings import Booking, Channel
from store.conversations import Conversation

MOST_NAMES = 8
"""What can be booked, on a screen."""
_IN_BRACKETS = re.compile(r"（.*?）")


def find(turn: Turn, wish: Wish) -> Reply:
    """The times that fit; where there are none, why, and what is free besides. What has no times is begun at once."""
    known = _known(turn.city, wish.programmes)
    if not known:
        return which(turn)
    wish = replace(wish, programmes=known)
    terms = turn.city.terms[known[0]]
    if terms.sort is Sort.APPLICATION:
        return _begin(turn, terms)
    if _differ(turn.city, wish.programmes):
        return _which_place(turn, wish)
    free = look(turn, wish)
    return show(turn, wish, free) if free.fitting else booking_full.show_others(turn, wish, free)


def _known(city: City, programmes: tuple[ProgrammeId, ...]) -> tuple[ProgrammeId, ...]:
    """Those that can be booked here now: staff may have shut one since it was shown."""
    meant = tuple(each for each in city.schedule.programmes if each.id in programmes)
    return tuple(each.id for each in bookable(city, meant))


def _begin(turn: Turn, terms: Terms) -> Reply:
    by = ByResident(turn.resident.id)
    begun = bookings.begin(turn.tx, terms, Channel.LINE, turn.resident.id, by, turn.now)
    if isinstance(begun, Booking):
        return booking_hold.show(turn, begun)
    said = booking_refused.say(turn.city, begun, turn.now)
    return Reply((Plain(said),), booking_hold.ways_out(turn.city))


def _differ(city: City, programmes: tuple[ProgrammeId, ...]) -> bool:
    """Whether it matters which of them one books: who may come, or by lots."""
    told = {(booking_terms.facts(city, city.terms[each]), city.terms[each].allocation) for each in programmes}
    return len(told) > 1


def _which_place(turn: Turn, wish: Wish) -> Reply:
    city = turn.city
    meant = [each for each in city.schedule.programmes if each.id in wish.programmes]
    choices = tuple(
        to_step(names.short(city, each.name), Step.MORE, replace(wish, programmes=(each.id,)))
        for each in meant
    )
    card = Card(city.say("booking.which_place_title"), city.say("booking.which_place"), choices=choices)
    about = Conversation(TOPIC, to_slots(wish))
    return Reply((card,), (stop(city), words.to_the_menu(city)), about, ReplyOutcome.CHOOSE)


def look(turn: Turn, wish: Wish) -> Free:
    """What can be booked now through this talk."""
    terms = [turn.city.terms[each] for each in wish.programmes]
    until = turn.now + timedelta(days=1 + max(each.ahead for each in terms))
    every = slots.free(turn.tx, terms, turn.now, until, Channel.LINE, turn.now)
    return Free(tuple(slot for slot in every if wish.fits(slot.starts_at, slot.ends_at)), every)


def go(turn: Turn, going: Going) -> Reply:
    """Another day, further times or another week, by a button."""
    wish = _taken_up(turn, going.wish)
    if wish is None:
        return which(turn)
    if going.since is None:
        return find(turn, replace(wish, since=None))
    if going.step is Step.MORE:
        return find(turn, replace(wish, since=going.since))
    first = going.since.astimezone(JAPAN).date()
    last = first + timedelta(days=6) if going.step is Step.WEEK else first
    return find(turn, replace(wish, days=Words(_from_to(turn.city, first, last), turn.now), since=None))


def _from_to(city: City, first: date, last: date) -> str:
    """In Japanese, whatever the resident speaks: it is read again as words of a resident are."""
    city = city.speaking(Language.JAPANESE)
    return city.say("booking.from_to", first=say_date(city, first), last=say_date(city, last))


def further(turn: Turn, *, week: bool) -> Reply:
    """もっと見る, 次の週 in words: what the screen's buttons would show."""
    slots_ = turn.conversation.slots
    since = slots_.get("next_week" if week else "next")
    wish = from_slots(slots_)
    if not wish.programmes:
        return which(turn)
    if since:
        return go(turn, Going(Step.WEEK if week else Step.MORE, wish, datetime.fromisoformat(since)))
    reply = find(turn, replace(wish, since=None))
    return replace(reply, parts=(Plain(turn.city.say("booking.no_more")), *reply.parts))


def _taken_up(turn: Turn, asked: Wish) -> Wish | None:
    """The wish of a button, with the days and times that are being talked about; None where it cannot be booked."""
    before = from_slots(turn.conversation.slots) if turn.conversation.topic == TOPIC else Wish(())
    ids = _known(turn.city, asked.programmes or before.programmes)
    if not ids:
        return None
    return Wish(ids, before.days, before.hours, before.since, asked.moving)


def which(turn: Turn) -> Reply:
    """What can be booked, to choose from."""
    city = turn.city
    named = by_name(bookable(city, city.schedule.programmes))
    onward = (words.to_a_person(city), words.to_the_menu(city))
    if not named:
        choices = (*menu.examples(city, "consultations"), *onward)
        return Reply((Plain(city.say("booking.nothing_here")),), choices)
    wish = Wish(()).after(turn.heard, turn.now)
    choices = tuple(
        to_step(names.short(city, name), Step.MORE, Wish(ids))
        for name, ids in list(named.items())[:MOST_NAMES]
    )
    how = city.say("booking.which", example=names.short(city, next(iter(named))))
    card = Card(city.say("booking.which_title"), how, choices=choices)
    return Reply((card,), onward, Conversation(TOPIC, to_slots(wish)), ReplyOutcome.CHOOSE)


def by_name(programmes: tuple[Programme, ...]) -> dict[str, tuple[ProgrammeId, ...]]:
    """By what they are called without the place: 人権相談 for those of all wards."""
    named: dict[str, tuple[ProgrammeId, ...]] = {}
    for each in programmes:
        plain = _IN_BRACKETS.sub("", each.name)
        named[plain] = (*named.get(plain, ()), each.id)
    return named
