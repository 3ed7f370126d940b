"""Takes a turn: conversation in, reply and conversation out, in the caller's transaction."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.about import learn
from bot.city import LiveCity
from bot.line_events import LineEvent, read_event
from bot.line_messages import messages, to_bytes
from faq.semantic import NO_VECTORS, Vector
from handlers import menu, router
from handlers.city import City
from handlers.router import Routed
from handlers.turn import EventId, Message, Plain, Reply, Text, Turn, Unfollowed, Unsent
from nlp import fragments
from store import inbox, origin, outbox, residents, turn_begun, turn_ended
from store.db import Tx
from store.inbox import InboxId, InboxItem
from store.outbox import InHand, OutboxItem, ReplyToken
from store.residents import ResidentId
from store.turn_begun import Begun

ANSWERS_FOR = timedelta(days=3)
"""So long an answer waits for a LINE that does not take it; after that nobody remembers what was asked."""
LINGER = timedelta(seconds=3)
"""How long an unfinished bubble waits for the next one."""


@dataclass(frozen=True, slots=True)
class Wait:
    """More words are expected; nothing is said before `until`."""

    until: datetime


@dataclass(frozen=True, slots=True)
class Ready:
    """A message, and the inbox items whose bubbles it is made of, oldest first."""

    message: Message
    items: tuple[InboxItem, ...]
    event: LineEvent
    """The last of them: its reply token is the freshest."""


@dataclass(frozen=True, slots=True)
class Answered:
    """A turn that was taken."""

    routed: Routed
    to_send: OutboxItem | None
    """What its thread sends now: the oldest that waits for the resident, mostly this very answer; None: nothing yet."""


def gather(waiting: tuple[InboxItem, ...], now: datetime) -> Ready | Wait:
    """The first message among what a resident sent: すみません / あの / ごみの are one question."""
    events = [_event(item) for item in waiting]
    bubbles: list[str] = []
    for index, event in enumerate(events):
        if not isinstance(event.said, Text):
            # A press or a picture ends the words before it, unless it stands first itself.
            return _ready(waiting, events, index, bubbles) if bubbles else _ready(waiting, events, 1, [])
        bubbles.append(event.said.text)
        if not fragments.is_unfinished(event.said.text):
            return _ready(waiting, events, index + 1, bubbles)
    until = waiting[-1].received_at + LINGER
    if now < until and len(waiting) < inbox.MOST_AT_ONCE:
        return Wait(until)
    return _ready(waiting, events, len(waiting), bubbles)


def _ready(waiting: tuple[InboxItem, ...], events: list[LineEvent], count: int, bubbles: list[str]) -> Ready:
    last = events[count - 1]
    assert last.said is not None
    said = last.said
    if isinstance(said, Text):
        earlier = tuple(e.said.message_id for e in events[: count - 1] if isinstance(e.said, Text))
        said = replace(said, text=fragments.join(bubbles), earlier=earlier)
    message = Message(EventId(last.id), said, last.occurred_at)
    return Ready(message, waiting[:count], last)


def _event(item: InboxItem) -> LineEvent:
    event = read_event(json.loads(item.body))
    assert event is not None
    assert event.said is not None, "the inbox keeps only what is for us as waiting"
    return event


def take(
    tx: Tx,
    city: City,
    resident: ResidentId,
    message: Message,
    now: datetime,
    vectors: Mapping[str, Vector] = NO_VECTORS,
) -> Routed:
    """Routes a message of a resident, and remembers the conversation that follows from it."""
    turn = turn_begun.begin(tx, resident, now)
    routed = _route(tx, city, turn, message, now, vectors)
    turn_ended.remember(tx, turn, routed.reply.conversation, now)
    return routed


def _route(
    tx: Tx, city: City, turn: Begun, message: Message, now: datetime, vectors: Mapping[str, Vector]
) -> Routed:
    known = turn.resident
    if not known.follows and not isinstance(message.said, Unfollowed | Unsent):
        # Nobody can write to an account they blocked. Where another system greets, this is all we learn of it.
        residents.follow(tx, known.id, follows=True)
    spoken = city.at(now).speaking(known.speaks)
    return router.route(Turn(message, known, turn.conversation, spoken, tx, now, vectors, turn.past))


def answer_next(
    tx: Tx,
    live: LiveCity,
    resident: ResidentId,
    now: datetime,
    worker: str,
    vectors: Mapping[str, Vector] = NO_VECTORS,
) -> Wait | Answered | None:
    """Takes the turn of a resident held by `inbox.claim`: events done, talk, effects and outbox, all or nothing."""
    turn = turn_begun.begin(tx, resident, now)
    city = live.as_seen(tx, turn.present)
    if not turn.waiting:
        return None
    ready = gather(turn.waiting, now)
    if isinstance(ready, Wait):
        for item in turn.waiting:
            inbox.wait_until(tx, item.id, ready.until)
        return ready
    last = ready.items[-1]
    origin.learn(last.origin)
    learn(event=ready.event.id, inbox=last.id)
    routed = _route(tx, city, turn, ready.message, now, vectors)
    items, after = [item.id for item in ready.items], routed.reply.conversation
    if not routed.reply.parts or not turn.is_told_first:
        said = _said(tx, turn, ready, routed.reply, now, worker)
        return Answered(routed, turn_ended.end(tx, turn, items, after, now, said))
    turn_ended.end(tx, turn, items, after, now)
    _put(tx, resident, ready, routed.reply, now)
    return Answered(routed, outbox.claim(tx, worker, now, resident))


def apologize(tx: Tx, city: City, resident: ResidentId, failed: InboxId, now: datetime) -> None:
    """Says that something went wrong and what to do, in place of the turn that failed, with all its bubbles.

    Says nothing where that event has been answered since, or an older one came: then its turn comes again.
    """
    waiting = inbox.waiting_of(tx, resident)
    if not waiting or waiting[0].id != failed:
        return
    ready = gather(waiting, now)
    if isinstance(ready, Wait):
        ready = gather(waiting, ready.until)
    assert isinstance(ready, Ready)
    known = residents.find(tx, resident)
    assert known is not None
    city = city.speaking(known.speaks)
    _put(tx, resident, ready, Reply((Plain(city.say("trouble.text")),), menu.areas(city)), now)
    inbox.done(tx, [item.id for item in ready.items], now, state="failed")


def _said(tx: Tx, turn: Begun, ready: Ready, reply: Reply, now: datetime, worker: str) -> InHand | None:
    """The answer, for this thread to send; None where nothing is said."""
    if not reply.parts:
        return None
    to = replace(turn.resident, follows=True)  # who writes follows, whatever was known before
    return outbox.in_hand(
        tx,
        to,
        turn.address,
        to_bytes(messages(reply)),
        now,
        worker,
        cause=ready.items[-1],
        reply=_token(ready),
        not_after=now + ANSWERS_FOR,
    )


def _put(tx: Tx, resident: ResidentId, ready: Ready, reply: Reply, now: datetime) -> None:
    outbox.put(
        tx,
        resident,
        to_bytes(messages(reply)),
        now,
        cause=ready.items[-1].id,
        reply=_token(ready),
        not_after=now + ANSWERS_FOR,
    )


def _token(ready: Ready) -> ReplyToken | None:
    last, token = ready.items[-1], ready.event.reply_token
    return ReplyToken(token, last.received_at + outbox.REPLY_LIFE) if token and last.may_reply else None
