"""Mailings: notices to the residents who chose their topics. Staff write one, a second person approves it, it is sent.

Writing is in `store.mailing_drafts`, deciding in `store.mailing_decisions`, sending in `store.mailing_beginning`,
`store.mailing_batches` and `store.mailing_outcomes`, what came of it in `store.mailing_figures`; `docs/mailings.md`
draws the states.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final, NewType, assert_never

import sqlalchemy as sa

from faq.counters import SectionId
from faq.topics import TopicId
from nlp.language import Language
from store.db import Tx
from store.overtaken import Overtaken
from store.sight import AccountId, Role, Viewer
from store.tables import accounts, mailing_authors, mailing_words, mailings

MailingId = NewType("MailingId", int)

TITLE_MOST: Final = 60
TEXT_MOST: Final = 1000
"""UTF-16 code units, as LINE counts: a bubble shows so many without being cut."""
LINK_MOST: Final = 1000
LONGEST: Final = timedelta(days=31)
"""So long after it may begin a mailing has ended, whatever keeps it waiting."""


class State(StrEnum):
    """Where a mailing stands."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    """Waits for a second person."""
    APPROVED = "approved"
    """Waits for its time."""
    SENDING = "sending"
    """Who gets it is settled."""
    SENT = "sent"
    STOPPED = "stopped"
    LAPSED = "lapsed"
    """Its time was over before all had it."""


OPEN: Final = (State.DRAFT, State.SUBMITTED, State.APPROVED)
"""It can still be changed, or taken back without anybody having got it."""


class No(StrEnum):
    """Why something cannot be done."""

    NOT_YOURS = "not_yours"
    """Not there, or another section's."""
    NOT_NOW = "not_now"
    """It is in another state by now."""
    OWN_WORDS = "own_words"
    """Who wrote at it does not approve it."""
    NEEDS_APPROVER = "needs_approver"
    NEEDS_ADMIN = "needs_admin"
    """What is urgent goes out at night as well: an administrator approves it."""
    NEEDS_REASON = "needs_reason"
    TOO_LATE = "too_late"
    """Its last moment is over, or before it would begin."""


Refusal = No | Overtaken


@dataclass(frozen=True, slots=True)
class Words:
    """What is said, in one language."""

    title: str
    text: str


@dataclass(frozen=True, slots=True)
class MailingDraft:
    """A mailing as it is written. Raises ValueError where it could not be sent."""

    words: Mapping[Language, Words]
    """Japanese at least."""
    link: str
    """https, or empty."""
    topics: tuple[TopicId, ...]
    wards: tuple[str, ...]
    """For whom it is meant; none: the whole city."""
    section: SectionId | None
    """Who answers for it; None: the city."""
    send_at: datetime | None
    """None: as soon as it is approved."""
    not_after: datetime
    """Who has not got it by then gets it no more."""
    urgent: bool
    """Also at night."""

    def __post_init__(self) -> None:
        if Language.JAPANESE not in self.words or not self.topics:
            raise ValueError("a mailing without Japanese words, or without a topic")
        if self.link and not self.link.startswith("https://"):
            raise ValueError("a link that is not https")


@dataclass(frozen=True, slots=True)
class Mailing:
    """A mailing, and what became of it."""

    id: MailingId
    version: int
    """Rises with each change of what is sent; an approval is of one version."""
    state: State
    what: MailingDraft
    by: AccountId
    """Who wrote it last."""
    by_shown: str
    authors: frozenset[AccountId]
    """All who have written at it."""
    written_at: datetime
    submitted_at: datetime | None
    decided_by_shown: str
    """Empty where nobody has decided."""
    decided_at: datetime | None
    reason: str
    """Why it was sent back; empty where it was not."""
    begun_at: datetime | None
    ended_at: datetime | None
    stopped_by_shown: str
    unit: str
    """Under which LINE counts how it was read."""
    full_since: datetime | None
    """Since when LINE takes no more this month; None: it does."""

    @property
    def title(self) -> str:
        return self.what.words[Language.JAPANESE].title


