"""Fifty operators who type at once against the running service, beside a bare Flask route, and what a list costs.

`python -m tests.bench.operators`. Each types questions of the city's own file key by key, as an input method shows
them, without a pause, and reads each list before the next is asked for, as the page does: keys that come meanwhile are
asked for in one. Two paces: that of the first grade of a test of typing (日本語ワープロ検定, of 日本情報処理検定協会),
700 letters in ten minutes, which at the 2.35 keys a letter of these questions is 165 keys a minute; and 200. Nobody
who listens to a caller keeps up either, and fifty at once do not.

Times are by the clock on the wall, from the key to the last byte of the list. The processor's time for a list is that
of the whole service divided by its lists: on a machine that others use, believe this and the ratios alone.
"""

import csv
import http.client
import re
import socket
import subprocess
import sys
import threading
import time
import urllib.parse
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from http.cookies import SimpleCookie
from itertools import cycle, islice
from pathlib import Path
from tempfile import TemporaryDirectory

import flask
import waitress

from bot.city import LiveCity, read_sayings
from bot.listening import THREADS
from faq.suggest import suggest
from store import accounts, sessions
from store.accounts import Account, Draft
from store.audit import COMMAND
from store.db import Database
from store.keyring import Keyring, random_key_text
from store.sight import Role
from tests.bench.keyboard import shown
from tests.bench.tables import Table, milliseconds, quantile
from tests.service import READY_WITHIN, ROOT, Service, Setting, cpu_seconds, free_port

OPERATORS = 50
FIRST_GRADE, FASTER = PACES = (165, 200)
"""Keys a minute."""
SECONDS = 15
WARM_UP = 3
"""Seconds that are not counted."""
ALONE = 2000
"""Texts by which search and suggestions alone are measured."""
NOBODY = "http://127.0.0.1:9"
"""LINE is not needed, and not there."""


_PAGE = '<input name="csrf_token" value="bare">'
_LIST = '<div id="suggestions"></div>' + "x" * 2500
"""As long as a list is."""


@dataclass(frozen=True, slots=True)
class Took:
    """One list: seconds from the key on, and when the key was pressed."""

    pressed: float
    seconds: float


class Operator:
    """Somebody at the page, with a connection that stays open."""

    def __init__(self, port: int, door: str) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        self._headers = {"Cookie": f"door={door}", "Content-Type": "application/x-www-form-urlencoded"}
        self._connection.request("GET", "/operators", headers=self._headers)
        page = self._connection.getresponse()
        form = SimpleCookie(page.headers["Set-Cookie"])["form"]
        found = re.search(r'name="csrf_token" value="([^"]+)"', page.read().decode())
        assert found is not None
        self._token = found[1]
        self._headers["Cookie"] += f"; form={form.value}"

    def ask(self, words: str) -> None:
        body = urllib.parse.urlencode({"csrf_token": self._token, "q": words})
        self._connection.request("POST", "/operators/suggestions", body, self._headers)
        answer = self._connection.getresponse()
        listed = answer.read()
        assert answer.status == 200, answer.status
        assert b"suggestions" in listed

    def type(self, texts: Iterator[str], key: float, start: float, until: float, took: list[Took]) -> None:
        """Presses a key each `key` seconds; one that is due while a list is awaited is asked for afterwards."""
        pressed = start
        while pressed < until:
            time.sleep(max(0.0, pressed - time.perf_counter()))
            self.ask(next(texts))
            now = time.perf_counter()
            took.append(Took(pressed, now - pressed))
            following = pressed + key
            while following + key <= now:  # those in between were overtaken by the newest
                following += key
                next(texts)
            pressed = following


def questions() -> tuple[str, ...]:
    """Those that ship, in the order of the file."""
    with (ROOT / "data" / "questions.csv").open(encoding="utf-8", newline="") as file:
        return tuple(dict.fromkeys(row["query"] for row in csv.DictReader(file)))


def serve_bare(port: int) -> None:
    """The route to compare with: reads the form, and answers with as much, always the same; no session, no search."""
    app = flask.Flask("bare")

    @app.get("/operators")
    def page() -> flask.Response:
        answer = flask.Response(_PAGE)
        answer.set_cookie("form", "bare")
        return answer

    @app.post("/operators/suggestions")
    def listed() -> str:
        return _LIST if flask.request.form["q"] else ""

    waitress.serve(app, host="127.0.0.1", port=port, threads=THREADS, connection_limit=1000, _quiet=True)


