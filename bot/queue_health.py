"""What `doctor` says of the queues: what waits in them, what failed, and what LINE did not take."""

from collections.abc import Iterator
from typing import Final, assert_never

from bot.findings import Finding
from store import delivery, inbox, outbox, relay
from store.db import Tx
from store.delivery import GivenUp, Why

SHOWN: Final = 3
"""Of what was given up, the newest; the page of staff has all."""


def look(tx: Tx) -> Iterator[Finding]:
    """How many rows of each queue are in which state, and what nobody has seen to."""
    for name, counts in (
        ("inbox", inbox.counts(tx)),
        ("outbox", outbox.counts(tx)),
        ("relay", relay.counts(tx)),
    ):
        told = ", ".join(f"{state} {count}" for state, count in sorted(counts.items())) or "empty"
        yield Finding(not counts.get("dead") and not counts.get("failed"), f"{name}: {told}")
    for each in delivery.given_up(tx, SHOWN):
        yield Finding(False, f"outbox {each.id}: {_told(each)}; /staff/undelivered says what to do")


def _told(item: GivenUp) -> str:
    match item.why:
        case Why.REFUSED:
            return f"LINE refused it for good, status {item.status}, request {item.request_id or 'unknown'}"
        case Why.UNKNOWN:
            return "LINE gave no clear answer for 23 hours, so it may have arrived or not"
        case Why.LATE:
            return "it had lost its point before LINE took it"
        case _:
            assert_never(item.why)
