"""The city as it ships, in memory: what the targets speak to."""

from dataclasses import dataclass

from bot import seeds
from bot.app import create_app
from bot.city import LiveCity, read_sayings
from bot.relaying import RelayRules
from handlers.city import City
from store.db import Database
from store.keyring import Keyring, random_key_text
from store.migrations import create_in_memory
from tests.conftest import DATA, NOON
from tests.line import SECRET, Clock
from tests.site import site_of
from tests.web.conftest import Service


@dataclass(frozen=True, slots=True)
class Town:
    """A filled database, the city over it, and its pages."""

    database: Database
    city: City
    pages: Service


def founded() -> Town:
    """A town of its own. Its database has one connection: one thread at a time may work with it."""
    database = Database("sqlite://", Keyring.parse(random_key_text()))
    create_in_memory(database)
    seeds.fill_if_empty(database, DATA, NOON)
    live, clock = LiveCity(read_sayings(DATA)), Clock()
    site = site_of(database, live, clock)
    with database.read() as tx:
        city = live.current(tx).at(NOON)
    return Town(database, city, Service(site, create_app(site, SECRET, lambda: None, RelayRules()), clock))
