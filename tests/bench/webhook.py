"""From POST to 200, and from POST to the answer on LINE, at 50 events a second with the worker running."""

import queue
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from bot.platform import Platform
from bot.platform.http import Answer, Request
from bot.platform.server import Server
from bot.platform.talk import UserId
from store.keyring import Keyring, random_key_text
from tests import postgresql
from tests.bench.tables import Table, milliseconds, quantile
from tests.service import Line, Service, Setting, text_event

RATE = 50
"""Events a second: far beyond a usual day, of the order of an emergency in a city of 740,000 people."""
SECONDS = 10
WARM_UP = 3
"""Seconds that are not counted, in which a new process loads the SDK and meets the residents."""
RUNS = 3
RESIDENTS = 40
CONNECTIONS = 32
"""Of LINE to the webhook: a slow answer must not hold back the events after it."""
QUESTIONS = ("転入届はいつまで", "東区役所の電話番号は", "ごみの分け方を知りたい", "ありがとう", "asdf")

Timed = dict[str, list[float]]
"""Seconds from each POST, by what was waited for."""


class TimingServer(Server):
    """The double of LINE, noting when it took each reply."""

    def __init__(self, platform: Platform) -> None:
        self.taken: dict[str, float] = {}
        super().__init__(platform, 0)

    def respond(self, request: Request) -> Answer | None:
        came = time.perf_counter()
        given = super().respond(request)
        if given and given.status == 200 and request.path.endswith("/reply"):
            self.taken[str(request.json()["replyToken"])] = came
        return given


def run() -> Table:
    """Each database in turn; every figure is the median of the runs, `worst` the largest p99 of them."""
    rows: list[tuple[str, ...]] = []
    with TemporaryDirectory(prefix="helpdesk-bench-") as folder:
        rows += _rows("SQLite", f"sqlite:///{folder}/helpdesk.db", Path(folder))
        if programs := postgresql.programs():
            with postgresql.cluster(programs, keeps=True) as url:
                rows += _rows("PostgreSQL", url, Path(folder))
    title = f"The webhook at {RATE} events a second, milliseconds, median of {RUNS} runs of {SECONDS} s"
    return Table(title, ("", "p50", "p99", "max", "worst p99"), tuple(rows))


def _rows(name: str, url: str, folder: Path) -> list[tuple[str, ...]]:
    with _serving(url, folder) as (service, server, platform):
        runs = [_measure(service.setting.port, server, platform) for _ in range(RUNS)]
    return [
        (f"{name}: POST to {waited_for}", *_figures([timed[waited_for] for timed in runs]))
        for waited_for in runs[0]
    ]


def _figures(runs: list[list[float]]) -> tuple[str, ...]:
    slowest = [quantile(times, 0.99) for times in runs]
    figures = (
        median(median(times) for times in runs),
        median(slowest),
        median(max(times) for times in runs),
        max(slowest),
    )
    return tuple(map(milliseconds, figures))


@contextmanager
def _serving(url: str, folder: Path) -> Iterator[tuple[Service, TimingServer, Platform]]:
    platform = Platform(lambda: datetime.now(UTC))
    with TimingServer(platform) as server:
        setting = Setting(url, Keyring.parse(random_key_text()), server.address)
        service = Service(setting, folder / "service.log")
        assert service.run("migrate") == 0, service.log.read_text()
        service.start()
        try:
            _measure(setting.port, server, platform, WARM_UP)
            yield service, server, platform
        finally:
            service.stop()


_numbers = count()


def _measure(port: int, server: TimingServer, platform: Platform, seconds: int = SECONDS) -> Timed:
    """Posts at the rate, whatever the answers; waits for the last answer on LINE."""
    posted: dict[str, tuple[float, float]] = {}
    due: queue.SimpleQueue[int | None] = queue.SimpleQueue()

    def post() -> None:
        line = Line(port)
        while (number := due.get()) is not None:
            token, body = _event(number, platform)
            before = time.perf_counter()
            assert line.post(body) == 200
            posted[token] = (before, time.perf_counter())
        line.close()

    connections = [threading.Thread(target=post) for _ in range(CONNECTIONS)]
    for connection in connections:
        connection.start()
    begun = time.perf_counter()
    for number in range(RATE * seconds):
        time.sleep(max(0.0, begun + number / RATE - time.perf_counter()))
        due.put(next(_numbers))
    for _ in connections:
        due.put(None)
    for connection in connections:
        connection.join()
    _wait(lambda: posted.keys() <= server.taken.keys())
    return {
        "200": [after - before for before, after in posted.values()],
        "answer": [server.taken[token] - before for token, (before, _) in posted.items()],
    }


def _wait(until: Callable[[], bool]) -> None:
    end = time.monotonic() + 60
    while not until():
        assert time.monotonic() < end, "the answers did not come"
        time.sleep(0.05)


def _event(number: int, platform: Platform) -> tuple[str, bytes]:
    resident = UserId(f"U{number % RESIDENTS:032x}")
    token = platform.issue_reply_token(resident)
    text = QUESTIONS[number % len(QUESTIONS)]
    return token, text_event(f"bench-{number}", resident, text, token, int(time.time() * 1000))
