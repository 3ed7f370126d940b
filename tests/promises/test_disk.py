"""A disk that is full, or may not be written to: no 200 for what is not kept, and all goes on once there is room."""

import base64
import contextlib
import logging
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from bot import write_health
from bot.__main__ import main
from bot.city import LiveCity
from bot.keeping import Keeping
from bot.platform.talk import UserId
from store import inbox, outbox
from store.db import Database
from store.failures import DatabaseFailure
from tests.conftest import DATA, Template, _admin, copied
from tests.line import RealClock, Service, body_of, running, text_event
from tests.promises import disk as disks
from tests.promises.disk import Disk, SaysFull, read_only, small_disk, writable
from tests.promises.length import FULL, at_length

Small = tuple[Database, Disk | SaysFull]
"""A database, and the disk that it is on."""
QUESTION = "住民票の写しがほしい"
TOOK_UP = 5.0
"""Seconds in which the service has to take events again; held in the long form."""
PATIENCE = 90.0
"""Seconds until nothing may wait any more: a lease that a full disk left open lasts thirty."""
UNTIL_FULL = 400
"""Events at most until the database has no page left."""


@dataclass
class Residents:
    """Everybody asks the same, once; who got no 200 asks again, as LINE would deliver again."""

    service: Service
    taken: list[UserId] = field(default_factory=list)
    refused: list[dict[str, object]] = field(default_factory=list)
    count: int = 0

    def ask(self) -> int:
        self.count += 1
        user = self.service.platform.meet(UserId(f"U{self.count:032x}")).user_id
        return self.deliver(text_event(QUESTION, user=user, at=self.service.clock()))

    def deliver(self, event: dict[str, object]) -> int:
        user = UserId(str(event["source"]["userId"]))  # type: ignore[index]
        self.service.platform.issue_reply_token(user, str(event["replyToken"]))
        status = self.service.post(body_of(event)).status_code
        if status == 200:
            self.taken.append(user)
        else:
            self.refused.append(event)
        return status

    def again(self) -> set[int]:
        """What was refused is delivered again."""
        refused, self.refused = self.refused, []
        return {self.deliver(event) for event in refused}

    def heard(self) -> list[int]:
        """How many messages each got whose event was taken."""
        return [len(self.service.platform.sent_to(user)) for user in self.taken]


@contextmanager
def at_work(database: Database, city: LiveCity) -> Iterator[Residents]:
    """The service with its worker's threads, at the real time."""
    with running(database, city, clock=RealClock()) as service:
        service.worker.start()
        try:
            yield Residents(service)
        finally:
            service.worker.stop()


def wait_until(done: Callable[[], bool], seconds: float = PATIENCE) -> float:
    """How long it took; false at the end is a failure."""
    began = time.monotonic()
    while not done():
        assert time.monotonic() - began < seconds, "not done in time"
        time.sleep(0.02)
    return time.monotonic() - began


def is_quiet(database: Database) -> bool:
    with database.read() as tx:
        return not (inbox.counts(tx).get("waiting") or outbox.counts(tx).get("waiting"))


@contextmanager
def on_postgresql(template: Template, server: str, disk: Disk) -> Iterator[Database]:
    """A database whose tables lie on that disk; what PostgreSQL logs lies elsewhere, as it should."""
    if os.getuid() == 0:
        shutil.chown(disk.folder, "postgres")
    _admin(server, f"CREATE TABLESPACE small LOCATION '{disk.folder}'")
    _admin(server, "CREATE DATABASE on_small_disk TEMPLATE template_helpdesk TABLESPACE small")
    database = Database(server.replace("/postgres?", "/on_small_disk?"), template.keyring)
    try:
        yield database
    finally:
        database.close()
        disk.free()
        _admin(server, "DROP DATABASE on_small_disk WITH (FORCE)")
        _admin(server, "DROP TABLESPACE small")


@pytest.fixture(params=["sqlite", "postgres"])
def small(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Small]:
    """A database of each kind on a disk that can be filled."""
    if request.param == "sqlite":
        template = request.getfixturevalue("sqlite_template")
        with small_disk(tmp_path / "disk") as disk, copied(template, disk.folder) as database:
            yield database, disk
        return
    template, server = map(request.getfixturevalue, ("postgresql_template", "postgresql_server"))
    # The tests' own folders are not open to PostgreSQL's user.
    beside = Path(tempfile.mkdtemp(dir=server.partition("host=")[2])) / "small"
    beside.parent.chmod(0o755)
    with small_disk(beside) as disk, on_postgresql(template, server, disk) as database:
        yield database, disk if disk.mounted else SaysFull(database)


def fill_while_they_ask(residents: Residents, disk: Disk | SaysFull) -> set[int]:
    """Fills the disk under events until three are refused; what was answered meanwhile."""
    assert {residents.ask() for _ in range(3)} == {200}
    wait_until(lambda: is_quiet(residents.service.database))
    disk.fill()
    answered: set[int] = set()
    for _ in range(UNTIL_FULL):
        answered.add(residents.ask())
        if len(residents.refused) == 3:
            break
    return answered


def is_refused_and_comes_again(small: Small, city: LiveCity) -> None:
    database, disk = small
    with at_work(database, city) as residents:
        assert fill_while_they_ask(residents, disk) <= {200, 503}
        assert residents.refused
        look_at_the_pages(residents.service)
        disk.free()
        took = wait_until(lambda: residents.again() <= {200})
        sys.stdout.write(f"taken again {took:.2f} s after there was room\n")
        assert took < TOOK_UP or not FULL
        wait_until(lambda: is_quiet(database))
        heard = residents.heard()
    assert len(heard) == residents.count, "all were taken in the end"
    assert set(heard) == {heard[0]}, "and each answered once"


