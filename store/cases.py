"""Cases: what a resident in LINE, or a caller, hands to a person; `docs/cases.md` draws the states.

Here are the nouns, and who finds which; the lists of staff stand in `store/case_lists.py`. What residents do stands in
`store/case_opening.py` and `store/case_saying.py`, what staff do in `store/case_acts.py` and `store/case_answers.py`,
what was said in `store/case_talk.py`.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Final, NewType

import sqlalchemy as sa

from faq.counters import SectionId
from faq.models import EntryId
from nlp.language import Language
from store import case_words
from store.db import Tx
from store.particulars import ParticularsId
from store.receipts import Receipt
from store.residents import ResidentId
from store.sight import AccountId, Viewer, is_of_theirs
from store.tables import accounts, case_keys, cases, residents

CaseId = NewType("CaseId", int)


class State(StrEnum):
    """How a case stands."""

    NEW = "new"
    """Nobody looks after it."""
    TAKEN = "taken"
    """Somebody of the section does."""
    ANSWERED = "answered"
    """The resident has heard from the city, and may say more."""
    CLOSED = "closed"


class Reach(StrEnum):
    """How the resident wants to be answered."""

    LINE = "line"
    TELEPHONE = "telephone"
    PAGE = "page"
    """Behind a link of their own, on a page that needs no LINE."""
    LETTER = "letter"
    """By post, which staff send."""


class Origin(StrEnum):
    """Where it was handed over."""

    LINE = "line"
    DESK = "desk"
    """By somebody at the city: an operator for a caller, or who enters a letter."""
    FORM = "form"
    """By the form that everybody may use, nobody knows who."""


class Ending(StrEnum):
    """Why it is closed."""

    SOLVED = "solved"
    UNHEARD = "unheard"
    """Nobody said more for a week after an answer."""
    ELSEWHERE = "elsewhere"
    """It is another authority's."""
    WITHDRAWN = "withdrawn"
    """The resident took it back, or had it erased."""
    GIVEN_UP = "given_up"
    """They could not be reached."""


@dataclass(frozen=True, slots=True)
class Case:
    """A case, as it stands."""

    id: CaseId
    receipt: Receipt
    origin: Origin
    section: SectionId
    subject: str
    """In a few words, masked; empty for who may not read the words, and once they are erased."""
    entry: EntryId | None
    """What was talked of when it was handed over."""
    ward: str
    """Empty where nobody said."""
    reach: Reach
    resident: ResidentId | None
    """None for a caller's, and once the case or the resident is erased."""
    particulars: ParticularsId | None
    """Name and telephone, where they were asked and are not deleted yet."""
    urgent: bool
    state: State
    ending: Ending | None
    opened_at: datetime
    promised_at: datetime | None
    """By when the resident hears; None: nobody could say."""
    waits_since: datetime
    """Since when somebody waits for the city: the opening, or what they said after an answer."""
    made_by: AccountId | None
    """The operator who handed over a caller's."""
    taken_by: AccountId | None
    """Who looks after it, or did last."""
    taken_by_shown: str
    """Empty where nobody did."""
    taken_at: datetime | None
    answered_at: datetime | None
    """When they last heard from the city."""
    closed_at: datetime | None
    moves: int
    """How often it was sent on to another section."""
    reopened: int
    unread: int
    """How often the resident said something since staff last looked."""
    version: int
    """Moves with all that an answer could depend on; a form that saw another is out of date."""
    language: Language | None = None
    """In which the resident is answered in the talk; None where nothing they wrote has shown it."""

    @property
    def is_open(self) -> bool:
        return self.state is not State.CLOSED

    def is_late(self, now: datetime) -> bool:
        """Whether the promise is broken: somebody still waits."""
        return self.state in WAITING and self.promised_at is not None and self.promised_at < now


WAITING: Final = (State.NEW, State.TAKEN)
"""States in which somebody waits for the city."""
OPEN: Final = cases.c.state != State.CLOSED.value


def seen_by(viewer: Viewer) -> sa.ColumnElement[bool]:
    """The cases of which the viewer may see that they stand: those they keep or made, and all for who leads."""
    if viewer.leads and not viewer.outside:
        return sa.true()
    return sa.or_(cases.c.made_by == viewer.account, kept_by(viewer))


def kept_by(viewer: Viewer) -> sa.ColumnElement[bool]:
    """The cases whose words the viewer may read and upon which they act: their section's, all for an administrator.

    Who works for a contractor keeps none.
    """
    return is_of_theirs(viewer, cases.c.section)


def seen(tx: Tx, viewer: Viewer, which: sa.ColumnElement[bool]) -> tuple[Case, ...]:
    """Those of them that the viewer may see: the urgent first, then by the promise."""
    order = (cases.c.urgent.desc(), cases.c.promised_at.is_(None), cases.c.promised_at, cases.c.id)
    return _cases(tx, sa.and_(which, seen_by(viewer)), kept_by(viewer), order)


