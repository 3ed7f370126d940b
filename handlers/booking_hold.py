"""A seat that is kept for ten minutes: until when, where to go on, and how to get more time or give it up."""

from datetime import timedelta

from handlers import words
from handlers.booking_screen import TOPIC, stop
from handlers.booking_time import say_moment, say_slot, where
from handlers.booking_verbs import Act, Step, to_act, to_step
from handlers.booking_wish import Wish, to_slots
from handlers.city import City
from handlers.turn import Card, Choice, Fact, OpenUrl, Plain, Reply, ReplyOutcome, Turn
from store import bookings, links, windows
from store.audit import ByResident
from store.bookings import Booking
from store.conversations import Conversation
from store.links import Purpose
from store.refusals import State

LINK_LIFE = timedelta(hours=12)
"""Longer than any hold or offer: whether the seat is still kept, the page itself says."""


def show(turn: Turn, held: Booking) -> Reply:
    """What is kept and until when, and the way to the form."""
    city, slot = turn.city, held.slot
    kind = _kind(turn, held)
    said = say_slot(city, slot, turn.now) if slot else ""
    body = city.say(f"booking.{kind}.body", slot=said, until=until(turn, held))
    facts = (Fact(city.say("fact.address"), where(city, slot)),) if slot else ()
    card = Card(city.say(f"booking.{kind}.title"), body, facts, choices=(form(turn, held),))
    wish = Wish((held.programme,))
    extend = () if held.extended else (to_act(turn, city.say("booking.more_time"), Act.EXTEND, held.id),)
    other = (to_step(city.say("booking.other_time"), Step.MORE, wish),) if slot else ()
    about = Conversation(TOPIC, to_slots(wish))
    return Reply((card,), (*extend, *other, stop(city)), about, ReplyOutcome.ASK)


def _kind(turn: Turn, held: Booking) -> str:
    """Which words: for a seat, for lots, for an application."""
    if held.slot is None:
        return "application"
    return "entry" if windows.is_for_lots(turn.city.terms[held.programme], held.slot.drawn) else "held"


def form(turn: Turn, held: Booking) -> Choice:
    """The button that opens the form, by a link of its own."""
    owner = turn.resident.id
    token = links.mint(turn.tx, Purpose.BOOKING_FORM, owner, held.id, LINK_LIFE, turn.now)
    return Choice(turn.city.say("booking.open_form"), OpenUrl(f"{turn.city.pages_url}/f/{token}"))


def until(turn: Turn, held: Booking) -> str:
    """The end of a hold or an offer: 13時40分."""
    assert held.held_until is not None
    return say_moment(turn.city, held.held_until, turn.now)


def open_holds(turn: Turn) -> tuple[Booking, ...]:
    """What the resident has begun and not finished."""
    mine = bookings.of_resident(turn.tx, turn.resident.id, turn.now)
    return tuple(each for each in mine if each.state is State.HELD)


def release(turn: Turn) -> str:
    """Gives up what was begun, and says so; empty where nothing was."""
    holds = open_holds(turn)
    for each in holds:
        bookings.cancel(turn.tx, each.id, ByResident(turn.resident.id), turn.now)
    if not holds:
        return ""
    seat = any(each.slot for each in holds)
    return turn.city.say("booking.released" if seat else "booking.released_application")


def rest_of_time(turn: Turn) -> tuple[tuple[Plain, ...], tuple[Choice, ...]]:
    """Behind an answer to something else: until when a seat is kept, and the way back to it."""
    if not turn.past.bookings:
        return (), ()
    city = turn.city
    for held in open_holds(turn):
        assert held.held_until is not None
        minutes = max(1, round((held.held_until - turn.now) / timedelta(minutes=1)))
        said = city.say("booking.still_held", until=until(turn, held), minutes=minutes)
        return (Plain(said),), (to_step(city.say("booking.go_on"), Step.GO_ON), stop(city))
    return (), ()


def stale(turn: Turn) -> Reply:
    """In the same words whether a button is old, was pressed, is another's, or never was."""
    return Reply((Plain(turn.city.say("button.stale")),), ways_out(turn.city), turn.conversation)


def ways_out(city: City) -> tuple[Choice, ...]:
    return (to_step(city.say("booking.mine"), Step.MINE), words.to_a_person(city), words.to_the_menu(city))
