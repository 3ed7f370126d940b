import pytest

from bot.city import LiveCity
from store.db import Database
from tests.dialogue import Speaker


@pytest.fixture
def resident(sqlite: Database, city: LiveCity) -> Speaker:
    """Somebody who writes to the city as it ships."""
    return Speaker(sqlite, city)
