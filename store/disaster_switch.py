"""Switching disaster mode on and off: rehearsed, proposed, confirmed, prolonged, ended by hand or by itself."""

from collections.abc import Mapping
from datetime import datetime, timedelta

import sqlalchemy as sa

from faq.disaster import DisasterId
from store import audit, credentials, disaster, disaster_acts
from store.audit import ByAccount, Kind
from store.db import Tx
from store.disaster import LONGEST, STANDS, Disaster, Draft, How, Refusal, State
from store.disaster_acts import Act
from store.inserting import change_unless_there, unless_there
from store.overtaken import Overtaken
from store.sight import Viewer
from store.tables import accounts, disaster_measures, disasters


def rehearse(tx: Tx, viewer: Viewer, draft: Draft, now: datetime) -> Disaster | Refusal:
    """Begins a rehearsal of their own; the one that they have, where they have one."""
    if not disaster.may_lead(viewer):
        return Refusal.GONE
    tx.connection.execute(sa.select(accounts.c.id).where(accounts.c.id == viewer.account).with_for_update())
    there = disaster.rehearsed(tx, viewer)
    return there or _made(tx, viewer, State.REHEARSED, draft, now)


def propose(tx: Tx, viewer: Viewer, draft: Draft, now: datetime) -> Disaster | Refusal:
    """Proposes that it be switched on; residents see nothing of it yet."""
    refusal = _not_to_be_proposed(tx, viewer, now)
    return refusal or _made(tx, viewer, State.PROPOSED, draft, now)


def adopt(tx: Tx, viewer: Viewer, which: DisasterId, draft: Draft, now: datetime) -> Disaster | Refusal:
    """Makes a rehearsal of theirs the proposal, with all that was set up for it."""
    if refusal := _not_to_be_proposed(tx, viewer, now):
        return refusal
    there = disaster.locked(tx, which)
    if there is None or there.state is not State.REHEARSED or there.proposed_by != viewer.account:
        return Refusal.GONE
    section, minutes = draft.section, _minutes(draft.lasts)
    values = {"what": draft.what, "section": section, "lasts_minutes": minutes, "proposed_at": now}
    # Whoever proposes one of their own at this moment holds no lock of this row: the index decides.
    if not change_unless_there(tx, disasters, which, {"state": State.PROPOSED.value, **values}):
        return Refusal.ALREADY_PROPOSED
    return _decided(tx, there, Act.PROPOSED, viewer, now, {})


def confirm(
    tx: Tx, viewer: Viewer, which: DisasterId, version: int, step: int | None, now: datetime
) -> Disaster | Refusal | Overtaken:
    """Switches it on: another person than who proposed it, or the same with a code of their app.

    `step` is the step of the code that they have just shown (`web.authenticator.step_of`), None without one; it is
    used up.
    """
    settle(tx, now)
    there = _theirs(tx, viewer, which, version, State.PROPOSED)
    if not isinstance(there, Disaster):
        return there
    alone = there.proposed_by == viewer.account
    if alone and step is None:
        return Refusal.NEEDS_ANOTHER
    if alone and step is not None and not credentials.take_step(tx, viewer.account, step):
        return Refusal.CODE_USED
    if disaster.present(tx, now) is not None:
        return Refusal.ALREADY_ON
    until = now + there.lasts
    how = How.SECOND_FACTOR if alone else How.TWO_PEOPLE
    by = {"how": how.value, "confirmed_by": viewer.account, "started_at": now, "expires_at": until}
    return _decided(tx, there, Act.CONFIRMED, viewer, now, {"state": State.ON.value, **by}, until)


def prolong(
    tx: Tx, viewer: Viewer, which: DisasterId, version: int, until: datetime, now: datetime
) -> Disaster | Refusal | Overtaken:
    """Lets it last until later, at most `LONGEST` from now; never one that has ended."""
    settle(tx, now)
    there = _theirs(tx, viewer, which, version, State.ON)
    if not isinstance(there, Disaster):
        return there
    assert there.expires_at is not None
    if until > now + LONGEST:
        return Refusal.TOO_LONG
    if until <= there.expires_at:
        return Refusal.NOT_LATER
    return _decided(tx, there, Act.PROLONGED, viewer, now, {"expires_at": until}, until)


def end(tx: Tx, viewer: Viewer, which: DisasterId, now: datetime) -> Disaster | Refusal:
    """Ends what is on, withdraws what is proposed, leaves off rehearsing: at once, whatever anybody read before."""
    settle(tx, now)
    there = disaster.locked(tx, which) if disaster.find(tx, viewer, which) is not None else None
    if there is None or there.state is State.ENDED:
        return Refusal.GONE
    act = {State.ON: Act.ENDED, State.PROPOSED: Act.WITHDRAWN, State.REHEARSED: Act.LEFT_OFF}[there.state]
    if there.state is State.REHEARSED:
        _forget_what_was_set_up(tx, which)
    ended = {"state": State.ENDED.value, "ended_by": viewer.account, "ended_at": now}
    return _decided(tx, there, act, viewer, now, ended)


