"""What changes on one machine counts on every other at once: two of them over one PostgreSQL, within this process.

Each has connections, a city and an application of its own. The same between real processes: `test_machines.py`.
"""

from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from types import ModuleType

import pytest

from bot import talking, telling
from bot.app import create_app
from bot.city import LiveCity, Sayings
from bot.relaying import RelayRules
from store import knowledge, present, run_settings, sessions
from store.audit import COMMAND
from store.db import Database, Tx
from store.run_settings import RunSettings
from store.sight import Role
from tests.conftest import NOON
from tests.faq.town import entry
from tests.line import SECRET, Clock
from tests.site import site_of
from tests.store.disasters import switch_on
from tests.taken_up import CityAsShipped
from tests.web.conftest import Service, Visitor

KAPPA = entry("kappa", "河童が用水路に住み着いたとき", "きゅうりを供えてください。")
HELP_LINE = "情報政策課 内線2345"
EVERYTHING = {"knowledge", "disaster", "settings", "sign-in", "sign-out"}


@dataclass(frozen=True)
class Machine:
    """What one process holds."""

    city: LiveCity
    pages: Service

    @property
    def database(self) -> Database:
        return self.pages.site.database

    def answers(self, question: str) -> str:
        return telling.text(talking.ask(self.database, self.city, question, NOON).routed.reply)

    def lets_in(self, visitor: Visitor) -> bool:
        """Whether it knows who comes with the cookies of a browser that was elsewhere before."""
        here = self.pages.visitor()
        door = visitor.client.get_cookie("door")
        assert door is not None
        here.client.set_cookie("door", door.value)
        return here.get("/home").status_code == 200


@pytest.fixture
def machines(postgres: Database, sayings: Sayings) -> Iterator[tuple[Machine, Machine]]:
    with closing(Database(postgres.url.render_as_string(hide_password=False), postgres.keyring)) as second:
        yield _machine(postgres, sayings), _machine(second, sayings)


def _machine(database: Database, sayings: Sayings) -> Machine:
    city, clock = CityAsShipped(sayings), Clock()
    site = site_of(database, city, clock)
    return Machine(city, Service(site, create_app(site, SECRET, lambda: None, RelayRules()), clock))


def seen_by_the_other(one: Machine, other: Machine) -> set[str]:
    """What of all that changes on the one the other has at its very next look; it had looked before."""
    account = one.pages.account("hanako", Role.STAFF)
    hanako = one.pages.signed_in(account)
    assert not _told_by(other)
    seen = {"sign-in"} if other.lets_in(hanako) else set()
    with one.database.write() as tx:
        knowledge.take_in(tx, [KAPPA], NOON)
        run_settings.change(tx, RunSettings(help_line=HELP_LINE), COMMAND, NOON)
        switch_on(tx)
        sessions.end_all(tx, account.id, COMMAND, NOON)
    return seen | _told_by(other) | (set() if other.lets_in(hanako) else {"sign-out"})


def _told_by(machine: Machine) -> set[str]:
    """What of the change can be told from its answers and its pages."""
    told = {
        "knowledge": (KAPPA.answer, machine.answers(KAPPA.question)),
        "disaster": ("【大雨】", machine.answers("災害")),
        "settings": (HELP_LINE, machine.pages.visitor().get("/login").text),
    }
    return {name for name, (words, where) in told.items() if words in where}


def test_all_is_seen_at_the_next_look(machines: tuple[Machine, Machine]) -> None:
    assert seen_by_the_other(*machines) == EVERYTHING


def looked_at_once(look: Callable[..., object]) -> Callable[..., object]:
    """A process that keeps what it has seen at its first look."""
    seen: dict[tuple[object, ...], object] = {}

    def remembered(tx: Tx, *given: object) -> object:
        key = tx.connection.engine, *given
        return seen[key] if key in seen else seen.setdefault(key, look(tx, *given))

    return remembered


@pytest.mark.parametrize(
    ("room", "look", "unseen"),
    [
        (present, "look", {"knowledge", "disaster"}),
        (run_settings, "read", {"settings"}),
        (sessions, "find", {"sign-out"}),
    ],
)
def test_what_is_looked_at_once_is_not_seen(
    machines: tuple[Machine, Machine],
    room: ModuleType,
    look: str,
    unseen: set[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The controls."""
    monkeypatch.setattr(room, look, looked_at_once(getattr(room, look)))
    assert seen_by_the_other(*machines) == EVERYTHING - unseen
