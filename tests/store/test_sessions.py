"""Sessions: how far a sign-in has come, and when it is over."""

from dataclasses import replace
from datetime import timedelta

import pytest

from store import accounts, credentials, run_settings, sessions
from store.audit import COMMAND, ByAccount
from store.run_settings import DEFAULTS
from store.sessions import HALFWAY, LIFE, Standing
from store.sight import Role
from tests.conftest import NOON
from tests.store.test_accounts import add

IDLE = timedelta(minutes=30)


def minutes(count):
    return NOON + timedelta(minutes=count)


@pytest.mark.parametrize(
    ("role", "personal", "has_app", "proven", "standing"),
    [
        (Role.STAFF, False, False, False, Standing.SIGNED_IN),
        (Role.STAFF, False, True, False, Standing.NEEDS_CODE),
        (Role.STAFF, True, False, False, Standing.NEEDS_SETTING_UP),
        (Role.STAFF, True, True, False, Standing.NEEDS_CODE),
        (Role.ADMIN, False, False, False, Standing.NEEDS_SETTING_UP),
        (Role.ADMIN, False, True, False, Standing.NEEDS_CODE),
        (Role.ADMIN, True, True, True, Standing.SIGNED_IN),
        (Role.STAFF, False, False, True, Standing.SIGNED_IN),
    ],
)
def test_how_far_a_sign_in_has_come(tx, role, personal, has_app, proven, standing):
    made = add(tx, "hanako", role, personal=personal)
    if has_app:
        credentials.set_authenticator(tx, made.id, "S", 1, NOON)
    made = accounts.own(tx, made.id)
    found = sessions.find(tx, sessions.begin(tx, made, "", NOON, proven=proven), NOON)
    assert found.standing is standing
    waits = standing is not Standing.SIGNED_IN
    assert found.expires_at == NOON + (HALFWAY if waits else LIFE)
    assert accounts.own(tx, made.id).signed_in_at == (None if waits else NOON)


def test_a_right_given_later_demands_the_second_factor_at_once(tx):
    hanako = add(tx, "hanako")
    token = sessions.begin(tx, hanako, "", NOON)
    tx.connection.execute(accounts.accounts.update().values(personal=True))
    assert sessions.find(tx, token, NOON).standing is Standing.NEEDS_SETTING_UP


def test_a_second_factor_raises_the_session_under_another_token(tx):
    admin = add(tx, "admin", Role.ADMIN)
    before = sessions.begin(tx, admin, "", NOON)
    session = sessions.find(tx, before, NOON)
    after = sessions.rise(tx, session, minutes(1))
    assert sessions.find(tx, before, minutes(1)) is None
    risen = sessions.find(tx, after, minutes(1))
    assert (risen.id, risen.standing) == (session.id, Standing.SIGNED_IN)
    assert risen.expires_at == minutes(1) + LIFE
    assert accounts.own(tx, admin.id).signed_in_at == minutes(1)


def test_a_session_that_was_ended_cannot_rise(tx):
    admin = add(tx, "admin", Role.ADMIN)
    session = sessions.find(tx, sessions.begin(tx, admin, "", NOON), NOON)
    sessions.end_all(tx, admin.id, COMMAND, NOON)
    assert sessions.rise(tx, session, NOON) is None


def test_a_token_is_no_other(tx):
    token = sessions.begin(tx, add(tx, "hanako"), "", NOON)
    for wrong in ("", token[:-1], token + "x", token.swapcase(), "\ud800"):
        assert sessions.find(tx, wrong, NOON) is None


@pytest.mark.parametrize(
    ("idle", "after", "there"),
    [(30, 29, True), (30, 30, False), (60, 59, True), (60, 60, False), (5, 5, False)],
)
def test_how_long_one_may_be_idle_is_a_setting(tx, idle, after, there):
    run_settings.change(tx, replace(DEFAULTS, idle=timedelta(minutes=idle)), COMMAND, NOON)
    token = sessions.begin(tx, add(tx, "hanako"), "", NOON)
    assert (sessions.find(tx, token, minutes(after)) is not None) is there


def test_who_is_busy_stays_for_twelve_hours(tx):
    token = sessions.begin(tx, add(tx, "hanako"), "", NOON)
    for count in range(0, 12 * 60, 20):
        found = sessions.find(tx, token, minutes(count))
        sessions.note(tx, found.id, minutes(count))
    assert sessions.find(tx, token, NOON + LIFE - timedelta(seconds=1)) is not None
    assert sessions.find(tx, token, NOON + LIFE) is None


def test_a_visit_noted_late_does_not_turn_time_back(tx):
    token = sessions.begin(tx, add(tx, "hanako"), "", NOON)
    session = sessions.find(tx, token, NOON).id
    sessions.note(tx, session, minutes(5))
    sessions.note(tx, session, minutes(3))
    assert sessions.find(tx, token, minutes(5)).seen_at == minutes(5)


def test_ones_sessions_the_latest_first(tx):
    hanako, taro = add(tx, "hanako"), add(tx, "taro")
    for at, device in ((0, "old"), (20, "home"), (25, "desk")):
        sessions.begin(tx, hanako, device, minutes(at))
    sessions.begin(tx, taro, "taro's", NOON)
    assert [each.device for each in sessions.of(tx, hanako.id, minutes(30))] == ["desk", "home"]


def test_ending_sessions(tx):
    hanako, taro = add(tx, "hanako"), add(tx, "taro")
    mine = [sessions.find(tx, sessions.begin(tx, hanako, "", NOON), NOON).id for _ in range(3)]
    his = sessions.find(tx, sessions.begin(tx, taro, "", NOON), NOON).id
    own = ByAccount(hanako.id)
    assert not sessions.end(tx, hanako.id, his, own, NOON)
    assert sessions.end(tx, hanako.id, mine[0], own, NOON)
    assert not sessions.end(tx, hanako.id, mine[0], own, NOON)
    assert sessions.end_all(tx, hanako.id, own, NOON, but=mine[2]) == 1
    assert [each.id for each in sessions.of(tx, hanako.id, NOON)] == [mine[2]]
    assert [each.id for each in sessions.of(tx, taro.id, NOON)] == [his]


def test_a_device_says_much(tx):
    token = sessions.begin(tx, add(tx, "hanako"), "x" * 10_000, NOON)
    assert len(sessions.find(tx, token, NOON).device) == 200
