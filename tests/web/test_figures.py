"""A month's figures, on the page and as a file."""

import csv
import io

import pytest

from store.sight import Role
from tests.web.town import plain

LOG, CALLS, FIGURES = "/operators/log", "/operators/calls", "/staff/figures"


@pytest.fixture
def staff(pages):
    """Somebody of a section, after three calls of an operator."""
    operator = pages.signed_in(pages.account("operator", Role.OPERATOR))
    operator.send(LOG, CALLS, outcome="answered", entry="moving-in")
    operator.send(LOG, CALLS, outcome="application", channel="fax")
    operator.send(LOG, CALLS, outcome="none", text="x")
    return pages.signed_in(pages.account("staff", Role.STAFF))


def table_of(answer):
    rows = list(csv.reader(io.StringIO(answer.get_data().decode("utf-8-sig"), newline="")))
    return {(what, which): number for what, which, number in rows}


def test_the_month_as_a_file(staff):
    answer = staff.get(f"{FIGURES}.csv")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="figures-2026-11.csv"'
    found = table_of(answer)
    assert found["期間", "2026-11-01 - 2026-11-30"] == ""
    assert found["応対", ""] == "3"
    assert (found["応対（受付経路）", "電話"], found["応対（受付経路）", "ファクス"]) == ("2", "1")
    assert found["応対（区分）", "申込受付"] == "1"
    assert found["応対（受付経路と区分）", "ファクス・申込受付"] == "1"
    assert found["応対（結果）", "答えが見つからない"] == "1"
    assert found["一次回答率", ""] == "66.66%"
    assert found["答えが見つからなかった質問（応対とLINE）", ""] == "1"
    assert found["LINEの質問", "答えた"] == "0"
    assert found["予約・申込み", "LINE"] == "0"
    assert [number for (what, _), number in found.items() if what == "多かった質問"] == ["1"]


def test_the_month_on_the_page(staff):
    page = plain(staff.get(FIGURES).text)
    assert "2026年11月の件数" in page
    assert "一次回答率 66.66%" in page


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        ("2026-10", "2026年10月"),
        ("2026-02", "2026年2月"),
        ("2026-13", "2026年11月"),
        ("0000-01", "2026年11月"),
        ("9999-12", "2026年11月"),
        ("１２３４-01", "2026年11月"),
        ("x", "2026年11月"),
    ],
)
def test_another_month(staff, asked, shown):
    answer = staff.get(FIGURES, query_string={"month": asked})
    assert answer.status_code == 200
    assert f"{shown}の件数" in answer.text


def test_a_month_without_calls_has_no_rate(staff):
    assert table_of(staff.get(f"{FIGURES}.csv?month=2026-02"))["一次回答率", ""] == ""
