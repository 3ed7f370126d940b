"""The questions of the last 30 days, opened."""

from datetime import datetime, timedelta

import pytest

from store import erasure, lately, queries
from store.audit import ByResident
from store.db import Tx
from store.queries import Query, QueryId
from store.residents import ResidentId
from tests.conftest import NOON

DAY = timedelta(days=1)


def asked(
    tx: Tx, resident: ResidentId | None, text: str, now: datetime = NOON, handler: str = "question"
) -> QueryId:
    query = Query(text, handler, "none")
    if resident is None:
        return queries.record_of_nobody(tx, query, now, channel="phone")
    return queries.record(tx, resident, query, now, channel="LINE", message_ids=("7",))


def words(tx: Tx, now: datetime = NOON, most: int = 100) -> list[str]:
    return list(lately.after(tx, lately.lately(tx, now).before_first, now, most).values())


def test_in_order_with_everybody_s_own_key(tx: Tx, hanako: ResidentId, taro: ResidentId) -> None:
    for resident, text in ((hanako, "犬"), (taro, "猫"), (None, "電話で聞かれた"), (hanako, "鳥")):
        asked(tx, resident, text, handler="question" if resident else "call")
    assert words(tx) == ["犬", "猫", "電話で聞かれた", "鳥"]
    assert lately.lately(tx, NOON).count == 4


def test_what_is_older_or_no_search_is_left_out(tx: Tx, hanako: ResidentId) -> None:
    asked(tx, hanako, "古い", NOON - 31 * DAY)
    asked(tx, hanako, "新しい", NOON - 29 * DAY)
    asked(tx, hanako, "東区役所の電話", handler="office")
    assert words(tx) == ["新しい"]


def test_words_that_are_gone_are_gone(tx: Tx, hanako: ResidentId, taro: ResidentId) -> None:
    taken_back, left = asked(tx, taro, "取り消した"), asked(tx, taro, "残る")
    mine = asked(tx, hanako, "消える")
    queries.forget_message(tx, taro, "7")
    still = asked(tx, taro, "まだある")
    erasure.erase(tx, hanako, ByResident(hanako), NOON)
    assert words(tx) == ["まだある"]
    assert lately.texts(tx, [mine, taken_back, left, still]) == {still: "まだある"}


def test_the_latest_of_many(tx: Tx, hanako: ResidentId, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lately, "MOST", 2)
    for number in range(5):
        asked(tx, hanako, str(number))
    assert lately.lately(tx, NOON).count == 2
    assert words(tx) == ["3", "4"]


def test_a_few_at_a_time(tx: Tx, hanako: ResidentId) -> None:
    ids = [asked(tx, hanako, str(number)) for number in range(3)]
    first = lately.after(tx, QueryId(ids[0] - 1), NOON, 2)
    assert list(first) == ids[:2]
    assert list(lately.after(tx, ids[1], NOON, 2).values()) == ["2"]
    assert lately.after(tx, ids[2], NOON, 2) == {}


def test_what_is_asked_meanwhile_is_not_of_it(tx: Tx, hanako: ResidentId) -> None:
    asked(tx, hanako, "さっき")
    asked(tx, hanako, "あとで", NOON + DAY)
    assert words(tx) == ["さっき"]
