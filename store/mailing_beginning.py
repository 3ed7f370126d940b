"""The beginning of a mailing: who gets it is settled, in batches of people of one language."""

import uuid
from datetime import datetime
from typing import Final

import sqlalchemy as sa

from nlp.language import Language
from store import audit, mailing_outcomes, mailings, subscriptions
from store.audit import SERVICE, Kind
from store.db import Tx
from store.mailing_batches import is_awake
from store.mailings import Mailing, MailingId, State
from store.tables import mailing_batches as batches
from store.tables import mailing_recipients as recipients
from store.tables import mailings as table
from store.tables import residents

AT_ONCE: Final = 500
"""People in a batch: LINE's limit of a multicast."""
_LANGUAGES: Final = tuple(Language)
_OF_A_LANGUAGE: Final = 100_000
"""Numbers of batches that a language has: enough for fifty million people."""


def is_any_due(tx: Tx, now: datetime) -> bool:
    """Whether a mailing is to begin: a look that takes no lock."""
    return tx.connection.scalar(_due(tx, now)) is not None


def _due(tx: Tx, now: datetime) -> sa.Select[int]:
    return (
        sa.select(table.c.id)
        .where(table.c.state == State.APPROVED.value, is_awake(tx, now), table.c.not_after >= now)
        .where(sa.or_(table.c.send_at.is_(None), table.c.send_at <= now))
        .order_by(table.c.urgent.desc(), table.c.id)
        .limit(1)
    )


def begin_next(tx: Tx, now: datetime) -> MailingId | None:
    """Settles who gets the next mailing whose time has come; None where none is due."""
    found = tx.connection.scalar(_due(tx, now).with_for_update(skip_locked=True))
    if found is None:
        return None
    mailing = mailings.one(tx, MailingId(found))
    values = {"state": State.SENDING.value, "begun_at": now}
    tx.connection.execute(table.update().where(table.c.id == found).values(values))
    _freeze(tx, mailing)
    _make_batches(tx, mailing.id, now)
    audit.record(tx, SERVICE, "mailing.begun", Kind.MAILING, str(found), now)
    mailing_outcomes.close(tx, mailing.id, now)
    return mailing.id


def _freeze(tx: Tx, mailing: Mailing) -> None:
    """Gives each who wants it a place in a batch: in one statement, so that nobody is in none or in two."""
    language = sa.case(
        {each.value: place for place, each in enumerate(_LANGUAGES)}, value=subscriptions.LANGUAGE
    )
    place = sa.func.row_number().over(partition_by=subscriptions.LANGUAGE, order_by=residents.c.id) - 1
    who = sa.select(
        sa.literal(mailing.id, sa.BigInteger),
        residents.c.id,
        sa.cast(language * _OF_A_LANGUAGE + place // AT_ONCE, sa.Integer),
        sa.false(),
    ).where(subscriptions.wants(mailing.what.topics, mailing.what.wards))
    names = ["mailing_id", "resident_id", "batch", "answered"]
    tx.connection.execute(recipients.insert().from_select(names, who))


def _make_batches(tx: Tx, mailing: MailingId, now: datetime) -> None:
    sizes = (
        sa.select(recipients.c.batch, sa.func.count())
        .where(recipients.c.mailing_id == mailing)
        .group_by(recipients.c.batch)
        .order_by(recipients.c.batch)
    )
    rows = [_row(mailing, number, size, now) for number, size in tx.connection.execute(sizes)]
    if rows:
        tx.connection.execute(batches.insert(), rows)


def _row(mailing: MailingId, number: int, size: int, now: datetime) -> dict[str, object]:
    return {
        "mailing_id": mailing,
        "number": number,
        "language": _LANGUAGES[number // _OF_A_LANGUAGE].value,
        "size": size,
        "state": "waiting",
        "not_before": now,
        "retry_key": str(uuid.uuid4()),
        "unsure": False,
    }
