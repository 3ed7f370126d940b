"""A browser for the pages' tests; for the simulator, a module gives the `bot` that serves it."""

import shutil
from contextlib import ExitStack

import pytest

from bot.city import LiveCity
from store.db import Database
from tests.browser.pages import open_house

sync_api = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")

TELEPHONE = {"width": 390, "height": 844}
SMALL = {"width": 320, "height": 640}
DESK = {"width": 1280, "height": 900}
ZOOMED = {"width": 640, "height": 450}
"""What a zoom of 200 % leaves of a desk."""
PATIENCE = 60_000
"""Milliseconds that a page is waited for: a machine that does much else at once may need many seconds for a step."""
sync_api.expect.set_options(timeout=PATIENCE)


@pytest.fixture(scope="module")
def chromium():
    if CHROMIUM is None:
        pytest.skip("Chromium is not installed")
    arguments = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=arguments)
        yield browser
        browser.close()


@pytest.fixture
def complaints():
    """Errors on the pages and requests to other hosts, of which there may be none in the end."""
    complaints = []
    yield complaints
    assert complaints == []


@pytest.fixture
def visit(chromium, bot, complaints):
    """Opens the page as a new person."""
    contexts = []

    def visit(size=TELEPHONE, **options):
        context = chromium.new_context(viewport=size, locale="ja-JP", **options)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        watch(page, bot.address, complaints)
        page.goto(bot.address)
        page.get_by_text("友だちに追加するか").wait_for()
        return page

    yield visit
    for context in contexts:
        context.close()


def ask(page, words):
    page.get_by_label("メッセージを入力").fill(words)
    page.get_by_label("メッセージを入力").press("Enter")


@pytest.fixture(scope="module")
def house(sqlite_template, sayings, tmp_path_factory):
    """The pages over a database of the module's own."""
    file = tmp_path_factory.mktemp("house") / "helpdesk.db"
    shutil.copy(sqlite_template.url.removeprefix("sqlite:///"), file)
    with ExitStack() as stack:
        database = Database(f"sqlite:///{file}", sqlite_template.keyring)
        stack.callback(database.close)
        yield stack.enter_context(open_house(database, LiveCity(sayings)))


@pytest.fixture
def enter(chromium, house, complaints):
    """Opens a page as somebody of that role, or with that cookie, or as nobody."""
    with ExitStack() as stack:

        def enter(path, role=None, size=DESK, door=None, **options):
            context = chromium.new_context(viewport=size, locale="ja-JP", **options)
            stack.callback(context.close)
            if role is not None:
                context.add_cookies([house.door(house.people[role])])
            if door is not None:
                context.add_cookies([door])
            page = context.new_page()
            page.set_default_timeout(PATIENCE)
            watch(page, house.address, complaints)
            page.goto(house.address + path)
            return page

        yield enter


def watch(page, address, complaints):
    """Notes errors of the page, what the content security policy refused, and requests to other hosts."""
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("request", lambda sent: None if sent.url.startswith(address) else complaints.append(sent.url))
