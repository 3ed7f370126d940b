"""What `doctor` says of bookings."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot import booking_health, slot_making, trial
from faq.models import Status
from faq.programmes import ProgrammeId
from faq.terms import Sort, Terms
from store import chores, knowledge
from store.db import Database
from tests.conftest import DATA, NOON
from tests.faq.place_files import TERMS

CONFIRMED = replace(TERMS, provenance=replace(TERMS.provenance, status=Status.CONFIRMED))
UNCONFIRMED = replace(TERMS, provenance=replace(TERMS.provenance, status=Status.UNCONFIRMED))
MINUTE = timedelta(minutes=1)


@pytest.fixture
def look(database: Database):
    """What is said of these terms: the lines that are well, and those that are wrong."""

    def run(*own: Terms, served: bool = True, slots: bool = True, now=NOON) -> tuple[list[str], list[str]]:
        with database.write() as tx:
            knowledge.take_in(tx, own, NOON)
        if slots:
            slot_making.keep(database, NOON)
        with database.read() as tx:
            found = list(booking_health.look(tx, now, served=served))
        return [each.text for each in found if each.well], [each.text for each in found if not each.well]

    return run


def test_as_shipped(look):
    well, wrong = look()
    assert well == ["bookings: no programme takes any (受付 in booking-terms)", "clock: has not run yet"]
    assert wrong == []


def test_confirmed_terms_are_well(look):
    assert look(CONFIRMED) == (["bookings: legal is open", "clock: has not run yet"], [])


def test_terms_that_nobody_confirmed_are_not_for_residents(look):
    _, (wrong,) = look(UNCONFIRMED)
    assert "legal is open on terms that nobody confirmed" in wrong
    assert look(UNCONFIRMED, served=False)[1] == []


def test_samples_are_not_for_residents(look, database):
    trial.offer(database, DATA, NOON)
    _, wrong = look()
    assert len(wrong) == 2
    assert all("見本" in line for line in wrong)
    assert look(served=False)[1] == []


def test_an_open_programme_without_times(look):
    undated = replace(CONFIRMED, programme=ProgrammeId("tax"))
    _, (wrong,) = look(undated)
    assert "bookings: tax is open and has no times" in wrong
    application = replace(undated, sort=Sort.APPLICATION, minutes=None, seats=None, ahead=0)
    assert look(application)[1] == []


def test_a_clock_that_stands_still_and_one_that_fails(look, database):
    with database.write() as tx:
        for name in ("slots", "offers"):
            chores.claim(tx, name, MINUTE, NOON)
            chores.done(tx, name, NOON)
    well, wrong = look(now=NOON + 9 * MINUTE)
    assert "clock: last step at 2026-11-24 03:00:00 UTC" in well
    assert wrong == []
    _, (wrong,) = look(now=NOON + 10 * MINUTE)
    assert "start it again" in wrong
    with database.write() as tx:
        chores.failed(tx, "offers", NOON)
    assert look()[1] == ["clock: offers failed at 2026-11-24 03:00 UTC; see the log"]
