"""How the people who got messages of an aggregation unit took them: counted by day, told without saying who.

Source: https://developers.line.biz/en/docs/messaging-api/unit-based-statistics-aggregation/
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime

from bot.platform.rich_menus import RefusedError
from bot.platform.talk import UserId
from nlp.japan import today

FEWEST = 20
"""LINE gives no figure below this, so that nobody can be told apart."""
MOST_UNITS = 1000
"""Names of units that an account may use in a month."""


@dataclass(frozen=True, slots=True)
class Tapped:
    """A link of a message that somebody opened."""

    url: str
    times: int | None
    people: int | None


@dataclass(frozen=True, slots=True)
class Statistics:
    """What LINE says of a unit; None where it says nothing."""

    opened: int | None
    """People who saw a message."""
    tapped: int | None
    """People who opened a link."""
    links: tuple[Tapped, ...]


@dataclass(slots=True)
class _Unit:
    first_used: date
    opened: list[tuple[date, UserId]] = field(default_factory=list)
    tapped: list[tuple[date, UserId, str]] = field(default_factory=list)


@dataclass(slots=True)
class Units:
    """All units of the account, by name."""

    _units: dict[str, _Unit] = field(default_factory=dict)

    def use(self, name: str, now: datetime) -> None:
        """Messages go out under this name; `RefusedError` (400) where a month has too many."""
        if name not in self._units and len(self.names(today(now))) >= MOST_UNITS:
            raise RefusedError(400, "The number of custom aggregation units has reached the limit")
        self._units.setdefault(name, _Unit(today(now)))

    def names(self, month: date) -> tuple[str, ...]:
        """The names used for the first time in the month of this day."""
        same = (month.year, month.month)
        return tuple(
            name
            for name, unit in self._units.items()
            if (unit.first_used.year, unit.first_used.month) == same
        )

    def opened(self, name: str, person: UserId, now: datetime) -> None:
        """A person has seen a message of the unit."""
        self._units[name].opened.append((today(now), person))

    def tapped(self, name: str, person: UserId, url: str, now: datetime) -> None:
        """A person has opened a link in a message of the unit."""
        self._units[name].tapped.append((today(now), person, url))

    def statistics(self, name: str, first: date, last: date) -> Statistics:
        """What happened from one day to another, both in."""
        unit = self._units.get(name)
        if unit is None:
            return Statistics(None, None, ())
        opened = {person for day, person in unit.opened if first <= day <= last}
        taps = [(person, url) for day, person, url in unit.tapped if first <= day <= last]
        return Statistics(_told(len(opened)), _told(len({person for person, _ in taps})), tuple(_links(taps)))


def _links(taps: list[tuple[UserId, str]]) -> Iterator[Tapped]:
    for url in sorted({url for _, url in taps}):
        by = [person for person, other in taps if other == url]
        yield Tapped(url, _told(len(by)), _told(len(set(by))))


def _told(count: int) -> int | None:
    return count if count >= FEWEST else None
