"""Questions about hours, from text to reply, beside the matcher on the same texts."""

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from bot import seeds
from bot.city import LiveCity, read_sayings
from handlers import router
from handlers.turn import EventId, Message, MessageId, Text, Turn
from store import residents
from store.conversations import IDLE
from store.db import Database
from store.keyring import Keyring, random_key_text
from store.migrations import migrate
from tests.bench.tables import Table, milliseconds, quantile

DATA = Path(__file__).parents[2] / "data"
START = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)
OFFICES = ("東区役所", "区役所", "幸田総合出張所", "納税課", "ひごまるコール", "動物愛護センター", "")
ASKED = (
    "今開いてる？",
    "土曜は？",
    "12月30日は何時まで",
    "次はいつ開く？",
    "年末年始は？",
    "来週の月曜の19時は？",
)


def run() -> Table:
    texts = [f"{office} {asked}" for office in OFFICES for asked in ASKED]
    with TemporaryDirectory(prefix="helpdesk-bench-") as folder:
        database = Database(f"sqlite:///{folder}/helpdesk.db", Keyring.parse(random_key_text()))
        migrate(database)
        seeds.fill_if_empty(database, DATA, START)
        with database.write() as tx:
            city = LiveCity(read_sayings(DATA)).current(tx)
            resident = residents.meet(tx, "bench", START)

            def answer(text: str, now: datetime) -> None:
                message = Message(EventId("bench"), Text(text, MessageId("bench")), now)
                router.route(Turn(message, resident, IDLE, city, tx, now))

            answered = _times(texts, answer)
            searched = _times(texts, lambda text, _: city.knowledge.search(text))
        database.close()
    return Table(
        "hours questions, on days through two years (ms)",
        ("", "p50", "p99"),
        (
            ("text to reply, routed", *_cells(answered)),
            ("the matcher on the same texts", *_cells(searched)),
            (
                "ratio",
                *(f"{a / b:.1f}" for a, b in zip(_quantiles(answered), _quantiles(searched), strict=True)),
            ),
        ),
    )


def _times(texts: list[str], does: Callable[[str, datetime], object]) -> list[float]:
    """Seconds for each text, at another moment each time."""
    does(texts[0], START)  # the dictionary is loaded outside the measured time
    times = []
    for number in range(1_000):
        now = START + timedelta(hours=17 * number)
        begun = time.perf_counter()
        does(texts[number % len(texts)], now)
        times.append(time.perf_counter() - begun)
    return times


def _quantiles(times: list[float]) -> tuple[float, float]:
    return quantile(times, 0.5), quantile(times, 0.99)


def _cells(times: list[float]) -> tuple[str, ...]:
    return tuple(milliseconds(value) for value in _quantiles(times))
