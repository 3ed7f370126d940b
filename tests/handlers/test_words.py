"""Pieces of replies that several handlers say."""

from datetime import date

import pytest

from bot.city import LiveCity
from faq.models import Provenance, Status
from handlers import words
from handlers.city import City
from store.db import Database

SURE = Provenance("市のホームページ", "", None, date(2026, 11, 22), None, Status.CONFIRMED)
OLD = Provenance("市の資料、市のホームページ", "", date(2014, 5, 15), None, None, Status.UNCONFIRMED)
UNDATED = Provenance("県の資料", "", None, None, None, Status.UNCONFIRMED)
MARK = "※いまも同じ内容かどうか、確認できていません。"


@pytest.fixture
def now(sqlite: Database, city: LiveCity) -> City:
    with sqlite.write() as tx:
        return city.current(tx)


@pytest.mark.parametrize(
    ("named", "said"),
    [
        ([("source.name", SURE)], ["出典：市のホームページ（2026年11月22日に確認）"]),
        (
            [("source.name", SURE), ("source.of_hours", SURE)],
            ["出典：市のホームページ（2026年11月22日に確認）"],
        ),
        ([("source.name", UNDATED)], ["出典：県の資料※", MARK]),
        (
            [("source.name", SURE), ("source.of_hours", OLD), ("source.of_procedure", UNDATED)],
            [
                "出典：市のホームページ（2026年11月22日に確認）",
                "時間の出典：市の資料、市のホームページ（2014年5月15日時点）※",
                "手続きの出典：県の資料※",
                MARK,
            ],
        ),
        (
            [("source.name", OLD), ("source.name", UNDATED), ("source.name", OLD)],
            ["出典：市の資料、市のホームページ（2014年5月15日時点）※", "出典：県の資料※", MARK],
        ),
    ],
)
def test_each_source_is_named_once_and_the_mark_explained_once(
    now: City, named: list[tuple[str, Provenance]], said: list[str]
) -> None:
    assert words.sources(now, *named).splitlines() == said
