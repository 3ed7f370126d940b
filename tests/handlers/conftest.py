from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.city import LiveCity, Sayings
from bot.talking import Talk
from store.db import Database
from tests.conftest import Template, copied, template_of
from tests.dialogue import Speaker
from tests.handlers.booking_town import open_for_booking


@pytest.fixture(scope="session")
def open_for_booking_template(
    sqlite_template: Template, sayings: Sayings, tmp_path_factory: pytest.TempPathFactory
) -> Template:
    """A city that takes bookings: opened once, as its times are many."""
    with copied(sqlite_template, tmp_path_factory.mktemp("open-for-booking")) as database:
        open_for_booking(database, LiveCity(sayings))
        return template_of(database, sayings)


@pytest.fixture
def sqlite(request: pytest.FixtureRequest, sqlite_template: Template, tmp_path: Path) -> Iterator[Database]:
    """A database of the test's own, filled, and open for booking where there is a `booker`."""
    takes_bookings = "booker" in request.fixturenames
    template = request.getfixturevalue("open_for_booking_template") if takes_bookings else sqlite_template
    with copied(template, tmp_path) as database:
        yield database


@pytest.fixture
def resident(sqlite: Database, city: LiveCity) -> Speaker:
    """Somebody who writes to the city as it ships."""
    return Speaker(sqlite, city)


@pytest.fixture
def booker(resident: Speaker) -> Speaker:
    """Somebody in a city that takes bookings."""
    return resident


@pytest.fixture
def other(sqlite: Database, city: LiveCity, booker: Speaker) -> Speaker:
    """Somebody else, who wants the same."""
    somebody = Speaker(sqlite, city)
    somebody.talk = Talk.of(sqlite, city, "other", booker.talk.now)
    return somebody