def test_what_is_not_kept_is_refused_and_comes_again(small: Small, city: LiveCity) -> None:
    for _ in range(at_length(1, 20)):
        is_refused_and_comes_again(small, city)


@pytest.fixture
def no_mount(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing may be mounted, as within most containers."""
    monkeypatch.setattr(disks, "_mount", lambda *_: False)


def test_and_where_nothing_may_be_mounted(no_mount: None, small: Small, city: LiveCity) -> None:
    is_refused_and_comes_again(small, city)


def test_doctor_says_so(sqlite_template: Template, tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk") as disk, copied(sqlite_template, disk.folder) as database:
        disk.fill()
        (writing,) = write_health.look(database)
        assert not writing.well
        assert "nothing can be written" in writing.text
        disk.free()
        assert list(write_health.look(database)) == []


Hindered = Callable[[Disk], None]


def lock_that_cannot_be_had(disk: Disk) -> None:
    (disk.folder / "helpdesk.db.lock").unlink()
    (disk.folder / "helpdesk.db.lock").mkdir()


@pytest.mark.parametrize("hinder", [read_only, lock_that_cannot_be_had, Disk.fill])
def test_a_start_that_cannot_write_says_why(
    hinder: Hindered, sqlite_template: Template, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    """In a sentence, not by a trace; and the same start does once that is mended."""
    keys = ",".join(base64.b64encode(key.secret).decode() for key in sqlite_template.keyring.keys)
    with small_disk(tmp_path / "disk") as disk:
        with copied(sqlite_template, disk.folder) as database:
            monkeypatch.setenv("DATABASE_URL", database.url.render_as_string())
        monkeypatch.setenv("FIELD_KEYS", keys)
        monkeypatch.setenv("SECRET_KEY", keys)
        hinder(disk)
        codes = [main(["import", "faq", str(DATA / "faq.csv")]), main(["doctor"])]
        said = capsys.readouterr()
        assert codes == [1, 1]
        assert "cannot be used now" in said.err
        assert "Traceback" not in said.err + said.out
        assert "WRONG  database" in said.out
        if disk.mounted:
            writable(disk)
        disk.free()


def test_a_log_that_cannot_be_written(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its disk is full, and there is nowhere to complain: residents are answered all the same."""
    with Path("/dev/full").open("w") as full:
        monkeypatch.setattr(sys, "stderr", full)
        handler = logging.StreamHandler(full)
        logging.getLogger().addHandler(handler)
        try:
            service.hears(text_event(QUESTION))
            logging.getLogger("bot").error("nobody reads this")
            service.works()
        finally:
            logging.getLogger().removeHandler(handler)
            with contextlib.suppress(OSError):
                full.flush()
            monkeypatch.undo()
            os.dup2(os.open(os.devnull, os.O_WRONLY), full.fileno())
    assert service.said()


@pytest.fixture
def service(sqlite: Database, city: LiveCity) -> Iterator[Service]:
    with running(sqlite, city) as service:
        yield service


def look_at_the_pages(service: Service) -> None:
    """They open, or say what is the matter; nothing else fails."""
    client = service.app.test_client()
    for path in ("/login", "/readyz", "/k/somebody", "/opendata/"):
        answer = client.get(path)
        assert answer.status_code != 500, path
        assert answer.status_code != 503 or path == "/readyz" or "つながりにくく" in answer.text, path


def test_a_webhook_that_says_200_all_the_same_loses_them(
    sqlite_template: Template, tmp_path: Path, city: LiveCity, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: the same count notices what nobody answers."""
    keep = Keeping.keep

    def keep_or_not(*given: object) -> int:
        try:
            return keep(*given)  # type: ignore[arg-type]
        except DatabaseFailure:
            return 0

    monkeypatch.setattr(Keeping, "keep", keep_or_not)
    monkeypatch.setattr("tests.promises.test_disk.UNTIL_FULL", 5)
    with small_disk(tmp_path / "disk") as disk, copied(sqlite_template, disk.folder) as database:
        with at_work(database, city) as residents:
            assert fill_while_they_ask(residents, disk) == {200}
            disk.free()
            wait_until(lambda: is_quiet(database))
        assert 0 in residents.heard()


def test_a_database_that_may_only_be_read(postgres: Database, postgresql_server: str, city: LiveCity) -> None:
    """As one is after a failover, or where an administrator stops all writing: it is over without a restart."""
    name = postgres.url.database

    def set_read_only(value: str) -> None:
        _admin(postgresql_server, f"ALTER DATABASE {name} SET default_transaction_read_only = {value}")
        # From outside, and to the last: a connection that has read before is to ask for nothing else than a new one.
        ended = f"SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity WHERE datname = '{name}'"
        _admin(postgresql_server, ended)

    with at_work(postgres, city) as residents:
        assert residents.ask() == 200
        wait_until(lambda: is_quiet(postgres))
        set_read_only("on")
        assert residents.ask() == 503
        look_at_the_pages(residents.service)
        set_read_only("off")
        took = wait_until(lambda: residents.again() <= {200})
        sys.stdout.write(f"taken again {took:.2f} s after writing was allowed\n")
        wait_until(lambda: is_quiet(postgres))
        assert len(set(residents.heard())) == 1
