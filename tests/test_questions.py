"""Residents' questions, labelled: each runs through the router as a new resident's first message.

The floors only rise. `right` is an answer that fits; `offered` counts a fitting candidate to choose from as well.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import pytest

from bot.city import LiveCity
from bot.talking import ask
from faq import exchange
from faq.exchange import Records
from faq.kinds import QUESTIONS
from faq.models import Answerer, EntryId, LabelledQuestion
from handlers.router import Routed
from handlers.turn import ReplyOutcome
from store.db import Database
from tests.conftest import DATA, NOON

ANSWERERS = {"nearest": Answerer.SHELTER, "case_acts": Answerer.ESCALATION, "voice_menu": Answerer.VOICE}
"""Those that answer under another name than their file's."""

RIGHT_FLOOR = 0.52
OFFERED_FLOOR = 0.875
WRONG_CEILING = 0.009
"""Of questions that an entry answers: how many may get another entry as the answer."""
MISLED_CEILING = 0.03
"""Of questions that nothing answers: how many may get an entry as the answer."""
HANDLER_FLOOR = 0.99


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, what may answer it, and what did."""

    query: str
    handler: Answerer
    entries: frozenset[EntryId]
    routed: Routed

    @property
    def offered(self) -> list[EntryId]:
        found = self.routed.reply.found
        return [match.entry.id for match in found.matches] if found else []

    @property
    def answerer(self) -> str:
        return ANSWERERS.get(self.routed.handler, self.routed.handler)

    @property
    def is_answered(self) -> bool:
        return self.routed.reply.outcome is ReplyOutcome.ANSWER and self.routed.handler == "question"


@pytest.fixture(scope="module")
def asked(sqlite_template, sayings) -> list[Asked]:
    read = exchange.read(QUESTIONS, DATA / "questions.csv")
    assert isinstance(read, Records)
    rows: dict[str, list[LabelledQuestion]] = defaultdict(list)
    for row in read.records:
        rows[row.query_id].append(row)
    database = Database(sqlite_template.url, sqlite_template.keyring)
    city = LiveCity(sayings)
    found = [_ask(database, city, same) for same in rows.values()]
    database.close()
    return found


def _ask(database: Database, city: LiveCity, rows: Sequence[LabelledQuestion]) -> Asked:
    entries = frozenset(row.faq_id for row in rows if row.faq_id and row.relevance > 0)
    routed = ask(database, city, rows[0].query, NOON).routed
    return Asked(rows[0].query, rows[0].handler, entries, routed)


def test_there_are_enough(asked: list[Asked]) -> None:
    assert len(asked) >= 300


def test_questions_are_answered_rightly(asked: list[Asked]) -> None:
    questions = [one for one in asked if one.handler is Answerer.QUESTION]
    right = [one for one in questions if one.is_answered and one.offered[0] in one.entries]
    wrong = [one for one in questions if one.is_answered and one.offered[0] not in one.entries]
    offered = [one for one in questions if one in right or one.entries & set(one.offered) or warned(one)]
    report("right", right, questions)
    report("right or offered", offered, questions)
    report("wrongly confident", wrong, questions)
    assert len(right) >= RIGHT_FLOOR * len(questions)
    assert len(offered) >= OFFERED_FLOOR * len(questions)
    assert len(wrong) <= WRONG_CEILING * len(questions), [one.query for one in wrong]


def warned(one: Asked) -> bool:
    """A resident in danger gets the number before, or in place of, the entry."""
    return one.routed.handler == "danger"


def test_what_nobody_can_answer_is_not_answered(asked: list[Asked]) -> None:
    unanswerable = [one for one in asked if one.handler is Answerer.NONE]
    misled = [one for one in unanswerable if one.is_answered]
    report("misled", misled, unanswerable)
    assert len(misled) <= MISLED_CEILING * len(unanswerable), [one.query for one in misled]


def test_handlers_take_what_is_theirs_and_no_more(asked: list[Asked]) -> None:
    theirs = [one for one in asked if one.handler not in (Answerer.QUESTION, Answerer.NONE)]
    taken = [one for one in theirs if one.answerer == one.handler]
    stolen = [
        one
        for one in asked
        if one.handler is Answerer.QUESTION and one.answerer not in ("question", "danger")
    ]
    report("taken by the right handler", taken, theirs)
    assert len(taken) >= HANDLER_FLOOR * len(theirs), [one.query for one in theirs if one not in taken]
    assert [one.query for one in stolen] == []


def test_danger_is_never_missed(asked: list[Asked]) -> None:
    dangerous = [one for one in asked if one.handler is Answerer.DANGER]
    assert [one.query for one in dangerous if one.routed.handler != "danger"] == []


def report(name: str, some: Sequence[Asked], of: Sequence[Asked]) -> None:
    """Printed by `pytest -s`: the figures behind the floors."""
    print(f"{name}: {len(some)} of {len(of)} ({len(some) / len(of):.1%})")  # noqa: T201
