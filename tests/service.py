"""The service as it runs for a city: processes of its own, started, killed and started again, over the loopback."""

import base64
import hashlib
import hmac
import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from store.db import Database
from store.keyring import Keyring, random_key_text

ROOT = Path(__file__).parent.parent
SECRET = "channel-secret-of-the-tests"
TOKEN = "access-token-of-the-tests"
READY_WITHIN = 120.0
"""Seconds: a busy machine imports slowly."""

Program = tuple[str, ...]
"""What Python runs: `("-m", "bot")`, or a launcher of the tests around it."""
BOT: Program = ("-m", "bot")


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


@dataclass(frozen=True, slots=True)
class Setting:
    """Where a service keeps what it knows, and whom it speaks to."""

    database_url: str
    keyring: Keyring
    line_api: str
    port: int = field(default_factory=free_port)

    @property
    def environment(self) -> dict[str, str]:
        return {
            **os.environ,
            "DATABASE_URL": self.database_url,
            "FIELD_KEYS": ",".join(base64.b64encode(key.secret).decode() for key in self.keyring.keys),
            "SECRET_KEY": random_key_text(),
            "LINE_CHANNEL_SECRET": SECRET,
            "LINE_CHANNEL_ACCESS_TOKEN": TOKEN,
            "LINE_API_BASE": self.line_api,
            "LOG_LEVEL": "WARNING",
        }

    @property
    def parts(self) -> tuple[str, ...]:
        """The processes that make the service: one with SQLite, `web` and `worker` with PostgreSQL."""
        return ("run",) if self.database_url.startswith("sqlite:") else ("web", "worker")

    def open_database(self) -> Database:
        return Database(self.database_url, self.keyring)


@dataclass
class Service:
    """The processes of the service; `log` takes what they say."""

    setting: Setting
    log: Path
    program: Program = BOT
    _running: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    @property
    def pids(self) -> tuple[int, ...]:
        """The processes that run."""
        return tuple(process.pid for process in self._running.values())

    def command(self, *arguments: str) -> list[str]:
        return [sys.executable, *self.program, *arguments]

    def run(self, *arguments: str) -> int:
        """Runs a command of the service to its end; the exit code."""
        with self.log.open("ab") as log:
            ended = subprocess.run(
                self.command(*arguments),
                cwd=ROOT,
                env=self.setting.environment,
                stdout=log,
                stderr=log,
                check=False,
            )
        return ended.returncode

    def start(self) -> None:
        """Starts the parts that do not run, and waits until the webhook answers."""
        for part in self.setting.parts:
            if part not in self._running:
                port = () if part == "worker" else ("--port", str(self.setting.port))
                self._running[part] = self._spawn(part, *port)
        self._wait_until_ready()

    def _spawn(self, *arguments: str) -> subprocess.Popen[bytes]:
        with self.log.open("ab") as log:
            return subprocess.Popen(
                self.command(*arguments), cwd=ROOT, env=self.setting.environment, stdout=log, stderr=log
            )

    def _wait_until_ready(self) -> None:
        try:
            wait_until_ready(self.setting.port, self._runs)
        except AssertionError:
            raise AssertionError(f"the service did not start:\n{self.log.read_text()[-3000:]}") from None

    def _runs(self) -> bool:
        return all(process.poll() is None for process in self._running.values())

    def kill(self, parts: Sequence[str] = ()) -> None:
        """Ends these parts (all, where none is named) with SIGKILL."""
        self._end(parts or self.setting.parts, signal.SIGKILL)

    def stop(self) -> None:
        """Ends the service as a system would: each part finishes what it is at."""
        self._end(self.setting.parts, signal.SIGTERM)

    def _end(self, parts: Sequence[str], how: signal.Signals) -> None:
        ending = [process for part in parts if (process := self._running.pop(part, None))]
        for process in ending:
            process.send_signal(how)
        for process in ending:
            process.wait(20)


def wait_until_ready(port: int, runs: Callable[[], bool] = lambda: True) -> None:
    """Waits for a server to answer; AssertionError where it ends instead, or takes too long."""
    until = time.monotonic() + READY_WITHIN
    while not is_ready(port):
        assert runs(), "it ended"
        assert time.monotonic() < until, "it does not answer"
        time.sleep(0.02)


def is_ready(port: int, host: str = "127.0.0.1") -> bool:
    """Whether a server says that it can serve."""
    connection = http.client.HTTPConnection(host, port, timeout=5)
    try:
        connection.request("GET", "/readyz")
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def cpu_seconds(pid: int) -> float:
    """How long a process has used a processor until now, in its own code and in the system's (Linux, proc(5))."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def sign(body: bytes) -> str:
    """The signature that LINE would send with this body."""
    return base64.b64encode(hmac.digest(SECRET.encode(), body, hashlib.sha256)).decode()


class Line:
    """One connection from LINE to the webhook: kept alive, opened again where the service is gone."""

    def __init__(self, port: int, host: str = "127.0.0.1", timeout: float = 20) -> None:
        """`timeout` in seconds: how long LINE waits for each step of the answer."""
        self._connection = http.client.HTTPConnection(host, port, timeout=timeout)

    def post(self, body: bytes) -> int:
        """The status that the webhook answers; 0 where no answer came."""
        headers = {"X-Line-Signature": sign(body), "Content-Type": "application/json"}
        try:
            self._connection.request("POST", "/callback", body, headers)
            answer = self._connection.getresponse()
            answer.read()
        except (OSError, http.client.HTTPException):
            self._connection.close()
            return 0
        return answer.status

    def close(self) -> None:
        self._connection.close()


def text_event(
    event_id: str, user_id: str, text: str, reply_token: str, at_ms: int, *, again: bool = False
) -> bytes:
    """A webhook body with one message; without a reply token where that is empty."""
    event = {
        "type": "message",
        "mode": "active",
        "timestamp": at_ms,
        "source": {"type": "user", "userId": user_id},
        "webhookEventId": event_id,
        "deliveryContext": {"isRedelivery": again},
        "message": {"type": "text", "id": f"message-{event_id}", "quoteToken": "quote", "text": text},
    }
    if reply_token:
        event["replyToken"] = reply_token
    return json.dumps({"destination": "U" + "0" * 32, "events": [event]}).encode()
