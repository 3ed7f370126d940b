"""How often each endpoint may be called: a bucket of tokens each, and 429 where it is empty.

Source: https://developers.line.biz/en/reference/messaging-api/#rate-limits
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

SECOND, HOUR = timedelta(seconds=1), timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Rate:
    """So many calls in a time; as many may come at once."""

    calls: int
    within: timedelta


EVERYTHING_ELSE: Final = Rate(2000, SECOND)
RATES: Final[Mapping[str, Rate]] = {
    r"POST /v2/bot/message/multicast": Rate(200, SECOND),
    r"POST /v2/bot/chat/loading/start": Rate(100, SECOND),
    r"POST /v2/bot/richmenu": Rate(100, HOUR),
    r"DELETE /v2/bot/richmenu/richmenu-[\w-]+": Rate(100, HOUR),
    r"DELETE /v2/bot/richmenu/alias/[a-z0-9_-]+": Rate(100, HOUR),
    r"POST /v2/bot/richmenu/batch": Rate(3, HOUR),
    r"GET /v2/bot/richmenu/list": Rate(10, SECOND),
    r"POST /v2/bot/user/U[0-9a-f]{32}/richmenu/richmenu-[\w-]+": EVERYTHING_ELSE,
    r"DELETE /v2/bot/user/U[0-9a-f]{32}/richmenu": EVERYTHING_ELSE,
    r"GET /v2/bot/profile/U[0-9a-f]{32}": EVERYTHING_ELSE,
}
"""Of the endpoints that have a rate of their own, or whose path names somebody; any other path is one by itself."""


@dataclass(slots=True)
class _Bucket:
    tokens: float
    at: datetime


@dataclass(slots=True)
class Buckets:
    """One for each endpoint, full at first."""

    left: float = 1.0
    """The part of each rate that other processes of the account leave."""
    _buckets: dict[str, _Bucket] = field(default_factory=dict)

    def take(self, method: str, path: str, now: datetime) -> bool:
        """Takes a token; False where there is none."""
        called = f"{method} {path}"
        endpoint = next((pattern for pattern in RATES if re.fullmatch(pattern, called)), called)
        rate = RATES.get(endpoint, EVERYTHING_ELSE)
        most = rate.calls * self.left
        bucket = self._buckets.setdefault(endpoint, _Bucket(most, now))
        gained = most * ((now - bucket.at) / rate.within)
        bucket.tokens, bucket.at = min(most, bucket.tokens + gained), now
        if bucket.tokens < 1:
            return False
        bucket.tokens -= 1
        return True
