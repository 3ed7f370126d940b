"""Beside another system: which events are the other's, and forwarding them.

An account has one webhook. Where another system already serves a menu behind it, `RELAY_URL` names its webhook;
bodies with events that are not ours are forwarded byte for byte with LINE's signature.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import urllib3

from bot.line_events import LineEvent
from handlers.turn import DatePicked, Followed, Located, Media, Pressed, Text, Unfollowed, Unsent
from store import relay
from store.db import Database

log = logging.getLogger(__name__)
_TIMEOUT = urllib3.Timeout(connect=3, read=10)


@dataclass(frozen=True, slots=True)
class RelayRules:
    """Whose an event is. With no `url`, all is ours."""

    url: str = ""
    their_texts: frozenset[str] = frozenset()
    """Texts that the other system's menu sends in the resident's name."""

    def is_theirs(self, event: LineEvent) -> bool:
        """Whether the other system must see the event."""
        if not self.url:
            return False
        if event.user_id is None or not event.active:
            return True  # groups, and talks that another holds: nothing that we act on
        match event.said:
            case Text(text=text):
                return text.strip() in self.their_texts
            case Pressed() | DatePicked() | Located() | Media():
                return False
            case Followed() | Unfollowed() | Unsent():
                return True
            case None:
                return True

    def is_theirs_alone(self, event: LineEvent) -> bool:
        """Whether we do nothing with it. Following is theirs to greet; leaving concerns both."""
        return self.is_theirs(event) and not isinstance(event.said, Unfollowed | Unsent)


def forward_next(
    database: Database, pool: urllib3.PoolManager, url: str, worker: str, clock: Callable[[], datetime]
) -> bool:
    """Forwards the oldest waiting body; False where none waits."""
    with database.write() as tx:
        item = relay.claim(tx, worker, clock())
    if item is None:
        return False
    headers = {"Content-Type": "application/json; charset=utf-8", "X-Line-Signature": item.signature}
    try:
        answer = pool.request("POST", url, body=item.body, headers=headers, timeout=_TIMEOUT, retries=False)
        status = answer.status
    except urllib3.exceptions.HTTPError as error:
        log.warning("relay failed: %s", type(error).__name__)
        status = 0
    with database.write() as tx:
        if 200 <= status < 300:
            relay.taken(tx, item, clock())
        else:
            log.warning("relay not taken: status %d, try %d", status, item.attempts + 1)
            relay.failed(tx, item, clock())
    return True
