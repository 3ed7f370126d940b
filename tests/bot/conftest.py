"""What the tests of the edge share."""

from collections.abc import Iterator

import pytest

from bot.city import LiveCity
from store.db import Database
from tests.line import Service, running


@pytest.fixture
def service(database: Database, city: LiveCity) -> Iterator[Service]:
    """The service on both databases."""
    with running(database, city) as service:
        yield service
