"""Photographs: sealed, seen by who may, and gone with what they belong to."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from faq.photograph import Jpeg
from store import case_erasing, erasure, photographs
from store.audit import SERVICE
from store.cases import Case
from store.db import Tx
from store.photographs import UNATTACHED, PhotographId, PhotographState
from store.residents import ResidentId
from store.sight import Role
from store.tables import audit, photograph_keys
from store.tables import photographs as table
from tests.conftest import NOON
from tests.store.cases import HOKEN, handed, person

PICTURE = Jpeg(b"\xff\xd8 a picture \xff\xd9", 80, 60)
FORM = "a form that nobody can guess"


def kept(tx: Tx, resident: ResidentId | None = None) -> PhotographId:
    return photographs.keep(tx, PICTURE, resident, FORM, NOON)


def left(tx: Tx) -> tuple[int, int]:
    """Photographs and their keys."""
    return count(tx, table), count(tx, photograph_keys)


def count(tx: Tx, of: sa.Table) -> int:
    return tx.connection.scalar(sa.select(sa.func.count()).select_from(of)) or 0


@pytest.fixture
def case(tx: Tx, hanako: ResidentId) -> Case:
    """Hanako's case, which came with a picture."""
    case = handed(tx, hanako)
    photographs.attach(tx, [kept(tx, hanako)], case.id)
    return case


def test_what_is_kept_is_sealed(tx: Tx, case: Case) -> None:
    row = tx.connection.execute(sa.select(table)).one()
    assert b"a picture" not in row.picture
    (found,) = photographs.with_case(tx, case.id)
    assert (found.state, found.width, found.height, found.bytes) == (
        PhotographState.KEPT,
        80,
        60,
        len(PICTURE.data),
    )


def test_the_same_message_is_one_picture(tx: Tx, hanako: ResidentId, taro: ResidentId) -> None:
    assert photographs.want(tx, hanako, "1", NOON) == photographs.want(tx, hanako, "1", NOON)
    assert photographs.want(tx, hanako, "1", NOON) != photographs.want(tx, taro, "1", NOON)


def test_who_keeps_the_case_sees_it_and_each_look_is_audited(tx: Tx, case: Case) -> None:
    (found,) = photographs.with_case(tx, case.id)
    clerk, other = person(tx, "clerk"), person(tx, "other", section=HOKEN)
    operator = person(tx, "operator", Role.OPERATOR, None)
    assert photographs.read(tx, clerk, found.id, NOON) == PICTURE.data
    assert [each.id for each in photographs.of_case(tx, clerk, case.id)] == [found.id]
    for stranger in (other, operator):
        assert photographs.of_case(tx, stranger, case.id) == ()
        assert photographs.read(tx, stranger, found.id, NOON) is None
    seen = sa.select(sa.func.count()).where(audit.c.act == "photograph.seen")
    assert tx.connection.scalar(seen) == 1


def test_it_goes_with_its_case(tx: Tx, case: Case) -> None:
    case_erasing.erase(tx, case.id, SERVICE, NOON)
    assert left(tx) == (0, 0)


def test_it_goes_with_its_resident(tx: Tx, case: Case, hanako: ResidentId) -> None:
    photographs.want(tx, hanako, "2", NOON)
    erasure.erase(tx, hanako, SERVICE, NOON)
    assert left(tx) == (0, 0)


def test_it_goes_when_its_message_is_taken_back(tx: Tx, hanako: ResidentId, taro: ResidentId) -> None:
    photographs.want(tx, hanako, "2", NOON)
    assert photographs.drop_of_message(tx, taro, "2") == 0
    assert photographs.drop_of_message(tx, hanako, "2") == 1


def test_it_goes_after_a_day_where_it_was_sent_with_nothing(tx: Tx, case: Case) -> None:
    free = kept(tx)
    later = NOON + UNATTACHED
    assert not photographs.is_any_stale(tx, later - timedelta(seconds=1))
    assert photographs.is_any_stale(tx, later)
    assert photographs.forget_unattached(tx, later) == 1
    assert photographs.of_form(tx, FORM) == ()
    assert [each.id for each in photographs.with_case(tx, case.id)] != [free]
    assert left(tx) == (1, 1)


def test_one_that_has_a_case_stays_with_it(tx: Tx, case: Case, taro: ResidentId) -> None:
    (found,) = photographs.with_case(tx, case.id)
    other = handed(tx, taro)
    photographs.attach(tx, [found.id], other.id)
    assert photographs.with_case(tx, other.id) == ()
    assert photographs.drop(tx, [found.id]) == 0


def test_without_its_key_it_is_dropped(tx: Tx, case: Case) -> None:
    tx.connection.execute(photograph_keys.delete())
    assert photographs.drop_keyless(tx) == 1
