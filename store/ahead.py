"""What a resident still has before them, for whose sake nothing of theirs is erased without a word."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from store import booked, cases, collaborations
from store.booked import ACTIVE, Booking
from store.cases import OPEN, Case
from store.collaborations import IS_OPEN, LAST, Collaboration
from store.db import Tx
from store.residents import ResidentId
from store.tables import bookings, collaboration_steps, residents
from store.tables import cases as cases_table
from store.tables import collaborations as collaborations_table


@dataclass(frozen=True, slots=True)
class Ahead:
    """What is to come, and what is not answered yet."""

    bookings: tuple[Booking, ...]
    cases: tuple[Case, ...]
    collaborations: tuple[Collaboration, ...] = ()

    def __len__(self) -> int:
        return len(self.bookings) + len(self.cases) + len(self.collaborations)

    @property
    def is_nothing(self) -> bool:
        return len(self) == 0


def of_resident(tx: Tx, resident: ResidentId, now: datetime) -> Ahead:
    """What this resident has before them; what the city closed, and lots that drew others, are not."""
    coming = booked.of_resident(tx, resident, now)
    standing = cases.open_of_resident(tx, resident)
    proposed = collaborations.open_of_resident(tx, resident)
    return Ahead(tuple(each for each in coming if each.state in ACTIVE), standing, proposed)


def of_row(now: datetime) -> sa.ColumnElement[bool]:
    """Whether the resident of a row of `residents` has anything before them; a booking counts until its day is over."""
    comes = sa.exists().where(bookings.c.resident_id == residents.c.id, booked.is_ahead(now))
    stands = sa.exists().where(cases_table.c.resident_id == residents.c.id, OPEN)
    proposes = (
        sa.exists()
        .where(collaborations_table.c.resident_id == residents.c.id)
        .where(collaboration_steps.c.collaboration_id == collaborations_table.c.id, LAST, IS_OPEN)
    )
    return sa.or_(comes, stands, proposes)
