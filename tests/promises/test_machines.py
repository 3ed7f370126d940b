"""Several machines on one PostgreSQL: killed, cut off, without their database for a moment; nothing is lost.

Two `web` and two `worker` processes, each in a network namespace of its own with a cable that can be cut, as are the
database and LINE. Where namespaces cannot be made, the same on the loopback.
"""

import csv
import shutil
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path

import pytest

from bot import talking
from bot.city import LiveCity
from handlers.turn import Card
from store import knowledge, outbox
from store.db import Database
from store.keyring import Keyring
from tests.asking import RATE, RESIDENTS, Back, Kept, Town, count, now, town_of
from tests.conftest import DATA, NOON
from tests.killing import new_platform
from tests.lan import NETWORK, lan
from tests.machines import Fleet, fleet
from tests.promises.length import FULL, at_length

pytestmark = [pytest.mark.slow, pytest.mark.allow_hosts([NETWORK, "127.0.0.1"])]

ROUNDS = at_length(1, 10)
CUT_FOR = at_length(5, 20)
"""Seconds for which a cable is out."""
RESTARTS_AFTER = 2.0
"""Seconds after which what was killed is started again."""
BACK_WITHIN, SEEN_WITHIN = 10.0, 2.0
"""Seconds: what is promised, held in the long form."""
QUESTIONS = at_length(70, 250)


@pytest.fixture(scope="module")
def questions(sqlite_template, sayings, tmp_path_factory) -> list[str]:
    """Questions of entries that are answered by their entry: an answer tells whose it is."""
    file = tmp_path_factory.mktemp("asked") / "helpdesk.db"
    shutil.copy(sqlite_template.url.removeprefix("sqlite:///"), file)
    database, city = Database(f"sqlite:///{file}", sqlite_template.keyring), LiveCity(sayings)
    with (DATA / "faq.csv").open(encoding="utf-8", newline="") as rows:
        first = [row["question"] for row in csv.DictReader(rows)][:QUESTIONS]
    answered = [each for each in first if _answers(database, city, each)]
    database.close()
    return answered


def _answers(database: Database, city: LiveCity, question: str) -> bool:
    parts = talking.ask(database, city, question, NOON).routed.reply.parts
    return [part.title for part in parts if isinstance(part, Card)] == [question]


@pytest.fixture(scope="module")
def machines(keyring: Keyring, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Fleet]:
    """The machines, running."""
    folder = tmp_path_factory.mktemp("machines")
    with lan() as network, fleet(network, new_platform(), keyring, folder) as made:
        made.start()
        yield made
        made.stop()


def test_nothing_is_lost_and_all_is_back_soon(machines: Fleet, questions: list[str], tmp_path: Path) -> None:
    town = town_of(machines.platform, machines.webs, questions)
    backs = list[Back]()
    with town.asking():
        for _ in range(ROUNDS):
            backs += [_killed(machines, town), _without_database(machines, town), _cut_off(machines, town)]
        seen = _changed(machines, town, tmp_path)
    kept = _settled(machines, town)
    sys.stdout.write("".join(f"{back}\n" for back in backs) + f"change seen after {seen:.2f} s\n{kept}\n")
    assert kept.is_exact, kept
    assert kept.asked > 50
    assert min(machines.line.sent_by[name] for name in ("worker1", "worker2")) > 0
    if FULL:
        assert max(back.slowest for back in backs) < BACK_WITHIN
        assert seen < SEEN_WITHIN


def _killed(machines: Fleet, town: Town) -> Back:
    """One web and one worker, while LINE's answers are on their way to the workers."""
    with machines.line.holding("reply"):
        since = now()
        machines.kill("web1", "worker1")
    time.sleep(RESTARTS_AFTER)
    machines.start_again("web1", "worker1")
    return _back("one of each killed", town, since)


def _without_database(machines: Fleet, town: Town) -> Back:
    since = now()
    machines.restart_database()
    return _back("database restarted", town, since)


def _cut_off(machines: Fleet, town: Town) -> Back:
    since = now()
    with machines.cut("worker2"), machines.cut("web2"):
        time.sleep(CUT_FOR)
    return _back("one of each cut off", town, since)


def _back(what: str, town: Town, since: datetime) -> Back:
    settled = town.settle(now())
    assert settled, f"{what}: not answered: {[asked for asked, at in town.waits() if at is None]}"
    return town.back(what, since)


def _changed(machines: Fleet, town: Town, folder: Path) -> float:
    """An import on one machine; until when, in seconds, anybody was still told what stood there before."""
    faq, mark = folder / "faq.csv", "（改めました）"
    _write_changed(faq, mark)
    with machines.database.read() as tx:
        before = knowledge.version(tx)
    importing = threading.Thread(target=machines.machines["web1"].run, args=["import", "faq", str(faq)])
    importing.start()
    while _version(machines) == before:
        assert importing.is_alive(), "the import changed nothing"
        time.sleep(0.01)
    since = now()
    importing.join()
    time.sleep(2 * SEEN_WITHIN)
    assert town.settle(now())
    later = [each for resident in town.residents for each in resident.answers() if each.at > since]
    assert any(mark in each.words for each in later)
    return max((each.at - since).total_seconds() for each in later if mark not in each.words) if any(mark not in each.words for each in later) else 0.0


def _write_changed(faq: Path, mark: str) -> None:
    with (DATA / "faq.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    with faq.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows([row | {"answer": mark + row["answer"]} for row in rows[:QUESTIONS]])


def _version(machines: Fleet) -> int:
    with machines.database.read() as tx:
        return knowledge.version(tx)


def _settled(machines: Fleet, town: Town) -> Kept:
    town.settle_all()
    with machines.database.read() as tx:
        return count(town, outbox.counts(tx)["may_be_doubled"])
