"""Who comes to a route, and what they meet there.

Tests of every route make thousands of requests. A browser that was only let look, or was turned away, is as it was
before: it stays for the next request of its kind, with the records that were made for it.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum, auto
from types import MappingProxyType

import flask
from werkzeug.test import TestResponse

from tests.web.conftest import Service, Visitor
from tests.web.route_table import ROUTES
from tests.web.routes import Person, Values, World

_TOKEN = re.compile(r'(?:name="csrf_token"[^>]* value=|"X-CSRFToken": )"([^"]+)"')
_DIFFERING = re.compile(r'name="(csrf_token|back)" value="[^"]*"|"X-CSRFToken": "[^"]*"| aria-current="true"')


class Met(Enum):
    """What somebody meets who comes to a route."""

    IN = auto()
    DOOR = auto()
    """They are led to sign in."""
    NOTHING = auto()
    """What they would meet where there is nothing at all."""
    NO_TOKEN = auto()
    """A form is asked for."""


@dataclass
class Coming:
    """One person at one browser."""

    world: World
    visitor: Visitor
    _found: dict[Callable[[World], Values], Values] = field(default_factory=dict)
    _nothing: tuple[int, str] | None = None
    _token: str = ""

    @classmethod
    def of(cls, service: Service, person: Person) -> "Coming":
        """At a new browser, with an account that nobody else has."""
        if person.role is None:
            return cls(World(service, None), service.visitor())
        account = World(service, None).somebody(person)
        return cls(World(service, account), service.signed_in(account))

    def finds(self, values: Callable[[World], Values]) -> Values:
        """What stands in the address: records that are made once for who comes."""
        if values not in self._found:
            self._found[values] = values(self.world)
        return self._found[values]

    def to(
        self,
        endpoint: str,
        method: str,
        values: Values,
        *,
        token: bool = True,
        host: str = "",
        says: Mapping[str, str] = MappingProxyType({}),
        **sent: object,
    ) -> TestResponse:
        """Asks for a route, or sends it a form that is empty but for its token. `says`: headers of the browser."""
        with self.world.service.app.test_request_context():
            path = flask.url_for(endpoint, **values)
        if method == "POST":
            sent = {**ROUTES[endpoint].sends(self.world), **sent}
        if token and method == "POST" and not ROUTES[endpoint].by_machines:
            sent["csrf_token"] = self.token()
        headers = {**says, **({"Host": host} if host else {})}
        for name in ("door", "form") if host else ():
            if cookie := self.visitor.client.get_cookie(
                name
            ):  # a client keeps them by host, as a browser does
                self.visitor.client.set_cookie(name, cookie.value, domain=host)
        asked = {"query_string": sent} if method == "GET" else {"data": sent}
        return self.visitor.client.open(path, method=method, headers=headers, **asked)

    def token(self) -> str:
        """The token that a form of this browser carries."""
        if not self._token:
            page = self.visitor.get("/nowhere" if self.world.me else "/login")
            found = _TOKEN.search(page.text)
            assert found is not None, f"{page.request.path} has no form"
            self._token = found[1]
            self._nothing = _plain(page) if self.world.me else None
        return self._token

    def meets(self, answer: TestResponse) -> Met:
        signed_out = any(line.startswith("door=;") for line in answer.headers.getlist("Set-Cookie"))
        if answer.status_code == 303 and re.match(r"/login(\?next=.*)?$", answer.location) and not signed_out:
            return Met.DOOR
        if (
            answer.status_code == 400
            and answer.mimetype == "text/html"
            and "もう一度送信してください" in answer.text
        ):
            return Met.NO_TOKEN
        return Met.NOTHING if self._is_nothing(answer) else Met.IN

    def _is_nothing(self, answer: TestResponse) -> bool:
        """Whether it is what an address that was never given shows them: as they saw it, or as it is now."""
        if answer.status_code != 404:
            return False
        if _plain(answer) != self._nothing:
            self._nothing = _plain(self.visitor.get("/nowhere"))
        return _plain(answer) == self._nothing


@dataclass
class Crowd:
    """One browser for each kind of person, and another once something was done with it."""

    service: Service
    _there: dict[Person, Coming] = field(default_factory=dict)

    def one(self, person: Person) -> Coming:
        """Whoever of this kind is there."""
        if person not in self._there:
            self._there[person] = coming = Coming.of(self.service, person)
            coming.token()  # else the first page with a form would give the browser its cookie, and send it away
        return self._there[person]

    def leave_after(self, person: Person, answer: TestResponse) -> None:
        """Sends away who may have changed something: a record, their account, or what their browser keeps."""
        coming = self._there[person]
        acted = answer.request.method == "POST" and coming.meets(answer) is Met.IN
        if acted or answer.headers.getlist("Set-Cookie"):
            del self._there[person]


def _plain(answer: TestResponse) -> tuple[int, str]:
    """An answer without what only tells the address that was asked for, and without its token."""
    text = answer.text if answer.mimetype == "text/html" else ""
    return answer.status_code, _DIFFERING.sub("", text)
