"""POST /callback: what LINE sends is kept before it is acknowledged, and worked on afterwards."""

import base64
import hashlib
import hmac
import logging
from collections.abc import Callable, Sequence
from datetime import datetime

from flask import Blueprint, request

from bot import relaying
from bot.keeping import Arrivals, Forwarded, Keeping
from bot.line_events import LineEvent, NotAWebhook, read_body
from bot.metrics import EVENTS, REFUSED
from store import inbox
from store.db import Database
from store.failures import DatabaseFailure
from web.rule import MACHINES, page

MOST_BYTES = 1024 * 1024
log = logging.getLogger(__name__)

Clock = Callable[[], datetime]


def create_webhook(
    database: Database,
    channel_secret: str,
    clock: Clock,
    on_arrival: Callable[[], None],
    relays: relaying.RelayRules,
) -> Blueprint:
    """The blueprint of `/callback`. `on_arrival` is told after each commit, to wake the worker.

    Raises ValueError for an empty channel secret, with which anybody could sign.
    """
    if not channel_secret:
        raise ValueError("the channel secret is empty")
    blueprint = Blueprint("webhook", __name__)
    secret = channel_secret.encode()
    keeping = Keeping(database, clock)

    @page(blueprint, "/callback", MACHINES, methods=("POST",))
    def callback() -> tuple[str, int]:
        if (request.content_length or 0) > MOST_BYTES:
            return _refused("size", "too large", 413)
        body = request.stream.read(MOST_BYTES + 1)
        if len(body) > MOST_BYTES:
            return _refused("size", "too large", 413)
        signature = request.headers.get("X-Line-Signature", "")
        if not is_signed(secret, body, signature):
            log.warning("webhook refused: wrong signature from %s", request.remote_addr)
            return _refused("signature", "wrong signature", 400)
        try:
            events = read_body(body)
        except NotAWebhook as error:
            log.warning("webhook refused: %s", error)
            return _refused("body", "not a webhook body", 400)
        try:
            new = keeping.keep(_arrivals(events, body, signature, relays)) if events else 0
        except DatabaseFailure:
            log.exception("webhook not kept; LINE is asked to send it again")
            return _refused("database", "not kept", 503)
        log.info("webhook kept: %d events, %d new", len(events), new)
        EVENTS.labels("new").inc(new)
        EVENTS.labels("known").inc(len(events) - new)
        on_arrival()
        return "", 200

    return blueprint


def _refused(reason: str, told: str, status: int) -> tuple[str, int]:
    REFUSED.labels(reason).inc()
    return told, status


def is_signed(secret: bytes, body: bytes, signature: str) -> bool:
    """Whether LINE signed these bytes: base64 of HMAC-SHA256, compared in constant time."""
    expected = base64.b64encode(hmac.digest(secret, body, hashlib.sha256))
    return hmac.compare_digest(expected, signature.encode("utf-8", "surrogateescape"))


def _arrivals(
    events: Sequence[LineEvent], body: bytes, signature: str, relays: relaying.RelayRules
) -> Arrivals:
    """What a body brings: its events, and itself where any is for the other system."""
    forwarded = any(relays.is_theirs(event) for event in events)
    return Arrivals(
        tuple(_arrival(event, forwarded, relays) for event in events),
        Forwarded(body, signature) if forwarded else None,
    )


def _arrival(event: LineEvent, forwarded: bool, relays: relaying.RelayRules) -> inbox.Arrival:
    for_us = event.active and event.user_id is not None and event.said is not None
    if not for_us:
        log.info("event without effect: %s (active: %s)", event.kind, event.active)
    return inbox.Arrival(
        event_id=event.id,
        address=event.user_id,
        kind=event.kind,
        occurred_at=event.occurred_at,
        may_reply=event.reply_token is not None and not forwarded,
        for_us=for_us and not relays.is_theirs_alone(event),
        body=event.body,
    )