def find(tx: Tx, viewer: Viewer, case: CaseId) -> Case | None:
    """A case that the viewer may see."""
    return _first(seen(tx, viewer, cases.c.id == case))


def by_receipt(tx: Tx, viewer: Viewer, receipt: Receipt) -> Case | None:
    """The case that a caller asks about."""
    return _first(seen(tx, viewer, cases.c.receipt == receipt))


def standing_of(tx: Tx, receipt: Receipt) -> Case | None:
    """How the case of that receipt stands, whoever made it, for who is asked by somebody that knows the number.

    Without a word of it.
    """
    return _first(_cases(tx, cases.c.receipt == receipt, sa.false(), (cases.c.id,)))


def is_kept_by(tx: Tx, viewer: Viewer, case: CaseId) -> bool:
    """Whether the viewer may act upon it and read it."""
    kept = sa.select(cases.c.id).where(cases.c.id == case, kept_by(viewer))
    return tx.connection.scalar(kept) is not None


def standing(tx: Tx, resident: ResidentId) -> Case | None:
    """The case of the resident's that is not closed; the newest, where there are several."""
    return _first(open_of_resident(tx, resident))


def latest(tx: Tx, resident: ResidentId) -> Case | None:
    """The newest of the resident's cases, closed or not."""
    return _first(_of(tx, resident, sa.true()))


def of_resident(tx: Tx, resident: ResidentId) -> tuple[Case, ...]:
    """All of the resident's cases, the newest first."""
    return _of(tx, resident, sa.true())


def open_of_resident(tx: Tx, resident: ResidentId) -> tuple[Case, ...]:
    """Those that are not closed, the newest first."""
    rows = tx.connection.execute(_OPEN_OF_RESIDENT, {"resident": resident})
    return tuple(_case(tx, row) for row in rows)


def own(tx: Tx, resident: ResidentId, case: CaseId) -> Case | None:
    """A case, where it is the resident's."""
    return _first(_of(tx, resident, cases.c.id == case))


def read(tx: Tx, case: CaseId) -> Case:
    """A case that is there, for who may see all of it."""
    return _cases(tx, cases.c.id == case, sa.true(), (cases.c.id,))[0]


def _of(tx: Tx, resident: ResidentId, which: sa.ColumnElement[bool]) -> tuple[Case, ...]:
    theirs = sa.and_(which, cases.c.resident_id == resident)
    return _cases(tx, theirs, sa.true(), (cases.c.id.desc(),))


def _cases(
    tx: Tx,
    which: sa.ColumnElement[bool],
    readable: sa.ColumnElement[bool],
    order: tuple[sa.ColumnElement[Any], ...],
) -> tuple[Case, ...]:
    return tuple(_case(tx, row) for row in tx.connection.execute(_select(which, readable).order_by(*order)))


def _select(which: sa.ColumnElement[bool], readable: sa.ColumnElement[bool]) -> sa.Select[Any]:
    taker = accounts.alias("taker")
    return (
        sa.select(
            cases,
            taker.c.shown.label("taken_by_shown"),
            case_keys.c.wrapped,
            readable.label("readable"),
            residents.c.language,
        )
        .join(taker, taker.c.id == cases.c.taken_by, isouter=True)
        .join(case_keys, case_keys.c.case_id == cases.c.id, isouter=True)
        .join(residents, residents.c.id == cases.c.resident_id, isouter=True)
        .where(which)
    )


_OPEN_OF_RESIDENT: Final = _select(
    sa.and_(OPEN, cases.c.resident_id == sa.bindparam("resident")), sa.true()
).order_by(cases.c.id.desc())
"""Made once: each turn asks."""


def _case(tx: Tx, row: sa.Row[tuple[object, ...]]) -> Case:
    key = case_words.unwrapped(tx, row.id, row.wrapped) if row.readable else None
    return Case(
        id=CaseId(row.id),
        receipt=Receipt(row.receipt),
        origin=Origin(row.origin),
        section=SectionId(row.section),
        subject=case_words.opened(key, row.id, row.subject, case_words.SUBJECT),
        entry=None if row.entry_id is None else EntryId(row.entry_id),
        ward=row.ward,
        reach=Reach(row.reach),
        resident=None if row.resident_id is None else ResidentId(row.resident_id),
        particulars=None if row.particulars_id is None else ParticularsId(row.particulars_id),
        urgent=row.urgent,
        state=State(row.state),
        ending=None if row.ending is None else Ending(row.ending),
        opened_at=row.opened_at,
        promised_at=row.promised_at,
        waits_since=row.waits_since,
        made_by=None if row.made_by is None else AccountId(row.made_by),
        taken_by=None if row.taken_by is None else AccountId(row.taken_by),
        taken_by_shown=row.taken_by_shown or "",
        taken_at=row.taken_at,
        answered_at=row.answered_at,
        closed_at=row.closed_at,
        moves=row.moves,
        reopened=row.reopened,
        unread=row.unread,
        version=row.version,
        language=Language(row.language) if row.language else None,
    )


def _first(found: tuple[Case, ...]) -> Case | None:
    return found[0] if found else None
