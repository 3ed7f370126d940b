"""Cases in the report: on the page, in the CSV and in the workbook."""

import io

import openpyxl
import pytest

from store.sight import Role
from tests.web.casework import HIGASHI, casework_of, sends
from tests.web.test_figures import FIGURES, table_of
from tests.web.town import plain

CASES, WRONGLY = "課が受けたお問い合わせ", "担当違いで回したお問い合わせ"


@pytest.fixture
def staff(pages):
    """Who looks at the report of three: one answered in time, one late, one sent on and late there."""
    work = casework_of(pages)
    clerk, (answered, moved, _) = work.clerk(), [work.handed() for _ in range(3)]
    sends(clerk, answered, "/reply", reply_words="はい。", reply_how="line")
    sends(clerk, moved, "/send-on", on_section=HIGASHI, on_reason="ward")
    pages.clock.passes(hours=5)
    return pages.signed_in(pages.account("staff", Role.STAFF))


def test_cases_by_section_in_the_file(staff):
    found = table_of(staff.get(f"{FIGURES}.csv"))
    heading = ("受けた", "うち約束までに答えた", "うち約束に遅れた", "約束までに答えた割合")
    kumin = [found[CASES, "中央区役所 区民課", column] for column in heading]
    assert kumin == ["2", "1", "1", "50.00%"]
    assert [number for (table, *_), number in found.items() if table == WRONGLY] == ["1"]


def test_the_same_on_the_page_and_in_the_workbook(staff):
    page = plain(staff.get(FIGURES).text)
    assert "中央区役所 区民課 東区役所 区民課 1" in page
    book = openpyxl.load_workbook(io.BytesIO(staff.get(f"{FIGURES}.xlsx").get_data()))
    rows = list(book[WRONGLY].values)
    assert rows == [("回した課", "回した先", "件数"), ("中央区役所 区民課", "東区役所 区民課", 1)]


def test_without_cases_the_report_says_that_there_are_none(pages):
    page = plain(pages.signed_in(pages.account("staff", Role.STAFF)).get(FIGURES).text)
    assert f"{WRONGLY} ありません。" in page
