import pytest

from bot.city import LiveCity
from bot.talking import Talk
from store.db import Database
from tests.dialogue import Speaker
from tests.handlers.booking_town import open_for_booking


@pytest.fixture
def resident(sqlite: Database, city: LiveCity) -> Speaker:
    """Somebody who writes to the city as it ships."""
    return Speaker(sqlite, city)


@pytest.fixture
def booker(sqlite: Database, resident: Speaker) -> Speaker:
    """Somebody in a city that takes bookings."""
    open_for_booking(sqlite, resident)
    return resident


@pytest.fixture
def other(sqlite: Database, city: LiveCity, booker: Speaker) -> Speaker:
    """Somebody else, who wants the same."""
    somebody = Speaker(sqlite, city)
    somebody.talk = Talk.of(sqlite, city, "other", booker.talk.now)
    return somebody
