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


def logged(page) -> None:
    """Waits until a call is logged and the line is empty for the next."""
    page.locator("#undo button").wait_for()
    expect(page.locator("#q")).to_have_value("")
    expect(page.locator("#q")).to_be_focused()
