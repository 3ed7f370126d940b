"""Notices: what a resident is to be told unasked, once for each occasion, at an hour at which people are up."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import Final, NewType

import sqlalchemy as sa

from faq.models import EntryId
from nlp.japan import JAPAN
from store import origin, run_settings
from store.booked import Booking, BookingId
from store.case_talk import EntryId as CaseEntryId
from store.cases import Case, CaseId
from store.collaboration_steps import StepId
from store.collaborations import CollaborationId
from store.db import Tx
from store.inserting import unless_there
from store.opinions import OpinionId
from store.origin import RequestId
from store.queries import QueryId
from store.residents import ResidentId
from store.slots import TimeSlot
from store.tables import collaboration_steps, notices

NoticeId = NewType("NoticeId", int)

EVENING: Final = 18
"""The hour of the day before at which a reminder goes out, or the last one at which the settings let any go out."""
WARNING: Final = timedelta(minutes=3)
"""So long before a hold ends its resident is warned."""
A_DAY: Final = timedelta(days=1)
NEWS: Final = timedelta(days=7)
"""So long an answer waits to be told, should the service stand still."""


class NoticeKind(StrEnum):
    """What it is about."""

    CONFIRMED = "confirmed"
    HOLD_WARNING = "hold_warning"
    REMINDER_DAY_BEFORE = "reminder_day_before"
    REMINDER_MORNING = "reminder_morning"
    OFFER = "offer"
    OFFER_GONE = "offer_gone"
    DRAWN = "drawn"
    NOT_DRAWN = "not_drawn"
    CLOSED = "closed"
    """The city cancelled the slot."""
    CANCELLED = "cancelled"
    """Staff cancelled the booking for the person."""
    MOVED = "moved"
    """The city took the booking to another time, since the office is closed."""
    ANSWERED = "answered"
    """There is an answer now to a question that found none."""
    CASE_ANSWER = "case_answer"
    """A person has answered: the words go to LINE."""
    CASE_PAGE = "case_page"
    """A person has answered on the city's page: neutral, with a one-time link."""
    CASE_SENT_ON = "case_sent_on"
    """Another section answers, by another time."""
    CASE_ELSEWHERE = "case_elsewhere"
    """Another authority does."""
    CASE_CLOSED = "case_closed"
    """A person has closed a case; how to come back to it."""
    CASE_UNHEARD = "case_unheard"
    """It was closed since nobody said more after an answer."""
    OPINION_ANSWERED = "opinion_answered"
    """The city has answered the opinions on a draft."""
    CASE_PICTURE = "case_picture"
    """A photograph that was sent with it could not be had."""
    COLLABORATION_STAGE = "collaboration_stage"
    """A proposal to work together has come to another stage: neutral."""


AT_ONCE: Final = frozenset({NoticeKind.CONFIRMED, NoticeKind.HOLD_WARNING})
"""An echo of what the resident does just now; all others wait for the day."""
REMINDERS: Final = frozenset({NoticeKind.REMINDER_DAY_BEFORE, NoticeKind.REMINDER_MORNING})


class NoticeState(StrEnum):
    """What became of it."""

    PLANNED = "planned"
    SENT = "sent"
    """Handed to the outbox, which sends it."""
    DROPPED = "dropped"
    """It has lost its point, or came too late."""


@dataclass(frozen=True, slots=True)
class Answered:
    """A question of the resident's, and the entry that answers it."""

    query: QueryId
    entry: EntryId


@dataclass(frozen=True, slots=True)
class OfCase:
    """A case of the resident's, and what was said or done in it."""

    case: CaseId
    entry: CaseEntryId


@dataclass(frozen=True, slots=True)
class OfOpinion:
    """An opinion of the resident's, on a draft whose results are public."""

    opinion: OpinionId


@dataclass(frozen=True, slots=True)
class OfStep:
    """A stage that a proposal of the resident's has reached."""

    step: StepId


