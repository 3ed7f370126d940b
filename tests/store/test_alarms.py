"""Staff are told at once of a present danger: whom, how often, what they see of it, and when it is forgotten."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa

from faq.counters import SectionId
from nlp.danger import DangerKind, Severity
from store import alarm_acts, alarm_rules, alarms, cases, erasure, residents, staff_notices
from store.alarm_rules import AlarmRule
from store.alarms import AGAIN, WORDS_FOR
from store.audit import COMMAND
from store.case_acts import take
from store.cases import Ending
from store.db import Database
from store.sight import Role
from store.tables import alarms as alarms_table
from store.tables import audit
from store.tables import cases as cases_table
from store.tables import staff_notices as told_table
from tests.conftest import NOON
from tests.store.cases import HOKEN, KUMIN, handed, person

SUICIDE, FIRE = DangerKind.SUICIDE, DangerKind.FIRE_OR_ILLNESS
NOW, TALK = Severity.NOW, Severity.TALK
SAID = "中央区の北公園にいます。もう終わりにします"
SOON = NOON + timedelta(minutes=5)


@pytest.fixture
def clerk(tx):
    return person(tx, "clerk", personal=True)


@pytest.fixture
def chief(tx):
    return person(tx, "chief", Role.ADMIN, None, personal=True)


@pytest.fixture
def on(tx, chief):
    """The section is told of present danger to one's own life."""
    alarm_rules.change(tx, chief, {SUICIDE: AlarmRule(KUMIN, talks=False)}, NOON)


def reported(tx, resident, kind=SUICIDE, severity=NOW, now=NOON):
    return alarms.report(tx, resident, kind, severity, SAID, now)


def told(tx):
    """What staff are told, without who: the alarm's or the case's number, the section and the kind."""
    of = told_table.c
    rows = tx.connection.execute(sa.select(of.alarm_id, of.case_id, of.section, of.kind).order_by(of.id))
    return [tuple(row) for row in rows if row.kind == "alarm"]


def acts(tx):
    rows = tx.connection.execute(sa.select(audit.c.act, audit.c.subject, audit.c.detail).order_by(audit.c.id))
    return [tuple(row) for row in rows if row.act in ("raised", "seen", "handled", "words_read", "hastened")]


# Whom, and how often -------------------------------------------------------------------------------


def test_nobody_is_told_before_an_administrator_says_so(tx, hanako):
    assert reported(tx, hanako) is None
    assert told(tx) == []


@pytest.mark.parametrize(
    ("talks", "kind", "severity", "raised"),
    [
        (False, SUICIDE, NOW, True),
        (False, SUICIDE, TALK, False),
        (True, SUICIDE, TALK, True),
        (False, FIRE, NOW, False),
    ],
)
def test_the_rule_decides(tx, hanako, chief, talks, kind, severity, raised):
    alarm_rules.change(tx, chief, {SUICIDE: AlarmRule(KUMIN, talks)}, NOON)
    alarm = reported(tx, hanako, kind, severity)
    assert (alarm is not None) is raised
    assert told(tx) == ([(alarm, None, KUMIN, "alarm")] if raised else [])


def test_a_kind_can_be_switched_off_again(tx, hanako, chief, on):
    assert alarm_rules.change(tx, chief, {SUICIDE: None, FIRE: None}, NOON) == 1
    assert alarm_rules.all_rules(tx) == {}
    assert reported(tx, hanako) is None


def test_one_for_each_resident_and_kind_in_six_hours(tx, hanako, taro, chief, on):
    alarm_rules.change(tx, chief, {FIRE: AlarmRule(HOKEN, talks=False)}, NOON)
    first = reported(tx, hanako)
    assert first is not None
    assert reported(tx, hanako, now=NOON + AGAIN - timedelta(seconds=1)) is None
    others = [reported(tx, taro), reported(tx, hanako, FIRE), reported(tx, hanako, now=NOON + AGAIN)]
    assert None not in others
    assert [section for _, _, section, _ in told(tx)] == [KUMIN, KUMIN, HOKEN, KUMIN]


