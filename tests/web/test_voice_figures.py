"""The page and the file that everybody has of a year's voices."""

import csv
import io
import re

import pytest

from nlp.language import Language
from tests.web.conftest import Service
from tests.web.test_speech import is_in
from tests.web.voicework import Voicework

HEAD = [
    "年度の始まる年",
    "年度",
    "市長への手紙",
    "わたしの提言",
    "パブリックコメントの案件",
    "意見",
    "意見を寄せた人",
]


def test_the_file_has_what_the_city_published_and_what_was_counted(pages: Service):
    Voicework.of(pages).told()
    answer = pages.visitor().get("/voices/figures.csv")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="voice-figures.csv"'
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    heading, *years = csv.reader(io.StringIO(answer.data.decode("utf-8-sig")))
    assert heading[:7] == HEAD
    assert years[0][:7] == ["2017", "平成29年度", "251", "724", "9", "188", "63"]
    assert years[4][:7] == ["2021", "令和3年度", "473", "1528", "16", "291", "91"]
    assert years[-1][:4] == ["2026", "令和8年度", "0", "1"]
    assert years[-1][7:] == ["このサービスで数えた数", "2026-11-24"]
    assert {year[8] for year in years[:-1]} == {""}


def test_the_page_shows_the_years_with_their_source_and_how_they_are_counted(pages: Service):
    page = pages.visitor().get("/voices/figures").text
    assert re.search(r"2021年度</th><td[^>]*>473</td><td[^>]*>1,528</td><td[^>]*>16</td>", page)
    assert "市政概要" in page
    assert "2026年11月24日（火）まで" in page
    assert "取り下げられた声も、1件です" in page
    assert "いちばん多いのは2020年度の2,189件です" in page


@pytest.mark.parametrize("language", Language)
def test_the_page_speaks_every_language(pages: Service, language: Language):
    page = pages.visitor().get(f"/voices/figures?lang={language}").text
    assert is_in(page, language)


def test_staff_see_the_ways_and_what_was_joined_or_withdrawn(pages: Service):
    work = Voicework.of(pages)
    work.told()
    page = work.clerk.get("/staff/voices/figures").text
    assert re.search(r"わたしの提言・LINE</th><td[^>]*>1</td>", page)
    assert re.search(r"うち 取り下げられた声</th><td[^>]*>0</td>", page)
    assert "令和3年度" in page