About = BookingId | Answered | OfCase | OfOpinion | OfStep


@dataclass(frozen=True, slots=True)
class Notice:
    """Something to be told to a resident, about a booking, a question, a case or a proposal of theirs."""

    id: NoticeId
    resident: ResidentId
    kind: NoticeKind
    about: About
    due_at: datetime
    not_after: datetime | None
    """When it loses its point; None: never."""
    state: NoticeState
    origin: RequestId | None = None
    """The HTTP request that it goes back to; None where the clock brought it."""


def put(
    tx: Tx,
    booking: Booking,
    kind: NoticeKind,
    occasion: str,
    due_at: datetime,
    not_after: datetime | None = None,
    *,
    at_once: bool = False,
) -> bool:
    """Plans a notice; False where nobody can be told in LINE, or it was planned for this occasion before.

    It waits until the settings' hours, but for those `AT_ONCE` and where this one is to be told `at_once`; after
    `not_after` it is dropped, by default once the booking's day is over, though never within a day.
    """
    if booking.resident is None:
        return False
    due = due_at if at_once or kind in AT_ONCE else run_settings.read(tx).may_remind_from(due_at)
    not_after = not_after or max(_over(booking.day), due + A_DAY)
    if due >= not_after:
        return False
    about = {"booking_id": booking.id, "not_after": not_after, "at_once": at_once}
    values = _planned(booking.resident, kind, occasion, due, **about)
    return unless_there(tx, notices, values) is not None or _plan_untold(tx, values)


def _planned(
    resident: ResidentId, kind: NoticeKind, occasion: str, due_at: datetime, **about: object
) -> dict[str, object]:
    """The row of a notice that is yet to be told; `about`: its other columns, what it is about among them."""
    return {
        "resident_id": resident,
        "kind": kind.value,
        "occasion": occasion,
        "due_at": due_at,
        "state": NoticeState.PLANNED.value,
        "origin": origin.current(),
        **about,
    }


def _plan_untold(tx: Tx, values: Mapping[str, object]) -> bool:
    """Plans what was dropped before it was told: a booking that moved away and came back."""
    same = [notices.c[name] == values[name] for name in ("booking_id", "kind", "occasion")]
    untold = sa.and_(notices.c.state == NoticeState.DROPPED.value, notices.c.settled_at.is_(None))
    again = tx.connection.execute(notices.update().where(*same, untold).values(values))
    return again.rowcount > 0


def put_answer(tx: Tx, resident: ResidentId, about: Answered, now: datetime) -> None:
    """Plans to tell the answer to a question within the settings' hours, in place of another that is not told yet."""
    drop_answers(tx, about.query)
    due = run_settings.read(tx).may_remind_from(now)
    told = {"query_id": about.query, "entry_id": about.entry, "not_after": due + NEWS}
    values = _planned(resident, NoticeKind.ANSWERED, now.isoformat(), due, **told)
    tx.connection.execute(notices.insert().values(values))


def put_case(tx: Tx, case: Case, entry: CaseEntryId, kind: NoticeKind, now: datetime) -> None:
    """Plans to tell within the settings' hours what was said or done in a case, however late: somebody waits for it.

    That it was sent on is no news any more once there is other. Nobody is told of a caller's.
    """
    drop_case(tx, case.id, NoticeKind.CASE_SENT_ON)
    if case.resident is None:
        return
    due = run_settings.read(tx).may_remind_from(now)
    values = _planned(case.resident, kind, str(entry), due, case_id=case.id, case_entry_id=entry)
    tx.connection.execute(notices.insert().values(values))


def put_opinion(tx: Tx, resident: ResidentId, opinion: OpinionId, now: datetime) -> None:
    """Plans to tell, within the settings' hours and once, that the city has answered."""
    due = run_settings.read(tx).may_remind_from(now)
    values = _planned(resident, NoticeKind.OPINION_ANSWERED, "published", due, opinion_id=opinion)
    unless_there(tx, notices, values)


