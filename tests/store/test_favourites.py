"""Stars: theirs alone, the last used on top."""

from datetime import timedelta

import pytest

from store import favourites
from tests.conftest import NOON
from tests.store.people import viewers

LATER = NOON + timedelta(minutes=1)


@pytest.fixture
def people(tx):
    return viewers(tx)


@pytest.fixture
def me(people):
    return people["operator"].account


def test_what_was_used_last_comes_first(tx, me):
    favourites.mark(tx, me, "entry:a", NOON)
    favourites.mark(tx, me, "office:b", NOON + timedelta(seconds=1))
    assert favourites.listed(tx, me) == ("office:b", "entry:a")
    favourites.use(tx, me, "entry:a", LATER)
    favourites.use(tx, me, "entry:never-marked", LATER)
    assert favourites.listed(tx, me) == ("entry:a", "office:b")


def test_a_star_set_twice_is_one_and_is_taken_off_once(tx, me):
    for _ in range(2):
        favourites.mark(tx, me, "entry:a", NOON)
    assert favourites.is_marked(tx, me, "entry:a")
    for _ in range(2):
        favourites.unmark(tx, me, "entry:a")
    assert not favourites.is_marked(tx, me, "entry:a")
    assert favourites.listed(tx, me) == ()


def test_they_are_ones_own(tx, me, people):
    other = people["other operator"].account
    favourites.mark(tx, me, "entry:a", NOON)
    assert favourites.listed(tx, other) == ()
    favourites.unmark(tx, other, "entry:a")
    assert favourites.is_marked(tx, me, "entry:a")


def test_of_too_many_the_oldest_goes(tx, me):
    for number in range(favourites.MOST + 1):
        favourites.mark(tx, me, f"entry:{number}", NOON + timedelta(seconds=number))
    theirs = favourites.listed(tx, me)
    assert len(theirs) == favourites.MOST
    assert "entry:0" not in theirs
