"""Several machines on one PostgreSQL: killed, cut off, without their database for a moment; nothing is lost.

Two `web` and two `worker` processes, each in a network namespace of its own with a cable that can be cut, as are the
database and LINE. Where namespaces cannot be made, the same on the loopback.
"""

import csv
import json
import re
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import pytest
import requests
import sqlalchemy as sa

from bot import files, talking
from bot.city import LiveCity, Sayings
from handlers.turn import Card
from store import accounts, credentials, db, knowledge, outbox, run_settings
from store.accounts import Account, Draft
from store.audit import COMMAND
from store.db import Database
from store.keyring import Keyring
from store.run_settings import RunSettings
from store.sight import Role
from tests.asking import Back, Kept, Resident, Town, count, now, town_of
from tests.conftest import DATA, NOON, Template, copied
from tests.killing import new_platform
from tests.lan import NETWORK, lan
from tests.machines import WORKERS, Fleet, fleet
from tests.promises.length import FULL, at_length
from tests.site import QUICK
from tests.store.disasters import switch_on
from web.passwords import Passwords

pytestmark = [pytest.mark.slow, pytest.mark.allow_hosts([NETWORK, "127.0.0.1"])]

ROUNDS = at_length(1, 10)
CUT_FOR = at_length(4, 20)
"""Seconds for which a cable is out."""
RESTARTS_AFTER = 2.0
"""Seconds after which what was killed is started again."""
CALM_FOR = at_length(0, 6)
"""Seconds between two faults, so that each is measured by itself."""
BACK_WITHIN, SEEN_WITHIN = 10.0, 2.0
"""Seconds: what is promised, held in the long form."""
QUESTIONS = at_length(40, 250)
MARK = "(第2版)"
LOCK = sa.text("SELECT pg_advisory_xact_lock(4711)")
LET_GO_WITHIN = 9
"""Seconds."""
PASSWORD = "つつじと銀杏の並木道を歩く"


@pytest.fixture(scope="module")
def changed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of entries, with a mark before the first answers."""
    faq = tmp_path_factory.mktemp("changed") / "faq.csv"
    with (DATA / "faq.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    with faq.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows([row | {"answer": MARK + row["answer"]} for row in rows[:QUESTIONS]])
    return faq


@pytest.fixture(scope="module")
def questions(
    sqlite_template: Template, sayings: Sayings, changed: Path, tmp_path_factory: pytest.TempPathFactory
) -> list[str]:
    """Questions of entries that their entry answers, before and after the change: an answer tells whose it is."""
    with copied(sqlite_template, tmp_path_factory.mktemp("asked")) as database:
        city = LiveCity(sayings)
        with changed.open(encoding="utf-8", newline="") as rows:
            first = [row["question"] for row in csv.DictReader(rows)][:QUESTIONS]
        before = [each for each in first if _answers(database, city, each)]
        assert files.take_in(database, "faq", changed, NOON, check=False, replace_all=False) == 0
        return [each for each in before if _answers(database, city, each)]


def _answers(database: Database, city: LiveCity, question: str) -> bool:
    parts = talking.ask(database, city, question, NOON).routed.reply.parts
    return [part.title for part in parts if isinstance(part, Card)] == [question]


@pytest.fixture(scope="module")
def started(keyring: Keyring, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Fleet]:
    folder = tmp_path_factory.mktemp("machines")
    with lan() as network, fleet(network, new_platform(), keyring, folder) as made:
        made.start()
        yield made
        made.stop()


@pytest.fixture
def machines(started: Fleet) -> Fleet:
    """The machines, all of them running: what was killed in the test before may still be starting."""
    started.wait_until_ready()
    return started


def test_nothing_is_lost_and_all_is_back_soon(machines: Fleet, questions: list[str], changed: Path) -> None:
    town = town_of(machines.platform, machines.webs, questions)
    backs = list[Back]()
    with town.asking():
        for _ in range(ROUNDS):
            backs += [_killed(machines, town), _without_database(machines, town), _cut_off(machines, town)]
        seen = _changed(machines, town, changed)
    kept = _settled(machines, town)
    sys.stdout.write("".join(f"{back}\n" for back in backs) + f"change seen after {seen:.2f} s\n{kept}\n")
    assert kept.is_exact, kept
    assert kept.asked > 50
    assert min(machines.line.sent_by[name] for name in WORKERS) > 0
    if FULL:
        assert max(back.slowest for back in backs) < BACK_WITHIN
        assert seen < SEEN_WITHIN


def _killed(machines: Fleet, town: Town) -> Back:
    """One web and one worker, while LINE's answers are on their way to the workers."""
    time.sleep(CALM_FOR)
    with machines.line.holding("reply"):
        since = now()
        machines.kill("web1", "worker1")
    time.sleep(RESTARTS_AFTER)
    machines.start_again("web1", "worker1")
    return _back("one of each killed", town, since)


def _without_database(machines: Fleet, town: Town) -> Back:
    time.sleep(CALM_FOR)
    since = now()
    machines.restart_database()
    return _back("database restarted", town, since)


def _cut_off(machines: Fleet, town: Town) -> Back:
    time.sleep(CALM_FOR)
    since = now()
    with machines.cut("worker2"), machines.cut("web2"):
        time.sleep(CUT_FOR)
    return _back("one of each cut off", town, since)


def _back(what: str, town: Town, since: datetime) -> Back:
    settled = town.settle(now())
    assert settled, f"{what}: not answered: {[asked for asked, at in town.waits() if at is None]}"
    return town.back(what, since)


