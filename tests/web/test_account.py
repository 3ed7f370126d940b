"""One's own account: devices, password, authenticator app."""

import re

import pyotp
import pytest

from store import credentials, sessions
from store.sight import Role
from tests.web.conftest import PASSWORD, Service, Visitor
from tests.web.test_code import draft_on, lets_in, secret_on, with_app
from tests.web.test_login import cookie_of, signs_in

NEW = "むらさきの雲が西へ流れる"
EDGE = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/143.0 Safari/537.36 Edg/143.0"
IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1 Version/18.1 Safari/604.1"


def signed_in_on(pages: Service, device="", name="hanako") -> Visitor:
    visitor = pages.visitor()
    visitor.headers = {"User-Agent": device}
    signs_in(visitor, name)
    return visitor


def ends(visitor: Visitor):
    """The addresses that end other devices."""
    return re.findall(r'action="(/account/sessions/\d+/end)"', visitor.get("/account").text)


def test_the_devices_on_which_one_is_signed_in(pages):
    pages.account("hanako", Role.STAFF)
    here, telephone = signed_in_on(pages, EDGE), signed_in_on(pages, IPHONE)
    text = here.get("/account").text
    assert "WindowsのEdge" in text
    assert "iPhoneのSafari" in text
    assert re.search("2026年11月24日（火）.{,40}12時", text)
    assert len(ends(here)) == 1
    assert "不明な端末" in signed_in_on(pages, "curl").get("/account").text
    assert lets_in(telephone)


def test_ending_one_device(both):
    both.account("hanako", Role.STAFF)
    here, there = signed_in_on(both), signed_in_on(both)
    [address] = ends(here)
    assert here.send("/account", address).status_code == 303
    assert "その端末からログアウトしました。" in here.get("/account").text
    assert (lets_in(here), lets_in(there)) == (True, False)
    assert here.send("/account", address).status_code == 404


def test_anothers_device_is_not_there(both):
    both.account("hanako", Role.STAFF)
    both.account("taro", Role.ADMIN)
    taro = both.account("jiro", Role.STAFF)
    his = signed_in_on(both, name="jiro")
    with both.site.database.read() as tx:
        [session] = sessions.of(tx, taro.id, both.clock())
    hanako = signed_in_on(both)
    assert hanako.send("/account", f"/account/sessions/{session.id}/end").status_code == 404
    assert hanako.send("/account", "/account/sessions/999999/end").status_code == 404
    assert lets_in(his)


def test_ending_all_others_and_all(both):
    both.account("hanako", Role.STAFF)
    here, second, third = (signed_in_on(both) for _ in range(3))
    here.send("/account", "/account/sessions/end-others")
    assert [lets_in(each) for each in (here, second, third)] == [True, False, False]
    fourth = signed_in_on(both)
    answer = here.send("/account", "/account/sessions/end-all")
    assert answer.location == "/login"
    assert "すべての端末からログアウトしました。" in here.get("/login").text
    assert [lets_in(each) for each in (here, fourth)] == [False, False]


# The password --------------------------------------------------------------------------------------------


def changes(visitor: Visitor, present=PASSWORD, password=NEW, again=None):
    again = password if again is None else again
    return visitor.send("/account/password", present=present, password=password, again=again)


def test_changing_the_password(both):
    both.account("hanako", Role.STAFF)
    here, there = signed_in_on(both), signed_in_on(both)
    assert changes(here).location == "/account"
    assert "パスワードを変更し" in here.get("/account").text
    assert (lets_in(here), lets_in(there)) == (True, False)
    assert signs_in(both.visitor()).status_code == 403
    assert signs_in(both.visitor(), password=NEW).status_code == 303


@pytest.mark.parametrize(
    ("typed", "status", "said"),
    [
        ({"present": "もう忘れてしまいました"}, 403, "今のパスワードが違います。"),
        ({"present": ""}, 403, "今のパスワードが違います。"),
        ({"password": "short"}, 422, "12文字以上"),
        ({"password": "hanako202611"}, 422, "推測されやすい"),
        ({"password": "x" * 300}, 422, "256文字まで"),
        ({"again": "べつのもの"}, 422, "2回目に入力したパスワードが違います。"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(pages, typed, status, said):
    pages.account("hanako", Role.STAFF)
    here = signed_in_on(pages)
    answer = changes(here, **typed)
    assert answer.status_code == status
    assert said in answer.text
    assert 'aria-invalid="true"' in answer.text
    assert signs_in(pages.visitor()).status_code == 303


def test_the_present_password_is_not_to_be_guessed_at_an_unguarded_desk(both):
    both.account("hanako", Role.STAFF)
    here = signed_in_on(both)
    statuses = [changes(here, present=f"guess {number}").status_code for number in range(10)]
    assert statuses == [403] * 9 + [429]
    assert changes(here).status_code == 429


# The authenticator app ------------------------------------------------------------------------------------


def sets_up(pages: Service, visitor: Visitor, present=PASSWORD):
    shown = visitor.get("/account/authenticator")
    app = pyotp.TOTP(secret_on(shown))
    fields = {"draft": draft_on(shown), "code": app.at(pages.clock()), "present": present}
    return app, visitor.send("/account/authenticator", **fields)


def test_setting_up_an_app_of_ones_own_will(both):
    made = both.account("hanako", Role.STAFF)
    here, there = signed_in_on(both), signed_in_on(both)
    before = cookie_of(here)
    app, answer = sets_up(both, here)
    assert answer.location == "/account"
    assert cookie_of(here) != before
    assert (lets_in(here), lets_in(there)) == (True, False)
    with both.site.database.read() as tx:
        assert credentials.authenticator(tx, made.id) == app.secret
    assert signed_in_on(both).get("/login").location == "/login/code"


def test_another_app_takes_the_place_of_the_one_before(pages):
    made, before = with_app(pages)
    here = pages.signed_in(made)
    app, _ = sets_up(pages, here)
    with pages.site.database.read() as tx:
        assert credentials.authenticator(tx, made.id) == app.secret != before.secret


def test_an_app_is_not_set_up_without_the_password(pages):
    made = pages.account("hanako", Role.STAFF)
    here = signed_in_on(pages)
    _, answer = sets_up(pages, here, present="もう忘れてしまいました")
    assert answer.status_code == 403
    with pages.site.database.read() as tx:
        assert credentials.authenticator(tx, made.id) is None


def test_what_an_unknown_browser_says_is_shown_as_text(pages):
    pages.account("hanako", Role.STAFF)
    assert "<script>alert" not in signed_in_on(pages, "<script>alert(1)</script>").get("/account").text
