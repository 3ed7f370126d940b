"""Takes the inbox and sends the outbox, in threads of its own."""

import logging
import os
import secrets
import socket
import threading
import time
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, assert_never

import urllib3

from bot import fetching, linking, relaying, sender, turns
from bot.about import about
from bot.backup_rounds import Rounds
from bot.city import LiveCity
from bot.clock import Clock
from bot.due import Due
from bot.foresight import Ahead, Foresight
from bot.leases import RENEWED_EVERY, Leases
from bot.logs import failure
from bot.mailing import Mailer
from bot.metrics import THREAD_FAILURES, TURN_SECONDS, TURNS
from bot.notify import LOG_ALONE, Notifier, Ways
from handlers.router import Routed
from store import agenda, inbox, mailing_batches, outbox, photograph_fetching, relay, tellings
from store.agenda import Agenda
from store.contacts import Way
from store.db import Database
from store.failures import DatabaseFailure, is_passing
from store.inbox import InboxId
from store.outbox import OutboxItem
from store.residents import ResidentId

if TYPE_CHECKING:
    from bot.embeddings import Embeddings
    from bot.line import LineClient

log = logging.getLogger(__name__)
POLL_SECONDS = 0.25
"""How soon work is found that nobody woke us for: other processes' events, and retries."""
STAFF_SECONDS = 1.0
"""How soon a notice to staff goes out."""
MENU_SECONDS = 3.0
"""How soon somebody who chose another language, and everybody when the mode changes, sees the other menu."""
THREADS = 6
"""One slow send must not hold up the others."""
PATIENCE = 1.0
"""Seconds that a turn waits for what staff have changed, while another thread takes it up."""
IN_A_ROW = 8
"""Turns that a thread takes, where one waits after the other, before it looks at what else there is to do."""
MOST_TRIES = 5
"""Of a turn that the database refuses; then the resident is told."""
SOON = timedelta(seconds=1)
"""How long a turn waits for a database that is full, read-only or away; as often as need be: its event was taken."""


