"""When residents are told what, and that they are told it once."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from store import audit, bookings, notices, run_settings
from store.audit import ByResident
from store.bookings import Channel
from store.db import Database, Tx
from store.notices import Notice, NoticeKind, NoticeState
from store.residents import ResidentId, meet
from store.run_settings import RunSettings
from tests.conftest import NOON
from tests.line import HANAKO
from tests.store.town import FRIDAY, LAW, OPERATOR, booked, held, japan, made, phoned, slot

MINUTE = timedelta(minutes=1)
EVE = date(2026, 11, 26)
EVENING, MORNING = japan(18, 0, EVE), japan(8)
BOTH = [NoticeKind.REMINDER_DAY_BEFORE, NoticeKind.REMINDER_MORNING]


def claimed(tx: Tx, *moments: datetime) -> list[NoticeKind]:
    return [notice.kind for now in moments for notice in notices.claim_due(tx, now)]


def test_a_booking_is_confirmed_and_reminded_of(tx: Tx, hanako: ResidentId) -> None:
    mine = booked(tx, slot(tx, 13), hanako, "はなこ")
    told = [(each.kind, each.due_at, each.state) for each in notices.of_booking(tx, mine.id)]
    assert told == [
        (NoticeKind.CONFIRMED, NOON, NoticeState.PLANNED),
        (NoticeKind.HOLD_WARNING, NOON + 7 * MINUTE, NoticeState.DROPPED),
        (NoticeKind.REMINDER_DAY_BEFORE, EVENING, NoticeState.PLANNED),
        (NoticeKind.REMINDER_MORNING, MORNING, NoticeState.PLANNED),
    ]


def test_each_is_claimed_once_also_when_the_clock_goes_back(tx: Tx, hanako: ResidentId) -> None:
    booked(tx, slot(tx, 13), hanako, "はなこ")
    back = timedelta(hours=1)
    moments = [NOON, EVENING, EVENING - back, EVENING, MORNING, MORNING - back, MORNING, MORNING + back]
    assert claimed(tx, *moments) == [NoticeKind.CONFIRMED, *BOTH]


@pytest.mark.parametrize(
    ("now", "kinds"),
    [
        (EVENING - MINUTE, BOTH),
        (EVENING, BOTH[1:]),
        (japan(23, 59, EVE), BOTH[1:]),
        (japan(0), BOTH[1:]),
        (MORNING - MINUTE, BOTH[1:]),
        (MORNING, []),
    ],
)
def test_a_reminder_whose_time_has_passed_is_not_made(
    tx: Tx, hanako: ResidentId, now: datetime, kinds: list[NoticeKind]
) -> None:
    late = replace(LAW, line_until=None)
    mine = booked(tx, slot(tx, 13), hanako, "はなこ", now, late)
    planned = [each.kind for each in notices.of_booking(tx, mine.id)]
    assert [kind for kind in planned if kind in notices.REMINDERS] == kinds


def test_reminders_around_new_year_and_midnight(tx: Tx, hanako: ResidentId) -> None:
    first = date(2027, 1, 1)
    mine = booked(tx, slot(tx, 0, 30, first), hanako, "はなこ", NOON, replace(LAW, opens=None))
    reminders = [each for each in notices.of_booking(tx, mine.id) if each.kind in notices.REMINDERS]
    assert [(each.kind, each.due_at) for each in reminders] == [
        (NoticeKind.REMINDER_DAY_BEFORE, japan(18, 0, date(2026, 12, 31)))
    ]


def test_what_came_too_late_is_not_told(tx: Tx, hanako: ResidentId) -> None:
    mine = booked(tx, slot(tx, 13), hanako, "はなこ")
    claimed(tx, NOON)
    assert claimed(tx, japan(8, 30)) == [NoticeKind.REMINDER_MORNING]
    day_before = next(
        each for each in notices.of_booking(tx, mine.id) if each.kind is NoticeKind.REMINDER_DAY_BEFORE
    )
    assert day_before.state is NoticeState.DROPPED


@pytest.mark.parametrize("hour", [20, 23, 0, 7])
def test_nobody_is_woken(tx: Tx, hanako: ResidentId, hour: int) -> None:
    mine = booked(tx, slot(tx, 13), hanako, "はなこ")
    night = japan(hour, 0, FRIDAY if hour < 8 else EVE)
    bookings.cancel(tx, mine.id, OPERATOR, night)
    assert claimed(tx, night) == []
    assert claimed(tx, MORNING) == [NoticeKind.CANCELLED]


def test_what_answers_a_resident_comes_at_night_too(tx: Tx, hanako: ResidentId) -> None:
    night = japan(23, 0, date(2026, 11, 24))
    at = slot(tx, 13)
    held(tx, at, hanako, night)
    assert claimed(tx, night + 7 * MINUTE) == [NoticeKind.HOLD_WARNING]
    booked(tx, slot(tx, 14), hanako, "はなこ", night + 8 * MINUTE)
    assert claimed(tx, night + 8 * MINUTE) == [NoticeKind.CONFIRMED]


def test_a_longer_hold_is_warned_of_later(tx: Tx, hanako: ResidentId) -> None:
    mine = held(tx, slot(tx, 13), hanako)
    bookings.extend(tx, mine.id, ByResident(hanako), NOON + MINUTE)
    assert claimed(tx, NOON + 16 * MINUTE) == []
    assert claimed(tx, NOON + 17 * MINUTE) == [NoticeKind.HOLD_WARNING]


def test_who_has_cancelled_or_moved_is_not_reminded_of_the_old_date(tx: Tx, hanako: ResidentId) -> None:
    here, there = slot(tx, 13), slot(tx, 13, day=date(2026, 11, 30))
    mine = booked(tx, here, hanako, "はなこ")
    claimed(tx, NOON)
    by = ByResident(hanako)
    made(bookings.move(tx, mine.id, there, LAW, Channel.LINE, by, NOON))
    assert claimed(tx, EVENING, MORNING) == []
    assert claimed(tx, japan(18, 0, date(2026, 11, 29))) == [NoticeKind.REMINDER_DAY_BEFORE]
    made(bookings.cancel(tx, mine.id, by, japan(19, 0, date(2026, 11, 29))))
    assert claimed(tx, japan(8, 0, date(2026, 11, 30))) == []


def test_who_moved_away_and_back_is_reminded_once(tx: Tx, hanako: ResidentId) -> None:
    here, there = slot(tx, 13), slot(tx, 14)
    mine = booked(tx, here, hanako, "はなこ")
    claimed(tx, NOON)
    for to in (there, here):
        made(bookings.move(tx, mine.id, to, LAW, Channel.LINE, ByResident(hanako), NOON))
    assert claimed(tx, EVENING, MORNING) == BOTH


def test_the_hours_are_a_setting(tx: Tx, hanako: ResidentId) -> None:
    run_settings.change(tx, RunSettings(reminders_from=10, reminders_until=17), audit.SERVICE, NOON)
    mine = booked(tx, slot(tx, 13), hanako, "はなこ")
    due = [each.due_at for each in notices.of_booking(tx, mine.id) if each.kind in notices.REMINDERS]
    assert due == [japan(16, 0, EVE), japan(10)]


def test_who_has_no_line_is_not_told(tx: Tx) -> None:
    mine = made(phoned(tx, slot(tx, 13), "だれか"))
    assert notices.of_booking(tx, mine.id) == ()
    assert not notices.put(tx, mine, NoticeKind.OFFER, "", NOON)


def test_two_who_claim_at_once_claim_each_once(database: Database) -> None:
    """The second does not wait for the first, and does not take what is not yet told."""
    with database.write() as tx:
        resident = meet(tx, HANAKO, NOON).id
        for hour in range(9, 17):
            booked(tx, slot(tx, hour), resident, f"人{hour}", NOON)
    told: list[Notice] = []
    if database.is_sqlite:
        for _ in range(2):
            with database.write() as tx:
                told += notices.claim_due(tx, NOON, 5)
    else:
        with database.write() as one, database.write() as other:
            told += [*notices.claim_due(one, NOON, 5), *notices.claim_due(other, NOON, 5)]
    assert len(told) == len({each.id for each in told}) == 8


def test_after_a_long_stop_nobody_is_told_what_they_know(tx: Tx, hanako: ResidentId) -> None:
    booked(tx, slot(tx, 13, day=date(2026, 12, 1)), hanako, "はなこ")
    assert claimed(tx, NOON + timedelta(days=2)) == []


@pytest.mark.parametrize(
    ("now", "kinds"), [(japan(19), [NoticeKind.CANCELLED]), (japan(8, 0, date(2026, 11, 28)), [])]
)
def test_what_the_city_did_is_told_as_long_as_the_day_is_not_over(
    tx: Tx, hanako: ResidentId, now: datetime, kinds: list[NoticeKind]
) -> None:
    mine = booked(tx, slot(tx, 13), hanako, "はなこ")
    bookings.cancel(tx, mine.id, OPERATOR, NOON)
    assert claimed(tx, now) == kinds


def test_a_move_by_the_city_is_told_days_later_too(tx: Tx, hanako: ResidentId) -> None:
    mine = booked(tx, slot(tx, 13), hanako, "はなこ")
    bookings.move(tx, mine.id, slot(tx, 14), LAW, Channel.COUNTER, OPERATOR, NOON)
    assert claimed(tx, NOON + timedelta(days=2)) == [NoticeKind.CONFIRMED]
