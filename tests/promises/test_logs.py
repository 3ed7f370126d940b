"""Nobody forges a line of the log: one record one line, without what moves about on a terminal, whoever sends what."""

import http.client
import json
import logging
import re
from contextlib import closing
from dataclasses import dataclass
from urllib.parse import quote

import pytest

from bot.logs import Lines
from bot.platform import Platform
from bot.platform.server import serve
from tests.line import Clock
from tests.service import Line, Service, Setting, text_event

FORGED = "2026-11-24T12:00:00.000+09:00 ERROR forged: everything is lost"
BREAKS = (
    "\r\n",
    "\n",
    "\r",
    "\x1b[2K\x1b[1G",
    "\x0b",
    "\x0c",
    "\x85",
    "\u2028",
    "\u2029",
    "\u202e",
    "\x08\x08",
    "\x00",
)
HOSTILE = tuple(f"x{each}{FORGED}" for each in BREAKS)
_LINE = re.compile(r"\d{4}-\d\d-\d\dT[\d:.]+[+-]\d\d:\d\d [A-Z]+ [\w.]+")


def wrong(text: str, shape: str) -> list[str]:
    """Lines that are no records of ours, or hold what no line may."""
    lines = text.split("\n")[:-1]
    forged = [each for each in lines if each.startswith(FORGED[:30]) or not each.isprintable()]
    return forged + [each for each in lines if not (is_json(each) if shape == "json" else _LINE.match(each))]


def is_json(line: str) -> bool:
    try:
        return {"time", "level", "logger", "message"} <= json.loads(line).keys()
    except (ValueError, AttributeError):
        return False


@dataclass(frozen=True, slots=True)
class Shaped(Setting):
    """A service that logs everything, behind one proxy."""

    shape: str = "json"

    @property
    def environment(self) -> dict[str, str]:
        more = {"LOG_LEVEL": "DEBUG", "LOG_FORMAT": self.shape, "TRUSTED_PROXIES": "1"}
        return {**Setting.environment.fget(self), **more}


def sends_everything(port: int) -> None:
    """Whatever of a request might be logged, with a line of its own in it."""
    line = Line(port)
    for number, text in enumerate(HOSTILE):
        user = ("U" + text)[:33]
        assert line.post(text_event(f"{text}-{number}", user, text, text, 1_764_000_000_000)) in (200, 400)
        ask(port, "GET", "/" + quote(text) + "?next=" + quote(text))
        heads = {"X-Forwarded-For": latin(text), "User-Agent": latin(text), "X-Line-Signature": latin(text)}
        ask(port, "POST", "/callback", heads, b"{}")
        ask(
            port,
            "POST",
            "/login",
            {**heads, "Cookie": "door=" + latin(text)},
            b"name=" + quote(text).encode(),
        )
        ask(port, "GET", "/api/suggest?q=" + quote(text), {"Authorization": "Bearer " + latin(text)})
    line.close()


def latin(text: str) -> str:
    """What a header can carry of it: no ends of lines, which end the header itself, and not what no byte has."""
    return re.sub("[\r\n]", "\t", text).encode("latin-1", "replace").decode("latin-1")


def ask(
    port: int, method: str, path: str, heads: dict[str, str] | None = None, body: bytes | None = None
) -> None:
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=20)) as connection:
        connection.putrequest(method, path, skip_host=False)
        for name, value in (heads or {}).items():
            connection._buffer.append(f"{name}: {value}".encode("latin-1"))
        connection.putheader("Content-Length", str(len(body or b"")))
        connection.endheaders(body)
        connection.getresponse().read()


def test_each_record_is_one_line(sqlite, tmp_path):
    log = tmp_path / "log"
    with serve(Platform(Clock())) as line:
        setting = Shaped(f"sqlite:///{sqlite.file}", sqlite.keyring, line.address)
        service = Service(setting, log)
        try:
            service.start()
            sends_everything(setting.port)
        finally:
            service.stop()
    said = [each for each in log.read_bytes().decode().split("\n") if not each.startswith(OF_PROGRAM)]
    assert len(said) > 30
    assert wrong("\n".join(said), "json") == []


OF_PROGRAM = ("The webhook is ", "Stop with ", "Stopped.")
"""What the program tells who started it, on its standard output."""


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("shape", ["json", "text"])
def test_whatever_is_told(shape, text):
    record = logging.LogRecord("bot", logging.INFO, "", 0, "heard %s", (text,), None)
    assert wrong(Lines(shape, "run").format(record) + "\n", shape) == []


@pytest.mark.parametrize("text", HOSTILE)
def test_lines_as_they_come_are_noticed(text):
    plain = logging.Formatter("2026-11-24T12:00:00.000+09:00 %(levelname)s %(name)s %(message)s")
    record = logging.LogRecord("bot", logging.INFO, "", 0, "heard %s", (text,), None)
    assert wrong(plain.format(record) + "\n", "text")
