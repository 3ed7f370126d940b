"""The clock writes down that a disaster has ended by itself."""

from datetime import timedelta

from bot.city import LiveCity
from bot.due import Due
from store import disaster
from store.db import Database
from store.disaster import State
from tests.conftest import NOON
from tests.store.disasters import HOUR, switch_on


def test_what_has_ended_by_itself_is_written_down(sqlite: Database, city: LiveCity) -> None:
    with sqlite.write() as tx:
        on = switch_on(tx, lasts=HOUR)
    due = Due(sqlite, city, lambda: NOON, lambda _, error: None)
    for passed, state in ((HOUR - timedelta(seconds=1), State.ON), (HOUR, State.ENDED)):
        due.settle_disasters(NOON + passed)
        with sqlite.read() as tx:
            assert disaster.read(tx, on.id).state is state
