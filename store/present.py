"""What a process looks at in each turn: whether what it has taken up is still how things are."""

from dataclasses import dataclass
from typing import Any, Final

import sqlalchemy as sa

from faq.disaster import DisasterId
from store.db import Tx
from store.disaster import State
from store.disaster_measures import Edition
from store.tables import disasters, knowledge

_ON: Final = sa.text(f"state = '{State.ON.value}'")
"""Written out, as in the index that holds that there is one at most."""
VERSION: Final = sa.select(knowledge.c.version).scalar_subquery().label("knowledge")
COLUMNS: Final = (
    VERSION,
    sa.select(disasters.c.id).where(_ON).scalar_subquery().label("disaster"),
    sa.select(disasters.c.edition).where(_ON).scalar_subquery().label("edition"),
)
"""For statements that look at other things too."""
_LOOK: Final[sa.Select[Any]] = sa.select(*COLUMNS)


@dataclass(frozen=True, slots=True)
class Present:
    """How things are at one moment."""

    knowledge: int
    """The version of the knowledge; 0 where there is none."""
    disaster: Edition | None
    """What of which disaster is on."""


def look(tx: Tx) -> Present:
    """How things are in this transaction."""
    return read(tx.connection.execute(_LOOK).one())


def read(row: sa.Row[Any]) -> Present:
    """From a row with `COLUMNS`."""
    on = None if row.disaster is None else Edition(DisasterId(row.disaster), row.edition)
    return Present(row.knowledge or 0, on)