def put_collaboration(
    tx: Tx, resident: ResidentId, step: StepId, due_at: datetime, *, at_once: bool = False
) -> None:
    """Plans to tell that a proposal has come to another stage, however late; within the settings' hours, unless it is
    an echo of what the resident does just now.
    """
    due = due_at if at_once else run_settings.read(tx).may_remind_from(due_at)
    about = {"collaboration_step_id": step, "at_once": at_once}
    values = _planned(resident, NoticeKind.COLLABORATION_STAGE, str(step), due, **about)
    tx.connection.execute(notices.insert().values(values))


def take_back_collaboration(tx: Tx, step: StepId) -> bool:
    """Takes back what is planned of a step; False where nothing was, or it has been told."""
    planned = notices.c.state == NoticeState.PLANNED.value
    gone = notices.delete().where(notices.c.collaboration_step_id == step, planned)
    return tx.connection.execute(gone).rowcount > 0


def plan_reminders(tx: Tx, booking: Booking, slot: TimeSlot, now: datetime) -> None:
    """Plans the evening before and the morning of the day; what has passed already is not made."""
    settings, occasion = run_settings.read(tx), slot.starts_at.isoformat()
    evening = _at(slot, -1, min(EVENING, settings.reminders_until - 1))
    morning = _at(slot, 0, settings.reminders_from)
    if now < evening:
        put(tx, booking, NoticeKind.REMINDER_DAY_BEFORE, occasion, evening, _at(slot, 0, 0))
    if now < morning:
        put(tx, booking, NoticeKind.REMINDER_MORNING, occasion, morning, slot.starts_at)


def plan_warning(tx: Tx, booking: Booking) -> None:
    """Plans the warning before a hold ends."""
    assert booking.held_until is not None
    until = booking.held_until
    put(tx, booking, NoticeKind.HOLD_WARNING, until.isoformat(), until - WARNING, until)


def drop(tx: Tx, booking: BookingId) -> None:
    """Drops what is planned for a booking."""
    _drop(tx, notices.c.booking_id == booking)


def drop_answers(tx: Tx, query: QueryId) -> None:
    """The same for a question."""
    _drop(tx, notices.c.query_id == query)


def drop_case(tx: Tx, case: CaseId, *kinds: NoticeKind) -> None:
    """The same for a case: notices of these kinds."""
    some = notices.c.kind.in_([kind.value for kind in kinds])
    _drop(tx, sa.and_(notices.c.case_id == case, some))


def drop_collaboration(tx: Tx, which: CollaborationId) -> None:
    """The same for a proposal: all that is planned of its steps."""
    _drop(tx, _of_collaboration(which))


def forget_collaboration(tx: Tx, which: CollaborationId) -> None:
    """Deletes all notices of a proposal, told or not."""
    tx.connection.execute(notices.delete().where(_of_collaboration(which)))


def _of_collaboration(which: CollaborationId) -> sa.ColumnElement[bool]:
    steps = sa.select(collaboration_steps.c.id).where(collaboration_steps.c.collaboration_id == which)
    return notices.c.collaboration_step_id.in_(steps)


def _drop(tx: Tx, which: sa.ColumnElement[bool]) -> None:
    planned = sa.and_(which, notices.c.state == NoticeState.PLANNED.value)
    tx.connection.execute(notices.update().where(planned).values(state=NoticeState.DROPPED.value))


