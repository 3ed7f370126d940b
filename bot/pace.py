"""How fast this process calls LINE: within the rates that LINE allows, or its share where several processes send.

LINE answers who is faster with 429, also what was urgent. So each call waits for its turn here, some thousandths of a
second while many go out. Rates: https://developers.line.biz/en/reference/messaging-api/#rate-limits
"""

import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

MARGIN: Final = 0.9
"""Of LINE's rate that is used: clocks and networks shift calls against each other."""
HELD_BACK: Final = 0.5
"""Seconds for which an endpoint rests once LINE has said that it is too much."""


class Endpoint(StrEnum):
    """What is called, as far as LINE counts it apart."""

    REPLY = "reply"
    PUSH = "push"
    MULTICAST = "multicast"
    LINK = "link"
    UNLINK = "unlink"
    DEFAULT = "default"


PER_SECOND: Final[Mapping[Endpoint, float]] = {
    each: 200 if each is Endpoint.MULTICAST else 2000 for each in Endpoint
}


@dataclass(slots=True)
class _Turn:
    next_at: float = 0.0


class Pace:
    """Gives out turns, evenly spaced; safe to share between threads."""

    def __init__(
        self,
        share: float = 1.0,
        clock: Callable[[], float] = time.monotonic,
        wait: Callable[[float], None] = time.sleep,
    ) -> None:
        """`share`: the part of LINE's rates that this process may use; `clock` in seconds. Raises ValueError."""
        if not 0 < share <= 1:
            raise ValueError("a share of the rates is more than 0 and at most 1")
        self._between = {each: 1 / (rate * MARGIN * share) for each, rate in PER_SECOND.items()}
        self._turns = {each: _Turn() for each in Endpoint}
        self._clock, self._wait = clock, wait
        self._lock = threading.Lock()

    def take_turn(self, endpoint: Endpoint) -> None:
        """Returns when the call may be made."""
        with self._lock:
            now, turn = self._clock(), self._turns[endpoint]
            at = max(now, turn.next_at)
            turn.next_at = at + self._between[endpoint]
        if at > now:
            self._wait(at - now)

    def refused(self, endpoint: Endpoint) -> None:
        """LINE has said that it is too much: all wait for a moment."""
        with self._lock:
            turn = self._turns[endpoint]
            turn.next_at = max(turn.next_at, self._clock() + HELD_BACK)
