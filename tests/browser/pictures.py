"""Takes the pictures of the pages that the documents show: `python -m tests.browser.pictures`."""

import shutil
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from playwright.sync_api import sync_playwright

from bot import seeds
from bot.city import LiveCity, read_sayings
from store.db import Database
from store.keyring import Keyring, random_key_text
from store.migrations import migrate
from store.sight import Role
from store.tables import accounts
from tests.browser.pages import House, open_house
from tests.conftest import DATA, NOON

PICTURES = Path(__file__).parent.parent.parent / "docs" / "pictures"
WIDE = {"width": 1100, "height": 720}
TALL = {"width": 1100, "height": 860}
BESIDE = {"width": 420, "height": 720}
"""Beside the telephone client."""


def main() -> None:
    """Writes them over those that are there."""
    with TemporaryDirectory(prefix="helpdesk-pictures-") as folder:
        database = Database(f"sqlite:///{folder}/helpdesk.db", Keyring.parse(random_key_text()))
        migrate(database)
        seeds.fill_if_empty(database, DATA, NOON)
        with open_house(database, LiveCity(read_sayings(DATA))) as house, sync_playwright() as playwright:
            _name(database)
            browser = playwright.chromium.launch(
                executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
            )
            _answer(_desk(browser, house, WIDE))
            _sections(_desk(browser, house, WIDE))
            _narrow(_desk(browser, house, BESIDE))
            _case(_page(browser, house, Role.ADMIN, f"/staff/cases/{house.case}", TALL))
            browser.close()
        database.close()


def _name(database: Database) -> None:
    """Gives everybody the name of a person."""
    with database.write() as tx:
        tx.connection.execute(accounts.update().values(shown="山鹿 灯子"))


def _desk(browser: Any, house: House, size: dict[str, int]) -> Any:
    page = _page(browser, house, Role.OPERATOR, "/operators", size)
    page.locator("#help-call").wait_for()
    return page


def _page(browser: Any, house: House, role: Role, path: str, size: dict[str, int]) -> Any:
    context = browser.new_context(viewport=size, locale="ja-JP", color_scheme="light")
    context.add_cookies([house.door(house.people[role])])
    page = context.new_page()
    page.goto(house.address + path)
    return page


def _ask(page: Any, words: str) -> None:
    page.keyboard.type(words)
    page.keyboard.press("Enter")
    page.locator("#pane .read-out").wait_for()


def _answer(page: Any) -> None:
    _ask(page, "家庭ごみの分け方")
    page.screenshot(path=PICTURES / "operators-desk.png")


def _sections(page: Any) -> None:
    _ask(page, "西区に引っ越してきたときの転入届")
    page.keyboard.press("2")
    page.locator("#target-0").wait_for()
    page.screenshot(path=PICTURES / "operators-transfer.png")


def _narrow(page: Any) -> None:
    _ask(page, "総合出張所の電話番号")
    page.screenshot(path=PICTURES / "operators-narrow.png")


def _case(page: Any) -> None:
    words = "お子さんの分も、同じ書類で足ります。"
    page.locator("#reply-words").fill(words)
    page.locator("#preview .bubble").get_by_text(words).wait_for()
    page.locator("h1").click()
    page.evaluate("scrollTo(0, 0)")
    page.screenshot(path=PICTURES / "case.png")


if __name__ == "__main__":
    main()
