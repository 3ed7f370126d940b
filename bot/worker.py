"""Takes the inbox and sends the outbox, in threads of its own."""

import logging
import os
import socket
import threading
import traceback
from collections.abc import Callable
from typing import TYPE_CHECKING

import urllib3

from bot import relaying, sender, turns
from bot.city import LiveCity
from bot.clock import Clock
from store import inbox, outbox, relay
from store.db import Database
from store.failures import DatabaseFailure
from store.inbox import InboxId
from store.residents import ResidentId

if TYPE_CHECKING:
    from bot.line import LineClient

log = logging.getLogger(__name__)
POLL_SECONDS = 0.25
"""How soon work is found that nobody woke us for: other processes' events, and retries."""
SENDERS = 4
"""One slow send must not hold up the others."""
MOST_TRIES = 5
"""Of a turn, while the database fails; then the resident is told."""


class Worker:
    """Starts and stops the threads. `connect` makes the LINE client, in the thread that first needs it."""

    def __init__(
        self,
        database: Database,
        city: LiveCity,
        connect: Callable[[], "LineClient"],
        clock: Clock,
        relay_url: str = "",
    ) -> None:
        self._database = database
        self._city = city
        self._connect = connect
        self._clock = clock
        self._relay_url = relay_url
        self._stopping = threading.Event()
        self._work = threading.Condition()
        self._threads: list[threading.Thread] = []
        self._line_lock = threading.Lock()
        self._line: LineClient | None = None
        self._name = f"{socket.gethostname()[:20]}:{os.getpid()}"

    def start(self) -> None:
        if self._database.is_sqlite:
            # The only service process on this file: whatever is leased was left by one that was killed.
            with self._database.write() as tx:
                for freed in (inbox, outbox, relay):
                    freed.free_all(tx)
        self._run("answering", self.answer_next)
        for number in range(SENDERS):
            self._run(f"sending-{number}", self.send_next)
        if self._relay_url:
            pool = urllib3.PoolManager(maxsize=2)
            self._run("relaying", lambda: self._relay_next(pool))

    def stop(self) -> None:
        """Lets every thread finish what it is at, and ends."""
        self._stopping.set()
        self.wake()
        for thread in self._threads:
            thread.join()
        if self._line is not None:
            self._line.close()

    def wake(self) -> None:
        """Says that there may be work."""
        with self._work:
            self._work.notify_all()

    def answer_next(self) -> bool:
        """Takes one resident's next turn; False where none waits."""
        now = self._clock()
        with self._database.read() as tx:
            ripe = inbox.next_ripe(tx)
        if ripe is None or ripe > now:
            return False
        with self._database.write() as tx:
            taken = inbox.claim(tx, self._name, now)
        if taken is None:
            return False
        self._answer(*taken)
        self.wake()
        return True

    def _answer(self, item: InboxId, resident: ResidentId) -> None:
        try:
            with self._database.write() as tx:
                if inbox.holds(tx, item, self._name):
                    turns.answer_next(tx, self._city.current(tx), resident, self._clock())
        except DatabaseFailure:
            log.exception("inbox %d: the database failed", item)
            self._try_again(item, resident)
        except Exception as error:  # noqa: BLE001 - whatever fails, the resident is told
            _report(f"inbox {item}: no answer could be made", error)
            self._apologize(item, resident)

    def _try_again(self, item: InboxId, resident: ResidentId) -> None:
        with self._database.write() as tx:
            tries = inbox.try_again(tx, item, self._clock())
        if tries >= MOST_TRIES:
            self._apologize(item, resident)

    def _apologize(self, item: InboxId, resident: ResidentId) -> None:
        try:
            with self._database.write() as tx:
                turns.apologize(tx, self._city.current(tx), resident, self._clock())
        except DatabaseFailure:
            raise
        except Exception as error:  # noqa: BLE001 - or it would hold up what comes after it, for ever
            _report(f"inbox {item}: given up", error)
            with self._database.write() as tx:
                inbox.done(tx, item, self._clock(), state="failed")

    def send_next(self) -> bool:
        """Sends one item of the outbox; False where none waits."""
        with self._database.read() as tx:
            ripe = outbox.next_ripe(tx)
        if ripe is None or ripe > self._clock():
            return False
        return sender.send_next(self._database, self._client(), self._thread_name(), self._clock)

    def _client(self) -> "LineClient":
        with self._line_lock:
            if self._line is None:
                self._line = self._connect()
            return self._line

    def _thread_name(self) -> str:
        return f"{self._name}:{threading.get_ident() % 10**9}"

    def _relay_next(self, pool: urllib3.PoolManager) -> bool:
        return relaying.forward_next(self._database, pool, self._relay_url, self._name, self._clock)

    def _run(self, name: str, step: Callable[[], bool]) -> None:
        thread = threading.Thread(target=self._loop, args=(name, step), name=name, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _loop(self, name: str, step: Callable[[], bool]) -> None:
        while not self._stopping.is_set():
            try:
                busy = step()
            except Exception as error:  # noqa: BLE001 - a dead thread leaves residents without answers
                _report(f"{name} failed; going on", error)
                busy = False
            if not busy and not self._stopping.is_set():
                with self._work:
                    self._work.wait(POLL_SECONDS)


def _report(what: str, error: Exception) -> None:
    """Logs what kind of error and where; without its message, which may quote what a resident wrote."""
    frames = "".join(traceback.format_tb(error.__traceback__))
    log.error("%s: %s\n%s", what, type(error).__name__, frames)
