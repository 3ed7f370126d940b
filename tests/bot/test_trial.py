"""Samples to try a booking with: in the simulator, and never where residents are served."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot import slot_making, trial
from faq.models import Status
from store import keeping, knowledge, slots, terms
from store.db import Database
from tests.conftest import DATA, NOON
from tests.faq.place_files import TERMS


def terms_of(database: Database, programme: str):
    with database.read() as tx:
        return next(each for each in terms.all_terms(tx) if each.programme == programme)


def times(database: Database) -> int:
    with database.read() as tx:
        return len(slots.reaching(tx, NOON, NOON + timedelta(days=60), NOON))


def test_as_shipped_no_programme_takes_bookings(database):
    with database.read() as tx:
        shipped = terms.all_terms(tx)
    assert shipped
    assert not any(each.open or each.seats or each.minutes for each in shipped)
    assert {each.provenance.status for each in shipped} == {Status.UNCONFIRMED}


def test_the_simulator_has_something_to_try_and_says_that_it_is_a_sample(database):
    trial.offer(database, DATA, NOON)
    legal = terms_of(database, "legal")
    assert (legal.open, legal.provenance.source) == (True, "見本")
    assert "見本" in legal.note
    assert times(database) > 10
    assert not terms_of(database, "tax").open


def test_the_samples_come_once(database):
    trial.offer(database, DATA, NOON)
    with database.write() as tx:
        knowledge.take_in(tx, [replace(terms_of(database, "legal"), open=False)], NOON)
    trial.offer(database, DATA, NOON)
    assert not terms_of(database, "legal").open


@pytest.mark.parametrize(
    "own",
    [
        replace(TERMS, seats=5),
        replace(TERMS, open=False, provenance=replace(TERMS.provenance, status=Status.CONFIRMED)),
    ],
)
def test_what_staff_decided_is_not_overwritten(database, own):
    with database.write() as tx:
        knowledge.take_in(tx, [own], NOON)
    trial.offer(database, DATA, NOON)
    assert terms_of(database, "legal") == own
    assert terms_of(database, "ticket-elderly").open


def test_before_residents_the_samples_are_shut_for_good(database):
    trial.offer(database, DATA, NOON)
    trial.withdraw(database, NOON)
    with database.read() as tx:
        assert not any(each.open for each in terms.all_terms(tx))
    trial.offer(database, DATA, NOON)
    assert not terms_of(database, "legal").open


def test_a_database_that_served_residents_never_gets_them(database):
    own = replace(TERMS, provenance=replace(TERMS.provenance, status=Status.CONFIRMED))
    with database.write() as tx:
        knowledge.take_in(tx, [own], NOON)
    trial.withdraw(database, NOON)
    assert terms_of(database, "legal") == own
    trial.offer(database, DATA, NOON)
    assert not terms_of(database, "ticket-elderly").open


def test_a_city_without_samples(database, tmp_path: Path):
    trial.offer(database, tmp_path, NOON)
    assert times(database) == 0
    with database.read() as tx:
        assert "trial" not in keeping.owned(tx)


def test_samples_that_do_not_fit_are_left_out(database, tmp_path: Path, caplog):
    (tmp_path / "trial").mkdir()
    text = (DATA / "trial" / "booking-terms.csv").read_text(encoding="utf-8")
    (tmp_path / "trial" / "booking-terms.csv").write_text(text.replace("legal", "nobody"), encoding="utf-8")
    trial.offer(database, tmp_path, NOON)
    assert "is left out, 1 problems" in caplog.text
    assert times(database) == 0


def test_samples_follow_closures_like_any(database):
    trial.offer(database, DATA, NOON)
    before = times(database)
    slot_making.keep(database, NOON + timedelta(days=7))
    assert times(database) > before
