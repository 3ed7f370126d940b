"""How the service is at this moment, read from the database when somebody asks, for Prometheus."""

import math
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from bot.backup_health import STALE, STALE_BY_HAND
from bot.clock import Clock
from bot.room import room_for
from store import chain, vitals
from store.chain import Intact
from store.db import Database
from store.failures import DatabaseFailure
from store.vitals import Vitals

AUDITED: Final = 1000
"""The newest rows of the audit that are looked at."""
AUDIT_EACH: Final = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Backups:
    """How they are made."""

    within: timedelta
    """How old the newest may be."""
    by_itself: bool
    """Whether the service makes them."""


BY_HAND: Final = Backups(STALE_BY_HAND, by_itself=False)
BY_ITSELF: Final = Backups(STALE, by_itself=True)


class Gauges(Collector):
    """Answers every look by one short reading transaction; the audit is looked at every ten minutes.

    `folders`: places whose free space is told, by name. `backups`: how old the newest backup may be.
    """

    def __init__(
        self,
        database: Database,
        clock: Clock,
        folders: Mapping[str, Path],
        backups: Backups = BY_HAND,
    ) -> None:
        self._database, self._clock = database, clock
        self._folders, self._backups = folders, backups
        self._audited_at: datetime | None = None
        self._intact = True
        self._lock = threading.Lock()

    def describe(self) -> Iterator[GaugeMetricFamily]:
        """Nothing is read when the collector is registered."""
        yield from ()

    def collect(self) -> Iterator[GaugeMetricFamily]:
        begun, now = time.perf_counter(), self._clock()
        try:
            with self._lock:
                found = list(self._of_database(now))
        except DatabaseFailure:
            found = []
        yield _one("database_up", "1 while the database answers.", float(bool(found)))
        yield from found
        yield _free(self._folders)
        yield _one("look_seconds", "How long this look at the database took.", time.perf_counter() - begun)

    def _of_database(self, now: datetime) -> Iterator[GaugeMetricFamily]:
        with self._database.read() as tx:
            found = vitals.look(tx, now)
            if self._audited_at is None or not self._audited_at <= now < self._audited_at + AUDIT_EACH:
                self._intact, self._audited_at = isinstance(chain.verify(tx, newest=AUDITED), Intact), now
        yield from _queues(found, now)
        yield from _chores(found, now)
        yield _one("knowledge_version", "The knowledge that is published; 0: none.", found.knowledge)
        yield _one("cases_waiting", "Cases in which somebody waits for the city.", found.cases_waiting)
        yield _one("cases_late", "Of these, those whose promise is broken.", found.cases_late)
        told = (
            "Bookings taken away by a disaster whose people nobody could tell yet, and whose time is to come."
        )
        yield _one("bookings_untold", told, found.displaced)
        yield _one(
            "audit_intact", "1 while the newest rows of the audit are as written.", float(self._intact)
        )
        yield from _plan(found)
        yield from _backup(found, self._backups, now)


def _queues(found: Vitals, now: datetime) -> Iterator[GaugeMetricFamily]:
    waiting = GaugeMetricFamily("helpdesk_queue_waiting", "Rows that wait.", labels=("queue",))
    oldest = GaugeMetricFamily(
        "helpdesk_queue_oldest_seconds",
        "How long the one has waited that has waited longest.",
        labels=("queue",),
    )
    lost = GaugeMetricFamily(
        "helpdesk_queue_lost", "Rows given up for good, until they are forgotten.", labels=("queue",)
    )
    for each in found.queues:
        waiting.add_metric((each.name,), each.waiting)
        oldest.add_metric((each.name,), (now - each.oldest).total_seconds() if each.oldest else 0)
        lost.add_metric((each.name,), each.lost)
    yield from (waiting, oldest, lost)


def _chores(found: Vitals, now: datetime) -> Iterator[GaugeMetricFamily]:
    if found.worker_seen is not None:
        seen = (now - found.worker_seen).total_seconds()
        yield _one("worker_seen_seconds", "Since a worker last began something of its clock.", seen)
    done = GaugeMetricFamily(
        "helpdesk_chore_success_seconds", "Since a chore last went well.", labels=("chore",)
    )
    failing = GaugeMetricFamily(
        "helpdesk_chore_failing", "1 while a chore has failed since it last went well.", labels=("chore",)
    )
    for each in found.chores:
        if each.done_at is not None:
            done.add_metric((each.name,), (now - each.done_at).total_seconds())
        failing.add_metric((each.name,), float(each.failed_at is not None))
    yield from (done, failing)


def _plan(found: Vitals) -> Iterator[GaugeMetricFamily]:
    """Nothing where the plan gives any number, or LINE has not said."""
    if found.plan is not None and found.plan.most and found.plan.left is not None:
        left = "Messages that LINE's plan still gives this month, of those it gives in all."
        yield _one("line_quota_left_ratio", left, found.plan.left / found.plan.most)


def _backup(found: Vitals, backups: Backups, now: datetime) -> Iterator[GaugeMetricFamily]:
    """Endlessly old where there is none although the service makes them by itself; nothing where nobody has yet."""
    age = (now - found.backed_up_at).total_seconds() if found.backed_up_at else math.inf
    if found.backed_up_at is not None or backups.by_itself:
        yield _one("backup_age_seconds", "How old the newest backup is.", age)
    told = "How old the newest backup may be."
    yield _one("backup_allowed_seconds", told, backups.within.total_seconds())


def _free(folders: Mapping[str, Path]) -> GaugeMetricFamily:
    """Nothing of a place that cannot be looked at, as on a disk that is broken: all else is still told."""
    free = GaugeMetricFamily(
        "helpdesk_disk_free_ratio", "Free space where this process writes, of all.", labels=("place",)
    )
    for name, folder in folders.items():
        with suppress(OSError):
            room = room_for(folder)
            free.add_metric((name,), room.free / room.total)
    return free


def _one(name: str, told: str, value: float) -> GaugeMetricFamily:
    return GaugeMetricFamily(f"helpdesk_{name}", told, value=value)
