"""Takes a turn: conversation in, reply and conversation out, in the caller's transaction."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.about import learn
from bot.line_events import LineEvent, read_event
from bot.line_messages import messages, to_bytes
from faq.semantic import NO_VECTORS, Vector
from handlers import menu, router
from handlers.city import City
from handlers.router import Routed
from handlers.turn import EventId, Message, Plain, Reply, Text, Turn, Unfollowed, Unsent
from nlp import fragments
from store import conversations, inbox, origin, outbox, residents
from store.db import Tx
from store.inbox import InboxId, InboxItem
from store.residents import Resident, ResidentId

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
    return _take(tx, city, _known(tx, resident), message, now, vectors)


def _known(tx: Tx, resident: ResidentId) -> Resident:
    known = residents.find(tx, resident)
    assert known is not None
    return known


def _take(
    tx: Tx, city: City, known: Resident, message: Message, now: datetime, vectors: Mapping[str, Vector]
) -> Routed:
    resident = known.id
    if not known.follows and not isinstance(message.said, Unfollowed | Unsent):
        # Nobody can write to an account they blocked. Where another system greets, this is all we learn of it.
        residents.follow(tx, resident, follows=True)
    conversation = conversations.current(tx, resident, now)
    spoken = city.at(now).speaking(known.speaks)
    routed = router.route(Turn(message, known, conversation, spoken, tx, now, vectors))
    conversations.keep(tx, resident, routed.reply.conversation, now)
    residents.seen(tx, resident, now)
    return routed


def answer_next(
    tx: Tx, city: City, resident: ResidentId, now: datetime, vectors: Mapping[str, Vector] = NO_VECTORS
) -> Wait | Routed | None:
    """Takes the turn of a resident held by `inbox.claim`: events done, talk, effects and outbox, all or nothing."""
    known = _known(tx, resident)
    waiting = inbox.peek(tx, resident)
    if not waiting:
        return None
    ready = gather(waiting, now)
    if isinstance(ready, Wait):
        for item in waiting:
            inbox.wait_until(tx, item.id, ready.until)
        return ready
    last = ready.items[-1]
    origin.learn(last.origin)
    learn(event=ready.event.id, inbox=last.id)
    routed = _take(tx, city, known, ready.message, now, vectors)
    _say(tx, resident, ready, routed.reply, now)
    for item in ready.items:
        inbox.done(tx, item.id, now)
    return routed


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
    known = _known(tx, resident)
    city = city.speaking(known.speaks)
    _say(tx, resident, ready, Reply((Plain(city.say("trouble.text")),), menu.areas(city)), now)
    for item in ready.items:
        inbox.done(tx, item.id, now, state="failed")


def _say(tx: Tx, resident: ResidentId, ready: Ready, reply: Reply, now: datetime) -> None:
    if not reply.parts:
        return
    last = ready.items[-1]
    token = ready.event.reply_token if last.may_reply else None
    until = last.received_at + outbox.REPLY_LIFE if token else None
    body = to_bytes(messages(reply))
    outbox.put(
        tx,
        resident,
        body,
        now,
        cause=last.id,
        reply_token=token,
        reply_until=until,
        not_after=now + ANSWERS_FOR,
    )
