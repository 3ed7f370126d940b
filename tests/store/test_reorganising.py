"""A reorganisation on its day, on both databases."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa

from faq.counters import SectionId
from nlp.danger import DangerKind, Severity
from store import (
    accounts,
    alarm_rules,
    alarms,
    history,
    knowledge,
    places,
    reorganising,
    residents,
    staff_notices,
    tables,
)
from store.accounts import Draft
from store.alarm_rules import AlarmRule
from store.audit import COMMAND, SERVICE
from store.sight import Role
from store.staff_notices import OfAlarm
from tests.conftest import NOON
from tests.dialogue import Speaker, hold
from tests.line import HANAKO
from tests.store.cases import handed

MIDNIGHT = datetime(2027, 3, 31, 15, 0, tzinfo=UTC)
"""The first moment of 1 April 2027 in Japan."""
WHY = "組織改正"


@pytest.fixture
def planned(database):
    """The waste section is to be followed by another in April."""
    with database.write() as tx:
        old = next(each for each in places.all_sections(tx) if each.name == "廃棄物計画課")
        new = replace(
            old,
            id=SectionId("junkan"),
            name="資源循環課",
            kana="シゲンジュンカンカ",
            aliases=(),
            telephone="096-328-0000",
            valid_from=date(2027, 4, 1),
        )
        over = replace(old, valid_to=date(2027, 3, 31), successor=new.id)
        knowledge.take_in(tx, [over, new], NOON)
        clerk = accounts.add(tx, Draft("clerk", "係", Role.STAFF, old.id), COMMAND, NOON)
        handed(tx, residents.meet(tx, HANAKO, NOON).id, section=old.id)
    return database, over, new, clerk


def due(database, now):
    with database.read() as tx:
        return reorganising.is_due(tx, now)


def done(database, now):
    with database.write() as tx:
        return reorganising.reorganise(tx, WHY, now)


def test_everything_moves_at_once_and_once(planned):
    database, over, new, clerk = planned
    assert not due(database, MIDNIGHT - timedelta(seconds=1))
    assert due(database, MIDNIGHT)
    changes = done(database, MIDNIGHT)
    assert len([each for each in changes if each.kind == "faq"]) >= 18
    assert not due(database, MIDNIGHT)
    with database.read() as tx:
        assert not [each for each in knowledge.all_entries(tx) if "廃棄物計画課" in each.section]
        moved = tx.connection.scalar(
            sa.select(tables.accounts.c.section).where(tables.accounts.c.id == clerk.id)
        )
        assert moved == new.id
        assert tx.connection.scalars(sa.select(tables.cases.c.section)).all() == [new.id]
        edition, *_ = history.recent(tx, clerk.viewer, 1)
        assert (edition.why, edition.by) == (WHY, SERVICE)
        acts = tx.connection.scalars(sa.select(tables.audit.c.act).where(tables.audit.c.subject == over.id))
        assert "succeeded" in set(acts)


def test_dangers_are_told_to_who_follows(planned):
    database, over, new, clerk = planned
    rule = AlarmRule(over.id, talks=False)
    with database.write() as tx:
        alarm_rules.change(tx, clerk.viewer, {DangerKind.SUICIDE: rule}, NOON)
        resident = residents.meet(tx, HANAKO, NOON).id
        before = alarms.raise_alarm(tx, resident, DangerKind.SUICIDE, Severity.NOW, NOON)
    done(database, MIDNIGHT)
    assert not due(database, MIDNIGHT)
    with database.write() as tx:
        successor = replace(clerk, section=new.id).viewer
        assert alarms.find(tx, successor, before, MIDNIGHT), "its people see what was raised before"
        assert OfAlarm(before, new.id) in {each.about for each in staff_notices.waiting(tx, MIDNIGHT, 9)}
        later = alarms.raise_alarm(tx, resident, DangerKind.SUICIDE, Severity.NOW, MIDNIGHT)
        assert alarms.find(tx, successor, later, MIDNIGHT).section == new.id


def test_a_day_on_which_a_section_only_begins_is_noticed_too(database):
    with database.write() as tx:
        begun = replace(
            places.all_sections(tx)[0], id=SectionId("soon"), name="まもなく課", valid_from=date(2027, 4, 1)
        )
        knowledge.take_in(tx, [begun], NOON)
        before = knowledge.version(tx)
    assert not due(database, MIDNIGHT - timedelta(seconds=1))
    assert due(database, MIDNIGHT)
    assert done(database, MIDNIGHT) == ()
    assert not due(database, MIDNIGHT)
    with database.read() as tx:
        assert knowledge.version(tx) > before, "so that every process takes it up"


def test_residents_hear_of_the_old_until_then_and_of_the_new_from_then_on(planned, city):
    database, *_ = planned
    assert "資源循環課" not in Speaker(database, city).hears("廃棄物計画課の電話番号は")
    done(database, MIDNIGHT)
    hold(
        Speaker(database, city),
        [
            ("廃棄物計画課の電話番号は", "「廃棄物計画課」は、いまは「資源循環課」が担当しています。"),
            ("資源循環課の電話番号は", "096-328-0000"),
        ],
    )
