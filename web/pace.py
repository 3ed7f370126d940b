"""How often one address asks: counted in memory alone, so that nothing of who reads what is kept."""

import math
from collections import OrderedDict, deque
from datetime import datetime, timedelta
from threading import Lock
from typing import Final

A_MINUTE: Final = timedelta(minutes=1)
MOST_KNOWN: Final = 10_000
"""Addresses that are remembered; the one that asked longest ago is forgotten first."""


class Pace:
    """So many requests of one address in any minute. Safe to share between threads; each process counts its own."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._asked: OrderedDict[str, deque[datetime]] = OrderedDict()
        self._lock = Lock()

    def wait(self, address: str, now: datetime) -> int:
        """Counts a request; seconds to wait before it is answered, 0 where it is at once."""
        with self._lock:
            asked = self._asked.setdefault(address, deque())
            self._asked.move_to_end(address)
            if len(self._asked) > MOST_KNOWN:
                self._asked.popitem(last=False)
            # What is ahead was counted by a clock that was set back since.
            while asked and not now - A_MINUTE < asked[0] <= now + A_MINUTE:
                asked.popleft()
            if len(asked) >= self._most:
                return max(1, math.ceil((asked[0] + A_MINUTE - now).total_seconds()))
            asked.append(now)
            return 0
