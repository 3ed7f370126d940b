"""Disaster mode: who switches it on, how long it lasts, how it ends, and what is kept of it."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from store import accounts, disaster, disaster_acts, disaster_switch
from store.audit import COMMAND
from store.disaster import LONGEST, STANDS, USUAL, Disaster, Draft, How, Refusal, State
from store.disaster_acts import Act
from store.overtaken import Overtaken
from store.sight import Role
from store.tables import audit
from tests.conftest import NOON
from tests.store.disasters import HOUR, leader, switch_on
from tests.store.people import viewers

RAIN = Draft("大雨", None)


@pytest.fixture
def people(tx):
    return viewers(tx)


def proposed(tx, viewer, now=NOON, draft=RAIN):
    made = disaster_switch.propose(tx, viewer, draft, now)
    assert isinstance(made, Disaster), made
    return made


def acts(tx, which):
    return [(each.act, each.by) for each in disaster_acts.all_of(tx, which)]


def test_one_proposes_and_another_switches_it_on(tx, people):
    made = proposed(tx, people["staff"])
    assert (made.state, disaster.present(tx, NOON)) == (State.PROPOSED, None)
    on = disaster_switch.confirm(tx, people["approver"], made.id, made.version, None, NOON + HOUR)
    assert isinstance(on, Disaster)
    assert (on.state, on.how, on.started_at) == (State.ON, How.TWO_PEOPLE, NOON + HOUR)
    assert on.expires_at == NOON + HOUR + USUAL
    assert disaster.present(tx, NOON + HOUR) == on
    assert acts(tx, on.id) == [(Act.PROPOSED, "staff"), (Act.CONFIRMED, "approver")]


def test_who_proposed_it_needs_a_code_and_each_code_serves_once(tx, people):
    me = people["staff"]
    made = proposed(tx, me)
    assert disaster_switch.confirm(tx, me, made.id, made.version, None, NOON) is Refusal.NEEDS_ANOTHER
    on = disaster_switch.confirm(tx, me, made.id, made.version, 7, NOON)
    assert isinstance(on, Disaster)
    assert on.how is How.SECOND_FACTOR
    disaster_switch.end(tx, me, on.id, NOON)
    again = proposed(tx, me)
    assert disaster_switch.confirm(tx, me, again.id, again.version, 7, NOON) is Refusal.CODE_USED
    assert disaster.present(tx, NOON) is None


@pytest.mark.parametrize(
    ("who", "may"), [("operator", False), ("staff", True), ("approver", True), ("admin", True)]
)
def test_who_leads(tx, people, who, may):
    viewer = people[who]
    assert isinstance(disaster_switch.propose(tx, viewer, RAIN, NOON), Disaster) is may
    assert isinstance(disaster_switch.rehearse(tx, viewer, RAIN, NOON), Disaster) is may


def test_people_of_a_contractor_do_not_lead(tx):
    draft = accounts.Draft("outsider", "outsider", Role.STAFF, None, outside=True)
    made = accounts.add(tx, draft, COMMAND, NOON)
    assert isinstance(made, accounts.Account)
    assert disaster_switch.propose(tx, made.viewer, RAIN, NOON) is Refusal.GONE


def test_there_is_one_proposal_and_one_disaster_at_a_time(tx, people):
    made = proposed(tx, people["staff"])
    assert disaster_switch.propose(tx, people["admin"], RAIN, NOON) is Refusal.ALREADY_PROPOSED
    disaster_switch.confirm(tx, people["admin"], made.id, made.version, None, NOON)
    assert disaster_switch.propose(tx, people["approver"], RAIN, NOON) is Refusal.ALREADY_ON


def test_a_proposal_that_nobody_confirms_lapses(tx, people):
    made = proposed(tx, people["staff"])
    late = NOON + STANDS
    assert disaster.proposed(tx, late - timedelta(seconds=1)) is not None
    assert disaster_switch.confirm(tx, people["admin"], made.id, made.version, None, late) is Refusal.GONE
    assert acts(tx, made.id)[-1] == (Act.LAPSED, None)
    assert isinstance(disaster_switch.propose(tx, people["staff"], RAIN, late), Disaster)


@pytest.mark.parametrize(("after", "is_on"), [(-timedelta(seconds=1), True), (timedelta(0), False)])
def test_it_ends_by_itself_at_its_moment(tx, after, is_on):
    on = switch_on(tx, lasts=HOUR)
    now = NOON + HOUR + after
    assert (disaster.present(tx, now) is not None) is is_on
    assert disaster_switch.settle(tx, now) == (0 if is_on else 1)
    found = disaster.read(tx, on.id)
    assert found.state is (State.ON if is_on else State.ENDED)
    assert found.ended_at == (None if is_on else NOON + HOUR)
    assert found.ended_by_shown is None


def test_it_is_prolonged_by_at_most_a_week_and_never_once_it_is_over(tx, people):
    on, me = switch_on(tx), people["staff"]
    assert on.expires_at is not None

    def prolong(until, now=NOON, version=on.version):
        return disaster_switch.prolong(tx, me, on.id, version, until, now)

    assert prolong(on.expires_at) is Refusal.NOT_LATER
    assert prolong(NOON + LONGEST + timedelta(minutes=1)) is Refusal.TOO_LONG
    longer = prolong(NOON + LONGEST)
    assert isinstance(longer, Disaster)
    assert disaster.present(tx, NOON + LONGEST - HOUR) is not None
    assert prolong(NOON + LONGEST + HOUR, NOON + HOUR) == Overtaken("staff", NOON)
    assert prolong(NOON + 2 * LONGEST, NOON + LONGEST, longer.version) is Refusal.GONE


@pytest.mark.parametrize("lasts", [timedelta(0), LONGEST + timedelta(minutes=1)])
def test_it_is_not_proposed_for_no_time_or_too_long(lasts):
    with pytest.raises(ValueError, match="too long"):
        Draft("大雨", None, lasts)


def test_it_is_ended_at_once_whatever_was_read_before(tx, people):
    on = switch_on(tx)
    ended = disaster_switch.end(tx, people["admin"], on.id, NOON + HOUR)
    assert isinstance(ended, Disaster)
    assert (ended.state, ended.ended_by_shown, ended.ended_at) == (State.ENDED, "admin", NOON + HOUR)
    assert disaster_switch.end(tx, people["admin"], on.id, NOON + HOUR) is Refusal.GONE
    assert [each.id for each in disaster.past(tx, 10)] == [on.id]


def test_a_proposal_is_withdrawn_and_is_no_past_disaster(tx, people):
    made = proposed(tx, people["staff"])
    assert isinstance(disaster_switch.end(tx, people["staff"], made.id, NOON), Disaster)
    assert disaster.past(tx, 10) == ()
    assert acts(tx, made.id)[-1] == (Act.WITHDRAWN, "staff")


def test_the_second_who_confirms_is_told_that_it_is_done(tx, people):
    made = proposed(tx, people["staff"])
    disaster_switch.confirm(tx, people["admin"], made.id, made.version, None, NOON)
    assert disaster_switch.confirm(tx, people["approver"], made.id, made.version, None, NOON) is Refusal.GONE


def test_a_rehearsal_that_is_over_is_seen_by_nobody_else(tx, people):
    mine = disaster_switch.rehearse(tx, people["staff"], RAIN, NOON)
    assert isinstance(mine, Disaster)
    assert disaster.find(tx, people["admin"], mine.id) is None
    over = disaster_switch.end(tx, people["staff"], mine.id, NOON)
    assert disaster.find(tx, people["admin"], mine.id) is None
    assert disaster.find(tx, people["staff"], mine.id) == over


def test_a_proposal_that_was_withdrawn_is_seen_by_all(tx, people):
    made = proposed(tx, people["staff"])
    withdrawn = disaster_switch.end(tx, people["staff"], made.id, NOON)
    assert disaster.find(tx, people["admin"], made.id) == withdrawn


def test_a_rehearsal_is_its_owners_alone_and_becomes_the_proposal(tx, people):
    mine = disaster_switch.rehearse(tx, people["staff"], RAIN, NOON)
    assert isinstance(mine, Disaster)
    assert disaster_switch.rehearse(tx, people["staff"], RAIN, NOON) == mine
    assert disaster.find(tx, people["admin"], mine.id) is None
    assert disaster_switch.end(tx, people["admin"], mine.id, NOON) is Refusal.GONE
    assert disaster_switch.adopt(tx, people["admin"], mine.id, RAIN, NOON) is Refusal.GONE
    assert disaster.present(tx, NOON) is None
    made = disaster_switch.adopt(tx, people["staff"], mine.id, Draft("台風", None, HOUR), NOON + HOUR)
    assert isinstance(made, Disaster)
    assert (made.state, made.what, made.proposed_at) == (State.PROPOSED, "台風", NOON + HOUR)
    on = disaster_switch.confirm(tx, people["admin"], made.id, made.version, None, NOON + HOUR)
    assert isinstance(on, Disaster)
    assert on.expires_at == NOON + 2 * HOUR


def test_every_decision_is_audited(tx, people):
    before = tx.connection.scalar(sa.select(sa.func.count()).select_from(audit))
    on = switch_on(tx)
    disaster_switch.end(tx, leader(tx, "ender"), on.id, NOON)
    rows = tx.connection.execute(sa.select(audit).where(audit.c.kind == "disaster").order_by(audit.c.id))
    assert [row.act for row in rows] == ["proposed", "said", "confirmed", "ended"]
    assert before is not None
