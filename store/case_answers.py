"""Answering a case: in LINE, on the city's page, by telephone, by post, or by naming the authority whose it is.

What a voice is answered in general is told to those that are joined to it, each in their own talk.
"""

from datetime import datetime
from enum import StrEnum
from typing import Any, assert_never

from store import audit, case_talk, notices, staff_notices, voice_joining
from store.audit import ByAccount, Kind
from store.case_changes import change, ended, free, untold
from store.case_refusals import Refused
from store.case_talk import EntryId, EntryKind
from store.cases import Case, CaseId, Ending, Origin, Reach, State
from store.db import Tx
from store.notices import NoticeKind
from store.sight import AccountId, Viewer


class In(StrEnum):
    """Where an answer is given."""

    LINE = "line"
    """General information, sent into the talk."""
    PAGE = "page"
    """For one person alone: kept on the city's page, and announced in neutral words."""
    TELEPHONE = "telephone"
    """A record of what was said on the telephone."""
    LETTER = "letter"
    """A record of what was sent by post."""


def answer(
    tx: Tx,
    viewer: Viewer,
    case: CaseId,
    version: int,
    words: str,
    how: In,
    now: datetime,
    *,
    also_closes: bool = False,
    to_joined: bool = True,
) -> Case | Refused:
    """The resident hears from the city. Who answers looks after it from then on.

    `to_joined`: whether the words of an answer in LINE or by post are general, and told to the joined voices as well.
    """
    found = free(tx, viewer, case, version)
    if not isinstance(found, Case):
        return found
    if _is_to_be_told(found, how) and (refused := untold(tx, found)):
        return refused
    others = voice_joining.waiting(tx, case) if to_joined and how in (In.LINE, In.LETTER) else ()
    for each in others:
        if (way := _way_to(tx, each)) is not None:
            _give(tx, viewer, each, words, way, now, also_closes=also_closes)
    answered = _give(tx, viewer, found, words, how, now, also_closes=also_closes)
    if also_closes:
        voice_joining.release(tx, case)
    return answered


def _give(
    tx: Tx, viewer: Viewer, case: Case, words: str, how: In, now: datetime, *, also_closes: bool
) -> Case:
    entry = case_talk.add(tx, case.id, _kind(how), now, by=viewer.account, words=words)
    act = ByAccount(viewer.account)
    audit.record(tx, act, "case.answered", Kind.CASE, str(case.id), now, way=how)
    over = ended(Ending.SOLVED, now) if also_closes else {"state": State.ANSWERED.value}
    staff_notices.drop(tx, case.id, now)
    answered = change(tx, case, **_heard(case, viewer.account, now), **over)
    _tell(tx, answered, entry, how, now)
    return answered


def _way_to(tx: Tx, case: Case) -> In | None:
    """How a general answer reaches who told a joined voice; None where staff have to find a way."""
    if case.resident is not None:
        return In.LINE if untold(tx, case) is None else None
    return In.PAGE if case.origin is Origin.FORM else None


def elsewhere(
    tx: Tx, viewer: Viewer, case: CaseId, version: int, neighbour: str, words: str, now: datetime
) -> Case | Refused:
    """It is not the city's: names the authority whose it is, by its id, and closes the case.

    A caller has heard it on the telephone; a resident who blocked the account cannot be told.
    """
    found = free(tx, viewer, case, version)
    if not isinstance(found, Case):
        return found
    if found.resident is not None and (refused := untold(tx, found)):
        return refused
    for each in voice_joining.waiting(tx, case):
        _name(tx, viewer, each, neighbour, words, now)
    return _name(tx, viewer, found, neighbour, words, now)


def _name(tx: Tx, viewer: Viewer, case: Case, neighbour: str, words: str, now: datetime) -> Case:
    entry = case_talk.add(
        tx, case.id, EntryKind.ELSEWHERE, now, by=viewer.account, words=words, neighbour=neighbour
    )
    act = ByAccount(viewer.account)
    audit.record(tx, act, "case.elsewhere", Kind.CASE, str(case.id), now, neighbour=neighbour)
    over = ended(Ending.ELSEWHERE, now)
    staff_notices.drop(tx, case.id, now)
    named = change(tx, case, **_heard(case, viewer.account, now), **over)
    notices.put_case(tx, named, entry, NoticeKind.CASE_ELSEWHERE, now)
    return named


def _is_to_be_told(case: Case, how: In) -> bool:
    """Whether the resident hears of it in LINE alone: who used the form looks at a page of their own."""
    reads_page = case.reach is Reach.PAGE or case.origin is Origin.FORM
    return how is In.LINE or (how is In.PAGE and not reads_page)


def _kind(how: In) -> EntryKind:
    match how:
        case In.LINE:
            return EntryKind.ANSWERED_LINE
        case In.PAGE:
            return EntryKind.ANSWERED_PAGE
        case In.TELEPHONE:
            return EntryKind.ANSWERED_TELEPHONE
        case In.LETTER:
            return EntryKind.ANSWERED_LETTER
        case _:
            assert_never(how)


def _heard(case: Case, by: AccountId, now: datetime) -> dict[str, Any]:
    first = {"first_answered_at": now} if case.answered_at is None else {}
    return {
        **first,
        "taken_by": by,
        "taken_at": case.taken_at or now,
        "acted_at": now,
        "answered_at": now,
        "unread": 0,
    }


def _tell(tx: Tx, case: Case, entry: EntryId, how: In, now: datetime) -> None:
    match how:
        case In.LINE:
            notices.put_case(tx, case, entry, NoticeKind.CASE_ANSWER, now)
        case In.PAGE:
            notices.put_case(tx, case, entry, NoticeKind.CASE_PAGE, now)
        case In.TELEPHONE | In.LETTER:
            pass
        case _:
            assert_never(how)
