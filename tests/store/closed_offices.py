"""A disaster that is on, with offices that it closes."""

from datetime import datetime, timedelta

from faq.disaster import ClosedOffice, DisasterId
from store import disaster, disaster_measures
from store.db import Tx
from store.disaster import Disaster, Draft
from store.disaster_measures import MeasureDraft
from store.sight import Viewer
from tests.conftest import NOON
from tests.store.people import viewers


def switched_on(tx: Tx, *closed: ClosedOffice, now: datetime = NOON) -> tuple[DisasterId, Viewer]:
    """Proposed by one, confirmed by another, who may go on to say more."""
    people = viewers(tx)
    proposed = disaster.propose(tx, people["staff"], Draft("地震", None, timedelta(days=7)), now)
    assert isinstance(proposed, Disaster)
    on = disaster.confirm(tx, people["admin"], proposed.id, proposed.version, None, now)
    assert isinstance(on, Disaster)
    close(tx, on.id, people["admin"], *closed, now=now)
    return on.id, people["admin"]


def close(tx: Tx, which: DisasterId, viewer: Viewer, *closed: ClosedOffice, now: datetime = NOON) -> None:
    """Says that these offices are closed."""
    drafts = [MeasureDraft(each, "現地", "", now, now + timedelta(days=7)) for each in closed]
    assert isinstance(disaster_measures.say(tx, viewer, which, drafts, now), tuple)
