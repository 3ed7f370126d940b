"""The commands `ask`, `talk` and `chat`: the whole router without LINE."""

import json
import queue
import re
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any, TextIO

from bot import telling, turns
from bot.city import LiveCity
from bot.due import Due
from bot.foresight import Foresight
from bot.telling import Told
from handlers.router import Routed
from handlers.turn import (
    Choice,
    DatePicked,
    EventId,
    Located,
    Message,
    MessageId,
    PickDate,
    Press,
    Pressed,
    Reply,
    ReplyOutcome,
    Said,
    Say,
    Text,
)
from nlp import fragments
from nlp.japan import JAPAN
from store import residents
from store.db import Database, Tx
from store.notices import Notice
from store.residents import ResidentId

_LATER = re.compile(r"\+(\d+)([smhd])")
_PICKED = re.compile(r">\s*(?P<label>.+?)\s+(?P<day>\d{4}-\d\d-\d\d)")
_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}


@dataclass(frozen=True, slots=True)
class BadLine:
    """A line of a talk that cannot be said, and why."""

    reason: str


def parse_time(text: str) -> datetime:
    """An ISO time; in Asia/Tokyo where it names no zone. Raises ValueError."""
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=JAPAN)


def ask(
    database: Database, city: LiveCity, text: str, now: datetime, foresight: Foresight | None = None
) -> Told:
    """One question by a new resident, leaving nothing behind."""
    with database.read() as tx:
        live = city.current(tx)
    message = Message(EventId("ask"), Text(text, MessageId("ask")), now)
    started = time.perf_counter()
    vectors = (foresight or Foresight()).vectors(live, message.said)
    with database.write() as tx:
        resident = residents.meet(tx, "ask", now).id
        routed = turns.take(tx, live, resident, message, now, vectors)
        told = Told(routed, (time.perf_counter() - started) * 1000)
        tx.connection.rollback()
    return told


@dataclass
class Talk:
    """A talk of one test resident; time passes only when it is told to."""

    database: Database
    city: LiveCity
    resident: ResidentId
    now: datetime
    foresight: Foresight
    last: Reply | None = None
    count: int = 0
    pushed: list[Reply] = field(default_factory=list)
    """What the clock brought since the last answer."""
    keeps_time: bool = False
    """Whether what is due at the talk's time happens: not in a database that serves residents by the real one."""
    address: str = ""
    """By which the resident is known, and met anew once they had themselves erased."""

    @classmethod
    def of(
        cls,
        database: Database,
        city: LiveCity,
        name: str,
        now: datetime,
        foresight: Foresight | None = None,
        *,
        keeps_time: bool = False,
    ) -> "Talk":
        """A talk by the test resident of that name, who is made known if new."""
        address = f"test:{name}"
        with database.write() as tx:
            resident = residents.meet(tx, address, now).id
        talk = cls(
            database, city, resident, now, foresight or Foresight(), keeps_time=keeps_time, address=address
        )
        talk.let_pass(timedelta())
        return talk

    def let_pass(self, time_passing: timedelta) -> tuple[Reply, ...]:
        """Goes on to a later time, with what is due by then; what it says to the resident."""
        self.now += time_passing
        if self.keeps_time:
            due = Due(self.database, self.city, lambda: self.now, _raise, self._hear)
            due.catch_up(self.now)
            with self.database.write() as tx:
                self.resident = residents.meet(tx, self.address, self.now).id
        heard, self.pushed = tuple(self.pushed), []
        return heard

    def _hear(self, _tx: Tx, notice: Notice, reply: Reply, _now: datetime) -> None:
        if notice.resident == self.resident:
            self.pushed.append(reply)
            self.last = reply

    def say(self, said: Said) -> Told:
        """Takes a turn, and commits it."""
        self.count += 1
        message = Message(EventId(str(self.count)), said, self.now)
        with self.database.read() as tx:
            city = self.city.current(tx)
        started = time.perf_counter()
        vectors = self.foresight.vectors(city, said)
        with self.database.write() as tx:
            routed = turns.take(tx, city, self.resident, message, self.now, vectors)
            milliseconds = (time.perf_counter() - started) * 1000
        self.last = routed.reply
        return Told(routed, milliseconds)

    def joined(self, bubbles: list[str]) -> Text:
        """Several bubbles as one question."""
        return Text(fragments.join(bubbles), MessageId(f"talk-{self.count}"))

    def understand(self, line: str) -> Said | timedelta | BadLine:
        """What a line means: words, `>LABEL` a press, `@LAT,LON` a location, `+90m` time."""
        if later := _LATER.fullmatch(line):
            return self._later(_UNITS[later[2]], int(later[1]))
        if picked := _PICKED.fullmatch(line):
            return self._pick(picked["label"], picked["day"])
        if line.startswith(">"):
            return self._press(line[1:].strip())
        if line.startswith("@"):
            return self._location(line[1:])
        return Text(line, MessageId(f"talk-{self.count}"))

    def _later(self, unit: str, count: int) -> timedelta | BadLine:
        try:
            passing = timedelta(**{unit: count})
            _ = self.now + passing
        except OverflowError:
            return BadLine("that is beyond the calendar")
        return passing

    def _press(self, label: str) -> Said | BadLine:
        offered = telling.choices(self.last) if self.last else ()
        choice = _labelled(offered, label)
        if choice is None:
            labels = ", ".join(choice.label for choice in offered) or "none"
            return BadLine(f"no button {label!r}; there are: {labels}")
        match choice.does:
            case Press(data=data):
                return Pressed(data)
            case Say(text=text):
                return Text(text, MessageId(f"talk-{self.count}"))
            case PickDate(mode="date"):
                return BadLine(
                    f"the button {label!r} opens a calendar: press it with a day, >{label} 2026-12-03"
                )
        return BadLine(f"the button {label!r} leads out of the talk")

    def _pick(self, label: str, day: str) -> Said | BadLine:
        """A day of the calendar that a button opens."""
        offered = telling.choices(self.last) if self.last else ()
        choice = _labelled(offered, label)
        if choice is None or not isinstance(choice.does, PickDate):
            return self._press(f"{label} {day}")
        try:
            return DatePicked(choice.does.data, datetime.fromisoformat(day).replace(tzinfo=JAPAN))
        except ValueError:
            return BadLine(f"{day!r} is no day")

    def _location(self, text: str) -> Located | BadLine:
        try:
            latitude, longitude = (float(part) for part in text.split(","))
        except ValueError:
            return BadLine(f"{text!r} is not LAT,LON, such as 32.80,130.70")
        if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
            return BadLine(f"{text!r} is nowhere on earth")
        return Located(latitude, longitude, MessageId(f"talk-{self.count}"))


