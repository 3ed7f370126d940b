"""Which voices may be about the same matter, for staff who answer them: proposed, and joined by people alone."""

from typing import Final

import sqlalchemy as sa

from faq.same_matter import Matter, likeness
from store import cases, voices
from store.db import Tx
from store.sight import Viewer
from store.tables import cases as cases_table
from store.tables import voices as table
from store.voices import Voice

MOST: Final = 3
LOOKED_AT: Final = 200
"""Voices that are compared, the newest: their subjects are opened for it."""


def alike(tx: Tx, viewer: Viewer, voice: Voice) -> tuple[Voice, ...]:
    """Open voices that the viewer keeps and that are like this one, the likest first; none that is joined to it, or
    that it is joined to.
    """
    newest = (
        sa.select(cases_table.c.id)
        .join(table, table.c.case_id == cases_table.c.id)
        .where(cases.OPEN, cases.kept_by(viewer))
        .order_by(cases_table.c.id.desc())
        .limit(LOOKED_AT)
    )
    mine, found = _matter(voice), voices.seen(tx, viewer, cases_table.c.id.in_(newest))
    others = [
        each
        for each in found
        if each.case.id not in (voice.case.id, voice.joined_to) and each.joined_to != voice.case.id
    ]
    shares = {each.case.id: likeness(mine, _matter(each)) for each in others}
    likest = sorted(others, key=lambda each: (shares[each.case.id], each.case.id), reverse=True)
    return tuple(each for each in likest[:MOST] if shares[each.case.id] > 0)


def _matter(voice: Voice) -> Matter:
    where = voice.place
    return Matter(
        f"{voice.case.subject} {where.words if where else ''}", voice.category, where.at if where else None
    )
