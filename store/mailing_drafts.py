"""Writing a mailing, and writing at it again: what was approved before is approved no more."""

import secrets
from datetime import datetime
from typing import Final

from store import audit, mailings
from store.audit import ByAccount, Kind
from store.db import Tx
from store.inserting import unless_there
from store.mailings import OPEN, Mailing, MailingDraft, MailingId, No, Refusal, State
from store.sight import Role, Viewer
from store.tables import mailing_authors, mailing_words
from store.tables import mailings as table

UNDECIDED: Final = {"submitted_at": None, "decided_by": None, "decided_at": None, "reason": ""}


def may_write(viewer: Viewer, draft: MailingDraft) -> bool:
    """Staff and approvers write for their section, administrators for all."""
    match viewer.role:
        case Role.ADMIN:
            return True
        case Role.STAFF | Role.APPROVER:
            return draft.section == viewer.section
        case Role.OPERATOR:
            return False


def write(tx: Tx, viewer: Viewer, draft: MailingDraft, now: datetime) -> Mailing | Refusal:
    """A new mailing, not yet handed in."""
    if not may_write(viewer, draft):
        return No.NOT_YOURS
    values = _columns(viewer, draft, now) | UNDECIDED
    fresh = {"version": 1, "unit": f"mailing_{secrets.token_hex(8)}", "left": 0, "helped": 0, "turned_off": 0}
    made = tx.connection.execute(table.insert().values(values | fresh).returning(table.c.id)).scalar_one()
    return _written(tx, viewer, MailingId(made), draft, "mailing.written", now)


def revise(
    tx: Tx, viewer: Viewer, mailing: MailingId, version: int, draft: MailingDraft, now: datetime
) -> Mailing | Refusal:
    """Puts other words in the place of the version that the viewer saw; it is a draft again, to be handed in anew."""
    there = mailings.opened(tx, viewer, mailing, version)
    if not isinstance(there, Mailing):
        return there
    if there.state not in OPEN:
        return No.NOT_NOW
    if not may_write(viewer, draft):
        return No.NOT_YOURS
    values = _columns(viewer, draft, now) | UNDECIDED | {"version": version + 1}
    tx.connection.execute(table.update().where(table.c.id == mailing).values(values))
    tx.connection.execute(mailing_words.delete().where(mailing_words.c.mailing_id == mailing))
    return _written(tx, viewer, mailing, draft, "mailing.revised", now)


def discard(tx: Tx, viewer: Viewer, mailing: MailingId, version: int, now: datetime) -> No | Refusal | None:
    """Throws a draft away; None: it is gone."""
    there = mailings.opened(tx, viewer, mailing, version)
    if not isinstance(there, Mailing):
        return there
    if there.state is not State.DRAFT:
        return No.NOT_NOW
    tx.connection.execute(table.delete().where(table.c.id == mailing))
    audit.record(tx, ByAccount(viewer.account), "mailing.discarded", Kind.MAILING, str(mailing), now)
    return None


def _written(
    tx: Tx, viewer: Viewer, mailing: MailingId, draft: MailingDraft, act: str, now: datetime
) -> Mailing:
    said = [
        {"mailing_id": mailing, "language": language.value, "title": words.title, "text": words.text}
        for language, words in draft.words.items()
    ]
    tx.connection.execute(mailing_words.insert(), said)
    unless_there(tx, mailing_authors, {"mailing_id": mailing, "account_id": viewer.account})
    audit.record(tx, ByAccount(viewer.account), act, Kind.MAILING, str(mailing), now)
    return mailings.one(tx, mailing)


def _columns(viewer: Viewer, draft: MailingDraft, now: datetime) -> dict[str, object]:
    return {
        "state": State.DRAFT.value,
        "link": draft.link,
        "topics": list(draft.topics),
        "wards": list(draft.wards),
        "urgent": draft.urgent,
        "section": draft.section,
        "send_at": draft.send_at,
        "not_after": draft.not_after,
        "written_by": viewer.account,
        "written_at": now,
    }
