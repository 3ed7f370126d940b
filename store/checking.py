"""Whether changes can be made: beside all that the city knows, and beside the bookings that depend on it.

What a file is held against when it is taken in, a proposal is held against when it is handed in, approved, published.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime

from faq import amending
from faq.amending import RecordProblem
from faq.changes import Change, RecordName
from faq.fitting import Admitted
from faq.holdings import Holdings
from faq.problems import of_file
from faq.programmes import ProgrammeId
from faq.sentences import Fault
from store import booked, knowledge
from store.db import Tx
from store.objections import InvalidRecord


def admit(tx: Tx, changes: Sequence[Change], now: datetime) -> Admitted | InvalidRecord:
    """What the city would know, with what staff should be told of it all the same; or all that has to be mended."""
    before = knowledge.everything(tx)
    admitted = amending.admit(changes, before)
    if not isinstance(admitted, Admitted):
        return InvalidRecord(admitted)
    problems = tuple(
        RecordProblem(RecordName("booking-terms", programme), of_file(reason))
        for programme, reason in still_booked(tx, before, admitted.holdings, now)
    )
    return InvalidRecord(problems) if problems else admitted


def still_booked(
    tx: Tx, before: Holdings, after: Holdings, now: datetime
) -> Iterator[tuple[ProgrammeId, str]]:
    """Programmes whose terms go while bookings depend on them: nobody could work on those, or would see them."""
    gone = _programmes(before) - _programmes(after)
    left = booked.ahead(tx, now) if gone else {}
    for each in sorted(gone & left.keys()):
        yield each, Fault.STILL_BOOKED.format(programme=each, count=left[each])


def _programmes(holdings: Holdings) -> set[ProgrammeId]:
    """Those that have terms."""
    return {each.programme for each in holdings.booking_terms}