def test_a_talk_before_does_not_hide_a_present_danger(tx, hanako, chief):
    alarm_rules.change(tx, chief, {SUICIDE: AlarmRule(KUMIN, talks=True)}, NOON)
    assert reported(tx, hanako, severity=TALK) is not None
    assert reported(tx, hanako, now=SOON) is not None
    assert reported(tx, hanako, severity=TALK, now=SOON) is None


# Who sees what -------------------------------------------------------------------------------------


def test_the_section_and_administrators_see_it_and_nobody_else(tx, hanako, clerk, chief, on):
    alarm = reported(tx, hanako)
    others = [
        person(tx, "elsewhere", section=HOKEN, personal=True),
        person(tx, "of no section", section=None, personal=True),
        person(tx, "operator", Role.OPERATOR, personal=True),
        replace(clerk, outside=True),
    ]
    for viewer in (clerk, chief, person(tx, "approver", Role.APPROVER)):
        assert [each.id for each in alarms.listed(tx, viewer, NOON, NOON)] == [alarm]
    for viewer in others:
        assert alarms.listed(tx, viewer, NOON, NOON) == ()
        assert alarms.find(tx, viewer, alarm, NOON) is None
        assert not alarm_acts.see(tx, viewer, alarm, NOON)
        assert not alarm_acts.handle(tx, viewer, alarm, "x", NOON)
        assert alarm_acts.open_words(tx, viewer, alarm, "x", NOON) is None


def test_seen_then_handled_each_by_the_first(tx, hanako, clerk, chief, on):
    alarm = reported(tx, hanako)
    fresh = alarms.find(tx, clerk, alarm, NOON)
    assert (fresh.section, fresh.is_open, fresh.seen_at, fresh.wrote_on) == (KUMIN, True, None, False)
    assert alarm_acts.see(tx, clerk, alarm, SOON)
    assert not alarm_acts.see(tx, chief, alarm, SOON)
    assert alarm_acts.handle(tx, chief, alarm, "警察に知らせた", SOON)
    assert not alarm_acts.handle(tx, clerk, alarm, "別のこと", SOON)
    found = alarms.find(tx, clerk, alarm, SOON)
    assert (found.seen_by_shown, found.seen_at) == ("clerk", SOON)
    assert (found.handled_by_shown, found.handled_at, found.note) == ("chief", SOON, "警察に知らせた")
    assert [act for act, _, _ in acts(tx)] == ["raised", "seen", "handled"]


def test_who_handles_has_seen(tx, hanako, clerk, on):
    alarm = reported(tx, hanako)
    assert alarm_acts.handle(tx, clerk, alarm, "電話した", SOON)
    found = alarms.find(tx, clerk, alarm, SOON)
    assert (found.seen_by_shown, found.seen_at) == ("clerk", SOON)
    assert alarms.listed(tx, clerk, SOON, SOON) == (), "what is handled goes from the list"
    assert alarms.listed(tx, clerk, NOON, SOON) == (found,)


def test_whether_they_wrote_on(tx, hanako, clerk, on):
    alarm = reported(tx, hanako)
    residents.seen(tx, hanako, NOON)
    assert not alarms.find(tx, clerk, alarm, SOON).wrote_on
    residents.seen(tx, hanako, SOON)
    assert alarms.find(tx, clerk, alarm, SOON).wrote_on


# The words -----------------------------------------------------------------------------------------


def test_words_are_opened_with_a_reason_and_the_audit_has_it(tx, hanako, clerk, on):
    alarm = reported(tx, hanako)
    assert alarm_acts.open_words(tx, clerk, alarm, "居場所を確かめるため", SOON) == SAID
    act, subject, detail = acts(tx)[-1]
    assert (act, subject, json.loads(detail)) == ("words_read", str(alarm), {"why": "居場所を確かめるため"})


def test_who_may_not_see_personal_data_does_not_see_them(tx, hanako, clerk, on):
    alarm = reported(tx, hanako)
    assert alarm_acts.open_words(tx, replace(clerk, personal=False), alarm, "x", SOON) is None
    assert "words_read" not in [act for act, _, _ in acts(tx)]


