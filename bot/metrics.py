"""What this process counts of itself since it began, for Prometheus.

Labels are endpoints, handlers, statuses and the like: names that the program has, never what somebody sent.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import partial
from time import perf_counter
from typing import Final

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    PlatformCollector,
    ProcessCollector,
    disable_created_metrics,
)

disable_created_metrics()  # type: ignore[no-untyped-call]
REGISTRY: Final = CollectorRegistry()
ProcessCollector(registry=REGISTRY)
PlatformCollector(registry=REGISTRY)

_ACKNOWLEDGED: Final = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10)
_ANSWERED: Final = (0.1, 0.25, 0.5, 1, 2, 5, 10, 30, 60, 300, 3600)
"""Seconds: a resident feels two, a reply token lives for fifty."""

_counter: Final = partial(Counter, registry=REGISTRY)
_histogram: Final = partial(Histogram, registry=REGISTRY, buckets=_ACKNOWLEDGED)

REQUESTS: Final = _counter("helpdesk_requests", "Requests answered.", ("endpoint", "method", "status"))
REQUEST_SECONDS: Final = _histogram(
    "helpdesk_request_seconds",
    "From the request to its answer, by who asks: callback (LINE), machines, public, staff.",
    ("part",),
)
EVENTS: Final = _counter(
    "helpdesk_webhook_events",
    "Events that LINE brought, by what became of them: new, or known from before.",
    ("kept",),
)
REFUSED: Final = _counter(
    "helpdesk_webhooks_refused",
    "Webhook calls without a 200, by why: signature, body, size, database.",
    ("reason",),
)
TURNS: Final = _counter(
    "helpdesk_turns",
    "Turns taken, by who answered and how it went: answered, silent, waits, again, failed.",
    ("handler", "outcome"),
)
TURN_SECONDS: Final = _histogram(
    "helpdesk_turn_seconds", "From the claim of a turn to the commit of its answer, the search within."
)
ANSWER_SECONDS: Final = _histogram(
    "helpdesk_answer_seconds",
    "From a resident's message at the webhook to LINE's taking the answer.",
    buckets=_ANSWERED,
)
MESSAGES: Final = _counter(
    "helpdesk_messages",
    "Tries to send, by way (reply, push) and outcome: taken, again, refused, expired, blocked.",
    ("way", "outcome"),
)
LINE_CALLS: Final = _counter(
    "helpdesk_line_calls",
    "Calls to LINE, by endpoint and status; status 0: no answer came.",
    ("endpoint", "status"),
)
LINE_SECONDS: Final = _histogram(
    "helpdesk_line_call_seconds", "How long LINE took, by endpoint.", ("endpoint",)
)
RECORDS: Final = _counter("helpdesk_log_records", "Lines of the log.", ("level",))
THREAD_FAILURES: Final = _counter(
    "helpdesk_thread_failures", "Steps of the worker's threads that failed; each goes on.", ("thread",)
)
EMBEDDINGS_REST: Final = Gauge(
    "helpdesk_embeddings_resting",
    "1 while the server of embeddings is left alone after a failure: answers are found without.",
    registry=REGISTRY,
)

# There from the start: Prometheus sees no rise in what was not there before.
for _level in ("WARNING", "ERROR"):
    RECORDS.labels(_level)
for _reason in ("signature", "body", "size", "database"):
    REFUSED.labels(_reason)
for _outcome in ("taken", "again", "refused", "expired", "blocked"):
    for _way in ("reply", "push"):
        MESSAGES.labels(_way, _outcome)
for _status in (200, 401, 403):
    LINE_CALLS.labels("reply", _status)
TURNS.labels("none", "failed")


class Counted(logging.Handler):
    """Counts the lines of the log."""

    def emit(self, record: logging.LogRecord) -> None:
        RECORDS.labels(record.levelname).inc()


@contextmanager
def timing(of: Histogram) -> Iterator[None]:
    """Notes how long it takes, in seconds, however it ends."""
    begun = perf_counter()
    try:
        yield
    finally:
        of.observe(perf_counter() - begun)


def answered(asked_at: datetime | None, now: datetime) -> None:
    """LINE has taken an answer to what arrived then."""
    if asked_at is not None:
        ANSWER_SECONDS.observe(max((now - asked_at).total_seconds(), 0))
