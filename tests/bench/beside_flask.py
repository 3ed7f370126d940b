"""Requests a second of `/callback`, beside a bare Flask endpoint that only checks the signature, on the same server."""

import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

import flask
import waitress

from bot import webhook
from bot.listening import THREADS
from bot.platform.server import serve
from store.keyring import Keyring, random_key_text
from tests.bench.tables import Table
from tests.killing import new_platform
from tests.service import ROOT, SECRET, Line, Service, Setting, free_port, text_event

SECONDS = 4
RUNS = 3
CLIENTS = 8
"""Connections that post as fast as they are answered."""

_numbers = count()
Body = Callable[[], bytes]


def serve_bare(port: int) -> None:
    """The endpoint to compare with: reads the body, checks the signature, keeps nothing."""
    app = flask.Flask("bare")

    @app.post("/callback")
    def callback() -> tuple[str, int]:
        signature = flask.request.headers.get("X-Line-Signature", "")
        signed = webhook.is_signed(SECRET.encode(), flask.request.get_data(), signature)
        return ("", 200) if signed else ("", 400)

    @app.get("/readyz")
    def readyz() -> str:
        return ""

    waitress.serve(app, host="127.0.0.1", port=port, threads=THREADS, connection_limit=1000, _quiet=True)


def run() -> Table:
    """In turns: the bare endpoint, the connectivity check (nothing to keep), events that are kept and answered."""
    rates: dict[str, list[float]] = {
        "bare Flask": [],
        "/callback, no events": [],
        "/callback, an event each": [],
    }
    with _both() as (ours, bare):
        for _ in range(RUNS):
            for name, port, body in zip(rates, (bare, ours, ours), (_empty, _empty, _event), strict=True):
                rates[name].append(_requests_a_second(port, body))
    medians = {name: median(figures) for name, figures in rates.items()}
    rows = tuple(
        (name, f"{figure:.0f}", f"{figure / medians['bare Flask']:.2f}") for name, figure in medians.items()
    )
    title = f"Requests a second over {CLIENTS} connections, SQLite, median of {RUNS} runs of {SECONDS} s"
    return Table(title, ("", "a second", "of bare"), rows)


@contextmanager
def _both() -> Iterator[tuple[int, int]]:
    with TemporaryDirectory(prefix="helpdesk-bench-") as folder, serve(new_platform()) as line:
        keyring = Keyring.parse(random_key_text())
        service = Service(
            Setting(f"sqlite:///{folder}/helpdesk.db", keyring, line.address), Path(folder) / "service.log"
        )
        port = free_port()
        command = [sys.executable, "-c", f"from tests.bench import beside_flask as b; b.serve_bare({port})"]
        with subprocess.Popen(command, cwd=ROOT) as bare:
            service.start()
            try:
                yield service.setting.port, port
            finally:
                bare.terminate()
                service.stop()


def _requests_a_second(port: int, body: Body) -> float:
    answered = [0] * CLIENTS
    end = time.perf_counter() + SECONDS

    def post(client: int) -> None:
        line = Line(port)
        while time.perf_counter() < end:
            assert line.post(body()) == 200
            answered[client] += 1
        line.close()

    clients = [threading.Thread(target=post, args=[client]) for client in range(CLIENTS)]
    for client in clients:
        client.start()
    for client in clients:
        client.join()
    return sum(answered) / SECONDS


def _empty() -> bytes:
    return b'{"destination":"U00000000000000000000000000000000","events":[]}'


def _event() -> bytes:
    number = next(_numbers)
    resident = f"U{number % 40:032x}"
    return text_event(f"rate-{number}", resident, "転入届はいつまで", "", int(time.time() * 1000))
