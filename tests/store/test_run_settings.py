import json
from contextlib import closing
from dataclasses import fields
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from store import run_settings
from store.audit import COMMAND
from store.db import Database
from store.run_settings import DEFAULTS, RunSettings
from store.tables import audit as audited
from store.tables import run_settings as table
from tests.conftest import NOON

OTHERS = RunSettings(
    "内線 2345（情報政策課）", timedelta(minutes=15), False, 9, 18, open_data=False, line_quota=200
)


def test_nobody_has_changed_anything(tx):
    assert run_settings.read(tx) == DEFAULTS == RunSettings()


def test_what_is_changed_is_read_from_then_on(tx):
    assert run_settings.change(tx, OTHERS, COMMAND, NOON) == tuple(
        field.name for field in fields(RunSettings)
    )
    assert run_settings.read(tx) == OTHERS
    assert run_settings.change(tx, OTHERS, COMMAND, NOON) == (), "and nothing changes twice"


def test_only_what_differs_is_kept(tx):
    """So that a default that a later version changes reaches who never chose otherwise."""
    run_settings.change(tx, OTHERS, COMMAND, NOON)
    assert run_settings.change(tx, RunSettings(idle=OTHERS.idle), COMMAND, NOON) == (
        "help_line", "password_sign_in", "reminders_from", "reminders_until", "open_data", "line_quota",
    )  # fmt: skip
    assert tx.connection.scalars(sa.select(table.c.name)).all() == ["idle"]


def test_each_change_is_audited(tx):
    run_settings.change(tx, RunSettings(idle=OTHERS.idle, password_sign_in=False), COMMAND, NOON)
    rows = tx.connection.execute(
        sa.select(audited.c.subject, audited.c.detail).where(audited.c.act == "change").order_by(audited.c.id)
    )
    assert [(row.subject, json.loads(row.detail)) for row in rows] == [
        ("idle", {"was": "30", "becomes": "15"}),
        ("password_sign_in", {"was": "yes", "becomes": "no"}),
    ]


def test_a_setting_of_a_later_version_is_left_alone(tx):
    row = {"name": "of_a_later_version", "value": "x", "changed_at": NOON}
    tx.connection.execute(table.insert().values(row))
    assert run_settings.read(tx) == DEFAULTS
    run_settings.change(tx, OTHERS, COMMAND, NOON)
    assert "of_a_later_version" in tx.connection.scalars(sa.select(table.c.name)).all()


def test_every_process_reads_it_at_once(database):
    with database.write() as tx:
        run_settings.change(tx, OTHERS, COMMAND, NOON)
    other = Database(database.url.render_as_string(hide_password=False), database.keyring)
    with closing(other), other.read() as tx:
        assert run_settings.read(tx) == OTHERS


def japan(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=UTC) - timedelta(hours=9)


@pytest.mark.parametrize(
    ("now", "then"),
    [
        (japan(24, 7, 59), japan(24, 8)),
        (japan(24, 8), japan(24, 8)),
        (japan(24, 19, 59), japan(24, 19, 59)),
        (japan(24, 20), japan(25, 8)),
        (japan(24, 23, 59), japan(25, 8)),
        (japan(30, 0), japan(30, 8)),
        (japan(30, 21), japan(30, 8) + timedelta(days=1)),
    ],
)
def test_reminders_go_out_in_daytime(now, then):
    assert DEFAULTS.may_remind_from(now) == then
    assert DEFAULTS.may_remind(now) == (now == then)
