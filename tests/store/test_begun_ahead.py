"""When places end that a clock ahead of the time has held; all of it together: tests/promises/test_clock_expiry.py."""

from datetime import datetime, timedelta

import pytest

from store.begun_ahead import place_ends
from store.refusals import State
from tests.conftest import NOON

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
AHEAD = NOON + 5 * HOUR


@pytest.mark.parametrize(
    ("state", "changed_at", "held_until", "ends_at"),
    [
        (State.HELD, AHEAD, AHEAD + 10 * MINUTE, NOON + 10 * MINUTE),
        (State.HELD, AHEAD - 5 * MINUTE, AHEAD + 5 * MINUTE, NOON + 10 * MINUTE),
        (State.HELD, AHEAD, AHEAD + 17 * MINUTE, NOON + 17 * MINUTE),  # held and extended ahead
        (State.HELD, NOON + HOUR, NOON + 3 * HOUR, NOON + 3 * HOUR),  # of an offer made by a right clock
        (State.HELD, NOON + 6 * MINUTE, NOON + 8 * MINUTE, NOON + 8 * MINUTE),  # never more than it was told
        (State.OFFERED, AHEAD, AHEAD + 3 * HOUR, AHEAD + 3 * HOUR),  # as it was told
        (State.OFFERED, NOON + 30 * DAY, NOON + 30 * DAY + 3 * HOUR, NOON + 3 * HOUR),
        (State.HELD, NOON + 30 * DAY, NOON + 30 * DAY + 2 * HOUR, NOON + 2 * HOUR),
    ],
)
def test_when_a_place_ends(
    state: State, changed_at: datetime, held_until: datetime, ends_at: datetime
) -> None:
    assert place_ends(state, held_until, changed_at, NOON) == ends_at
