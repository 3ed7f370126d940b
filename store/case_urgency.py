"""A resident whose case stands may be in danger: the case is urgent from then on, and who keeps it is told."""

from datetime import datetime

from nlp.danger import DangerKind
from nlp.japan import today
from store import audit, case_changes, cases, staff_notices
from store.audit import SERVICE, Kind
from store.cases import CaseId
from store.db import Tx
from store.residents import ResidentId
from store.staff_notices import StaffNoticeKind


def hasten(tx: Tx, resident: ResidentId, danger: DangerKind, now: datetime) -> CaseId | None:
    """Told once a day of each kind of danger. None where no case of theirs stands."""
    standing = cases.standing(tx, resident)
    case = standing and case_changes.of_resident(tx, resident, standing.id)
    if case is None or not case.is_open:
        return None
    if not case.urgent:
        case_changes.touch(tx, case, urgent=True)
        audit.record(tx, SERVICE, "hastened", Kind.CASE, str(case.id), now, danger=danger.value)
    staff_notices.tell(tx, case.id, StaffNoticeKind.ALARM, now, f"{danger.value} {today(now)}")
    return case.id
