"""Reorganisations of the city on their day: all that names a section moves at once to the one that follows it."""

from datetime import date, datetime

import sqlalchemy as sa

from faq import amending, reorganising
from faq.changes import Change, by_kind
from faq.reorganising import Followed
from nlp.japan import today
from store import audit, editions, keeping, knowledge, places
from store.audit import SERVICE, Kind
from store.db import Tx
from store.tables import (
    accounts,
    alarm_rules,
    alarms,
    bulletins,
    callbacks,
    canned,
    cases,
    clusters,
    contacts,
    proposals,
    slips,
    staff_notices,
)

OWNED = (
    *(accounts.c.section, callbacks.c.section, slips.c.section, clusters.c.section),
    *(cases.c.section, contacts.c.section),
    *(alarms.c.section, alarm_rules.c.section, staff_notices.c.section),
    *(proposals.c.section, bulletins.c.section, canned.c.team),
)
"""What belongs to a section: its people, their work and who is told of it, and of which dangers it is told.

The log of calls is not among it: past figures stay.
"""


def is_due(tx: Tx, now: datetime) -> bool:
    """Whether a section has begun or ended since the knowledge last changed, or a change named one that is over."""
    day, known_on = today(now), knowledge.changed_on(tx)
    sections = places.all_sections(tx)
    if known_on is not None and any(each.holds_on(day) != each.holds_on(known_on) for each in sections):
        return True
    heirs = reorganising.followed(sections, day)
    return bool(heirs) and (bool(_fitting(tx, day)) or _owns(tx, heirs))


def reorganise(tx: Tx, why: str, now: datetime) -> tuple[Change, ...]:
    """Moves what names sections that are over to those that follow them; the changes of records.

    They are an edition of the history, for the reason given.

    A record that would not fit where it is to go stays as it is, and is among those to look at.
    """
    keeping.claim(tx)
    day = today(now)
    changes = _fitting(tx, day)
    for kind, some in by_kind(changes).items():
        keeping.amend(tx, knowledge.kept_of(kind), some, now)
    heirs = reorganising.followed(places.all_sections(tx), day)
    _hand_over(tx, heirs, now)
    if changes:
        editions.note(tx, changes, SERVICE, why, None, now)
    else:
        keeping.move_version(tx, now)
    return changes


def _fitting(tx: Tx, day: date) -> tuple[Change, ...]:
    holdings = knowledge.everything(tx)
    changes = reorganising.moves(holdings, day)
    found = amending.admit(changes, holdings)
    if isinstance(found, tuple):
        unfit = {each.what for each in found}
        changes = tuple(each for each in changes if each.what not in unfit)
    return changes


def _owns(tx: Tx, heirs: Followed) -> bool:
    """Whether people or their work still belong to a section that is over."""
    return any(tx.connection.scalar(sa.select(sa.func.count()).where(each.in_(heirs))) for each in OWNED)


def _hand_over(tx: Tx, heirs: Followed, now: datetime) -> None:
    for gone, heir in heirs.items():
        moved = 0
        for column in OWNED:
            update = sa.update(column.table).where(column == gone).values({column.name: heir.id})
            moved += tx.connection.execute(update).rowcount
        if moved:
            audit.record(tx, SERVICE, "succeeded", Kind.SECTION, gone, now, successor=heir.id)
