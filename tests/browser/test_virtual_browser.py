"""The pages through a browser that lacks what LGWAN's virtual browsers lack: `docs/approval/lgwan.md`.

No WebSocket, no stream of events, no clipboard, no downloads; what reaches for them is counted.
"""

import re
from pathlib import Path

import pytest

from store.cases import State
from store.receipts import shown
from store.sight import Role
from tests.browser.calls import at_the_line, calls_of, expect, logged
from tests.browser.test_operators_log import ask
from tests.store.town import japan
from tests.web.casework import Casework, at

pytestmark = pytest.mark.browser

WEB = Path(__file__).parent.parent.parent / "web"
ANSWER = "お子さんの分も、同じ書類で足ります。"
WITHOUT = """
window.reached = [];
const missed = name => window.reached.push(name);
for (const name of ['WebSocket', 'EventSource', 'WebTransport', 'SharedWorker'])
  window[name] = class { constructor() { missed(name); throw new Error(name); } };
Object.defineProperty(navigator, 'clipboard', {get() { missed('clipboard'); return undefined; }});
const command = document.execCommand.bind(document);
document.execCommand = (name, ...more) =>
  /copy|cut|paste/i.test(name) ? (missed(name), false) : command(name, ...more);
for (const name of ['copy', 'cut', 'paste']) addEventListener(name, () => missed(name), true);
window.open = () => (missed('window'), null);
"""
REACHED = "() => window.reached"


@pytest.fixture
def thin(enter, house):
    """Opens a page in such a browser; `reached` of the page is what it reached for."""

    def thin(path, role):
        page = enter("/gallery", role, accept_downloads=False)
        page.context.add_init_script(WITHOUT)
        page.on("download", lambda _: pytest.fail("a download"))
        page.goto(house.address + path)
        return page

    return thin


def of_menu(page, part):
    page.get_by_role("navigation", name="メニュー").get_by_role("link", name=re.compile(f"^{part}")).click()


def test_a_day_without_what_virtual_browsers_lack(house, thin, monkeypatch):
    work = Casework(house.service, house.people[Role.ADMIN].viewer)
    case = work.handed(work.resident("U" + "7" * 32))
    assert house.receipt  # somebody has booked

    call = at_the_line(thin("/operators", Role.OPERATOR))
    before = len(calls_of(house))
    ask(call, "転入届")
    call.keyboard.press("1")
    logged(call)
    assert len(calls_of(house)) == before + 1
    assert call.evaluate(REACHED) == []

    page = thin("/home", Role.ADMIN)
    of_menu(page, "案件")
    page.get_by_label("受付番号").fill(shown(case.receipt))  # as the mail names it
    page.get_by_label("受付番号").press("Enter")
    page.get_by_role("button", name="引き受ける").first.click()
    page.locator("#reply-words").fill(ANSWER)
    page.get_by_role("button", name="返事を送る").click()
    page.get_by_text("返事を送ります。").wait_for()
    assert work.now(case).state is State.ANSWERED
    assert page.evaluate(REACHED) == []

    monkeypatch.setattr(house.service.clock, "now", japan(14, 10))
    page = thin("/staff/bookings", Role.STAFF)
    page.get_by_role("button", name="来た").first.click()
    page.get_by_role("button", name="印を取り消す").first.wait_for()
    assert page.evaluate(REACHED) == []


def test_a_sentence_is_there_without_the_clipboard(house, thin):
    assert house.canned
    work = Casework(house.service, house.people[Role.ADMIN].viewer)
    page = thin(at(work.handed(work.resident("U" + "8" * 32))), Role.ADMIN)
    sentence = page.locator(".canned details", has=page.locator(".canned-words")).first
    page.locator("details", has=page.locator(".canned")).first.evaluate("at => at.open = true")
    sentence.evaluate("at => at.open = true")
    words = sentence.locator(".canned-words").inner_text()
    sentence.get_by_role("button", name="返事に入れる").click()
    assert words in page.locator("#reply-words").input_value()
    assert page.evaluate(REACHED) == []
    sentence.get_by_role("button", name="コピーする").click()
    expect(page.locator("#canned-says")).to_contain_text("このまま読み上げてください")
    assert page.evaluate("() => getSelection().toString().trim()") == words
    assert page.evaluate(REACHED) == ["clipboard"], "what a page reaches for is noticed"


def test_what_reaches_for_more_is_noticed(thin):
    page = thin("/home", Role.STAFF)
    page.evaluate("() => { try { new WebSocket('ws://127.0.0.1/') } catch {} document.execCommand('copy') }")
    assert page.evaluate(REACHED) == ["WebSocket", "copy"]


# Without a browser ------------------------------------------------------------------------------------------


def texts(*patterns):
    return {
        path.name: path.read_text(encoding="utf-8")
        for pattern in patterns
        for path in sorted(WEB.glob(pattern))
        if path.name != "htmx.min.js"
    }


def test_no_script_asks_for_them():
    scripts = texts("static/*.js")
    wanted = re.compile(r"WebSocket|EventSource|WebTransport|SharedWorker|serviceWorker|showSaveFilePicker")
    assert [name for name, text in scripts.items() if wanted.search(text)] == []
    assert [name for name, text in scripts.items() if "clipboard" in text] == ["canned.js"]
    assert [
        name for name, text in texts("templates/**/*.html").items() if re.search(r"hx-(ws|sse)", text)
    ] == []


def test_no_page_opens_another_window():
    """But for pages of other sites: sources, and a map."""
    links = re.findall(r"<a [^>]*target=\"_blank\"[^>]*>", " ".join(texts("templates/**/*.html").values()))
    assert links
    assert [link for link in links if "url_for" in link] == []


def test_nothing_moves_for_long():
    sheet = " ".join(texts("static/*.css").values())
    assert not re.search(r"@keyframes|animation", sheet)
    assert all(float(seconds) <= 0.2 for seconds in re.findall(r"transition:[^;]*?([\d.]+)s", sheet))
    shown_by_pointing = re.findall(r"[^{}]*:hover[^{]*\{([^}]*)\}", sheet)
    assert [
        rule for rule in shown_by_pointing if re.search(r"display|visibility|opacity|transform", rule)
    ] == []
