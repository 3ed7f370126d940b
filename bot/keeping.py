"""Keeps what LINE brings. Bodies that come at one moment share a transaction: they wait for the disk together."""

import logging
import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from bot.clock import Clock
from store import inbox, relay
from store.db import Database
from store.failures import is_away
from store.inbox import Arrival

log = logging.getLogger(__name__)

MOST: Final = 64
"""Bodies in one transaction."""


@dataclass(frozen=True, slots=True)
class Forwarded:
    """A body that goes to the other system as well, byte for byte."""

    body: bytes
    signature: str


@dataclass(frozen=True, slots=True)
class Arrivals:
    """What one body brings."""

    events: tuple[Arrival, ...]
    forwarded: Forwarded | None = None


@dataclass(eq=False, slots=True)
class _Call:
    """A body whose request waits."""

    arrivals: Arrivals
    at: datetime
    """When it arrived."""
    told: threading.Event = field(default_factory=threading.Event)
    leads: bool = False
    """Whether its thread is to keep what waits."""
    new: int | None = None
    """How many events were new; None before it is kept."""
    failed: Exception | None = None
    """Why it cannot be kept now, nor by another try."""


class Keeping:
    """Keeps bodies; shared by all threads of a process.

    While one thread writes, others leave their bodies, and the first of them writes all of those next. Nobody waits for
    company: what comes alone is kept at once.
    """

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self._lock = threading.Lock()
        self._is_busy = False
        self._waiting: list[_Call] = []

    def keep(self, arrivals: Arrivals) -> int:
        """Returns once every event is kept: how many were new. Raises DatabaseFailure, and none is kept then."""
        call = _Call(arrivals, self._clock())
        self._join(call)
        if not call.leads:
            call.told.wait()
        if call.leads:
            self._keep_what_waits()
        if call.failed is not None:
            raise call.failed
        # What came together and could not be kept is kept apart: nobody pays for another's event.
        return self._kept([call])[0] if call.new is None else call.new

    def _join(self, call: _Call) -> None:
        with self._lock:
            self._waiting.append(call)
            call.leads, self._is_busy = not self._is_busy, True

    def _keep_what_waits(self) -> None:
        with self._lock:
            calls, self._waiting = self._waiting[:MOST], self._waiting[MOST:]
        try:
            for call, new in zip(calls, self._kept(calls), strict=True):
                call.new = new
        except Exception as error:
            if len(calls) == 1:
                raise
            self._note_failure(calls, error)
        finally:
            self._hand_on()
            for call in calls:
                call.told.set()

    @staticmethod
    def _note_failure(calls: Sequence[_Call], error: Exception) -> None:
        """Those for whom another try could do nothing have failed; the others try again, each alone."""
        if is_away(error):
            for call in calls:
                call.failed = error
            return
        log.warning("%d bodies were not kept together (%s): each alone", len(calls), type(error).__name__)

    def _hand_on(self) -> None:
        """The first of those who came meanwhile keeps them."""
        with self._lock:
            following = self._waiting[0] if self._waiting else None
            self._is_busy = following is not None
        if following is not None:
            following.leads = True
            following.told.set()

    def _kept(self, calls: Sequence[_Call]) -> list[int]:
        """How many events of each body were new. Their time is the first one's: tokens live from then, however long
        this waits.
        """
        bodies, now = [each.arrivals for each in calls], min(each.at for each in calls)
        events = [event for body in bodies for event in body.events]
        forwarded = [body.forwarded for body in bodies if body.forwarded]
        kept = None if forwarded else self._at_once(events, now)
        new = set(self._together(events, forwarded, now) if kept is None else kept)
        return [_count(body, new) for body in bodies]

    def _at_once(self, events: Sequence[Arrival], now: datetime) -> frozenset[str] | None:
        """What was new, kept without a transaction around it; None, and nothing is kept, where it takes one."""
        if self._database.is_sqlite:
            return None
        with self._database.write_one() as tx:
            return inbox.keep_at_once(tx, events, now)

    def _together(
        self, events: Sequence[Arrival], forwarded: Sequence[Forwarded], now: datetime
    ) -> frozenset[str]:
        with self._database.write(urgent=True) as tx:  # LINE waits, and an answer can
            new = inbox.keep(tx, events, now)
            for each in forwarded:
                relay.keep(tx, each.body, each.signature, now)
        return new


def _count(body: Arrivals, new: set[str]) -> int:
    """How many of its events were new; an event that came twice was new once."""
    mine = {event.event_id for event in body.events} & new
    new -= mine
    return len(mine)
