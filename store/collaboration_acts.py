"""What staff do with a proposal: move it on, say who decides next and by when, hand it over, take the last step back.

A step can be taken back until the proposer is told of it, which happens ten minutes later at the earliest.
"""

from datetime import date, datetime, timedelta
from typing import Final

from faq.counters import SectionId
from nlp.japan import today
from store import (
    audit,
    collaboration_agreements,
    collaboration_changes,
    collaboration_steps,
    notices,
)
from store.audit import ByAccount, Kind
from store.collaboration_refusals import CannotFollow, No, Refused, WrongDay
from store.collaboration_stages import MOVES, Stage
from store.collaboration_steps import Step, StepDraft
from store.collaborations import Collaboration, CollaborationId
from store.db import Tx
from store.sight import Role, Viewer

UNDO: Final = timedelta(minutes=10)
"""So long nobody is told of a step."""
_APPROVERS: Final = (Role.APPROVER, Role.ADMIN)


def move(
    tx: Tx, viewer: Viewer, which: CollaborationId, version: int, draft: StepDraft, now: datetime
) -> Collaboration | Refused:
    """To the next stage, on a day up to today. An evaluation is reached by publishing it, and by nothing else."""
    found = collaboration_changes.kept(tx, viewer, which, version)
    if not isinstance(found, Collaboration):
        return found
    if (refused := _refused(tx, viewer, found, draft, now)) is not None:
        return refused
    moved = collaboration_changes.step(tx, found, draft, viewer.account, now, now + UNDO)
    collaboration_changes.keep_from(tx, moved, _kept_from(tx, moved))
    _record(tx, viewer, "collaboration.moved", which, now, before=found.stage, stage=draft.stage)
    return moved


def _refused(tx: Tx, viewer: Viewer, found: Collaboration, draft: StepDraft, now: datetime) -> Refused | None:
    if draft.stage not in MOVES[found.stage] or draft.stage is Stage.EVALUATED:
        return CannotFollow(found.stage)
    if not found.since <= draft.on <= today(now):
        return WrongDay(found.since, today(now))
    if draft.stage is Stage.AGREED:
        if viewer.role not in _APPROVERS:
            return No.NEEDS_APPROVER
        if collaboration_agreements.of_collaboration(tx, found.id) is None:
            return No.NO_AGREEMENT
    return None


def undo(
    tx: Tx, viewer: Viewer, which: CollaborationId, version: int, now: datetime
) -> Collaboration | Refused:
    """As if the last step had not been taken; not what the proposer did, nor what they know of."""
    found = collaboration_changes.kept(tx, viewer, which, version)
    if not isinstance(found, Collaboration):
        return found
    last = collaboration_steps.of_collaboration(tx, which)[-1]
    if not may_undo(last, now) or not _untell(tx, last):
        return No.ALREADY_TOLD
    collaboration_steps.remove(tx, last.id)
    back = collaboration_changes.change(tx, found, steps=found.steps - 1, closed_at=None)
    collaboration_changes.keep_from(tx, back, _kept_from(tx, back))
    _record(tx, viewer, "collaboration.undone", which, now, before=found.stage, stage=back.stage)
    return back


def may_undo(last: Step, now: datetime) -> bool:
    """Whether the last step may be taken back: somebody of the city took it, and nobody was told. Where nobody can be
    told at all, for ten minutes."""
    is_citys = last.by is not None and last.stage is not Stage.EVALUATED
    return is_citys and (last.untold or now < last.at + UNDO)


def _untell(tx: Tx, last: Step) -> bool:
    """Takes its notice back; False where that went out meanwhile."""
    return notices.take_back_collaboration(tx, last.id) or not last.untold


def plan(
    tx: Tx,
    viewer: Viewer,
    which: CollaborationId,
    version: int,
    decides: str,
    due_on: date | None,
    now: datetime,
) -> Collaboration | Refused:
    """Says who decides upon the next stage, and by when; the proposer sees it in the talk."""
    found = collaboration_changes.kept(tx, viewer, which, version)
    if not isinstance(found, Collaboration):
        return found
    if not found.is_open:
        return CannotFollow(found.stage)
    last = collaboration_steps.of_collaboration(tx, which)[-1]
    collaboration_steps.replan(tx, last.id, decides, due_on)
    _record(tx, viewer, "collaboration.planned", which, now, due_on=due_on.isoformat() if due_on else "")
    return collaboration_changes.change(tx, found)


def hand_over(
    tx: Tx, viewer: Viewer, which: CollaborationId, version: int, to: SectionId, now: datetime
) -> Collaboration | Refused:
    """From now on it is another section's."""
    found = collaboration_changes.kept(tx, viewer, which, version)
    if not isinstance(found, Collaboration):
        return found
    _record(tx, viewer, "collaboration.handed_over", which, now, before=found.section, section=to)
    return collaboration_changes.change(tx, found, section=to)


def _kept_from(tx: Tx, found: Collaboration) -> date:
    """The day from which on whom to reach is kept: that of the last step, or the end of what is agreed upon."""
    agreement = collaboration_agreements.of_collaboration(tx, found.id)
    runs = agreement is not None and found.stage in (Stage.AGREED, Stage.CARRIED_OUT)
    return max(found.since, agreement.ends) if agreement is not None and runs else found.since


def _record(tx: Tx, viewer: Viewer, act: str, which: CollaborationId, now: datetime, **detail: str) -> None:
    audit.record(tx, ByAccount(viewer.account), act, Kind.COLLABORATION, str(which), now, **detail)