def claim_due(tx: Tx, now: datetime, most: int = 100) -> tuple[Notice, ...]:
    """Takes notices whose time has come, in the transaction that puts them in the outbox: so each is told once.

    Outside the settings' hours those that are to be told at once alone; those that came too late are dropped.
    """
    ripe = [notices.c.state == NoticeState.PLANNED.value, notices.c.due_at <= now]
    if not run_settings.read(tx).may_remind(now):
        ripe.append(sa.or_(notices.c.at_once, notices.c.kind.in_([kind.value for kind in AT_ONCE])))
    query = sa.select(notices).where(*ripe).order_by(notices.c.due_at, notices.c.id).limit(most)
    rows = tx.connection.execute(query.with_for_update(skip_locked=True)).all()
    late = [row.id for row in rows if row.not_after is not None and row.not_after <= now]
    due = [row for row in rows if row.id not in late]
    _settle(tx, late, NoticeState.DROPPED, now)
    _settle(tx, [row.id for row in due], NoticeState.SENT, now)
    return tuple(_notice(row, NoticeState.SENT) for row in due)


def reminders_dropped(tx: Tx, after: datetime, now: datetime) -> tuple[tuple[NoticeId, BookingId, str], ...]:
    """Reminders that a clock which showed more than `after` took for too late, and that are not at all: of which
    booking, and of when it begins (as `plan_reminders` wrote it).
    """
    dropped = sa.and_(notices.c.state == NoticeState.DROPPED.value, notices.c.settled_at > after)
    reminds = notices.c.kind.in_([kind.value for kind in REMINDERS])
    of = sa.select(notices.c.id, notices.c.booking_id, notices.c.occasion)
    rows = tx.connection.execute(of.where(dropped, reminds, notices.c.not_after > now))
    return tuple((NoticeId(row.id), BookingId(row.booking_id), row.occasion) for row in rows)


def plan_again(tx: Tx, which: NoticeId) -> None:
    """It was not too late: it is told when it is due."""
    again = notices.update().where(notices.c.id == which)
    tx.connection.execute(again.values(state=NoticeState.PLANNED.value, settled_at=None))


def _settle(tx: Tx, ids: list[int], state: NoticeState, now: datetime) -> None:
    mine = notices.c.id.in_(ids)
    tx.connection.execute(notices.update().where(mine).values(state=state.value, settled_at=now))


def of_booking(tx: Tx, booking: BookingId) -> tuple[Notice, ...]:
    """All of a booking, planned or settled, in order of time."""
    query = sa.select(notices).where(notices.c.booking_id == booking).order_by(notices.c.due_at, notices.c.id)
    return tuple(_notice(row, NoticeState(row.state)) for row in tx.connection.execute(query))


def is_planned(tx: Tx, booking: BookingId, kind: NoticeKind) -> bool:
    """Whether such a notice of the booking is still to be told."""
    planned = sa.and_(notices.c.booking_id == booking, notices.c.kind == kind.value)
    waiting = sa.and_(planned, notices.c.state == NoticeState.PLANNED.value)
    return tx.connection.scalar(sa.select(notices.c.id).where(waiting).limit(1)) is not None


def _notice(row: sa.Row[tuple[object, ...]], state: NoticeState) -> Notice:
    return Notice(
        NoticeId(row.id),
        ResidentId(row.resident_id),
        NoticeKind(row.kind),
        _about(row),
        row.due_at,
        row.not_after,
        state,
        row.origin,
    )


def _about(row: sa.Row[tuple[object, ...]]) -> About:
    if row.case_id is not None:
        return OfCase(CaseId(row.case_id), CaseEntryId(row.case_entry_id))
    if row.opinion_id is not None:
        return OfOpinion(OpinionId(row.opinion_id))
    if row.collaboration_step_id is not None:
        return OfStep(StepId(row.collaboration_step_id))
    if row.query_id is None:
        return BookingId(row.booking_id)
    return Answered(QueryId(row.query_id), EntryId(row.entry_id))


def _at(slot: TimeSlot, days: int, hour: int) -> datetime:
    """An hour of the slot's day, or of one before or after it."""
    return datetime.combine(slot.day + timedelta(days=days), time(hour), JAPAN).astimezone(UTC)


def _over(day: date) -> datetime:
    """The midnight in Japan at which a day ends."""
    return datetime.combine(day + A_DAY, time(), JAPAN).astimezone(UTC)
