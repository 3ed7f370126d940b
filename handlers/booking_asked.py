"""What is asked about bookings in words: to book, to look one up, to change or cancel one."""

from enum import Enum, auto

from handlers.booking_screen import TOPIC
from handlers.booking_wish import Wish, bookable, from_slots, of_ward
from handlers.heard import nothing_else
from handlers.turn import Turn
from store import receipts
from store.conversations import Conversation

CONSULTATION = "consultation"
"""The topic of `handlers/consultation.py`, whose slot `programmes` is what 予約したい is then about."""


class Asked(Enum):
    """About one's own bookings."""

    MINE = auto()
    CHANGE = auto()
    CANCEL = auto()


def own(turn: Turn) -> Asked | None:
    """予約の確認, 予約を変更したい, キャンセルしたい: with nothing else said but days and times."""
    heard = turn.heard
    if heard.names_something or turn.mentions("words.booking_general"):
        return None
    if receipts.parse(turn.text):
        return Asked.MINE
    for asked, words in _OWN.items():
        if turn.says(f"words.{words}_said"):
            return asked
        speaks = turn.mentions(f"words.{words}") and turn.mentions("words.own_booking")
        if speaks and nothing_else(
            turn.city, heard, f"words.{words}", f"words.{words}_beside", "words.own_booking"
        ):
            return asked
    return None


_OWN = {Asked.CANCEL: "booking_cancel", Asked.CHANGE: "booking_change", Asked.MINE: "booking_mine"}
"""In the order in which they are looked for: 予約のキャンセルを確認したい is about cancelling."""


def wish(turn: Turn) -> Wish | None:
    """法律相談を予約したい 今週 東区; 土曜は？ while times are looked for. None where it is something else."""
    heard, talk = turn.heard, turn.conversation
    looking = talk.topic == TOPIC and bool(talk.slots.get("programmes"))
    if heard.procedure or heard.sections:
        return None
    if looking and not heard.programmes:
        return _went_on(turn) if _narrows(turn) else None
    if not nothing_else(turn.city, heard, *_BESIDE):
        return None
    if heard.programmes:
        named = bookable(turn.city, of_ward(heard.programmes, heard.ward))
        if not named or not (looking or turn.mentions("words.booking")):
            return None
        return _begun(turn, talk, Wish(tuple(each.id for each in named)))
    if talk.topic == CONSULTATION and turn.mentions("words.booking"):
        talked = talk.slots["programmes"].split()
        before = tuple(each for each in turn.city.schedule.programmes if each.id in talked)
        named = bookable(turn.city, of_ward(before, heard.ward))
        return Wish(tuple(each.id for each in named)).after(heard, turn.now) if named else None
    return None


def _narrows(turn: Turn) -> bool:
    """Whether it says where or when, of what is being looked for, and nothing else."""
    when = turn.heard.when
    if not (turn.heard.ward or when.whens or when.unclear):
        return turn.says("words.any_time")
    return nothing_else(turn.city, turn.heard, "words.booking_beside")


_BESIDE = ("words.consultation", "words.office", "words.where", "words.doing", "words.booking_beside")


def _begun(turn: Turn, talk: Conversation, wish: Wish) -> Wish:
    """A programme that is named again keeps the days that were being talked about."""
    before = from_slots(talk.slots) if talk.topic == TOPIC else None
    if before and not turn.heard.when.whens and set(before.programmes) <= set(wish.programmes):
        return Wish(wish.programmes, before.days, before.hours)
    return wish.after(turn.heard, turn.now)


def _went_on(turn: Turn) -> Wish | None:
    """Another ward, other days, or whatever is free."""
    heard, before = turn.heard, from_slots(turn.conversation.slots)
    if turn.says("words.any_time"):
        return Wish(before.programmes, moving=before.moving)
    if not heard.ward or before.moving is not None:
        return before.after(heard, turn.now)
    held = [each for each in turn.city.schedule.programmes if each.id in before.programmes]
    names = {name for each in held for name in each.aliases}
    there = bookable(
        turn.city,
        tuple(
            each
            for each in turn.city.schedule.programmes
            if each.ward == heard.ward and not names.isdisjoint(each.aliases)
        ),
    )
    if not there and heard.office:
        return None
    ids = tuple(each.id for each in there) or before.programmes
    return Wish(ids, before.days, before.hours, None, None).after(heard, turn.now)


def plainly(turn: Turn) -> bool:
    """予約したい, and not what."""
    named = turn.heard.names_something or turn.conversation.topic == CONSULTATION
    return (
        not named
        and turn.mentions("words.booking_itself")
        and nothing_else(turn.city, turn.heard, "words.booking_plain")
    )
