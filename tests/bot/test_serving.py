import base64
import hashlib
import hmac
import json
import os
import shlex
import socket
import subprocess
import sys
import threading
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
import urllib3

from bot.platform import Platform
from bot.platform.server import serve
from bot.platform.talk import UserId
from bot.serving import address
from store.keyring import random_key_text
from tests.conftest import _admin

ROOT = Path(__file__).parent.parent.parent
SECRET = "the channel's secret"
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
def environment(postgresql_server, line):
    _admin(postgresql_server, "CREATE DATABASE procfile")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    yield {
        **os.environ,
        "DATABASE_URL": postgresql_server.replace("/postgres?", "/procfile?"),
        "FIELD_KEYS": random_key_text(),
        "SECRET_KEY": random_key_text(),
        "LINE_CHANNEL_SECRET": SECRET,
        "LINE_CHANNEL_ACCESS_TOKEN": "token",
        "LINE_API_BASE": line[1],
        "PORT": str(port),
        "LOG_LEVEL": "WARNING",
        "PYTHONUNBUFFERED": "",
    }
    _admin(postgresql_server, "DROP DATABASE procfile WITH (FORCE)")


def question(reply_token):
    event = {
        "type": "message",
        "webhookEventId": "01HELLO",
        "mode": "active",
        "timestamp": int(datetime.now(UTC).timestamp() * 1000),
        "source": {"type": "user", "userId": HANAKO},
        "replyToken": reply_token,
        "message": {"type": "text", "id": "1", "text": "人に相談"},
    }
    return json.dumps({"destination": "U" + "0" * 32, "events": [event]}).encode()


@pytest.mark.slow
def test_the_processes_of_the_procfile_answer_together(environment, line):
    platform, _ = line
    release = subprocess.run(
        [sys.executable, *processes()["release"][1:]],
        cwd=ROOT,
        env=environment,
        check=True,
        capture_output=True,
    )
    assert release.stdout.decode() == "The database is up to date.\n"
    with running("web", environment) as web, running("worker", environment) as worker:
        assert web == f"The webhook is http://127.0.0.1:{environment['PORT']}/callback\n"
        assert worker.startswith("The worker takes the inbox.")
        body = question(platform.issue_reply_token(HANAKO))
        signature = base64.b64encode(hmac.digest(SECRET.encode(), body, hashlib.sha256)).decode()
        with urllib3.PoolManager() as pool:
            answer = pool.request(
                "POST", web.split()[-1], body=body, headers={"X-Line-Signature": signature}, retries=False
            )
        assert answer.status == 200
        assert platform.replied.wait(20)
    assert platform.sent_to(HANAKO)[0]["text"].startswith("お電話いただければ")
