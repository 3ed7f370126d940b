"""Several people act upon one disaster at once, each in a transaction of their own, on both databases."""

from datetime import timedelta

import pytest

from faq.disaster import OpenShelter, ShelterState
from faq.models import ShelterId
from store import disaster, disaster_acts, disaster_measures, disaster_switch
from store.disaster import Disaster, Draft, Refusal, State
from store.disaster_acts import Act
from tests.conftest import NOON
from tests.store.disasters import HOUR, leader, said, switch_on
from tests.store.test_case_race import at_once

RAIN = Draft("大雨", None)
CLERKS = 6


@pytest.fixture
def clerks(database):
    with database.write() as tx:
        return [leader(tx, f"clerk{number}") for number in range(CLERKS)]


@pytest.fixture
def proposed(database, clerks):
    with database.write() as tx:
        made = disaster_switch.propose(tx, clerks[0], RAIN, NOON)
    assert isinstance(made, Disaster)
    return made


def done(database, which):
    with database.read() as tx:
        return [each.act for each in disaster_acts.all_of(tx, which)]


def test_one_of_many_proposals_is_made(database, clerks):
    came = at_once(
        database, *(lambda tx, who=who: disaster_switch.propose(tx, who, RAIN, NOON) for who in clerks)
    )
    assert len([each for each in came if isinstance(each, Disaster)]) == 1
    assert came.count(Refusal.ALREADY_PROPOSED) == CLERKS - 1


def test_one_of_many_rehearsals_becomes_the_proposal(database, clerks):
    with database.write() as tx:
        mine = [(who, disaster_switch.rehearse(tx, who, RAIN, NOON)) for who in clerks]
    acts = [
        lambda tx, who=who, there=there: disaster_switch.adopt(tx, who, there.id, RAIN, NOON)
        for who, there in mine
    ]
    came = at_once(database, *acts, *[lambda tx: disaster_switch.propose(tx, clerks[0], RAIN, NOON)] * 2)
    assert len([each for each in came if isinstance(each, Disaster)]) == 1
    assert came.count(Refusal.ALREADY_PROPOSED) == len(came) - 1
    with database.read() as tx:
        kept = [disaster.rehearsed(tx, who) for who in clerks]
    assert len([each for each in kept if each is not None]) >= CLERKS - 1


def test_one_of_many_confirms(database, clerks, proposed):
    came = at_once(
        database,
        *(
            lambda tx, who=who: disaster_switch.confirm(tx, who, proposed.id, proposed.version, None, NOON)
            for who in clerks[1:]
        ),
    )
    assert len([each for each in came if isinstance(each, Disaster)]) == 1
    assert came.count(Refusal.GONE) == CLERKS - 2
    assert done(database, proposed.id) == [Act.PROPOSED, Act.CONFIRMED]


def test_one_code_switches_on_once_from_two_windows(database, clerks, proposed):
    mine = [lambda tx: disaster_switch.confirm(tx, clerks[0], proposed.id, proposed.version, 7, NOON)] * 2
    came = at_once(database, *mine)
    assert len([each for each in came if isinstance(each, Disaster)]) == 1


def test_it_is_withdrawn_while_somebody_confirms(database, clerks, proposed):
    confirmed, ended = at_once(
        database,
        lambda tx: disaster_switch.confirm(tx, clerks[1], proposed.id, proposed.version, None, NOON),
        lambda tx: disaster_switch.end(tx, clerks[0], proposed.id, NOON),
    )
    assert isinstance(ended, Disaster), "an end never fails where there is something to end"
    assert ended.state is State.ENDED
    with database.read() as tx:
        assert disaster.present(tx, NOON) is None
    last = [Act.CONFIRMED, Act.ENDED] if isinstance(confirmed, Disaster) else [Act.WITHDRAWN]
    assert done(database, proposed.id) == [Act.PROPOSED, *last]


def test_it_expires_at_the_moment_at_which_it_is_prolonged(database, clerks):
    with database.write() as tx:
        on = switch_on(tx, lasts=HOUR)
    before, at = NOON + HOUR - timedelta(seconds=1), NOON + HOUR
    prolonged, settled = at_once(
        database,
        lambda tx: disaster_switch.prolong(tx, clerks[0], on.id, on.version, NOON + 9 * HOUR, before),
        lambda tx: disaster_switch.settle(tx, at),
    )
    with database.read() as tx:
        found = disaster.read(tx, on.id)
    if isinstance(prolonged, Disaster):
        assert (settled, found.state, found.expires_at) == (0, State.ON, NOON + 9 * HOUR)
    else:
        assert (prolonged, settled, found.state) == (Refusal.GONE, 1, State.ENDED)


def test_it_is_settled_once(database):
    with database.write() as tx:
        on = switch_on(tx, lasts=HOUR)
    came = at_once(database, *[lambda tx: disaster_switch.settle(tx, NOON + HOUR)] * 4)
    assert sum(came) == 1
    assert done(database, on.id).count(Act.EXPIRED) == 1


def test_two_who_say_something_of_one_shelter_leave_one_word(database, clerks):
    with database.write() as tx:
        on = switch_on(tx)
    states = [ShelterState.OPEN, ShelterState.FULL] * 2

    def say(tx, who, state):
        return disaster_measures.say(
            tx, who, on.id, [said(OpenShelter(ShelterId("E4310000002111"), state))], NOON
        )

    acts = [
        lambda tx, who=who, state=state: say(tx, who, state)
        for who, state in zip(clerks, states, strict=False)
    ]
    came = at_once(database, *acts)
    assert all(isinstance(each, tuple) for each in came)
    with database.read() as tx:
        assert len(disaster_measures.standing(tx, on.id)) == 1
        edition = disaster_measures.edition(tx)
    assert edition is not None
    assert edition.number >= len(states)
