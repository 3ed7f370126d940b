"""What a process looks at before each turn: whether what it has taken up is still how things are."""

from typing import Final

import sqlalchemy as sa

from faq.disaster import DisasterId
from store.db import Tx
from store.disaster import State
from store.disaster_measures import Edition
from store.tables import disasters, knowledge

_ON: Final = sa.text(f"state = '{State.ON.value}'")
"""Written out, as in the index that holds that there is one at most."""
VERSION: Final = sa.select(knowledge.c.version).scalar_subquery()
_LOOK: Final = sa.select(
    VERSION,
    sa.select(disasters.c.id).where(_ON).scalar_subquery(),
    sa.select(disasters.c.edition).where(_ON).scalar_subquery(),
)


def look(tx: Tx) -> tuple[int, Edition | None]:
    """The version of the knowledge, 0 where there is none, and what of which disaster is on."""
    version, disaster, edition = tx.connection.execute(_LOOK).one()
    return version or 0, None if disaster is None else Edition(DisasterId(disaster), edition)
