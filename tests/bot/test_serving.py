import json
import shlex
import subprocess
import sys
import threading
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
import urllib3

from bot.platform import Platform
from bot.platform.server import serve
from bot.platform.talk import UserId
from bot.serving import address
from faq.counter_kinds import CLOSURES
from faq.models import OfficeId
from faq.writing import write
from nlp.japan import JAPAN
from tests.conftest import _admin
from tests.faq.place_files import CLOSURE
from tests.service import ROOT, Line, Service, Setting, text_event

HANAKO = UserId("U" + "1" * 32)
SAYS_WITHIN = 20.0
"""Seconds until a process says that it works."""


@pytest.mark.parametrize(
    ("host", "shown"),
    [
        ("127.0.0.1", "http://127.0.0.1:8000"),
        ("0.0.0.0", "http://127.0.0.1:8000"),
        ("192.168.1.5", "http://192.168.1.5:8000"),
        ("::", "http://[::1]:8000"),
        ("fd00::5", "http://[fd00::5]:8000"),
    ],
)
def test_where_this_machine_reaches_itself(host, shown):
    assert address(host, 8000) == shown


def processes():
    """The commands of the Procfile by name."""
    lines = (ROOT / "Procfile").read_text().splitlines()
    return {name: shlex.split(command) for name, command in (line.split(": ", 1) for line in lines)}


@contextmanager
def running(name, environment):
    """A process of the Procfile from when it says that it works; at the end it is told to stop."""
    command = [sys.executable, *processes()[name][1:]]
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True) as process:
        too_long = threading.Timer(SAYS_WITHIN, process.kill)
        too_long.start()
        try:
            said = process.stdout.readline()
            too_long.cancel()
            yield said
        finally:
            process.terminate()
            process.communicate(timeout=20)
    assert process.returncode == 0


class Listening(Platform):
    """Tells when a reply has come."""

    def __init__(self):
        super().__init__(lambda: datetime.now(UTC))
        self.replied = threading.Event()

    def note(self, call):
        super().note(call)
        if call.path == "/v2/bot/message/reply":
            self.replied.set()


@pytest.fixture
def line():
    """LINE, and its address."""
    platform = Listening()
    with serve(platform) as server:
        yield platform, server.address


@pytest.fixture
def empty(postgresql_server, keyring, line):
    """Where a service is to start on a PostgreSQL that has nothing yet."""
    _admin(postgresql_server, "CREATE DATABASE procfile")
    yield Setting(postgresql_server.replace("/postgres?", "/procfile?"), keyring, line[1])
    _admin(postgresql_server, "DROP DATABASE procfile WITH (FORCE)")


def asks(platform, port, event_id, text):
    """What LINE shows in reply to a question, as JSON."""
    platform.replied.clear()
    before = len(platform.sent_to(HANAKO))
    now = int(datetime.now(UTC).timestamp() * 1000)
    webhook = Line(port)
    assert webhook.post(text_event(event_id, HANAKO, text, platform.issue_reply_token(HANAKO), now)) == 200
    webhook.close()
    assert platform.replied.wait(60)
    return json.dumps(platform.sent_to(HANAKO)[before:], ensure_ascii=False)


@pytest.mark.slow
def test_the_processes_of_the_procfile_answer_together(empty, line):
    platform, _ = line
    environment = {**empty.environment, "PORT": str(empty.port), "PYTHONUNBUFFERED": ""}
    release = subprocess.run(
        [sys.executable, *processes()["release"][1:]],
        cwd=ROOT,
        env=environment,
        check=True,
        capture_output=True,
    )
    assert release.stdout.decode() == "The database is up to date.\n"
    with running("web", environment) as web, running("worker", environment) as worker:
        assert web == f"The webhook is http://127.0.0.1:{empty.port}/callback\n"
        assert worker.startswith("The worker takes the inbox.")
        assert "お電話いただければ" in asks(platform, empty.port, "01HELLO", "人に相談")


@pytest.mark.slow
def test_the_running_service_answers_with_what_was_imported(database, line, tmp_path):
    platform, line_api = line
    setting = Setting(database.url.render_as_string(hide_password=False), database.keyring, line_api)
    tomorrow = datetime.now(JAPAN).date() + timedelta(days=1)
    closed = replace(
        CLOSURE,
        office=OfficeId("K002"),
        first=tomorrow,
        last=tomorrow + timedelta(days=1),  # midnight may pass meanwhile
        opens=None,
        closes=None,
        reason="停電のため",
    )
    file = tmp_path / "closures.xlsx"
    write(CLOSURES, [closed], file)
    service = Service(setting, tmp_path / "service.log")
    service.start()
    try:
        assert "停電のため" not in asks(platform, setting.port, "01BEFORE", "東区役所は明日開いていますか")
        assert service.run("import", "closures", str(file)) == 0
        assert "停電のため" in asks(platform, setting.port, "01AFTER", "東区役所は明日開いていますか")
    finally:
        service.stop()


@pytest.mark.slow
@pytest.mark.parametrize(("proxies", "seen"), [("0", "127.0.0.1"), ("1", "10.0.0.7")])
def test_visitors_addresses_are_believed_as_far_as_the_settings_say(
    tmp_path, keyring, line, monkeypatch, proxies, seen
):
    monkeypatch.setenv("TRUSTED_PROXIES", proxies)
    setting = Setting(f"sqlite:///{tmp_path}/helpdesk.db", keyring, line[1])
    service = Service(setting, tmp_path / "service.log")
    service.start()
    try:
        headers = {"X-Forwarded-For": "6.6.6.6, 10.0.0.7"}
        urllib3.request("POST", f"http://127.0.0.1:{setting.port}/callback", body=b"{}", headers=headers)
    finally:
        service.stop()
    assert f'wrong signature from {seen}"' in service.log.read_text()
