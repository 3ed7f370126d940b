"""What the tests of the pages share."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import flask
import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from bot.app import create_app
from bot.city import LiveCity
from bot.relaying import RelayRules
from faq.counters import SectionId
from store import accounts, credentials, sessions
from store.accounts import Account, Draft
from store.audit import COMMAND
from store.db import Database
from store.sight import Role
from tests.line import SECRET, Clock
from tests.site import site_of
from tests.web.provider import RealProvider
from web.site import Site

PASSWORD = "つつじと銀杏の並木道を歩く"


@dataclass
class Visitor:
    """Somebody at a browser, which keeps its cookies and sends each form with its token."""

    client: FlaskClient
    headers: dict[str, str] = field(default_factory=dict)

    def get(self, path: str, **options: object) -> TestResponse:
        return self.client.get(path, headers=self.headers, **options)  # type: ignore[arg-type]

    def send(self, page: str, to: str | None = None, **fields: object) -> TestResponse:
        """Opens a page, and sends a form of it to its own address or another."""
        token = self.token_on(page)
        data = {"csrf_token": token, **fields}
        came = self.client.post(to or page, data=data, headers=self.headers)
        came.request.environ["wsgi.input"].close()  # a large file is written to a temporary one
        return came

    def token_on(self, page: str) -> str:
        found = re.search(r'name="csrf_token"[^>]* value="([^"]+)"', self.get(page).text)
        assert found is not None, f"{page} has no form"
        return found[1]


@dataclass
class Service:
    """The pages over a database."""

    site: Site
    app: flask.Flask
    clock: Clock

    def visitor(self) -> Visitor:
        return Visitor(self.app.test_client())

    def account(
        self,
        name: str,
        role: Role,
        *,
        section: str | None = None,
        personal: bool = False,
        leads: bool = False,
        outside: bool = False,
    ) -> Account:
        """An account with the password of the tests."""
        of = SectionId(section) if section else None
        draft = Draft(name, f"{name}さん", role, of, personal, leads, outside)
        hashed = self.site.passwords.hash(PASSWORD)
        with self.site.database.write() as tx:
            made = accounts.add(tx, draft, COMMAND, self.clock())
            assert isinstance(made, Account)
            credentials.set_password(tx, made.id, hashed, COMMAND, self.clock())
        return made

    def signed_in(self, account: Account) -> Visitor:
        """A browser with a session of this account, all that it demands shown."""
        visitor = self.visitor()
        with self.site.database.write() as tx:
            token = sessions.begin(tx, account, "test", self.clock(), proven=True)
        visitor.client.set_cookie("door", token)
        return visitor


@pytest.fixture
def make(city: LiveCity) -> Iterator[Callable[..., Service]]:
    """Makes the pages over a database, with what the site may be given besides."""

    def make(database: Database, **options: object) -> Service:
        clock = Clock()
        site = site_of(database, city, clock, **options)  # type: ignore[arg-type]
        return Service(site, create_app(site, SECRET, lambda: None, RelayRules()), clock)

    return make


@pytest.fixture
def pages(make: Callable[..., Service], sqlite: Database) -> Service:
    """The pages over SQLite."""
    return make(sqlite)


@pytest.fixture
def both(make: Callable[..., Service], database: Database) -> Service:
    """The pages over each database."""
    return make(database)


@pytest.fixture(scope="session")
def real_provider() -> Iterator[RealProvider]:
    """A real identity provider, started once."""
    provider = RealProvider()
    provider.start()
    yield provider
    provider.kill()
