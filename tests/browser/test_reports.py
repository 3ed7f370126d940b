"""The report as people use it: chosen by keyboard, read out, on a telephone and on paper."""

import pytest

from store import calls
from store.calls import CallChannel, CallDraft, Outcome, Sort
from store.sight import Role
from tests.browser.conftest import DESK, SMALL

pytestmark = pytest.mark.browser

PAGE = "/staff/figures"
LETTERS = """
() => [...document.querySelectorAll('.chart-drawing text')].map(e => parseFloat(getComputedStyle(e).fontSize))
"""
BEYOND = """
() => [...document.querySelectorAll('.chart-drawing text')]
  .filter(e => getComputedStyle(e).display !== 'none')
  .filter(e => e.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
  .map(e => e.textContent)
"""
A4 = {"width": 680, "height": 1009}
"""Pixels of A4 within margins of 15 mm."""


@pytest.fixture(scope="module")
def asked(house):
    """A house in which something was asked."""
    with house.service.site.database.write() as tx:
        operator = house.people[Role.OPERATOR].id
        for number in range(30):
            told = CallChannel.PHONE, Sort.INQUIRY, Outcome.NONE if number % 5 == 0 else Outcome.ANSWERED
            now = house.service.clock()
            calls.log(tx, CallDraft(operator, f"report-{number}", *told, "", now), now)
    return house


def test_a_year_is_chosen_by_keyboard(asked, enter):
    page = enter(PAGE, Role.STAFF)
    page.get_by_label("年度", exact=True).focus()
    page.keyboard.press("Home")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="令和8年度の集計").wait_for()
    page.get_by_role("link", name="前の年度").press("Enter")
    page.get_by_role("heading", name="令和7年度の集計").wait_for()


def test_a_chart_says_what_it_shows_and_has_its_table_beside_it(asked, enter):
    page = enter(PAGE, Role.STAFF)
    chart = page.get_by_role("img", name="受付経路別の件数")
    assert (
        "いちばん多いのは電話で" in page.locator(f"#{chart.get_attribute('aria-describedby')}").text_content()
    )
    table = page.get_by_role("table", name="受付経路別の件数")
    assert table.get_by_role("row").nth(1).inner_text().split() == ["電話", "30", "0", "30"]


@pytest.mark.parametrize("path", [PAGE, f"{PAGE}?year=2026"])
def test_letters_of_charts_keep_their_size_and_stay_on_the_page(asked, enter, path):
    page = enter(path, Role.STAFF, size=SMALL)
    assert min(page.evaluate(LETTERS)) >= 12
    assert page.evaluate(BEYOND) == []
    page.set_viewport_size(DESK)
    assert page.evaluate(BEYOND) == []


@pytest.mark.parametrize("path", [PAGE, f"{PAGE}?year=2026"])
def test_paper_is_wide_enough(asked, enter, path):
    page = enter(path, Role.STAFF, size=A4)
    page.emulate_media(media="print")
    assert (
        page.evaluate("() => document.documentElement.scrollWidth - document.documentElement.clientWidth")
        <= 0
    )
    cut = (
        "() => [...document.querySelectorAll('.table')].filter(e => e.scrollWidth > e.clientWidth + 1).length"
    )
    assert page.evaluate(cut) == 0
    assert not page.get_by_role("link", name="CSVで取り出す").is_visible()
