"""The ways through the pages without a mouse, some without a script."""

import re

import pyotp
import pytest
from playwright.sync_api import expect

from store import roster
from store.sight import Role
from tests.browser.conftest import SMALL, ZOOMED
from tests.browser.keys import FOCUSED, MOST, OUTLINE, Keys
from tests.browser.pages import APP
from tests.store.town import japan
from tests.web.conftest import PASSWORD

pytestmark = pytest.mark.browser


def code(house, secret=APP):
    return pyotp.TOTP(secret).at(house.service.clock())


@pytest.mark.parametrize("role", Role, ids=lambda role: role.value)
@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_in_and_out(house, enter, role, scripts):
    house.service.clock.passes(minutes=1)  # a code lets in once
    keys = Keys(enter("/account", size=SMALL, java_script_enabled=scripts))
    keys.type("ログイン名", role.value)
    keys.type("パスワード", PASSWORD)
    keys.enter()
    assert keys.heading() == "認証コードの入力"
    keys.type("認証コード", code(house))
    keys.enter()
    assert keys.heading() == "自分の設定"
    keys.press("ホーム")
    assert keys.heading().endswith("のホーム")
    keys.press("ログアウト")
    assert keys.heading() == "ログイン"


def test_the_first_sign_in(house, enter):
    keys = Keys(enter(f"/welcome/{house.invitation()}"))
    assert keys.heading() == "パスワードの設定"
    keys.type("パスワード", "石垣と銀杏の並木と路面電車")
    keys.type("もう一度", "石垣と銀杏の並木と路面電車")
    keys.enter()
    keys.type("ログイン名", "beginner")
    keys.type("パスワード", "石垣と銀杏の並木と路面電車")
    keys.enter()
    assert keys.heading() == "認証アプリの設定"
    keys.to("QRコードを読み取れないとき")
    keys.page.keyboard.press("Enter")
    secret = keys.page.locator("details code").inner_text().replace(" ", "")
    keys.type("認証コード", code(house, secret))
    keys.enter()
    assert "設定しました" in keys.page.get_by_role("status").inner_text()
    assert keys.page.get_by_role("navigation", name="メニュー").is_visible()


def test_an_operator_books_for_a_caller(house, enter):
    assert house.free
    keys = Keys(enter("/operators/bookings", Role.OPERATOR, size=ZOOMED))
    keys.led_to("何を、いつ")
    keys.page.keyboard.type("法律相談 金曜日")
    keys.enter()
    keys.press("15時")
    assert keys.page.url.endswith("/caller")
    keys.led_to("お名前")
    keys.page.keyboard.type("玉名 さくら")
    keys.type("お名前のふりがな", "たまな さくら")
    keys.type("電話番号", "09000000002")
    keys.type("生年月日", "S45.8.9")
    keys.enter()
    assert keys.heading() == "予約できました"
    keys.enter()  # back to the call
    assert keys.heading() == "電話の応対"


def test_staff_note_who_came(house, enter, monkeypatch):
    assert house.receipt
    monkeypatch.setattr(house.service.clock, "now", japan(14, 10))
    keys = Keys(enter("/staff/bookings", Role.STAFF, size=SMALL))
    keys.press("来た")
    assert "来た" in keys.page.get_by_role("status").inner_text()
    keys.press("印を取り消す")
    assert keys.page.get_by_role("button", name="来なかった").is_visible()


def test_an_administrator_adds_an_account(enter, complaints):
    keys = Keys(enter("/home", Role.ADMIN, size=ZOOMED))
    keys.press("アカウント")
    keys.press("アカウントを追加")
    keys.type("ログイン名", "yamaga")
    keys.enter()
    keys.to("名前を")  # in the list of what is wrong, which leads to the field
    keys.page.keyboard.press("Enter")
    keys.led_to("名前")
    keys.page.keyboard.type("山鹿 灯子")
    keys.press("追加する")
    assert len(complaints) == 1  # the refusal's status
    complaints.clear()
    assert "山鹿 灯子" in keys.heading()
    keys.press("アカウントの画面へ")
    assert keys.heading() == "山鹿 灯子さんのアカウント"


def test_past_the_menu(enter):
    keys = Keys(enter("/gallery", Role.STAFF))
    keys.page.keyboard.press("Tab")
    assert keys.at == "本文へ移動"
    expect(keys.page.locator(".skip")).to_be_in_viewport(ratio=1)
    keys.page.keyboard.press("Enter")
    keys.page.locator("#main:focus").wait_for()
    keys.page.keyboard.press("Tab")
    assert keys.page.evaluate("document.activeElement.closest('main') !== null")


@pytest.mark.parametrize("path", ["/gallery", "/gallery/resident"])
def test_every_stop_is_seen_and_none_holds_the_focus(enter, path):
    page = enter(path, Role.ADMIN)
    stops = []
    for _ in range(MOST):
        page.keyboard.press("Tab")
        stops.append(page.evaluate(FOCUSED))
        if stops[-1] == "":
            break
        assert page.evaluate(OUTLINE), stops[-1]
    else:
        pytest.fail(f"the end is out of reach: {stops}")
    assert len(stops) > 15


