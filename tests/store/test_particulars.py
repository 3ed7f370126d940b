from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from store import particulars, residents
from store.audit import SERVICE, ByAccount
from store.keyring import WrongKey
from store.particulars import Field, Purpose
from store.sight import AccountId
from store.tables import audit, particulars_fields, particulars_keys
from tests.conftest import NOON

ALICE = ByAccount(AccountId(7))
TOLD = {Field.NAME: "熊本 花子", Field.TELEPHONE: "090-1234-5678", Field.REMARKS: ""}
DAY = date(2027, 1, 1)


def keep(tx, resident=None, told=TOLD, day=DAY):
    return particulars.keep(tx, Purpose.CONSULTATION, told, resident, day, SERVICE, NOON)


def acts(tx):
    found = sa.select(audit.c.act, audit.c.actor_id, audit.c.detail).order_by(audit.c.id)
    return [tuple(row) for row in tx.connection.execute(found)]


def test_what_was_told_is_read_and_the_look_is_audited(tx, hanako):
    kept = keep(tx, hanako)
    assert particulars.read(tx, kept, ALICE, NOON) == {
        Field.NAME: "熊本 花子",
        Field.TELEPHONE: "090-1234-5678",
    }
    assert acts(tx) == [
        ("particulars.kept", None, '{"purpose": "consultation"}'),
        ("particulars.read", 7, "{}"),
    ]
    assert particulars.of_resident(tx, hanako) == (kept,)


def test_nothing_stands_in_plain_and_nothing_can_be_moved(tx):
    kept, other = keep(tx), keep(tx)
    rows = tx.connection.execute(sa.select(particulars_fields)).all()
    assert not any(text.encode() in row.value for row in rows for text in TOLD.values() if text)
    keys = tx.connection.execute(
        sa.select(particulars_keys).order_by(particulars_keys.c.particulars_id)
    ).all()
    assert keys[0].wrapped != keys[1].wrapped
    name = sa.and_(particulars_fields.c.particulars_id == kept, particulars_fields.c.field == "name")
    mine = next(row.value for row in rows if (row.particulars_id, row.field) == (kept, "telephone"))
    theirs = next(row.value for row in rows if (row.particulars_id, row.field) == (other, "name"))
    for moved in (mine, theirs):
        tx.connection.execute(particulars_fields.update().where(name).values(value=moved))
        with pytest.raises(WrongKey):
            particulars.read(tx, kept, ALICE, NOON)


def test_a_key_of_another_set_does_not_open_this_one(tx):
    kept, other = keep(tx), keep(tx)
    theirs = sa.select(particulars_keys.c.wrapped).where(particulars_keys.c.particulars_id == other)
    mine = particulars_keys.c.particulars_id == kept
    tx.connection.execute(particulars_keys.update().where(mine).values(wrapped=tx.connection.scalar(theirs)))
    with pytest.raises(WrongKey):
        particulars.read(tx, kept, ALICE, NOON)


def test_what_is_erased_is_gone_and_erasing_again_changes_nothing(tx):
    kept, other = keep(tx), keep(tx)
    assert particulars.erase(tx, kept, ALICE, NOON)
    before = acts(tx)
    assert not particulars.erase(tx, kept, ALICE, NOON)
    assert particulars.read(tx, kept, ALICE, NOON) == {}
    assert acts(tx) == before
    for table in (particulars_keys, particulars_fields):
        assert set(tx.connection.scalars(sa.select(table.c.particulars_id))) == {other}


def test_a_booking_that_moves_takes_its_day_of_deletion_along(tx):
    kept, other = keep(tx), keep(tx)
    day = sa.text("SELECT delete_on FROM particulars WHERE id = :id").columns(delete_on=sa.Date)
    before = tx.connection.scalar(day, {"id": kept})
    particulars.move_with(tx, kept, timedelta(days=40))
    assert tx.connection.scalar(day, {"id": kept}) == before + timedelta(days=40)
    particulars.move_with(tx, kept, timedelta(days=-47))
    assert tx.connection.scalar(day, {"id": kept}) == before - timedelta(days=7)
    assert tx.connection.scalar(day, {"id": other}) == before


def test_a_resident_who_goes_leaves_the_set_without_their_name_on_it(tx, hanako):
    """Erasing a resident erases their sets first; that the column empties is the last resort."""
    kept = keep(tx, hanako)
    residents.erase(tx, hanako)
    assert particulars.of_resident(tx, hanako) == ()
    assert particulars.read(tx, kept, ALICE, NOON)[Field.NAME] == "熊本 花子"
