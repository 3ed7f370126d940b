"""The console over a database of a module's own, without a browser."""

from collections.abc import Iterator

import pytest

from bot.app import create_app
from bot.city import LiveCity, Sayings
from bot.relaying import RelayRules
from store import knowledge
from tests.conftest import Template, copied
from tests.line import SECRET, Clock
from tests.site import site_of
from tests.web.conftest import Service
from tests.web.routes import CHECK_UP, ELSEWHERE
from tests.web.town import LEGAL

PUBLIC = "http://127.0.0.1:8000"


@pytest.fixture(scope="module")
def service(
    sqlite_template: Template, sayings: Sayings, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Service]:
    """The pages, with something to book in two sections."""
    with copied(sqlite_template, tmp_path_factory.mktemp("console")) as database:
        site = site_of(database, LiveCity(sayings), clock := Clock())
        with database.write() as tx:
            knowledge.take_in(tx, [LEGAL, ELSEWHERE, CHECK_UP], clock())
        yield Service(site, create_app(site, SECRET, lambda: None, RelayRules()), clock)