def _changed(machines: Fleet, town: Town, faq: Path) -> float:
    """An import on one machine; until when, in seconds, anybody was still told what stood there before."""
    before = _version(machines)
    importing = threading.Thread(target=machines.machines["web1"].run, args=["import", "faq", str(faq)])
    importing.start()
    while _version(machines) == before:
        assert importing.is_alive(), "the import changed nothing"
        time.sleep(0.01)
    since = now()
    importing.join()
    time.sleep(2 * SEEN_WITHIN)
    assert town.settle(now()), "not everybody was answered after the change"
    later = [each for resident in town.residents for each in resident.answers() if each.at > since]
    assert any(MARK in each.words for each in later)
    return max(((each.at - since).total_seconds() for each in later if MARK not in each.words), default=0.0)


def _version(machines: Fleet) -> int:
    with machines.database.read() as tx:
        return knowledge.version(tx)


def _settled(machines: Fleet, town: Town) -> Kept:
    town.settle_all()
    with machines.database.read() as tx:
        return count(town, outbox.counts(tx)["may_be_doubled"])


def test_who_starts_while_the_database_is_away_waits_for_it(machines: Fleet) -> None:
    machines.kill("web2", "worker2")
    machines.cluster.stop()
    machines.start_again("web2", "worker2")
    beginners = [machines.machines[name] for name in ("web2", "worker2")]
    _wait_until(lambda: all(each.has_said("Waiting for the database") for each in beginners))
    machines.cluster.start()
    machines.wait_until_ready()


def test_what_a_machine_held_is_let_go_of_once_its_cable_is_cut(machines: Fleet) -> None:
    assert _is_let_go_of(machines, guarded=True)


def test_without_a_look_at_whether_it_lives_it_is_held_on(machines: Fleet) -> None:
    assert not _is_let_go_of(machines, guarded=False) or not machines.lan.is_real


def _is_let_go_of(machines: Fleet, *, guarded: bool) -> bool:
    """Whether a lock that web1 holds is free soon after it is cut off; on the loopback, soon after it is let go."""
    web1 = machines.machines["web1"]
    with machines.lan.on("web1"):
        there = Database(web1.environment["DATABASE_URL"], machines.database.keyring)
        if not guarded:
            sa.event.remove(there.engine, "connect", db._prepare_postgresql)
        holding = there.engine.connect()
    holding.execute(LOCK)
    with ExitStack() as stack, machines.database.write() as tx:
        stack.callback(there.engine.dispose)
        stack.callback(holding.invalidate)
        if machines.lan.is_real:
            stack.enter_context(machines.cut("web1"))
        else:
            holding.rollback()
        tx.connection.exec_driver_sql(f"SET LOCAL lock_timeout TO '{LET_GO_WITHIN}s'")
        try:
            tx.connection.execute(LOCK)
        except sa.exc.OperationalError:
            return False
        return True


def test_a_sign_in_holds_on_every_machine_and_ends_on_every_machine(machines: Fleet) -> None:
    _administrator(machines)
    one, other = (f"http://{web.address}:{web.port}" for web in machines.webs)
    visitor = Visitor()
    # The form of one machine, sent to the other: what stands in front need not know who was where.
    assert visitor.send(f"{one}/login", f"{other}/login", name="hanako", password=PASSWORD).status_code == 303
    assert visitor.get(f"{one}/home").status_code == 200
    assert visitor.send(f"{one}/home", f"{one}/logout").status_code == 303
    assert visitor.get(f"{other}/home").status_code == 303


@dataclass
class Visitor:
    """A browser, to which all machines are one host; it keeps the cookie of a session that was ended."""

    cookies: dict[str, str] = field(default_factory=dict)

    def get(self, page: str) -> requests.Response:
        return self._kept(requests.get(page, cookies=self.cookies, allow_redirects=False, timeout=20))

    def send(self, page: str, to: str, **fields: str) -> requests.Response:
        """Opens a page, and sends a form with its token."""
        token = re.search(r'name="csrf_token"[^>]* value="([^"]+)"', self.get(page).text)
        assert token is not None
        data = {"csrf_token": token[1], **fields}
        return self._kept(
            requests.post(to, data=data, cookies=self.cookies, allow_redirects=False, timeout=20)
        )

    def _kept(self, answer: requests.Response) -> requests.Response:
        self.cookies |= answer.cookies.get_dict()
        return answer


def test_settings_and_disasters_count_everywhere_at_once(machines: Fleet) -> None:
    with machines.database.write() as tx:
        run_settings.change(tx, RunSettings(help_line="情報政策課 内線2345"), COMMAND, now())
        switch_on(tx, now=now())
    for web in machines.webs:
        assert "内線2345" in requests.get(f"http://{web.address}:{web.port}/login", timeout=20).text
    before = machines.line.sent_by.copy()
    town = town_of(machines.platform, machines.webs, ["災害"], first=100)
    with town.asking():
        _wait_until(lambda: all(machines.line.sent_by[each] > before[each] + 2 for each in WORKERS))
    said = [_words(machines, resident) for resident in town.residents]
    assert any(said)
    assert all("【大雨】" in words for each in said for words in each)


def _administrator(machines: Fleet) -> None:
    with machines.database.write() as tx:
        made = accounts.add(tx, Draft("hanako", "花子", Role.STAFF), COMMAND, now())
        assert isinstance(made, Account)
        credentials.set_password(tx, made.id, Passwords(QUICK).hash(PASSWORD), COMMAND, now())


def _words(machines: Fleet, resident: Resident) -> list[str]:
    return [json.dumps(each, ensure_ascii=False) for each in machines.platform.sent_to(resident.user_id)]


def _wait_until(holds: Callable[[], bool], within: float = 60.0) -> None:
    until = time.monotonic() + within
    while not holds():
        assert time.monotonic() < until
        time.sleep(0.1)
