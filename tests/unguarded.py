"""The service with one of its guards off: `python -m tests.unguarded GUARD run ...`.

The negative controls of the kill test: each shows that its count notices when that guard is gone. Where the
harmful moment is short it is drawn out, so that few kills suffice.
"""

import sys
import threading
import time
import uuid
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from bot import sender, serving, turns
from bot.__main__ import main
from bot.keeping import Keeping
from bot.worker import Worker
from store import inbox

DRAWN_OUT = 0.5
"""Seconds."""


def kept_after_the_answer() -> None:
    """The webhook answers 200 before the event is in the database."""
    keep = Keeping.keep

    def keep_later(*arguments: Any) -> int:
        threading.Timer(DRAWN_OUT, keep, arguments).start()
        return 0

    Keeping.keep = keep_later  # type: ignore[method-assign]


def put_in_a_second_transaction() -> None:
    """The event is done in one transaction, what is to be said is put into the outbox in another."""
    open_database = serving.open_database
    opened: list[Any] = []

    def open_and_remember(settings: Any) -> Any:
        opened.append(open_database(settings))
        return opened[0]

    def in_another(*arguments: Any) -> None:
        with opened[0].write() as tx:
            turns._put(tx, *arguments)

    def say_later(_tx: Any, turn: Any, ready: Any, reply: Any, now: Any, _worker: str) -> None:
        if reply.parts:
            threading.Timer(DRAWN_OUT, in_another, [turn.resident.id, ready, reply, now]).start()

    serving.open_database = open_and_remember
    turns._said = say_later


def retry_key_made_anew() -> None:
    """Each try of a push has a key of its own."""
    send = sender._send
    sender._send = lambda line, item: send(line, replace(item, retry_key=str(uuid.uuid4())))


def used_token_taken_for_refused() -> None:
    """A reply token that LINE does not take any more is followed by a push, though the first try may have arrived."""
    arrived = sender._has_arrived
    sender._has_arrived = lambda item, result: arrived(replace(item, unsure=False), result)


def events_not_told_apart() -> None:
    """An event that LINE delivers again is taken for a new one."""
    keep, keep_all = inbox.keep, Keeping.keep

    def keep_anew(tx: Any, arrivals: Any, now: Any) -> frozenset[str]:
        return keep(tx, [replace(each, event_id=str(uuid.uuid4())) for each in arrivals], now)

    def answer_late(*arguments: Any) -> int:
        new = keep_all(*arguments)
        time.sleep(DRAWN_OUT)
        return new

    inbox.keep, Keeping.keep = keep_anew, answer_late  # type: ignore[method-assign]


def answered_within_the_webhook() -> None:
    """The webhook's own thread takes the turn and calls LINE, before it answers."""
    Worker.wake = lambda worker: worker.answer_next() and None  # type: ignore[method-assign]


GUARDS: Mapping[str, Callable[[], None]] = {
    off.__name__: off
    for off in (
        kept_after_the_answer,
        put_in_a_second_transaction,
        retry_key_made_anew,
        used_token_taken_for_refused,
        events_not_told_apart,
        answered_within_the_webhook,
    )
}

if __name__ == "__main__":
    GUARDS[sys.argv[1]]()
    sys.exit(main(sys.argv[2:]))
