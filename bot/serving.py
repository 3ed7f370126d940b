"""The commands `run`, `web` and `worker`: starting and stopping the service's processes."""

import secrets
import signal
import sys
import threading
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from bot import clock, hook, seeds, trial
from bot.awaiting import wait_until_current, wait_until_done
from bot.city import LiveCity, live_city, read_pages_wording
from bot.notify import Ways
from bot.pace import Pace
from bot.relaying import RelayRules
from bot.settings import Settings
from bot.staff_words import Saying
from bot.standing_back import stand_back
from bot.watching import metrics_of, watched
from bot.worker import Worker
from store import rich_menus
from store.alone import alone
from store.db import Database
from store.migrations import migrate

if TYPE_CHECKING:
    from flask import Blueprint, Flask

    from bot.embeddings import Embeddings
    from bot.line import LineClient

SWITCH_SECONDS = 0.0005
"""How soon a thread that computes lets another go on. With Python's 5 ms the webhook, which needs the interpreter
again after each statement, waits ten times over while an answer is looked for."""


def run(settings: Settings, host: str) -> int:
    """Everything in one process; on SQLite the only one."""
    city = live_city(settings)
    database = open_database(settings)
    with alone(database.file) as first:
        if first:
            return _run(settings, host, database, city)
    database.close()
    sys.stderr.write(f"Another process serves {database.file} already: stop it first\n")
    return 1


def _run(settings: Settings, host: str, database: Database, city: LiveCity) -> int:
    migrate(database)
    if seeds.fill_if_empty(database, settings.data_dir, clock.now()):
        sys.stdout.write(f"Filled the empty database from {settings.data_dir}\n")
    with database.read() as tx:
        city.current(tx)  # the first resident need not wait for it
    if settings.line is None:
        return _run_with_simulator(settings, host, database, city)
    trial.withdraw(database, clock.now())
    worker = _worker(settings, database, city, lambda: connect(settings), settings.relay_url)
    app = _app(settings, host, database, city, settings.line.secret, worker.wake)
    with watched(settings, database):
        _serve(app, host, settings.port, f"The webhook is {address(host, settings.port)}/callback", worker)
    database.close()
    return 0


def _run_with_simulator(settings: Settings, host: str, database: Database, city: LiveCity) -> int:
    from bot.line import LineClient
    from bot.platform import Platform
    from bot.platform.server import create_platform
    from bot.rich_menu import read_rich_menus, show_on
    from bot.simulator import create_simulator, read_suggestions

    here = address(host, settings.port)
    secret = secrets.token_hex(16)
    platform = Platform(clock.now, name=city.sayings.profile.name)
    menus = show_on(platform, read_rich_menus(settings.data_dir / "rich_menu"))
    with database.write() as tx:
        rich_menus.keep_uploaded(tx, menus, clock.now())
        rich_menus.forget_shown(tx)  # of an earlier run, whose people this platform does not know
    line = f"{here}/simulator/line"
    trial.offer(database, settings.data_dir, clock.now())
    worker = _worker(settings, database, city, lambda: LineClient("simulator", line))
    suggestions = read_suggestions(settings.data_dir / "simulator.toml")
    simulator = create_simulator(platform, secret, lambda: f"{here}/callback", suggestions)
    app = _app(settings, host, database, city, secret, worker.wake, (simulator, create_platform(platform)))
    greeting = (
        f"Talk to the helpdesk at {here}/\n"
        "(no LINE channel is configured, so a page that looks like LINE takes its place)"
    )
    with watched(settings, database):
        _serve(app, host, settings.port, greeting, worker)
    database.close()
    return 0


def _worker(
    settings: Settings,
    database: Database,
    city: LiveCity,
    connect: "Callable[[], LineClient]",
    relay_url: str = "",
) -> Worker:
    return Worker(
        database,
        city,
        connect,
        clock.now,
        relay_url,
        embeddings(settings),
        settings.keys_backup,
        _ways(settings, city),
        backs_up=settings.backup_dir is not None,
    )


def _ways(settings: Settings, city: LiveCity) -> Ways:
    """How staff are told. Without a LINE channel it is development: programs on this machine may be told."""
    served = settings.line is not None
    return Ways(settings.mail, served, hook.Way(development=not served), Saying.of(city).say("sender"))


