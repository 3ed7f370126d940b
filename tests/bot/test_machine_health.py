import shutil
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from types import SimpleNamespace

import pytest

from bot import backup_health, machine_health, outside_health
from bot.line import LineClient
from bot.metrics_door import MetricsDoor, read_door
from bot.platform import Platform
from bot.platform.server import serve
from store.alone import alone, is_served
from tests.certificates import certificate
from tests.conftest import NOON

GIB = 1024**3


def told(findings):
    return [(each.well, each.text) for each in findings]


@pytest.mark.parametrize(
    ("free", "total", "well"), [(50, 100, True), (21, 1000, True), (9, 100, False), (0.05, 0.1, True)]
)
def test_room_on_the_disk(tmp_path, monkeypatch, free, total, well):
    usage = SimpleNamespace(free=int(free * GIB), total=int(total * GIB))
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage)
    ((found, text),) = told(machine_health.disks({"database": tmp_path / "yet" / "to be made.db"}))
    assert found is well
    assert f"free for the database ({tmp_path})" in text
    assert ("make room" in text) is not well


def test_what_cannot_be_looked_at_hides_nothing_else(tmp_path):
    """A name that no disk takes fails as a broken disk does, or a folder that is another's, which root may enter."""
    nowhere = tmp_path / ("x" * 300)
    places = {"backups": nowhere, "database": tmp_path}
    assert [well for well, _ in told(machine_health.disks(places))] == [False, True]
    ((well, text),) = told(machine_health.keys({"FIELD_KEYS": nowhere}))
    assert not well
    assert "cannot be read" in text
    ((well, text),) = told(backup_health.places(nowhere, None, None))
    assert not well
    assert "cannot be looked at" in text


def test_who_can_read_the_keys(tmp_path):
    mine, open_to_all = tmp_path / "mine.key", tmp_path / "open.key"
    for file, mode in ((mine, 0o600), (open_to_all, 0o644)):
        file.write_text("k")
        file.chmod(mode)
    files = {"FIELD_KEYS": mine, "the copy": open_to_all, "SECRET_KEY": tmp_path / "not here"}
    (well, _), (wrong, text) = told(machine_health.keys(files))
    assert (well, wrong) == (True, False)
    assert text.endswith(f"chmod 600 {open_to_all}")


@pytest.mark.parametrize(("seconds", "well"), [(0, True), (5, True), (6, False), (-90, False)])
def test_clocks_that_differ(seconds, well):
    ((found, text),) = told(machine_health.clocks("LINE", NOON + timedelta(seconds=seconds), NOON))
    assert found is well
    assert f"{abs(seconds)} s apart" in text


def test_a_clock_that_nobody_told():
    assert told(machine_health.clocks("LINE", None, NOON)) == []


def test_lines_clock_and_the_databases(database):
    here = datetime.now(UTC)
    with serve(Platform(lambda: NOON)) as server:
        line = LineClient("token", server.address)
        theirs = line.clock()
        line.close()
    for clock in filter(None, (theirs, database.clock())):
        assert abs(clock - here) < timedelta(minutes=1)
    assert (database.clock() is None) is database.is_sqlite
    away = LineClient("token", "http://127.0.0.1:1")
    assert away.clock() is None
    away.close()


def test_who_reads_the_metrics():
    assert "nobody" in machine_health.watched(MetricsDoor()).text
    assert "at 127.0.0.1:9464 and at /metrics" in machine_health.watched(MetricsDoor("t", port=9464)).text
    assert "at [::1]:9464" in machine_health.watched(read_door("[::1]:9464", "", [])).text


# One process serves a file ---------------------------------------------------------------------------


def test_one_process_serves_a_file(tmp_path, monkeypatch):
    monkeypatch.setattr("store.alone.WAITS", 0.0)
    file = tmp_path / "helpdesk.db"
    assert not is_served(file)
    with alone(file) as first:
        assert first
        assert is_served(file)
        with alone(file) as second:
            assert not second
        assert "one `run` serves" in next(machine_health.service(file)).text
    assert not is_served(file)
    with alone(file) as again:
        assert again


def test_who_comes_while_another_ends_waits_for_it(tmp_path):
    file = tmp_path / "helpdesk.db"
    first = alone(file)
    assert first.__enter__()
    ending = threading.Timer(0.1, first.__exit__, (None, None, None))
    ending.start()
    with alone(file) as second:
        assert second
    ending.join()


def test_postgresql_is_made_for_several():
    with alone(None) as first, alone(None) as second:
        assert first
        assert second
    assert list(machine_health.service(None)) == []


# From outside ----------------------------------------------------------------------------------------


class Healthy(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200 if self.path == "/healthz" else 404)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def address(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Where something answers over TLS as `localhost`, by a certificate for ten days that this machine trusts."""
    ours = certificate(tmp_path, lasts=timedelta(days=10, hours=1))
    monkeypatch.setenv("SSL_CERT_FILE", str(ours.file))
    server = HTTPServer(("127.0.0.1", 0), Healthy)
    server.socket = ours.context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    yield f"https://localhost:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_certificate_that_ends_soon(address):
    ((well, text),) = told(outside_health.look(address, 1, datetime.now(UTC)))
    assert not well
    assert text == "PUBLIC_URL: answers; its certificate holds for 10 days: renew it"
    ((well, _),) = told(outside_health.look(address, 1, datetime.now(UTC) - timedelta(days=30)))
    assert well


def test_a_certificate_that_nobody_trusts(address, monkeypatch):
    monkeypatch.delenv("SSL_CERT_FILE")
    ((well, text),) = told(outside_health.look(address, 1, NOON))
    assert not well
    assert "the certificate is not taken (self" in text


def test_an_address_at_which_something_else_answers(address):
    ((well, text),) = told(outside_health.look(f"{address}/other", 1, NOON))
    assert not well
    assert "answers 404; does the proxy lead to this service" in text


def test_an_address_at_which_nobody_answers():
    (proxy, gone) = told(outside_health.look("https://localhost:1", 0, NOON))
    assert "TRUSTED_PROXIES is 0" in proxy[1]
    assert "does not answer from this machine (ConnectionRefusedError)" in gone[1]
    assert not proxy[0]
    assert not gone[0]


def test_an_address_of_this_machine_alone_is_not_asked():
    assert told(outside_health.look("http://127.0.0.1:8000", 0, NOON)) == []