class Worker:
    """Starts and stops the threads. `connect` makes the LINE client, in the thread that first needs it."""

    def __init__(
        self,
        database: Database,
        city: LiveCity,
        connect: Callable[[], "LineClient"],
        clock: Clock,
        relay_url: str = "",
        embeddings: "Embeddings | None" = None,
        keys_backup: Path | None = None,
        ways: Ways | None = None,
        *,
        backs_up: bool = False,
    ) -> None:
        """`ways`: how staff are told; None: the log has it all. `backs_up`: BACKUP_DIR says where to."""
        self._database = database
        self._city = city
        self._connect = connect
        self._clock = clock
        self._relay_url = relay_url
        self._embeddings = embeddings
        self._keys_backup = keys_backup
        self._ways = ways or LOG_ALONE
        self._backs_up = backs_up
        self._foresight = Foresight(embeddings)
        self._stopping = threading.Event()
        self._work = threading.Condition()
        self._woken = False
        self._threads: list[threading.Thread] = []
        self._line_lock = threading.Lock()
        self._line: LineClient | None = None
        self._leases = Leases(database, clock)
        # Containers may have one name and one process id: what another holds must not be taken for one's own.
        self._name = f"{socket.gethostname()[:12]}:{os.getpid()}:{secrets.token_hex(3)}"

    def start(self) -> None:
        if self._database.is_sqlite:
            # The only service process on this file: whatever is leased was left by one that was killed.
            with self._database.write() as tx:
                outbox.free_all(tx)
                relay.free_all(tx)
                tellings.free_all(tx)
                mailing_batches.free_all(tx)
                photograph_fetching.free_all(tx)
        for number in range(THREADS):
            self._run(f"serving-{number}", self._serve_next)
        self._run("leases", self._leases.renew, lambda: self._stopping.wait(RENEWED_EVERY))
        due = Due(self._database, self._city, self._clock, _report, keys_backup=self._keys_backup)
        self._run("due", due.step)
        notifier = Notifier(self._database, self._ways, self._client, self._name, self._clock)
        for way in Way:
            # These wake by themselves: a call that residents wait must reach who serves them.
            self._run(f"notifying-{way}", partial(notifier.tell_next, way), self._pause)
        link = partial(linking.link_next, self._database, self._client, f"{self._name}:menus", self._clock)
        self._run("menus", link, self._rest)
        fetch = partial(
            fetching.fetch_next, self._database, self._client, f"{self._name}:pictures", self._clock
        )
        self._run("pictures", fetch, self._pause)
        mailer = Mailer(self._database, self._city, self._client, self._name, self._clock)
        self._run("mailing", mailer.step, self._pause)
        if self._backs_up:
            self._run("backups", Rounds(self._database, self._clock, self._stopping).step, self._pause)
        if self._relay_url:
            pool = urllib3.PoolManager(maxsize=2)
            self._run("relaying", lambda: self._relay_next(pool))
        if self._embeddings is not None:
            from bot.filling import Filler

            self._run("filling", Filler(self._database, self._embeddings, self._clock).step)

    def stop(self) -> None:
        """Lets every thread finish what it is at, and ends."""
        self._stopping.set()
        with self._work:
            self._work.notify_all()
        for thread in self._threads:
            while thread.is_alive():  # what it sends stays ours to the end
                thread.join(RENEWED_EVERY)
                self._renew_leases()
        if self._line is not None:
            self._line.close()
        if self._embeddings is not None:
            self._embeddings.close()

    def _renew_leases(self) -> None:
        try:
            self._leases.renew()
        except DatabaseFailure as error:
            _report("leases not renewed; stopping all the same", error)

    def wake(self) -> None:
        """Says that there may be work: one thread looks, and those that are busy look when they are done."""
        with self._work:
            self._woken = True
            self._work.notify()

    def _serve_next(self) -> bool:
        self._client()  # the SDK is loaded before the first resident writes
        due = self._due()
        if due.tells and self.send_next():  # who has been answered first is told first
            return True
        return due.hears and self._take_some(due)

    def _take_some(self, due: Agenda) -> bool:
        """Takes turns for as long as there are any; False where there was none."""
        for taken in range(IN_A_ROW):
            if self._stopping.is_set() or not self._take_next(due):
                return taken > 0
        return True

    def answer_next(self) -> bool:
        """Takes one resident's next turn, and sends what it says; False where none waits."""
        due = self._due()
        return due.hears and self._take_next(due)

    def _due(self) -> Agenda:
        with self._database.glance() as tx:
            return agenda.look(tx, self._clock())

    def _take_next(self, due: Agenda) -> bool:
        # What staff have changed is taken up here, where nobody waits for the lock.
        city = self._city.taken_up(self._database, due.knowledge, PATIENCE)
        ahead = self._foresight.next_turn(self._database, city, self._clock(), THREADS)
        with ahead as who, about():  # what is logged meanwhile is about that turn
            return who is not None and self._take_turn(who)

    def _take_turn(self, ahead: Ahead) -> bool:
        line = self._client()
        taken: tuple[InboxId, ResidentId] | None = None
        begun = time.perf_counter()
        try:
            with self._database.write() as tx:
                taken = inbox.claim(tx, self._clock(), ahead.resident)
                if taken is None:
                    return False
                now, sender = self._clock(), self._thread_name()
                turn = turns.answer_next(tx, self._city, taken[1], now, sender, ahead.vectors)
        except Exception as error:
            if taken is None:
                raise
            self._failed(*taken, error)
            return True
        _tell(turn, time.perf_counter() - begun)
        if isinstance(turn, turns.Answered) and turn.to_send is not None:
            self._send(line, turn.to_send)
        return True

    def _failed(self, item: InboxId, resident: ResidentId, error: Exception) -> None:
        """Tries the turn again where the database failed; where the turn is at fault, tells the resident in the end."""
        _report(f"inbox {item}: no answer could be made", error)
        if is_passing(error):
            with self._database.write() as tx:
                inbox.wait_until(tx, item, self._clock() + SOON)
            TURNS.labels("none", "again").inc()
            return
        if isinstance(error, DatabaseFailure):
            with self._database.write() as tx:
                if inbox.try_again(tx, item, self._clock()) < MOST_TRIES:
                    TURNS.labels("none", "again").inc()
                    return
        TURNS.labels("none", "failed").inc()
        self._apologize(item, resident)

    def _apologize(self, item: InboxId, resident: ResidentId) -> None:
        try:
            with self._database.write() as tx:
                turns.apologize(tx, self._city.current(tx), resident, item, self._clock())
        except DatabaseFailure:
            raise
        except Exception as error:  # noqa: BLE001 - or it would hold up what comes after it, for ever
            _report(f"inbox {item}: given up", error)
            with self._database.write() as tx:
                inbox.done(tx, [item], self._clock(), state="failed")

    def send_next(self) -> bool:
        """Sends one item of the outbox; False where none waits."""
        item = sender.claim(self._database, self._thread_name(), self._clock)
        if item is not None:
            self._send(self._client(), item)
        return item is not None

    def _send(self, line: "LineClient", item: OutboxItem) -> None:
        with self._leases.kept(item.id, self._thread_name()):
            sender.send(self._database, line, item, self._thread_name(), self._clock)

    def _client(self) -> "LineClient":
        with self._line_lock:
            if self._line is None:
                self._line = self._connect()
            return self._line

    def _thread_name(self) -> str:
        return f"{self._name}:{threading.get_ident() % 10**9}"

    def _relay_next(self, pool: urllib3.PoolManager) -> bool:
        return relaying.forward_next(self._database, pool, self._relay_url, self._name, self._clock)

    def _run(self, name: str, step: Callable[[], bool], rest: Callable[[], object] | None = None) -> None:
        run = (name, step, rest or self._wait)
        thread = threading.Thread(target=self._loop, args=run, name=name, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _loop(self, name: str, step: Callable[[], bool], rest: Callable[[], object]) -> None:
        while not self._stopping.is_set():
            try:
                with about():
                    busy = step()
            except Exception as error:  # noqa: BLE001 - a dead thread leaves residents without answers
                _report(f"{name} failed; going on", error)
                THREAD_FAILURES.labels(name).inc()
                busy = False
            if not busy and not self._stopping.is_set():
                rest()

    def _wait(self) -> None:
        """Until somebody says that there is work, or a retry may be due."""
        with self._work:
            if not self._woken:
                self._work.wait(POLL_SECONDS)
            self._woken = False

    def _rest(self) -> None:
        self._stopping.wait(MENU_SECONDS)

    def _pause(self) -> None:
        self._stopping.wait(STAFF_SECONDS)


def _tell(turn: turns.Wait | turns.Answered | None, seconds: float) -> None:
    """Who answered, in the log and in the counts."""
    match turn:
        case turns.Answered(Routed(handler, reply)):
            TURN_SECONDS.observe(seconds)
            TURNS.labels(handler, "answered" if reply.parts else "silent").inc()
            log.info("turn taken by %s in %d ms", handler, seconds * 1000)
        case turns.Wait():
            TURNS.labels("none", "waits").inc()
        case None:
            pass
        case _:
            assert_never(turn)


def _report(what: str, error: Exception) -> None:
    """Logs what kind of error and where; without its message, which may quote what a resident wrote."""
    with about(**failure(error)):
        log.error("%s: %s", what, type(error).__name__)
