import io
import json
import logging
import re
from contextlib import contextmanager

import pytest

from bot import logs
from bot.__main__ import main
from bot.about import about, learn
from bot.logs import Lines
from bot.settings import SettingsError
from store import origin
from store.origin import RequestId

REQUEST = RequestId("8f14e45fceea167a")
FORGED = "well\n2026-11-23T12:00:00.000+09:00 INFO bot.audit: all is well\r\x1b[2K\u2028\u202edlrow\x85"
"""What would begin a line of its own, move about on a terminal, or turn the reading round."""


@contextmanager
def logged(shape: str):
    """A logger whose lines come into a file."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(Lines(shape, "worker"))
    logger = logging.getLogger("bot.sender")
    logger.addHandler(handler)
    level = logger.level
    logger.setLevel(logging.DEBUG)
    try:
        yield logger, stream.getvalue
    finally:
        logger.removeHandler(handler)
        logger.setLevel(level)


def test_a_line_says_what_it_is_about():
    with logged("json") as (log, lines), about(outbox=12):
        origin.learn(REQUEST)
        learn(line_request="b1c2")
        log.info("outbox %d: sent, status %d", 12, 200)
    line = json.loads(lines())
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}[+-]\d\d:\d\d", line.pop("time"))
    assert line.pop("pid") > 0
    assert line == {
        "level": "INFO",
        "logger": "bot.sender",
        "request": REQUEST,
        "outbox": 12,
        "line_request": "b1c2",
        "message": "outbox 12: sent, status 200",
        "process": "worker",
        "thread": "MainThread",
    }


def test_as_text_what_it_is_about_stands_before_the_message():
    with logged("text") as (log, lines), origin.of(REQUEST), about(outbox=12):
        log.warning("request=made-up outbox=13")
    assert lines().endswith(f" WARNING bot.sender request={REQUEST} outbox=12: request=made-up outbox=13\n")


def test_what_was_known_is_forgotten_at_the_end():
    with logged("text") as (log, lines):
        with about(inbox=1):
            origin.learn(REQUEST)
            learn(event="e")
        log.info("another")
    assert lines().endswith(" INFO bot.sender: another\n")


@pytest.mark.parametrize("shape", ["json", "text"])
def test_nothing_forges_a_line(shape):
    with logged(shape) as (log, lines), about(endpoint=FORGED):
        log.info("kept: %s", FORGED)
    written = lines()
    assert written.endswith("\n")
    assert written[:-1].isprintable()
    if shape == "json":
        assert json.loads(written)["message"] == f"kept: {FORGED}", "what came is there all the same"


def test_text_that_is_not_ascii_is_readable_on_a_terminal():
    with logged("text") as (log, lines):
        log.info("data: 熊本市")
    assert lines().endswith("data: 熊本市\n")


def read(text: str) -> int:
    """Fails as a parser would: it quotes what somebody wrote."""
    try:
        return int(text)
    except ValueError as error:
        raise LookupError(text) from error


@pytest.mark.parametrize("shape", ["json", "text"])
def test_of_an_exception_it_tells_kind_and_place_and_not_its_words(shape):
    with logged(shape) as (log, lines):
        try:
            read("わたしの名前は山田")
        except LookupError:
            log.exception("could not be read")
    written = lines()
    assert "山田" not in written
    assert "\\u5c71" not in written
    assert written.count("\n") == 1
    assert "LookupError from ValueError" in written
    assert "tests/bot/test_logs.py:" in written
    assert " read < " in written


def test_settings_that_are_wrong_say_what_to_mend(monkeypatch, capsys):
    with pytest.raises(SettingsError, match="LOG_LEVEL must be one of DEBUG"):
        logs.begin("LOUD", "", "run")
    monkeypatch.setenv("LOG_FORMAT", "xml")
    assert main(["ask", "x"]) == 2
    assert "LOG_FORMAT must be json or text" in capsys.readouterr().err
