"""A resident's own bookings: what stands, and to change or cancel one. None is told to anybody else."""

from collections.abc import Callable
from typing import assert_never

from handlers import booking_hold, words
from handlers.booking_screen import TOPIC
from handlers.booking_time import say_moment, say_slot, where
from handlers.booking_verbs import Act, Asker, Step, to_act, to_step
from handlers.booking_wish import Wish
from handlers.city import City
from handlers.dates import say_day
from handlers.turn import Card, Cards, Choice, Fact, OpenUrl, Part, Plain, Reply, ReplyOutcome, Turn
from nlp.japan import today
from store import bookings, links, receipts
from store.bookings import Booking, BookingId
from store.conversations import Conversation
from store.links import Purpose
from store.refusals import State

MOST = 6
"""Bookings side by side, or to choose from."""
CHANGEABLE = (State.CONFIRMED, State.CLOSED)
CANCELLABLE = (State.HELD, State.CONFIRMED, State.ENTERED, State.APPLIED, State.WAITING, State.OFFERED)


def mine(turn: Turn) -> tuple[Booking, ...]:
    return bookings.of_resident(turn.tx, turn.resident.id, turn.now)


def show(turn: Turn) -> Reply:
    """All that stands, each with what can be done about it."""
    city, found = turn.city, mine(turn)[:MOST]
    if not found:
        return none(turn)
    cards = tuple(card(turn, each) for each in found)
    part: Part = cards[0] if len(cards) == 1 else Cards(cards, city.say("booking.mine_summary"))
    return Reply((part,), onward(city), outcome=ReplyOutcome.DONE)


def none(turn: Turn) -> Reply:
    """Nothing of theirs: what was booked by telephone is not shown here."""
    city = turn.city
    said = Plain(city.say("booking.none_of_yours"))
    centre = words.call(city, city.profile.call_centre.telephone)
    return Reply((said,), (to_step(city.say("booking.new"), Step.START), centre, *onward(city)[1:]))


def onward(city: City) -> tuple[Choice, ...]:
    return (to_step(city.say("booking.new"), Step.START), words.to_a_person(city), words.to_the_menu(city))


def card(turn: Turn, booking: Booking) -> Card:
    """Neutral: not what it is about, since others may see the screen."""
    city = turn.city
    facts = [Fact(city.say("booking.fact.state"), city.say(f"booking.state.{booking.state}"))]
    if booking.held_until:
        until = say_moment(city, booking.held_until, turn.now)
        facts.append(Fact(city.say("booking.fact.until"), until))
    if booking.slot:
        facts.append(Fact(city.say("fact.address"), where(city, booking.slot)))
    if booking.state not in (State.HELD, State.WAITING, State.OFFERED):
        facts.append(Fact(city.say("booking.fact.receipt"), receipts.shown(booking.receipt)))
    return Card(city.say("booking.yours"), said(turn, booking), tuple(facts), choices=_choices(turn, booking))


def said(asker: Asker, booking: Booking) -> str:
    """The booking by its time; of an application, the day it was made."""
    city = asker.city
    if booking.slot:
        return say_slot(city, booking.slot, asker.now)
    key = "booking.any_time" if booking.state in (State.WAITING, State.OFFERED) else "booking.applied_on"
    return city.say(key, day=say_day(city, booking.day, today(asker.now)))


def _choices(turn: Turn, booking: Booking) -> tuple[Choice, ...]:
    match booking.state:
        case State.HELD:
            return (booking_hold.form(turn, booking), act(turn, Act.ASK_CANCEL, booking))
        case State.WAITING:
            return (act(turn, Act.LEAVE, booking),)
        case State.OFFERED:
            return (act(turn, Act.ACCEPT, booking), act(turn, Act.LET_GO, booking))
        case State.CONFIRMED:
            return (
                act(turn, Act.CHANGE, booking),
                act(turn, Act.ASK_CANCEL, booking),
                calendar(turn, booking),
            )
        case State.CLOSED:
            return (act(turn, Act.CHANGE, booking),)
        case State.ENTERED | State.APPLIED:
            return (act(turn, Act.ASK_CANCEL, booking),)
        case State.NOT_DRAWN:
            return (to_step(turn.city.say("booking.other_time"), Step.MORE, Wish((booking.programme,))),)
        case State.KEPT | State.MISSED | State.DONE | State.CANCELLED | State.EXPIRED:
            return ()
        case other:
            assert_never(other)


def act(asker: Asker, does: Act, booking: Booking) -> Choice:
    """The button that does it to the booking."""
    return to_act(asker, asker.city.say(f"booking.act.{does.name.lower()}"), does, booking.id)


def calendar(turn: Turn, booking: Booking) -> Choice:
    """The button to the receipt's page, from where the booking as it is now goes into a calendar."""
    token = links.mint(turn.tx, Purpose.RECEIPT, turn.resident.id, booking.id, links.RECEIPT_LIFE, turn.now)
    address = f"{turn.city.pages_url}/r/{token}"
    return Choice(turn.city.say("booking.act.calendar"), OpenUrl(address))


def of_one(turn: Turn, states: tuple[State, ...], act: Act, one: Callable[[Turn, BookingId], Reply]) -> Reply:
    """Does it to the only booking to which it can be done, or asks to which."""
    city = turn.city
    able = [each for each in mine(turn) if each.state in states][:MOST]
    if not able:
        return none(turn)
    if len(able) == 1:
        return one(turn, able[0].id)
    name = "change" if act is Act.CHANGE else "cancel"
    buttons = tuple(
        to_act(turn, city.say("booking.numbered", number=number, said=said(turn, each)), act, each.id)
        for number, each in enumerate(able, 1)
    )
    card = Card(city.say(f"booking.which_to_{name}"), city.say("booking.which_of_yours"), choices=buttons)
    offered = " ".join(f"{name}:{each.id}" for each in able)
    return Reply((card,), onward(city)[1:], Conversation(TOPIC, {"offered": offered}), ReplyOutcome.CHOOSE)
