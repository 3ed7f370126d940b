"""Cases in the report: on the page, in the CSV and in the workbook."""

import io

import openpyxl
import pytest

from store.sight import Role
from tests.web.casework import HIGASHI, casework_of, sends
from tests.web.test_figures import FIGURES, table_of
from tests.web.town import plain

CASES, WRONGLY = "「人に相談」の案件", "担当違いで回した案件"


@pytest.fixture
def work(pages):
    """One answered in time, one sent on to another section and late there, one that still waits."""
    work = casework_of(pages)
    clerk, (answered, moved, _) = work.clerk(), [work.handed() for _ in range(3)]
    sends(clerk, answered, "/reply", reply_words="はい。", reply_how="line")
    sends(clerk, moved, "/send-on", on_section=HIGASHI, on_reason="ward")
    return work


@pytest.fixture
def staff(work):
    """Who looks at the report once the promise of four hours has passed."""
    work.service.clock.passes(hours=5)
    return work.service.signed_in(work.service.account("staff", Role.STAFF))


def test_cases_by_section_in_the_file(staff):
    found = table_of(staff.get(f"{FIGURES}.csv"))
    kumin = {
        column: number
        for (table, row, column), number in found.items()
        if (table, row) == (CASES, "中央区役所 区民課")
    }
    assert kumin == {
        "受けた件数": "2",
        "約束までに返事": "1",
        "遅れ": "1",
        "再開": "0",
        "約束を守った割合": "50.00%",
    }
    assert found[CASES, "計", "受けた件数"] == "3"
    assert found[CASES, "計", "約束を守った割合"] == "33.33%"
    assert [number for (table, *_), number in found.items() if table == WRONGLY] == ["1"]


def test_the_same_on_the_page_and_in_the_workbook(staff):
    page = plain(staff.get(FIGURES).text)
    assert "東区役所 区民課 1 0 1 0 0.00%" in page
    assert "中央区役所 区民課 東区役所 区民課 1" in page
    book = openpyxl.load_workbook(io.BytesIO(staff.get(f"{FIGURES}.xlsx").get_data()))
    rows = list(book[WRONGLY].values)
    assert rows == [("回した課", "回された課", "件数"), ("中央区役所 区民課", "東区役所 区民課", 1)]


def test_without_cases_the_report_says_that_there_are_none(pages):
    page = plain(pages.signed_in(pages.account("staff", Role.STAFF)).get(FIGURES).text)
    assert f"{WRONGLY} ありません。" in page
