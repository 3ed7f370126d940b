"""Residents who live with the service: through LINE, the webhook, the worker, the chores and the pages, as all of it
runs for a city.
"""

import logging
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field

from bot import fetching, simulator_acts
from bot.city import LiveCity
from bot.due import Due
from bot.line import LineClient
from bot.platform import Content
from bot.platform.talk import UserId
from bot.simulator_acts import Act, Presses, Says, Sends, Shares
from store.accounts import Account
from store.db import Database
from store.sight import Role
from tests.line import HANAKO, running
from tests.line import Service as Line
from tests.site import site_of
from tests.web.conftest import Service as Pages
from tests.web.conftest import Visitor

BUBBLES = 3.0
"""Seconds after which nobody waits for more bubbles of the same thought."""


@dataclass
class Walk:
    """The service, its clock, and who meets it."""

    service: Line
    pages: Pages
    due: Due
    line: LineClient
    accounts: dict[str, Account] = field(default_factory=dict)

    def resident(self, user: UserId = HANAKO) -> "Resident":
        """Somebody with LINE."""
        self.service.platform.meet(user)
        return Resident(self, user)

    def visitor(self) -> Visitor:
        """Somebody at a browser."""
        return self.pages.visitor()

    def staff(self, role: Role, section: str) -> Visitor:
        """Somebody of a section, who signs in anew; who may see personal data where they answer residents."""
        name = f"{role}-{section}"
        if name not in self.accounts:
            personal = role is Role.STAFF
            self.accounts[name] = self.pages.account(name, role, section=section, personal=personal)
        return self.pages.signed_in(self.accounts[name])

    def works(self) -> None:
        """All that can be done now is done."""
        self.service.works()
        while fetching.fetch_next(self.service.database, lambda: self.line, "walk", self.service.clock):
            pass

    def passes(self, **units: float) -> None:
        """Time goes by, and the chores do what it brings."""
        self.service.clock.passes(**units)
        self.due.catch_up(self.service.clock())
        self.works()


@dataclass
class Resident:
    """Somebody who writes to the city, and reads what it says."""

    walk: Walk
    user: UserId
    _read: int = field(default=0)

    def does(self, act: Act) -> str:
        """What they read after it."""
        service = self.walk.service
        body = simulator_acts.happen(service.platform, self.user, act)
        assert body is not None
        assert service.post(body).status_code == 200
        service.clock.passes(seconds=BUBBLES)
        self.walk.works()
        return self.reads()

    def says(self, words: str) -> str:
        return self.does(Says(words))

    def shares(self, latitude: float, longitude: float) -> str:
        return self.does(Shares("", "", latitude, longitude))

    def shows(self, picture: bytes) -> str:
        return self.does(Sends("image", Content(picture, "image/jpeg")))

    def presses(self, label: str) -> str:
        """The last button of that name; what it does is LINE's to know."""
        match self.button(label):
            case {"type": "postback", "data": str(data), **more}:
                return self.does(Presses(data, str(more.get("displayText", ""))))
            case {"type": "message", "text": str(text)}:
                return self.says(text)
            case other:
                raise AssertionError(f"{label} does not speak to the city: {other}")

    def opens(self, label: str) -> str:
        """The path of the page to which a button leads."""
        uri = str(self.button(label)["uri"])
        assert uri.startswith(self.walk.pages.site.public_url), uri
        return uri.removeprefix(self.walk.pages.site.public_url)

    def button(self, label: str) -> Mapping[str, object]:
        found = [each for message in self._sent() for each in _actions(message) if each.get("label") == label]
        shown = [str(each.get("label")) for message in self._sent()[-2:] for each in _actions(message)]
        assert found, f"there is no {label}, but {shown}"
        return found[-1]

    def reads(self) -> str:
        """What came since they looked last."""
        sent = self._sent()
        new, self._read = sent[self._read :], len(sent)
        return "\n".join(map(_text, new))

    def times_told(self, words: str) -> int:
        """How many messages ever told them so."""
        return sum(words in _text(message) for message in self._sent())

    def walks(self, pairs: Iterable[tuple[str, str]]) -> None:
        """Says each, or presses it where it begins with `>`, and reads what must be answered."""
        for said, answered in pairs:
            heard = self.presses(said[1:]) if said.startswith(">") else self.says(said)
            assert answered in heard, f"{said!r} was answered:\n{heard}"

    def _sent(self) -> tuple[Mapping[str, object], ...]:
        return self.walk.service.platform.sent_to(self.user)


@contextmanager
def walking(database: Database, city: LiveCity) -> Iterator[Walk]:
    """The whole service over this database, without threads."""
    with running(database, city) as service:
        pages = Pages(site_of(database, city, service.clock), service.app, service.clock)
        with closing(LineClient("token", service.server.address)) as client:
            yield Walk(service, pages, Due(database, city, service.clock, _fail), client)


def form_of(page: str, action: str = "") -> dict[str, str]:
    """What a form sends where nothing is typed: its hidden fields; `action` tells which of several."""
    forms = re.findall(r"<form\b(.*?)</form>", page, re.DOTALL)
    form = next(each for each in forms if action in each.partition(">")[0] and 'name="csrf_token"' in each)
    fields: dict[str, str] = {}
    for tag in re.findall(r"<input\b[^>]*>", form):
        told = dict(re.findall(r'(\w+)="([^"]*)"', tag))
        if told.get("type") == "hidden" and "name" in told:
            fields[told["name"]] = told.get("value", "")
    return fields


def _fail(name: str, error: Exception) -> None:
    logging.getLogger(__name__).error("%s", name)
    raise error


def _parts(value: object) -> Iterator[Mapping[str, object]]:
    """Every object in a message, in the order in which they are read."""
    if isinstance(value, Mapping):
        yield value
        for each in value.values():
            yield from _parts(each)
    elif isinstance(value, Sequence) and not isinstance(value, str):
        for each in value:
            yield from _parts(each)


def _actions(message: Mapping[str, object]) -> list[Mapping[str, object]]:
    kinds = ("postback", "message", "uri")
    return [each for each in _parts(message) if each.get("type") in kinds and "label" in each]


def _text(message: Mapping[str, object]) -> str:
    """All words of a message that are read in the talk."""
    return "\n".join(str(each["text"]) for each in _parts(message) if each.get("type") in ("text", "span"))
