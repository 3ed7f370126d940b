import pytest
import sqlalchemy as sa

from faq.models import EntryId
from store import queries
from store.queries import Query, Verdict
from store.tables import queries as table
from tests.conftest import NOON


def record(tx, resident, text="ごみの日は", message_id="1"):
    asked = Query(text, "question", "choose")
    return queries.record(tx, resident, asked, NOON, channel="LINE", message_ids=message_id.split())


def test_what_was_asked_and_what_came_of_it(tx, hanako):
    query = record(tx, hanako)
    queries.settle(tx, query, EntryId("garbage"))
    queries.judge(tx, query, Verdict.HELPED)
    row = tx.connection.execute(sa.select(table)).one()
    assert (row.entry_id, row.outcome, row.verdict) == ("garbage", "answer", "helped")
    assert "ごみ".encode() not in row.text


@pytest.mark.parametrize("verdict", Verdict)
def test_every_verdict_can_be_kept(tx, hanako, verdict):
    queries.judge(tx, record(tx, hanako), verdict)
    assert tx.connection.scalar(sa.select(table.c.verdict)) == verdict


def test_what_somebody_asked(tx, hanako, taro):
    record(tx, hanako, "一")
    record(tx, taro, "別")
    record(tx, hanako, "二\ud83d")
    assert queries.texts_of(tx, hanako) == ("一", "二\ud83d")


def test_taking_a_message_back_deletes_its_words_and_no_others(tx, hanako, taro):
    record(tx, hanako, "一", "1")
    record(tx, hanako, "二", "2")
    record(tx, taro, "別", "1")
    queries.forget_message(tx, hanako, "1")
    assert queries.texts_of(tx, hanako) == ("二",)
    assert queries.texts_of(tx, taro) == ("別",)
    assert tx.connection.scalar(sa.select(sa.func.count()).select_from(table)) == 3, "the count stays"


def test_taking_back_something_without_an_id_deletes_nothing(tx, hanako):
    """Buttons and typed numbers have no message id, and neither has an odd unsend event."""
    record(tx, hanako, "一", "")
    queries.forget_message(tx, hanako, "")
    assert queries.texts_of(tx, hanako) == ("一",)