def test_words_are_gone_after_a_day(tx, hanako, clerk, on):
    alarm = reported(tx, hanako)
    last = NOON + WORDS_FOR - timedelta(seconds=1)
    assert alarms.forget_words(tx, last) == 0
    assert alarms.find(tx, clerk, alarm, last).has_words
    over = NOON + WORDS_FOR
    assert not alarms.find(tx, clerk, alarm, over).has_words, "also before the clock has come by"
    assert alarm_acts.open_words(tx, clerk, alarm, "x", over) is None
    assert alarms.forget_words(tx, over) == 1
    assert tx.connection.scalar(sa.select(alarms_table.c.words)) is None


def test_nothing_that_is_kept_or_told_has_the_words(tx, hanako, clerk, on, caplog):
    alarm = reported(tx, hanako)
    alarm_acts.handle(tx, clerk, alarm, "山田さんに電話した", SOON)
    kept = []
    for table in (alarms_table, told_table, audit):
        kept += [value for row in tx.connection.execute(sa.select(table)) for value in row]
    text = " ".join(
        value.decode("utf-8", "replace") if isinstance(value, bytes | memoryview) else str(value)
        for value in kept
    )
    assert [part for part in ("公園", "終わり", "山田") if part in text or part in caplog.text] == []


def test_erasing_the_resident_takes_it_along(tx, hanako, clerk, on):
    alarm = reported(tx, hanako)
    erasure.erase(tx, hanako, COMMAND, SOON)
    assert alarms.find(tx, clerk, alarm, SOON) is None


def test_a_failure_costs_the_resident_nothing(tx, hanako, on, monkeypatch, caplog):
    def fails(*_: object) -> None:
        raise sa.exc.OperationalError(SAID, {"words": SAID}, Exception(SAID))

    monkeypatch.setattr(staff_notices, "tell", fails)
    assert reported(tx, hanako) is None
    assert tx.connection.scalar(sa.select(sa.func.count()).select_from(alarms_table)) == 0, "all or nothing"
    assert "OperationalError" in caplog.text
    assert "公園" not in caplog.text


# A case that stands --------------------------------------------------------------------------------


def test_a_case_that_stands_is_urgent_and_its_keepers_told_once_a_day(tx, hanako, clerk):
    case = handed(tx, hanako)
    before = len(told(tx))
    take(tx, clerk, case.id, NOON)
    assert reported(tx, hanako) is None, "nobody is told of the danger itself"
    assert reported(tx, hanako, now=SOON) is None
    assert cases.find(tx, clerk, case.id).urgent
    assert told(tx)[before:] == [(None, case.id, None, "alarm")]
    assert [act for act, _, _ in acts(tx)] == ["hastened"]
    reported(tx, hanako, now=NOON + timedelta(days=1))
    assert len(told(tx)) == before + 2


def test_a_form_that_lies_open_is_not_out_of_date_by_it(tx, hanako, clerk):
    case = handed(tx, hanako)
    reported(tx, hanako)
    assert cases.find(tx, clerk, case.id).version == case.version


def test_neither_a_talk_nor_anothers_danger_hastens_a_case_nor_does_one_that_is_closed(
    tx, hanako, taro, clerk
):
    case = handed(tx, hanako)
    reported(tx, hanako, severity=TALK)
    reported(tx, taro)
    assert not cases.find(tx, clerk, case.id).urgent
    over = {"state": "closed", "closed_at": NOON, "ending": Ending.SOLVED.value}
    tx.connection.execute(cases_table.update().values(over))
    reported(tx, hanako)
    assert not cases.find(tx, clerk, case.id).urgent


def test_a_database_of_this_version_has_its_checks(database: Database) -> None:
    with database.write() as tx:
        someone = residents.meet(tx, "U" + "9" * 32, NOON).id
        row = {
            "resident_id": someone,
            "danger": "sea",
            "severity": "now",
            "section": SectionId("x"),
            "raised_at": NOON,
            "seen_at": NOON,
        }
        with pytest.raises(sa.exc.IntegrityError):
            tx.connection.execute(alarms_table.insert().values(row))
        tx.connection.rollback()
