"""The nouns of the table of routes: kinds of visitors, what they find, and what is expected of a route."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import count
from typing import Final

from store import sessions
from store.accounts import Account
from store.bookings import Booking
from store.sight import Role
from tests.web.conftest import Service
from tests.web.town import LEGAL, TOLD, Town

Values = Mapping[str, object]
"""What stands in an address."""


@dataclass(frozen=True, slots=True)
class Person:
    """A kind of visitor; without a role they are not signed in."""

    role: Role | None = None
    personal: bool = False

    def __str__(self) -> str:
        return f"{self.role or 'nobody'}{' with personal data' if self.personal else ''}"


NOBODY: Final = Person()
PEOPLE: Final = (NOBODY, *(Person(role, personal) for role in Role for personal in (False, True)))

EVERYBODY: Final = frozenset(PEOPLE)
SIGNED_IN: Final = EVERYBODY - {NOBODY}
OPERATORS: Final = frozenset(each for each in PEOPLE if each.role in (Role.OPERATOR, Role.ADMIN))
STAFF: Final = frozenset(each for each in PEOPLE if each.role in (Role.STAFF, Role.APPROVER, Role.ADMIN))
ADMINS: Final = frozenset(each for each in PEOPLE if each.role is Role.ADMIN)
PERSONAL: Final = frozenset(each for each in PEOPLE if each.personal)
STAFF_WITH_NAMES: Final = STAFF & PERSONAL


@dataclass(frozen=True, slots=True)
class World:
    """The service, and what the visitor of one request finds there."""

    service: Service
    me: Account | None
    """None: they are not signed in."""

    def somebody(self, person: Person) -> Account:
        """An account of its own for this kind of person."""
        assert person.role is not None
        return self.service.account(f"person-{next(_numbers)}", person.role, personal=person.personal)

    def another(self) -> Account:
        """A colleague whom no other request touches."""
        return self.somebody(Person(Role.OPERATOR))

    def held(self) -> Booking:
        """A place that a resident holds."""
        number = next(_numbers)
        town = Town(self.service, LEGAL)
        return town.hold(town.slot(*divmod(number % 1440, 60)), town.resident(f"U{number:032}"))

    def confirmed(self) -> Booking:
        """A booking that a resident made by the form."""
        held, number = self.held(), next(_numbers)
        town = Town(self.service, LEGAL)
        told = {"kana": "くまもと " + "".join("あいうえおかきくけこ"[int(digit)] for digit in str(number))}
        sent = self.service.visitor().send(town.link(held), **(TOLD | told))
        assert sent.status_code == 303, sent.text
        return town.now(held)

    def session_of(self, account: Account) -> int:
        """An open session of that account."""
        with self.service.site.database.write() as tx:
            sessions.begin(tx, account, "elsewhere", self.service.clock(), proven=True)
            return sessions.of(tx, account.id, self.service.clock())[0].id


_numbers = count(1)


def _nothing(_: World) -> Values:
    return {}


@dataclass(frozen=True, slots=True)
class Route:
    """What is expected of a route."""

    methods: str
    people: frozenset[Person]
    mine: Callable[[World], Values] = _nothing
    """What the address names, where it is theirs to see."""
    others: Callable[[World], Values] | None = None
    """The same, where it is not, or not there at all; None: the address names no record."""
    by_machines: bool = False
    """What comes proves itself otherwise, or changes nothing: no form token is asked for."""
    away: bool = False
    """It sends people to another host on purpose."""

    @property
    def is_closed(self) -> bool:
        """Whether it asks who comes."""
        return self.people != EVERYBODY