def settle(tx: Tx, now: datetime) -> int:
    """Writes down what has ended by itself, waited too long to be confirmed, or was rehearsed long ago; how many.

    Nothing depends on it: what is over is not `present`, settled or not.
    """
    ids = list(tx.connection.scalars(sa.select(disasters.c.id).where(_is_over(now))))
    return sum(_settled(tx, DisasterId(each), now) for each in sorted(ids))


def has_over(tx: Tx, now: datetime) -> bool:
    """Whether there is anything to settle: a look that writes nothing."""
    return tx.connection.scalar(sa.select(disasters.c.id).where(_is_over(now)).limit(1)) is not None


def _is_over(now: datetime) -> sa.ColumnElement[bool]:
    over = disasters.c.state == State.ON.value, disasters.c.expires_at <= now
    lapsed = disasters.c.state == State.PROPOSED.value, disasters.c.proposed_at <= now - STANDS
    left = disasters.c.state == State.REHEARSED.value, disasters.c.proposed_at <= now - LONGEST
    return sa.or_(*(sa.and_(*each) for each in (over, lapsed, left)))


def _settled(tx: Tx, which: DisasterId, now: datetime) -> bool:
    there = disaster.locked(tx, which)
    if there is None or (over := _over(there, now)) is None:
        return False
    act, at = over
    if act is Act.LEFT_OFF:
        _forget_what_was_set_up(tx, which)
    _decided(tx, there, act, None, now, {"state": State.ENDED.value, "ended_at": at})
    return True


def _over(there: Disaster, now: datetime) -> tuple[Act, datetime] | None:
    """How it came to its end without anybody, and when; None where it has not."""
    match there.state:
        case State.ON:
            assert there.expires_at is not None
            act, at = Act.EXPIRED, there.expires_at
        case State.PROPOSED:
            act, at = Act.LAPSED, there.proposed_at + STANDS
        case State.REHEARSED:
            act, at = Act.LEFT_OFF, there.proposed_at + LONGEST
        case State.ENDED:
            return None
    return (act, at) if at <= now else None


def _forget_what_was_set_up(tx: Tx, which: DisasterId) -> None:
    """Of a rehearsal nothing is kept but that it was."""
    tx.connection.execute(disaster_measures.delete().where(disaster_measures.c.disaster_id == which))


def _not_to_be_proposed(tx: Tx, viewer: Viewer, now: datetime) -> Refusal | None:
    if not disaster.may_lead(viewer):
        return Refusal.GONE
    settle(tx, now)
    if disaster.present(tx, now) is not None:
        return Refusal.ALREADY_ON
    return Refusal.ALREADY_PROPOSED if disaster.proposed(tx, now) is not None else None


def _made(tx: Tx, viewer: Viewer, state: State, draft: Draft, now: datetime) -> Disaster | Refusal:
    values = {
        "state": state.value,
        "what": draft.what,
        "section": draft.section,
        "lasts_minutes": _minutes(draft.lasts),
        "version": 1,
        "edition": 1,
        "proposed_by": viewer.account,
        "proposed_at": now,
    }
    made = unless_there(tx, disasters, values)
    if made is None:
        return Refusal.ALREADY_PROPOSED
    act = Act.PROPOSED if state is State.PROPOSED else Act.REHEARSED
    _note(tx, DisasterId(made), act, viewer, now, None)
    return disaster.read(tx, DisasterId(made))


def _theirs(
    tx: Tx, viewer: Viewer, which: DisasterId, version: int, state: State
) -> Disaster | Refusal | Overtaken:
    """The disaster in that state, locked, where they may act upon it and have seen it as it is."""
    there = disaster.locked(tx, which) if disaster.may_lead(viewer) else None
    if there is None or there.state is not state:
        return Refusal.GONE
    return there if there.version == version else disaster_acts.last(tx, which)


def _decided(
    tx: Tx,
    there: Disaster,
    act: Act,
    viewer: Viewer | None,
    now: datetime,
    values: Mapping[str, object],
    until: datetime | None = None,
) -> Disaster:
    raised = {"version": there.version + 1, "edition": disasters.c.edition + 1}
    tx.connection.execute(disasters.update().where(disasters.c.id == there.id).values({**raised, **values}))
    _note(tx, there.id, act, viewer, now, until)
    return disaster.read(tx, there.id)


def _note(
    tx: Tx, which: DisasterId, act: Act, viewer: Viewer | None, now: datetime, until: datetime | None
) -> None:
    disaster_acts.write(tx, which, act, viewer.account if viewer else None, now, until)
    by = ByAccount(viewer.account) if viewer else audit.SERVICE
    detail = {"until": until.isoformat()} if until else {}
    audit.record(tx, by, act.value, Kind.DISASTER, str(which), now, **detail)


def _minutes(lasts: timedelta) -> int:
    return round(lasts.total_seconds() / 60)