def seen_by(viewer: Viewer) -> sa.ColumnElement[bool]:
    """All for approvers and administrators; for staff those of their section, and at which they wrote."""
    match viewer.role:
        case Role.APPROVER | Role.ADMIN:
            return sa.true()
        case Role.STAFF:
            wrote = sa.select(mailing_authors.c.mailing_id).where(
                mailing_authors.c.account_id == viewer.account
            )
            theirs = mailings.c.section.is_not_distinct_from(viewer.section)
            return sa.or_(theirs, mailings.c.id.in_(wrote))
        case Role.OPERATOR:
            return sa.false()
        case other:
            assert_never(other)


def find(tx: Tx, viewer: Viewer, mailing: MailingId) -> Mailing | None:
    """The mailing, where it is theirs to see."""
    row = tx.connection.execute(_select().where(mailings.c.id == mailing, seen_by(viewer))).first()
    return None if row is None else _mailing(tx, row)


def one(tx: Tx, mailing: MailingId) -> Mailing:
    """A mailing that is known to be there."""
    return _mailing(tx, tx.connection.execute(_select().where(mailings.c.id == mailing)).one())


def listed(tx: Tx, viewer: Viewer, states: tuple[State, ...], most: int) -> tuple[Mailing, ...]:
    """Those in these states, the newest first."""
    of = mailings.c
    these = _select().where(of.state.in_([state.value for state in states]), seen_by(viewer))
    rows = tx.connection.execute(these.order_by(of.id.desc()).limit(most)).all()
    return tuple(_mailing(tx, row) for row in rows)


def opened(tx: Tx, viewer: Viewer, mailing: MailingId, version: int) -> Mailing | Refusal:
    """The mailing, which nobody else changes until this transaction ends, where it is still what they saw."""
    theirs = sa.and_(mailings.c.id == mailing, seen_by(viewer))
    if tx.connection.scalar(sa.select(mailings.c.id).where(theirs).with_for_update()) is None:
        return No.NOT_YOURS
    found = one(tx, mailing)
    return found if found.version == version else Overtaken(found.by_shown, found.written_at)


_BY, _DECIDED_BY, _STOPPED_BY = (accounts.alias(name) for name in ("by", "decided", "stopped"))


def _select() -> sa.Select[tuple[object, ...]]:
    return (
        sa.select(
            mailings,
            _BY.c.shown.label("by_shown"),
            _DECIDED_BY.c.shown.label("decided_by_shown"),
            _STOPPED_BY.c.shown.label("stopped_by_shown"),
        )
        .join(_BY, _BY.c.id == mailings.c.written_by)
        .outerjoin(_DECIDED_BY, _DECIDED_BY.c.id == mailings.c.decided_by)
        .outerjoin(_STOPPED_BY, _STOPPED_BY.c.id == mailings.c.stopped_by)
    )


def _mailing(tx: Tx, row: sa.Row[tuple[object, ...]]) -> Mailing:
    authors = sa.select(mailing_authors.c.account_id).where(mailing_authors.c.mailing_id == row.id)
    return Mailing(
        id=MailingId(row.id),
        version=row.version,
        state=State(row.state),
        what=_what(tx, row),
        by=AccountId(row.written_by),
        by_shown=row.by_shown,
        authors=frozenset(map(AccountId, tx.connection.scalars(authors))),
        written_at=row.written_at,
        submitted_at=row.submitted_at,
        decided_by_shown=row.decided_by_shown or "",
        decided_at=row.decided_at,
        reason=row.reason,
        begun_at=row.begun_at,
        ended_at=row.ended_at,
        stopped_by_shown=row.stopped_by_shown or "",
        unit=row.unit,
        full_since=row.full_since,
    )


def _what(tx: Tx, row: sa.Row[tuple[object, ...]]) -> MailingDraft:
    said = sa.select(mailing_words).where(mailing_words.c.mailing_id == row.id)
    words = {
        Language(each.language): Words(each.title, each.text) for each in tx.connection.execute(said).all()
    }
    return MailingDraft(
        words={language: words[language] for language in Language if language in words},
        link=row.link,
        topics=tuple(map(TopicId, row.topics)),
        wards=tuple(row.wards),
        section=None if row.section is None else SectionId(row.section),
        send_at=row.send_at,
        not_after=row.not_after,
        urgent=row.urgent,
    )