def _labelled(offered: tuple[Choice, ...], label: str) -> Choice | None:
    """The button of that label; its beginning is enough where no other begins so."""
    exact = [choice for choice in offered if choice.label == label]
    begun = [choice for choice in offered if choice.label.startswith(label)]
    return exact[0] if exact else begun[0] if len(begun) == 1 else None


def run_talk(talk: Talk, stream: TextIO, out: TextIO) -> None:
    """Each line in is a message, each line out an object: what was answered to it."""
    for told in _answers(talk, _Lines(stream)):
        out.write(json.dumps(told, ensure_ascii=False) + "\n")
        out.flush()


def _answers(talk: Talk, lines: "_Lines") -> Iterator[dict[str, Any]]:
    """One object a line. As the worker does, an unfinished bubble waits for the next, some seconds long."""
    bubbles: list[str] = []
    while True:
        line = lines.next(turns.LINGER.total_seconds() if bubbles else None)
        said = None if line is None else talk.understand(line)
        if bubbles and isinstance(said, Text):
            yield _HELD.as_json()
        elif bubbles:
            yield talk.say(talk.joined(bubbles)).as_json()
            bubbles = []
        match said:
            case None if lines.ended:
                return
            case None:
                continue
            case BadLine(reason=reason):
                yield {"error": reason}
            case timedelta():
                yield replace(_PASSED, pushed=talk.let_pass(said)).as_json()
            case Text(text=text):
                bubbles.append(text)
                if not fragments.is_unfinished(text):
                    yield talk.say(talk.joined(bubbles)).as_json()
                    bubbles = []
            case _:
                yield talk.say(said).as_json()


_HELD = Told(Routed("waiting", Reply((), outcome=ReplyOutcome.ASK)), 0)
"""Nothing was said: the bubble is answered together with the next."""
_PASSED = Told(Routed("time", Reply(())), 0)


def _raise(_: str, error: Exception) -> None:
    raise error


class _Lines:
    """Lines of a stream, with a limit to how long one waits for the next."""

    def __init__(self, stream: TextIO) -> None:
        self._queue: queue.Queue[str | None] = queue.Queue()
        self.ended = False
        threading.Thread(target=self._read, args=(stream,), daemon=True).start()

    def _read(self, stream: TextIO) -> None:
        for line in stream:
            if line.strip():
                self._queue.put(line.rstrip("\n"))
        self._queue.put(None)

    def next(self, seconds: float | None) -> str | None:
        """The next line; None where the stream has ended, or nothing came for so long."""
        try:
            line = self._queue.get(timeout=seconds)
        except queue.Empty:
            return None
        self.ended = line is None
        return line


def run_chat(talk: Talk, greeting: str) -> None:
    """A talk at a terminal."""
    import readline  # noqa: F401 - gives input() editing and history

    sys.stdout.write(f"{greeting}\n")
    while True:
        try:
            line = input("\n> ").strip()
        except (EOFError, KeyboardInterrupt):
            sys.stdout.write("\n")
            return
        if line:
            sys.stdout.write(_answer(talk, line))


def _answer(talk: Talk, line: str) -> str:
    said = talk.understand(line)
    if isinstance(said, BadLine):
        return f"{said.reason}\n"
    if isinstance(said, timedelta):
        pushed = "".join(f"\n{telling.text(reply)}\n" for reply in talk.let_pass(said))
        return f"{pushed}({talk.now.astimezone(JAPAN):%Y-%m-%d %H:%M})\n"
    reply = talk.say(said).routed.reply
    buttons = "  ".join(f"[{choice.label}]" for choice in telling.choices(reply))
    return f"\n{telling.text(reply)}\n\n{buttons}\n"
