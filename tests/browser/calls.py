"""What was logged, as the tests of the operators' page look it up."""

import pytest

from nlp.japan import JAPAN
from store.calls import Call, of_day
from store.sight import Role
from tests.browser.pages import House

expect = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed").expect

PRESSED = """
() => {
  window.pressed = 0;
  addEventListener('keydown', event => { if (event.isTrusted) window.pressed += 1; }, true);
}
"""
"""Counts the keys that are really pressed on a page from now on."""


def calls_of(house: House) -> tuple[Call, ...]:
    """Today's calls of everybody, the newest first."""
    with house.service.site.database.read() as tx:
        return of_day(tx, house.people[Role.ADMIN].viewer, house.service.clock().astimezone(JAPAN).date())


LISTED = "words => listed === line.value && listed.includes(words)"
"""Whether the list is of all that stands in the line (`web/static/operators.js`)."""


def at_the_line(page):
    """The operators' page, once its scripts have put the focus where a call begins or goes on."""
    page.locator("#q[role=combobox]").wait_for()
    page.wait_for_function("() => document.activeElement !== document.body")
    return page


def typed(page, words) -> None:
    """Types a question and waits for what is found for all of it: a list that comes later would undo a choice."""
    page.keyboard.type(words)
    page.wait_for_function(LISTED, arg=words)


def logged(page) -> None:
    """Waits until a call is logged and the line is empty for the next."""
    page.locator("#undo button").wait_for()
    expect(page.locator("#q")).to_have_value("")
    expect(page.locator("#q")).to_be_focused()