def run() -> Table:
    """The service with SQLite in a folder of its own; then the bare route."""
    with TemporaryDirectory(prefix="helpdesk-bench-") as name:
        folder = Path(name)
        setting = Setting(f"sqlite:///{folder}/helpdesk.db", Keyring.parse(random_key_text()), NOBODY)
        service = Service(setting, folder / "service.log")
        assert service.run("migrate") == 0, service.log.read_text()
        service.start()
        try:
            open_doors = doors(setting)
            ours = [_typed(setting.port, open_doors, pace, service.pids[0]) for pace in PACES]
        finally:
            service.stop()
        database = setting.open_database()
        alone = _alone(database)
        database.close()
    typed = ((f"{pace} keys a minute, key to list", row) for pace, row in zip(PACES, ours, strict=True))
    rows = (*typed, (f"{FASTER} keys a minute, bare Flask", _bare()), *alone)
    title = f"Suggestions: {OPERATORS} operators at once, {SECONDS} s; milliseconds"
    columns = ("", "lists", "p50", "p95", "max", "processor")
    return Table(title, columns, tuple((each, *figures) for each, figures in rows))


def _bare() -> tuple[str, ...]:
    port = free_port()
    command = [sys.executable, "-c", f"from tests.bench import operators as o; o.serve_bare({port})"]
    with subprocess.Popen(command, cwd=ROOT) as bare:
        try:
            _wait_for(port)
            return _typed(port, ["bare"] * OPERATORS, FASTER, bare.pid)
        finally:
            bare.terminate()


def _wait_for(port: int) -> None:
    until = time.monotonic() + READY_WITHIN
    while time.monotonic() < until:
        with socket.socket() as knock:
            if knock.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise AssertionError("the bare route did not start")


def _typed(port: int, doors: Sequence[str], pace: int, pid: int) -> tuple[str, ...]:
    """The figures of a row; the last is the server's processor time for each list."""
    operators = [Operator(port, door) for door in doors]
    before = cpu_seconds(pid)
    took = _type_all(operators, 60 / pace)
    spent = cpu_seconds(pid) - before
    counted = [each.seconds for one in took for each in one if each.pressed >= took[0][0].pressed + WARM_UP]
    return (*_figures(counted), milliseconds(spent / sum(map(len, took))))


def _type_all(operators: Sequence[Operator], key: float) -> list[list[Took]]:
    """Each operator's lists; `key` is in seconds."""
    start = time.perf_counter()
    until = start + WARM_UP + SECONDS
    took: list[list[Took]] = [[] for _ in operators]
    threads = [
        threading.Thread(
            target=operator.type, args=(keys(place), key, start + place * key / OPERATORS, until, took[place])
        )
        for place, operator in enumerate(operators)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert all(each and each[-1].pressed + 2 * key + each[-1].seconds >= until for each in took)
    return took


def keys(place: int) -> Iterator[str]:
    """What stands in the line after each key; each operator begins with another question."""
    asked = questions()
    for question in cycle((*asked[place * 3 :], *asked[: place * 3])):
        yield from shown(question)


def doors(setting: Setting) -> list[str]:
    """The cookies of so many operators who are signed in."""
    database, now = setting.open_database(), datetime.now(UTC)
    doors = []
    with database.write() as tx:
        for place in range(OPERATORS):
            made = accounts.add(
                tx, Draft(f"operator-{place}", "受付", Role.OPERATOR, None, False), COMMAND, now
            )
            assert isinstance(made, Account)
            doors.append(sessions.begin(tx, made, "bench", now, proven=True))
    database.close()
    return doors


def _alone(database: Database) -> Sequence[tuple[str, tuple[str, ...]]]:
    """One after the other in this process, nothing else going on."""
    with database.read() as tx:
        known = LiveCity(read_sayings(ROOT / "data")).known(tx)
    texts = list(islice(keys(0), ALONE))
    ways: dict[str, Callable[[str], object]] = {
        "suggest alone": lambda text: suggest(known.knowledge, known.directory, text),
        "knowledge.search alone": known.knowledge.search,
    }
    return [(name, _alone_figures(way, texts)) for name, way in ways.items()]


def _alone_figures(way: Callable[[str], object], texts: Sequence[str]) -> tuple[str, ...]:
    before = time.process_time()
    seconds = _timed(way, texts)
    return (*_figures(seconds), milliseconds((time.process_time() - before) / len(texts)))


def _timed(way: Callable[[str], object], texts: Sequence[str]) -> list[float]:
    way(texts[0])
    seconds = []
    for text in texts:
        before = time.perf_counter()
        way(text)
        seconds.append(time.perf_counter() - before)
    return seconds


def _figures(seconds: Sequence[float]) -> tuple[str, ...]:
    figures = (quantile(seconds, 0.5), quantile(seconds, 0.95), max(seconds))
    return (str(len(seconds)), *map(milliseconds, figures))


if __name__ == "__main__":
    sys.stdout.write(f"{run()}\n")
