"""The log: one record one line on standard error, in JSON for machines or as text for a person at a terminal.

A line has the time, the level, who says it, what the thread was at (`bot.about`) and the message. Of an exception it
has the kinds and the places and never the words: a driver's or a parser's may quote what a resident wrote.
"""

import json
import logging
import os
import sys
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Final, Literal

from bot.about import Fact, facts
from bot.settings import SettingsError

Shape = Literal["json", "text"]
SHAPES: Final = ("json", "text")
LEVELS: Final = ("DEBUG", "INFO", "WARNING", "ERROR")
_HERE: Final = f"{Path(__file__).parent.parent}{os.sep}"
_MOST_PLACES: Final = 12
"""Of an exception: the innermost."""


class Lines(logging.Formatter):
    """Makes the line of a record; `process` is the part of the service that runs, such as `worker`."""

    def __init__(self, shape: Shape, process: str) -> None:
        super().__init__()
        self._shape, self._process = shape, process

    def format(self, record: logging.LogRecord) -> str:
        known = {**facts(), **(failure(record.exc_info[1]) if record.exc_info else {})}
        return self._json(record, known) if self._shape == "json" else _text(record, known)

    def _json(self, record: logging.LogRecord, known: Mapping[str, Fact]) -> str:
        line = {
            "time": _time(record),
            "level": record.levelname,
            "logger": record.name,
            **known,
            "message": record.getMessage(),
            "process": self._process,
            "pid": record.process,
            "thread": record.threadName,
        }
        # ASCII alone: neither a control character nor one that turns the reading round can stand in a line.
        return json.dumps(line)


def begin(level: str, shape: str, process: str) -> None:
    """Sends all records of the process to standard error, unless somebody else listens to them already.

    `shape`: empty, as text on a terminal and as JSON elsewhere. Raises SettingsError.
    """
    if level not in LEVELS:
        raise SettingsError(f"LOG_LEVEL must be one of {', '.join(LEVELS)}")
    if shape not in ("", *SHAPES):
        raise SettingsError(f"LOG_FORMAT must be {' or '.join(SHAPES)}")
    root = logging.getLogger()
    if root.handlers:
        return
    is_text = shape == "text" or (not shape and sys.stderr.isatty())
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(Lines("text" if is_text else "json", process))
    root.addHandler(handler)
    root.setLevel(level)
    logging.captureWarnings(capture=True)


def _text(record: logging.LogRecord, known: Mapping[str, Fact]) -> str:
    """What is known stands before the message, which so cannot pretend to be it."""
    shown = "".join(f" {name}={_word(value)}" for name, value in known.items())
    return f"{_time(record)} {record.levelname} {record.name}{shown}: {_plain(record.getMessage())}"


def _time(record: logging.LogRecord) -> str:
    """As the machine's clock on the wall shows it, with its distance from UTC."""
    return datetime.fromtimestamp(record.created).astimezone().isoformat(timespec="milliseconds")


def _word(value: Fact) -> str:
    text = str(value)
    return text if text.isascii() and text.isprintable() and not set(text) & set(' "=') else json.dumps(text)


def _plain(text: str) -> str:
    """Without what would end the line, move about on the terminal or turn the reading round; that is written out."""
    return text if text.isprintable() else "".join(c if c.isprintable() else _escaped(c) for c in text)


def _escaped(letter: str) -> str:
    return letter.encode("unicode_escape").decode("ascii")


def failure(error: BaseException | None) -> dict[str, Fact]:
    """The kinds of an exception and its causes, and the places that it passed, innermost first; not its words."""
    kinds: list[str] = []
    places: list[str] = []
    while error is not None and len(kinds) < _MOST_PLACES:
        kinds.append(type(error).__name__)
        places = places or _places(error.__traceback__)
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return {"error": " from ".join(kinds), "where": " < ".join(places)} if kinds else {}


def _places(trace: TracebackType | None) -> list[str]:
    found: list[str] = []
    while trace is not None:
        code = trace.tb_frame.f_code
        found.append(f"{_short(code.co_filename)}:{trace.tb_lineno} {code.co_name}")
        trace = trace.tb_next
    return found[::-1][:_MOST_PLACES]


def _short(file: str) -> str:
    return file.removeprefix(_HERE).rpartition("site-packages/")[2]
