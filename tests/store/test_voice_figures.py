"""The year's figures, counted by hand over a year's end, on both databases.

                       fiscal 2025 (to 31 March 2026)      fiscal 2026
letters                28 February, 31 March on paper      1 April
proposals              31 March (withdrawn)                1 April, 2 April (joined to it), 3 April (erased)
plans                  from 20 March to 10 April           from 1 June, with results
opinions and people    4 of 3 people: 2 of one resident,   7 of 5 people, as they were published; one that stands
                       one in April, one without LINE;     in the tables changes nothing
                       a fifth was withdrawn
"""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa

from faq.periods import Period
from faq.plans import Plan, PlanId
from store import case_erasing, case_saying, knowledge, opinions, voices
from store.audit import COMMAND, SERVICE, ByResident
from store.db import Tx
from store.opinions import Opinion, OpinionDraft
from store.residents import ResidentId
from store.tables import opinion_results
from store.tables import voices as voices_table
from store.voice_figures import VoiceYear, received, voice_years
from store.voices import Voice, VoiceDraft, VoiceKind, Way
from tests.conftest import NOON
from tests.handlers.opinions_town import PARKS
from tests.store.cases import draft, person

LETTER, PROPOSAL = VoiceKind.LETTER, VoiceKind.PROPOSAL
OVER_THE_END = replace(
    PARKS, id=PlanId("over-the-end"), opens=date(2026, 3, 20), last=date(2026, 4, 10), until=None
)
IN_SUMMER = replace(PARKS, id=PlanId("in-summer"), opens=date(2026, 6, 1), last=date(2026, 6, 30), until=None)
AHEAD = replace(PARKS, id=PlanId("ahead"), opens=date(2026, 12, 1), last=date(2026, 12, 24))
ELSEWHERE = replace(PARKS, id=PlanId("elsewhere"), opens=date(2026, 5, 1), here=False)


def told(tx: Tx, who: ResidentId, kind: VoiceKind, day: date, way: Way = Way.LINE) -> Voice:
    about = VoiceDraft(kind, way, None, None, may_publish=True, wants_answer=True, received_on=day)
    made = voices.tell(tx, draft(f"{kind}-{day}"), about, None, ByResident(who), NOON)
    assert isinstance(made, Voice)
    return made


def opinion(tx: Tx, plan: Plan, who: ResidentId | None, at: datetime) -> Opinion:
    what = OpinionDraft(f"{plan.id}-{who}-{at:%m%d%H%M}", plan.id, "ベンチを", opinions.Way.LINE)
    sent = opinions.send(tx, what, ByResident(who) if who else SERVICE, at, at)
    assert isinstance(sent, Opinion), sent
    return sent


def japan(month: int, day: int, hour: int = 12) -> datetime:
    """In 2026, in UTC."""
    return datetime(2026, month, day, hour, tzinfo=UTC) - timedelta(hours=9)


def publish(tx: Tx, plan: Plan, number: int, people: int) -> None:
    """As results stand once they are published."""
    by = [person(tx, name).account for name in ("writer", "approver")]
    state = {"state": "published", "submitted_by": by[0], "published_by": by[1], "published_at": NOON}
    counted = {"opinions": number, "people": people}
    rows = opinion_results.update().where(opinion_results.c.plan_id == plan.id).values(state | counted)
    assert tx.connection.execute(rows).rowcount == 1


@pytest.fixture
def two_years(tx: Tx, hanako: ResidentId, taro: ResidentId) -> Tx:
    knowledge.take_in(tx, [OVER_THE_END, IN_SUMMER, AHEAD, ELSEWHERE], NOON)
    told(tx, hanako, LETTER, date(2026, 2, 28))
    told(tx, taro, LETTER, date(2026, 3, 31), Way.LETTER)
    taken_back = told(tx, hanako, PROPOSAL, date(2026, 3, 31))
    case_saying.withdraw(tx, hanako, taken_back.case.id, NOON)
    told(tx, hanako, LETTER, date(2026, 4, 1))
    first, second = (told(tx, who, PROPOSAL, date(2026, 4, day)) for day, who in ((1, hanako), (2, taro)))
    joined = voices_table.update().where(voices_table.c.case_id == second.case.id)
    tx.connection.execute(joined.values(joined_to=first.case.id))
    gone = told(tx, taro, PROPOSAL, date(2026, 4, 3))
    case_erasing.erase(tx, gone.case.id, COMMAND, NOON)
    for at in (japan(3, 20), japan(3, 31, 23)):
        opinion(tx, OVER_THE_END, hanako, at)
    opinion(tx, OVER_THE_END, taro, japan(4, 1, 0))
    opinion(tx, OVER_THE_END, None, japan(4, 2))
    back = opinion(tx, OVER_THE_END, taro, japan(4, 3))
    opinions.withdraw(tx, taro, back.id, japan(4, 3), japan(4, 3))
    opinion(tx, IN_SUMMER, hanako, japan(6, 1))
    publish(tx, IN_SUMMER, 7, 5)
    return tx


def test_two_years_as_they_were_counted_by_hand(two_years: Tx):
    before, this = voice_years(two_years, NOON)
    assert before == VoiceYear(
        2025,
        {(LETTER, Way.LINE): 1, (LETTER, Way.LETTER): 1, (PROPOSAL, Way.LINE): 1},
        joined=0,
        withdrawn=1,
        plans=1,
        opinions=4,
        people=3,
    )
    assert dict(this.numbers) == {"letters": 1, "proposals": 3, "plans": 1, "opinions": 7, "people": 5}
    assert (this.year, this.joined) == (2026, 1)


def test_the_year_ends_with_march_in_japan(two_years: Tx):
    last = datetime(2026, 3, 31, 14, 59, tzinfo=UTC)
    assert [each.year for each in voice_years(two_years, last)][-1] == 2025
    assert [each.year for each in voice_years(two_years, last + timedelta(minutes=1))][-1] == 2026


def test_a_plan_that_the_register_lost_is_of_the_year_of_its_first_opinion(two_years: Tx):
    knowledge.take_in(two_years, [IN_SUMMER], NOON, replace_all=True)
    before, this = voice_years(two_years, NOON)
    assert (before.plans, before.opinions) == (1, 4)
    assert this.plans == 1


def test_a_month_has_what_came_in_it_by_the_way(two_years: Tx):
    march = Period.month_of(date(2026, 3, 31))
    assert received(two_years, march) == {(LETTER, Way.LETTER): 1, (PROPOSAL, Way.LINE): 1}
    assert received(two_years, march.after()) == {(LETTER, Way.LINE): 1, (PROPOSAL, Way.LINE): 3}


def test_this_year_stands_where_nothing_came_yet(tx: Tx):
    tx.connection.execute(sa.delete(voices_table))
    (this,) = voice_years(tx, NOON)
    assert this == VoiceYear(2026, {}, 0, 0, 0, 0, 0)
