"""What one machine carries on PostgreSQL, with two `web` and two `worker`.

In short nothing is timed: far more events than the workers can answer at once are all acknowledged, and answered once.
"""

import sys
from pathlib import Path

import pytest

from store.db import Database
from tests.loaded import town
from tests.promises.length import FULL, at_length

ACKNOWLEDGED, ANSWERED = 500, 150
"""A second, of the promise."""
pytestmark = pytest.mark.slow


def test_all_that_is_acknowledged_is_answered_once(postgres: Database, tmp_path: Path) -> None:
    url = postgres.url.render_as_string(hide_password=False)
    with town(url, postgres.keyring, tmp_path, webs=2) as people:
        people.hears(20, 40)  # the SDK is loaded
        people.is_lived_in()
        many = people.hears(at_length(200, ACKNOWLEDGED), at_length(100, 10 * ACKNOWLEDGED))
        people.is_lived_in()  # plans made for the forty of the beginning are made anew
        steady = people.hears(at_length(50, ANSWERED), at_length(50, 20 * ANSWERED))
        sys.stdout.write(f"{many}\n{steady}\n")
    assert many.exact, many
    assert steady.exact, steady
    if FULL:
        assert len(many.told.took) / many.told.seconds >= 0.95 * ACKNOWLEDGED, many
        assert steady.answered / steady.seconds >= 0.95 * ANSWERED, steady
