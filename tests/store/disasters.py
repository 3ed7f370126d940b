"""A disaster that is on, for tests: proposed by one, confirmed by another, with what is to be said."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from faq.counters import SectionId
from faq.disaster import ClosedOffice, DisasterId, What
from faq.models import OfficeId
from store import accounts, disaster_measures, disaster_switch
from store.accounts import Account
from store.accounts import Draft as AccountDraft
from store.audit import COMMAND
from store.db import Tx
from store.disaster import Disaster, Draft
from store.disaster_measures import MeasureDraft
from store.sight import Role, Viewer
from tests.conftest import NOON

HOUR = timedelta(hours=1)
WEEK = timedelta(days=7)
EAST = OfficeId("K002")
"""東区役所."""


def leader(tx: Tx, name: str, role: Role = Role.STAFF, section: str = "chuo-kumin") -> Viewer:
    """Somebody who may lead."""
    made = accounts.add(tx, AccountDraft(name, name, role, SectionId(section)), COMMAND, NOON)
    assert isinstance(made, Account), made
    return made.viewer


def said(what: What, now: datetime = NOON, holds: timedelta = 6 * HOUR) -> MeasureDraft:
    return MeasureDraft(what, "熊本市災害対策本部", "", now, now + holds)


def switch_on(
    tx: Tx,
    measures: Iterable[What | MeasureDraft] = (),
    now: datetime = NOON,
    what: str = "大雨",
    lasts: timedelta = 24 * HOUR,
) -> Disaster:
    """By two people who are made for it."""
    one, other = leader(tx, f"proposer{now:%d%H%M}"), leader(tx, f"confirmer{now:%d%H%M}")
    proposed = disaster_switch.propose(tx, one, Draft(what, None, lasts), now)
    assert isinstance(proposed, Disaster), proposed
    drafts = [each if isinstance(each, MeasureDraft) else said(each, now) for each in measures]
    written = disaster_measures.say(tx, one, proposed.id, drafts, now)
    assert isinstance(written, tuple), written
    on = disaster_switch.confirm(tx, other, proposed.id, proposed.version, None, now)
    assert isinstance(on, Disaster), on
    return on


def with_closed(tx: Tx, *closed: ClosedOffice, now: datetime = NOON) -> tuple[DisasterId, Viewer]:
    """An earthquake that closes these offices, on for a week; and an administrator, who may go on to say more."""
    on = switch_on(tx, what="地震", now=now, lasts=WEEK)
    viewer = leader(tx, f"closer{now:%d%H%M}", Role.ADMIN)
    close(tx, on.id, viewer, *closed, now=now)
    return on.id, viewer


def close(tx: Tx, which: DisasterId, viewer: Viewer, *closed: ClosedOffice, now: datetime = NOON) -> None:
    """Says that these offices are closed."""
    drafts = [said(each, now, WEEK) for each in closed]
    assert isinstance(disaster_measures.say(tx, viewer, which, drafts, now), tuple)
