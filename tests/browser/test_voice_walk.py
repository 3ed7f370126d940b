"""A voice in Chromium from the first tap in the talk to the page that everybody reads: the whole service, at noon."""

import shutil
import threading
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect
from werkzeug.serving import WSGIRequestHandler, make_server

from bot.app import create_app
from bot.city import LiveCity
from bot.line import LineClient
from bot.platform import Platform
from bot.platform.server import create_platform
from bot.relaying import RelayRules
from bot.simulator import create_simulator, read_suggestions
from bot.worker import Worker
from store.db import Database
from store.sight import Role
from tests.browser.conftest import DESK, PATIENCE, TELEPHONE, ask, watch
from tests.browser.test_every_page import look_over
from tests.conftest import DATA, NOON
from tests.line import SECRET
from tests.pictures import hidden_in, picture
from tests.service import free_port
from tests.site import site_of
from tests.web.conftest import Service

pytestmark = pytest.mark.browser

ANSWER = "ベンチは12月中に直します。"


@dataclass(frozen=True)
class Town:
    """The service with the simulator in LINE's place, and its pages."""

    address: str
    pages: Service


class Quiet(WSGIRequestHandler):
    def log(self, *_):
        """Says nothing."""


@pytest.fixture
def bot(sqlite_template, sayings, tmp_path):
    """The parts of `python -m bot run`, with a clock that goes on from the noon of the tests."""
    file, began = tmp_path / "helpdesk.db", datetime.now(UTC)
    shutil.copy(sqlite_template.url.removeprefix("sqlite:///"), file)
    database = Database(f"sqlite:///{file}", sqlite_template.keyring)
    port = free_port()
    here = f"http://127.0.0.1:{port}"
    city = LiveCity(sayings, pages_url=here)

    def clock():
        return NOON + (datetime.now(UTC) - began)

    platform = Platform(clock, name="熊本市")
    worker = Worker(database, city, lambda: LineClient("simulator", f"{here}/simulator/line"), clock)
    suggestions = read_suggestions(DATA / "simulator.toml")
    simulator = create_simulator(platform, SECRET, lambda: f"{here}/callback", suggestions)
    site = site_of(database, city, clock, public_url=here)
    besides = (simulator, create_platform(platform))
    app = create_app(site, SECRET, worker.wake, RelayRules(), besides=besides)
    server = make_server("127.0.0.1", port, app, threaded=True, request_handler=Quiet)
    serving = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    serving.start()
    worker.start()
    try:
        yield Town(here, Service(site, app, clock))
    finally:
        worker.stop()
        server.shutdown()
        serving.join()
        server.server_close()
        database.close()


@pytest.fixture
def enter(chromium, bot, complaints):
    """Opens a page as somebody of that role, or as nobody."""
    contexts = []

    def enter(path, role=None, size=DESK):
        context = chromium.new_context(viewport=size, locale="ja-JP")
        contexts.append(context)
        if role is not None:
            account = bot.pages.account(f"{role}-{len(contexts)}", role, personal=True)
            cookie = bot.pages.signed_in(account).client.get_cookie("door")
            context.add_cookies([{"name": "door", "value": cookie.value, "url": bot.address}])
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        watch(page, bot.address, complaints)
        page.goto(bot.address + path)
        return page

    yield enter
    for context in contexts:
        context.close()


def taps(page, name, heard):
    page.get_by_role("button", name=name, exact=True).last.click()
    page.get_by_text(heard).last.wait_for()


def test_from_the_first_tap_to_the_public_page(visit, enter, tmp_path):
    photograph = tmp_path / "bench.jpg"
    photograph.write_bytes(hidden_in(picture(800, 600)))
    talk = visit(TELEPHONE)
    ask(talk, "市に声を届ける")
    talk.get_by_text("次の方法で届けられます").wait_for()
    taps(talk, "わたしの提言", "何についてのことですか")
    taps(talk, "ごみ・環境", "文章で送ってください")
    ask(talk, "江津湖の東側のベンチがこわれています。電話は090-1111-2222です。")
    talk.get_by_text("どこのことですか").wait_for()
    ask(talk, "江津湖の東側の入口")
    talk.get_by_text("写真があるとわかりやすいときは").wait_for()
    talk.get_by_role("button", name="写真や位置情報を送る").click()
    talk.locator("#picture").set_input_files(str(photograph))
    talk.get_by_text("写真を受け取りました（1枚）").wait_for()
    taps(talk, "次へ", "公開してもよいですか")
    taps(talk, "公開してよい", "まだ送っていません")
    taps(talk, "送る", "「わたしの提言」を送りました")

    staff = enter("/staff/cases", Role.ADMIN)
    staff.get_by_role("link", name="江津湖の東側のベンチ").first.click()
    staff.get_by_text("1枚目を見る").click()
    expect(staff.locator(".photograph img").first).to_have_js_property("naturalWidth", 800)
    assert "090-1111-2222" not in staff.content()
    staff.get_by_label("返事", exact=True).fill(ANSWER)
    staff.get_by_role("button", name="返事を送る").click()
    talk.get_by_text(ANSWER).wait_for()
    assert talk.get_by_text(ANSWER).count() == 1

    staff.get_by_role("link", name="市民の声").first.click()
    staff.get_by_role("link", name="江津湖の東側のベンチ").first.click()
    staff.get_by_role("button", name="公表の準備を始める").click()
    staff.get_by_role("button", name="この文でよいので、確認を頼む").click()
    staff.get_by_text("確認を待っています").wait_for()
    assert look_over(staff) == []
    reader = enter("/voices")
    assert reader.get_by_role("link", name="江津湖の東側のベンチ").count() == 0
    second = enter(urlsplit(staff.url).path, Role.ADMIN)
    second.get_by_label("公表される文を、最後まで読みました").check()
    second.get_by_role("button", name="この文を公表する").click()
    second.get_by_text("公表しました。").first.wait_for()

    taps(talk, "メニュー", "お困りですか")
    ask(talk, "寄せられた声を見る")
    talk.get_by_text("江津湖の東側のベンチ").last.wait_for()
    reader.goto(reader.url)
    reader.get_by_role("link", name="江津湖の東側のベンチ").first.click()
    public = reader.locator("article").inner_text()
    assert (ANSWER in public, "090-1111-2222" in public) == (True, False)
    assert talk.get_by_text(ANSWER).count() == 1, "what was told is told once"
