"""How often one address may ask."""

from datetime import timedelta

import pytest

from tests.conftest import NOON
from web import pace
from web.pace import Pace

SECOND = timedelta(seconds=1)


def test_so_many_in_any_minute_each():
    kept = Pace(2)
    assert [kept.wait("a", NOON + number * 10 * SECOND) for number in range(3)] == [0, 0, 40]
    assert kept.wait("b", NOON) == 0, "another address is another's"
    assert kept.wait("a", NOON + 60 * SECOND) == 0
    assert kept.wait("a", NOON + 61 * SECOND) == 9


def test_who_asked_longest_ago_is_forgotten(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(pace, "MOST_KNOWN", 2)
    kept = Pace(1)
    for address in "abac":
        kept.wait(address, NOON)
    assert kept.wait("a", NOON) > 0
    assert kept.wait("b", NOON) == 0