def test_what_is_wrong_leads_to_its_field(enter):
    keys = Keys(enter("/gallery/resident"))
    keys.press("送信する")
    assert keys.page.get_by_role("alert").first.is_visible()
    keys.to("区を選んでください。")
    keys.page.keyboard.press("Enter")
    keys.page.locator("fieldset:has(:focus)", has_text="お住まいの区").wait_for()
    keys.to("上の内容に同意します")
    keys.page.keyboard.press("Space")
    keys.press("送信する")
    assert keys.page.get_by_text("同意の欄に印を付けてください。").count() == 0


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_light_and_dark(enter, scripts):
    page = enter("/gallery/resident?from=line", java_script_enabled=scripts, color_scheme="light")
    paper = "() => getComputedStyle(document.body).backgroundColor"
    light = page.evaluate(paper)
    Keys(page).press("暗い")
    dark = page.evaluate(paper)
    assert page.url.endswith("/gallery/resident?from=line")
    page.emulate_media(color_scheme="dark")
    Keys(page).press("明るい")
    assert page.evaluate(paper) == light
    Keys(page).press("自動")
    assert page.evaluate(paper) == dark != light


def test_paper_has_what_counts_and_no_buttons(enter):
    page = enter("/gallery", Role.STAFF, color_scheme="dark")
    page.emulate_media(media="print")
    assert page.evaluate("() => getComputedStyle(document.documentElement).getPropertyValue('--paper')")
    for unseen in ("nav.menu", ".person", ".look", "td.acts"):
        assert not page.locator(unseen).first.is_visible(), unseen
    for seen in ("h1", "table", ".facts", ".note.keep"):
        assert page.locator(seen).first.is_visible(), seen
    assert page.evaluate("() => getComputedStyle(document.body).color") == "rgb(26, 26, 26)"


def test_the_systems_own_colours(enter):
    """With forced colours the marks that colour alone would make are lines."""
    page = enter("/home", Role.STAFF, forced_colors="active")
    line = "at => getComputedStyle(at).borderBottomStyle + getComputedStyle(at).borderBottomWidth"
    assert page.locator(".menu a[aria-current]").evaluate(line) == "solid3px"
    assert re.match(r"solid[1-3]px", page.locator(".button").first.evaluate(line))


def test_nothing_moves_for_who_wants_no_motion(enter):
    page = enter("/home", Role.STAFF, reduced_motion="reduce")
    moving = """
      () => [...document.querySelectorAll('*')]
        .filter(at => parseFloat(getComputedStyle(at).transitionDuration) > 0).length
    """
    assert page.evaluate(moving) == 0
    page.emulate_media(reduced_motion="no-preference")
    assert page.evaluate(moving) > 0


def test_htmx_starts_under_the_policy_and_sends_the_token(house, enter):
    page = enter("/gallery", Role.STAFF)
    assert page.evaluate("htmx.version") == "4.0.1"
    with page.expect_request("**/gallery") as sent:
        page.evaluate("htmx.ajax('POST', '/gallery', {target: '#notes', swap: 'none'})")
    assert len(sent.value.headers["x-csrftoken"]) > 30
    assert sent.value.response().status == 200


def test_what_is_found_changes_while_one_types(enter):
    page = enter("/admin/accounts", Role.ADMIN)
    Keys(page).type("名前かログイン名", "oper")
    page.get_by_role("status").get_by_text("1件", exact=True).wait_for()
    assert page.locator("#found tbody tr").count() == 1
    assert Keys(page).at == "名前かログイン名"
    assert page.url.endswith("/admin/accounts?text=oper&role=&state=&section=")


def test_whoever_is_no_longer_signed_in_is_led_to_sign_in(house, enter):
    page = enter("/admin/accounts", Role.ADMIN)
    page.context.clear_cookies()
    Keys(page).type("名前かログイン名", "o")
    page.get_by_role("heading", name="ログイン", exact=True).wait_for()
    assert page.url.startswith(f"{house.address}/login?next=/admin/accounts")


def test_a_search_that_fails_leaves_what_was_found(house, enter, complaints, monkeypatch):
    page = enter("/admin/accounts", Role.ADMIN)
    monkeypatch.setattr(roster, "listed", lambda *_: 1 / 0)
    Keys(page).type("名前かログイン名", "o")
    page.locator("#notes").get_by_text("うまく処理できませんでした").wait_for()
    assert page.locator("#found tbody tr").count() >= 4
    assert page.url.endswith("/admin/accounts")
    assert len(complaints) == 1
    complaints.clear()


def test_a_failure_of_htmx_is_told_where_notes_are(enter, complaints):
    page = enter("/gallery", Role.STAFF)
    page.evaluate("htmx.ajax('GET', '/gallery/failure', {target: 'table', swap: 'innerHTML'})")
    page.locator("#notes").get_by_text("うまく処理できませんでした").wait_for()
    assert page.locator("table tbody tr").count() == 3
    assert len(complaints) == 1
    complaints.clear()
