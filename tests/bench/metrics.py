"""What counting costs: processor time of a whole turn (webhook, answer, call to LINE) with metrics and without, and of
a scrape. In one process, over SQLite; both kinds of turns alternate, so that what else the machine does hits both.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from itertools import count
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

import pytest
from prometheus_client import Counter, Gauge, Histogram
from prometheus_client.metrics import MetricWrapperBase

from bot import seeds
from bot.city import LiveCity, read_sayings
from bot.gauges import Gauges
from bot.metrics_page import MetricsPage
from store.db import Database
from store.keyring import Keyring, random_key_text
from store.migrations import migrate
from tests.bench.tables import Table, quantile
from tests.conftest import DATA, NOON
from tests.line import Service, running, text_event

TURNS = 150
"""Of each kind."""
SCRAPES = 20
QUESTIONS = ("転入届はいつまで", "東区役所の電話番号は", "ごみの分け方を知りたい")


def run() -> Table:
    """Medians; the ratio is that of metrics to the whole turn."""
    with _service() as service:
        _turns(service, 20)
        kinds = [(_as_it_is, list[float]()), (_counting_nothing, list[float]())]
        for number in range(2 * TURNS):
            way, times = kinds[number % 2]
            with way():
                times += _turns(service, 1)
        page = MetricsPage(gauges=Gauges(service.database, service.clock, {}))
        scrapes = [_seconds(page.read) for _ in range(SCRAPES)]
        calls = _calls(service)
    with_them, without = (median(times) for _, times in kinds)
    rows = (
        ("a turn with metrics", *_shown(kinds[0][1]), ""),
        ("a turn without", *_shown(kinds[1][1]), ""),
        ("metrics of a turn", f"{(with_them - without) * 1000:.3f}", "", f"{1 - without / with_them:.3f}"),
        (
            f"{calls} counts, one by one",
            f"{calls * _one() * 1000:.3f}",
            "",
            f"{calls * _one() / with_them:.3f}",
        ),
        ("a scrape", *_shown(scrapes), f"{median(scrapes) / with_them:.2f}"),
    )
    title = f"What metrics cost, milliseconds of processor time, {TURNS} turns of each kind"
    return Table(title, ("", "p50", "p90", "of a turn"), rows)


def _shown(times: list[float]) -> tuple[str, str]:
    return f"{median(times) * 1000:.2f}", f"{quantile(times, 0.9) * 1000:.2f}"


@contextmanager
def _service() -> Iterator[Service]:
    with TemporaryDirectory(prefix="helpdesk-bench-") as folder:
        url = f"sqlite:///{Path(folder)}/helpdesk.db"
        with closing(Database(url, Keyring.parse(random_key_text()))) as database:
            migrate(database)
            seeds.fill_if_empty(database, DATA, NOON)
            with running(database, LiveCity(read_sayings(DATA))) as service:
                yield service


_numbers = count()


def _turns(service: Service, number: int) -> list[float]:
    return [_seconds(lambda: _turn(service)) for _ in range(number)]


def _turn(service: Service) -> None:
    service.clock.passes(seconds=60)
    service.hears(text_event(QUESTIONS[next(_numbers) % len(QUESTIONS)], at=service.clock()))
    service.works()


def _seconds(what: Callable[[], object]) -> float:
    before = time.process_time()
    what()
    return time.process_time() - before


@contextmanager
def _as_it_is() -> Iterator[None]:
    yield


@contextmanager
def _counting_nothing() -> Iterator[None]:
    with _instead(lambda *_, **__: None) as patch:
        patch.setattr(MetricWrapperBase, "labels", lambda metric, *_, **__: metric)
        yield


@contextmanager
def _instead(what: Callable[..., None]) -> Iterator[pytest.MonkeyPatch]:
    with pytest.MonkeyPatch.context() as patch:
        for kind, verb in ((Counter, "inc"), (Gauge, "set"), (Histogram, "observe")):
            patch.setattr(kind, verb, what)
        yield patch


def _calls(service: Service) -> int:
    """How often a turn counts something."""
    made = count()
    with _instead(lambda *_, **__: next(made) and None):
        _turn(service)
    return next(made)


def _one() -> float:
    """Seconds that it takes to count once, a label and a histogram of ten buckets."""
    histogram, many = Histogram("one", "", ("of",), registry=None), 10_000

    def observe() -> None:
        for _ in range(many):
            histogram.labels("x").observe(0.1)

    return _seconds(observe) / many


if __name__ == "__main__":
    print(run())  # noqa: T201 - this is what the command is for
