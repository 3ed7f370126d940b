"""How many cases wait for somebody: counted for every page's menu, so no word is opened for it."""

import sqlalchemy as sa

from store.cases import State, kept_by
from store.db import Tx
from store.sight import Viewer
from store.tables import cases


def nobodys(tx: Tx, viewer: Viewer) -> int:
    """Cases that the viewer could take and nobody has."""
    return _count(tx, viewer, cases.c.state == State.NEW.value)


def waiting(tx: Tx, viewer: Viewer) -> int:
    """These, and the viewer's own in which the resident has said something since."""
    own = sa.and_(cases.c.taken_by == viewer.account, cases.c.unread > 0, cases.c.closed_at.is_(None))
    return _count(tx, viewer, sa.or_(cases.c.state == State.NEW.value, own))


def _count(tx: Tx, viewer: Viewer, which: sa.ColumnElement[bool]) -> int:
    return tx.connection.scalar(sa.select(sa.func.count()).where(which, kept_by(viewer))) or 0
