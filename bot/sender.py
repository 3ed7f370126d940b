"""Sends what the outbox holds: reply while the token lives, push with a stored retry key otherwise."""

import logging
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, assert_never

from bot.about import about, learn
from bot.metrics import MESSAGES, answered
from store import delivery, origin, outbox, work
from store.db import Database, Tx
from store.delivery import Why
from store.failures import DatabaseFailure, is_passing
from store.outbox import OutboxItem

if TYPE_CHECKING:  # the SDK takes 0.7 s to import; only the process that sends pays for it
    from bot.line import Answered, LineClient, Sent

log = logging.getLogger(__name__)
_MONTHLY_WAIT = timedelta(hours=1)
NOTED_WITHIN = 10.0
"""Seconds for which a thread tries to note that LINE has something: longer than the lease nobody waits for it."""
AGAIN = 0.25
"""Seconds between two tries."""

Clock = Callable[[], datetime]


def send_next(database: Database, line: "LineClient", worker: str, clock: Clock) -> bool:
    """Sends the oldest waiting item; False where none waits. The network is used between transactions."""
    item = claim(database, worker, clock)
    if item is None:
        return False
    send(database, line, item, worker, clock)
    return True


def claim(database: Database, worker: str, clock: Clock) -> OutboxItem | None:
    """Takes the oldest waiting item, for `send`."""
    with database.write() as tx:
        return outbox.claim(tx, worker, clock())


def send(database: Database, line: "LineClient", item: OutboxItem, worker: str, clock: Clock) -> None:
    """Sends an item that this worker has claimed, and notes what became of it.

    The note is not synced: after a power cut the try is one of unknown outcome, as if no answer had come.
    """
    with about(outbox=item.id):
        origin.learn(item.origin)
        _send_claimed(database, line, item, worker, clock)


def _send_claimed(
    database: Database, line: "LineClient", item: OutboxItem, worker: str, clock: Clock
) -> None:
    if item.reply_token is None and not item.follows:
        with database.write() as tx:
            delivery.dropped(tx, item, clock())
        _count(item, "blocked")
        return
    if why := _hopeless(item, clock()):
        log.error("outbox %d: given up (%s), it stands on the list of staff", item.id, why.value)
        with database.write() as tx:
            delivery.give_up(tx, item, why, clock())
        _count(item, "expired")
        return
    result = _send(line, item)
    _settle(database, item, worker, result, clock())


def _count(item: OutboxItem, outcome: str) -> None:
    MESSAGES.labels("push" if item.reply_token is None else "reply", outcome).inc()


def _hopeless(item: OutboxItem, now: datetime) -> Why | None:
    """Why another try could help nobody, or could be a second delivery; None where it may be tried."""
    if item.pushed_at is not None and now - item.pushed_at > outbox.RETRY_KEY_LIFE:
        return Why.UNKNOWN
    if item.not_after is not None and item.not_after <= now:
        return Why.LATE
    return None


def _send(line: "LineClient", item: OutboxItem) -> "Sent":
    if item.reply_token is not None:
        return line.reply(item.reply_token, item.messages)
    return line.push(item.address, item.messages, item.retry_key)


def _settle(database: Database, item: OutboxItem, worker: str, result: "Sent", now: datetime) -> None:
    """Notes what came of a try, where the item is still this worker's."""
    from bot.line import Answered

    if isinstance(result, Answered) and _has_arrived(item, result):
        learn(line_request=result.request_id)
        held = _note_sent(database, item, worker, result, now)
        log.info("outbox %d: sent, status %d, %s", item.id, result.status, result.request_id)
        if held:  # else who has taken it since counts it
            _count(item, "taken")
            answered(item.asked_at, now)
        return
    with database.write(synced=False) as tx:
        if delivery.holds(tx, item, worker):
            _not_sent(tx, item, result, now)


def _note_sent(database: Database, item: OutboxItem, worker: str, result: "Answered", now: datetime) -> bool:
    """Whether the item was still this worker's. Only this thread knows that LINE has it: it says so as soon as a
    database that is away is back, or what the resident asked next would wait until the lease is over.
    """
    until = time.monotonic() + NOTED_WITHIN
    while True:
        try:
            with database.write_one() as tx:
                return delivery.sent(tx, item, worker, now, result.status, result.request_id)
        except DatabaseFailure as error:
            if not is_passing(error) or time.monotonic() > until:
                raise
        time.sleep(AGAIN)


def _has_arrived(item: OutboxItem, result: "Answered") -> bool:
    """Whether LINE has it, by the status alone: LINE does not guarantee its error texts.

    409: it accepted this retry key before. 400 after a try that nobody knows the end of: a token works once, so that
    try used it.
    """
    if item.reply_token is None:
        return 200 <= result.status < 300 or result.status == 409
    return 200 <= result.status < 300 or (result.status == 400 and item.unsure)


def _not_sent(tx: Tx, item: OutboxItem, result: "Sent", now: datetime) -> None:
    """Notes why, and when it is tried again."""
    from bot.line import Answered, Unanswered, Unreached

    soon = now + work.backoff(item.attempts)
    match result:
        case Unreached(error):
            _count(item, "again")
            log.warning("outbox %d: LINE cannot be reached (%s), trying again", item.id, error)
            delivery.refused_for_now(tx, item, soon, 0)
        case Unanswered(error):
            _count(item, "again")
            log.warning("outbox %d: no answer (%s), trying again", item.id, error)
            delivery.later(tx, item, soon, 0)
        case Answered():
            _refused(tx, item, result, now)
        case other:
            assert_never(other)


def _refused(tx: Tx, item: OutboxItem, result: "Answered", now: datetime) -> None:
    status = result.status
    learn(line_request=result.request_id)
    soon = now + work.backoff(item.attempts)
    if status == 429:
        again = now + _MONTHLY_WAIT if result.monthly_limit else soon
        log.warning("outbox %d: LINE asks to wait (429), again in %s", item.id, again - now)
        _count(item, "again")
        delivery.refused_for_now(tx, item, again, status)
    elif status == 400 and item.reply_token is not None:
        _count(item, "again")
        delivery.push_instead(tx, item, now)
    elif 400 <= status < 500:
        log.error("outbox %d: refused for good, status %d, %s", item.id, status, result.request_id)
        _count(item, "refused")
        delivery.give_up(tx, item, Why.REFUSED, now, status, result.request_id)
    else:
        log.warning("outbox %d: status %d, trying again", item.id, status)
        _count(item, "again")
        delivery.later(tx, item, soon, status)
