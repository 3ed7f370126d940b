"""A city that asks for opinions on drafts, in June 2026; `tests/faq/place_files.py` has the draft itself."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from faq.plans import Plan, PlanId
from nlp.japan import JAPAN
from store import knowledge
from store.db import Database
from tests.dialogue import Speaker
from tests.faq.place_files import PLAN

CLOSES: Final = datetime(2026, 6, 30, 17, 0, tzinfo=JAPAN).astimezone(UTC)
A_SECOND: Final = timedelta(seconds=1)
PARKS: Final = replace(PLAN, section=None, ways="郵送（〒000-0000 公園課）、ファクス")
WITH_NAME: Final = replace(PARKS, id=PlanId("rules-2026"), name="公園条例（素案）", asks_name=True)
BY_POST: Final = replace(PARKS, id=PlanId("post-2026"), name="緑の計画（素案）", here=False)
LATER: Final = replace(
    PARKS, id=PlanId("later-2026"), name="川の計画（素案）", opens=date(2026, 7, 1), last=date(2026, 7, 31),
    until=time(12, 0),
)  # fmt: skip


def open_plans(database: Database, *plans: Plan) -> None:
    """In place of those that ship."""
    with database.write() as tx:
        knowledge.take_in(tx, plans, datetime(2026, 6, 1, tzinfo=UTC), replace_all=True)


def before_the_close(resident: Speaker, *, by: timedelta = timedelta(days=2)) -> Speaker:
    """So long before it."""
    resident.talk.now = CLOSES - by
    return resident


NOVEMBER: Final = replace(
    PARKS, id=PlanId("parks-november"), opens=date(2026, 11, 1), last=date(2026, 11, 30), results_on=None
)
"""Open at the noon of the tests, until 17:00 of November 30."""
NOVEMBER_WITH_NAME: Final = replace(NOVEMBER, id=PlanId("rules-november"), asks_name=True)
