"""The pages as a browser meets them: the real application behind a real web server, with people who work there."""

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

import flask
from werkzeug.serving import WSGIRequestHandler, make_server

from bot.app import create_app
from bot.city import LiveCity
from bot.relaying import RelayRules
from store import accounts, credentials, sessions
from store.accounts import Account, Draft
from store.db import Database
from store.sight import Role
from tests.browser.gallery import gallery
from tests.line import SECRET
from tests.site import site_of
from web.site import Site

PASSWORD = "つつじと銀杏の並木道"
NAMES = {
    Role.OPERATOR: "山田 花子",
    Role.STAFF: "鈴木 一郎",
    Role.APPROVER: "高橋 みどり",
    Role.ADMIN: "佐藤 恵",
}


@dataclass(frozen=True, slots=True)
class House:
    """The pages, where they are reached, and an account of each role."""

    address: str
    app: flask.Flask
    site: Site
    people: Mapping[Role, Account]

    def door(self, role: Role) -> dict[str, str]:
        """The cookie of somebody who is signed in."""
        with self.site.database.write() as tx:
            token = sessions.begin(tx, self.people[role], "Chromium", self.site.clock(), proven=True)
        return {"name": "door", "value": token, "url": self.address}


@contextmanager
def open_house(database: Database, city: LiveCity) -> Iterator[House]:
    """Serves the pages on the loopback until they are left."""
    site = site_of(database, city, lambda: datetime.now(UTC))
    app = create_app(site, SECRET, lambda: None, RelayRules(), besides=(gallery,))
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=_Quiet)
    serving = threading.Thread(target=server.serve_forever, args=(0.02,), name="pages", daemon=True)
    serving.start()
    try:
        yield House(f"http://127.0.0.1:{server.port}", app, site, _people(site))
    finally:
        server.shutdown()
        serving.join()
        server.server_close()


class _Quiet(WSGIRequestHandler):
    def log_request(self, *_: object) -> None:
        """Say nothing."""


def _people(site: Site) -> dict[Role, Account]:
    return {role: _account(site, role) for role in Role}


def _account(site: Site, role: Role) -> Account:
    draft = Draft(role.value, NAMES[role], role, None, personal=True)
    hashed = site.passwords.hash(PASSWORD)
    with site.database.write() as tx:
        made = accounts.add(tx, draft, site.clock())
        assert isinstance(made, Account)
        credentials.set_password(tx, made.id, hashed)
    return made