def web(settings: Settings, host: str) -> int:
    """The web part alone, for PostgreSQL with a worker elsewhere."""
    if settings.line is None:
        sys.stderr.write(
            "web needs LINE_CHANNEL_SECRET and LINE_CHANNEL_ACCESS_TOKEN; `run` has the simulator\n"
        )
        return 2
    if settings.on_sqlite:
        sys.stderr.write("With SQLite the service is one process: use `run`. `web` needs PostgreSQL\n")
        return 2
    city = live_city(settings)
    database = open_database(settings)
    wait_until_done(partial(_prepare, database))
    app = _app(settings, host, database, city, settings.line.secret, lambda: None)
    with watched(settings, database):
        _serve(app, host, settings.port, f"The webhook is {address(host, settings.port)}/callback", None)
    database.close()
    return 0


def work(settings: Settings) -> int:
    """The worker alone, for PostgreSQL."""
    if settings.line is None or settings.on_sqlite:
        sys.stderr.write(
            "worker needs PostgreSQL (DATABASE_URL) and a LINE channel; `run` has a worker within\n"
        )
        return 2
    city = live_city(settings)
    database = open_database(settings)
    wait_until_done(partial(_prepare, database, city))
    worker = _worker(settings, database, city, lambda: connect(settings), settings.relay_url)
    stand_back()
    stopping = threading.Event()
    _on_stop(stopping.set)
    with watched(settings, database):
        worker.start()
        sys.stdout.write("The worker takes the inbox. Stop it with Ctrl-C.\n")
        sys.stdout.flush()
        stopping.wait()
        worker.stop()
    database.close()
    return 0


def _prepare(database: Database, city: LiveCity | None = None) -> None:
    """Where a city is given, its knowledge is read: the first resident need not wait for it."""
    wait_until_current(database)
    trial.withdraw(database, clock.now())
    if city is not None:
        with database.read() as tx:
            city.current(tx)


def open_database(settings: Settings) -> Database:
    return Database(settings.database_url, settings.keyring)


def embeddings(settings: Settings) -> "Embeddings | None":
    """A client of the configured endpoint; None, and nothing is loaded, where there is none."""
    if settings.embeddings is None:
        return None
    from bot.embeddings import Embeddings

    return Embeddings(settings.embeddings)


def connect(settings: Settings) -> "LineClient":
    """A client of the configured channel."""
    from bot.line import LineClient

    assert settings.line is not None
    return LineClient(settings.line.access_token, settings.line_api_base, Pace(settings.line_share))


def _app(
    settings: Settings,
    host: str,
    database: Database,
    city: LiveCity,
    secret: str,
    on_arrival: Callable[[], None],
    besides: "tuple[Blueprint, ...]" = (),
) -> "Flask":
    from bot.app import create_app
    from bot.bubbles import TalkBubbles
    from bot.rehearsal import TalkRehearsal
    from web.oidc import Oidc
    from web.single_sign_on import BACK
    from web.site import Site

    provider = settings.provider
    site = Site(
        database=database,
        clock=clock.now,
        profile=city.sayings.profile,
        say=read_pages_wording(settings.data_dir).say,
        wordings=city.sayings.wordings,
        public_url=settings.public_url or address(host, settings.port),
        secret_key=settings.secret_key,
        city=city.known,
        retention=city.sayings.retention,
        bubbles=TalkBubbles(city),
        rehearsal=TalkRehearsal(database, city),
        plain_words=city.sayings.plain_words,
        hops=settings.hops,
        oidc=Oidc(provider, settings.public_url + BACK) if provider else None,
    )
    relays = RelayRules(settings.relay_url, city.sayings.profile.their_texts)
    return create_app(site, secret, on_arrival, relays, besides, metrics_of(settings, database))


def _serve(app: "Flask", host: str, port: int, greeting: str, worker: Worker | None) -> None:
    """Serves until told to stop; then the worker finishes what it is at.

    It starts once connections are taken: in the simulator, what it calls is this very server.
    """
    from bot.listening import Listener

    sys.setswitchinterval(SWITCH_SECONDS)
    try:
        listener = Listener(app, host, port)
    except OSError as error:
        sys.stderr.write(f"Port {port} cannot be used: {error.strerror}. Choose another: run --port 8001\n")
        raise SystemExit(1) from error
    _on_stop(listener.stop)
    if worker:
        worker.start()
    sys.stdout.write(f"{greeting}\nStop with Ctrl-C.\n")
    sys.stdout.flush()
    listener.serve()
    if worker:
        worker.stop()
    sys.stdout.write("Stopped.\n")


def _on_stop(stop: Callable[[], None]) -> None:
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop())


def address(host: str, port: int) -> str:
    """Where this machine itself reaches what listens at `host`."""
    everywhere = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}  # noqa: S104 - what to show, not what to bind
    return f"http://{everywhere.get(host) or (f'[{host}]' if ':' in host else host)}:{port}"
