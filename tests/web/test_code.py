"""The second factor: who is asked for it, what lets in, and what does not."""

import re

import pyotp
import pytest

from store import accounts, credentials, sessions, tries
from store.audit import COMMAND
from store.sight import Role
from tests.web.conftest import Service, Visitor
from tests.web.test_login import cookie_of, home_of, signs_in


def with_app(pages: Service, role=Role.ADMIN, name="hanako"):
    """An account with an app, and the app."""
    made = pages.account(name, role)
    secret = pyotp.random_base32()
    with pages.site.database.write() as tx:
        credentials.set_authenticator(tx, made.id, secret, 0, pages.clock())
    return made, pyotp.TOTP(secret)


def shows(visitor: Visitor, code, **fields):
    return visitor.send("/login/code", code=code, **fields)


def secret_on(page):
    return re.search("<code>([A-Z2-7 ]+)</code>", page.text)[1].replace(" ", "")


def draft_on(page):
    return re.search(r'name="draft"[^>]* value="([^"]+)"', page.text)[1]


OTHERS = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def lets_in(visitor: Visitor) -> bool:
    return home_of(visitor).status_code == 200


def test_a_password_alone_leads_to_the_code_and_no_further(both):
    with_app(both, Role.STAFF)
    visitor = both.visitor()
    signs_in(visitor)
    assert visitor.get("/login").location == "/login/code"
    for path in ("/home", "/account", "/account/password", "/account/authenticator"):
        assert visitor.get(path).location == f"/login/code?next={path}"
    form = visitor.get("/login/code").text
    assert "hanakoさん" not in form


def test_the_code_lets_in(both):
    made, app = with_app(both)
    visitor = both.visitor()
    signs_in(visitor)
    before = cookie_of(visitor)
    answer = shows(visitor, app.at(both.clock()), next="/account")
    assert visitor.get(answer.location).location == "/account"
    assert lets_in(visitor)
    assert cookie_of(visitor) != before
    planted = both.visitor()
    planted.client.set_cookie("door", before)
    assert not lets_in(planted)
    with both.site.database.read() as tx:
        assert accounts.own(tx, made.id).signed_in_at == both.clock()


@pytest.mark.parametrize("code", ["", "000000", "12345", "abcdef"])
def test_a_wrong_code_does_not(pages, code):
    with_app(pages)
    visitor = pages.visitor()
    signs_in(visitor)
    answer = shows(visitor, code)
    assert answer.status_code == 403
    assert "コードが違います。" in answer.text
    assert not lets_in(visitor)


def test_a_code_lets_in_once(both):
    _, app = with_app(both)
    owner, watcher = both.visitor(), both.visitor()
    for each in (owner, watcher):
        signs_in(each)
    code = app.at(both.clock())
    shows(owner, code)
    answer = shows(watcher, code)
    assert answer.status_code == 403
    assert "もう使われています" in answer.text
    assert not lets_in(watcher)
    both.clock.passes(seconds=30)
    assert shows(watcher, app.at(both.clock())).status_code == 303
    assert lets_in(watcher)


@pytest.mark.parametrize(("seconds", "counts"), [(-60, False), (-30, True), (30, True), (60, False)])
def test_a_telephone_whose_clock_is_off(pages, seconds, counts):
    _, app = with_app(pages)
    visitor = pages.visitor()
    signs_in(visitor)
    shows(visitor, app.at(int(pages.clock().timestamp()) + seconds))
    assert lets_in(visitor) is counts


def test_codes_are_not_to_be_guessed(both):
    _, app = with_app(both)
    visitor = both.visitor()
    signs_in(visitor)
    token = visitor.token_on("/login/code")

    def guess(code):
        return visitor.client.post("/login/code", data={"csrf_token": token, "code": code})

    right = app.at(both.clock())
    wrong = [f"{number:06}" for number in range(1, 13) if f"{number:06}" != right][:11]
    assert [guess(code).status_code for code in wrong] == [403] * 10 + [429]
    assert "あと約15分" in guess(right).text
    assert not lets_in(visitor)


def test_a_sign_in_does_not_wait_long_for_its_code(pages):
    _, app = with_app(pages)
    visitor = pages.visitor()
    signs_in(visitor)
    token = visitor.token_on("/login/code")
    pages.clock.passes(minutes=15)
    data = {"csrf_token": token, "code": app.at(pages.clock())}
    answer = visitor.client.post("/login/code", data=data)
    assert answer.location == "/login"
    assert not lets_in(visitor)


def test_a_session_that_was_ended_meanwhile(pages):
    made, app = with_app(pages)
    visitor = pages.visitor()
    signs_in(visitor)
    token = visitor.token_on("/login/code")
    with pages.site.database.write() as tx:
        sessions.end_all(tx, made.id, COMMAND, pages.clock())
    data = {"csrf_token": token, "code": app.at(pages.clock())}
    assert visitor.client.post("/login/code", data=data).location == "/login"


def test_nobody_is_asked_for_a_code_before_the_password(pages):
    with_app(pages)
    visitor = pages.visitor()
    for path in ("/login/code", "/login/authenticator"):
        assert visitor.get(path).location == "/login"


# Setting the app up --------------------------------------------------------------------------------------


@pytest.mark.parametrize(("role", "personal"), [(Role.ADMIN, False), (Role.STAFF, True)])
def test_who_must_have_an_app_sets_it_up_before_anything_else(both, role, personal):
    made = both.account("hanako", role, personal=personal)
    visitor = both.visitor()
    signs_in(visitor)
    assert visitor.get("/login").location == "/login/authenticator"
    assert visitor.get("/account").location == "/login/authenticator?next=/account"
    assert visitor.get("/login/code").location == "/login/authenticator"
    shown = visitor.get("/login/authenticator")
    assert "<svg" in shown.text
    app = pyotp.TOTP(secret_on(shown))
    before = cookie_of(visitor)
    answer = visitor.send(
        "/login/authenticator", draft=draft_on(shown), code=app.at(both.clock()), next="/account"
    )
    assert visitor.get(answer.location).location == "/account"
    assert "認証アプリを設定しました" in visitor.get("/account").text
    assert cookie_of(visitor) != before
    with both.site.database.read() as tx:
        assert credentials.authenticator(tx, made.id) == app.secret
    again = both.visitor()
    signs_in(again)
    assert again.get("/login").location == "/login/code"
    assert shows(again, app.at(both.clock())).status_code == 403
    both.clock.passes(seconds=30)
    assert shows(again, app.at(both.clock())).status_code == 303


def test_a_mistyped_code_leaves_the_same_secret(pages):
    pages.account("hanako", Role.ADMIN)
    visitor = pages.visitor()
    signs_in(visitor)
    shown = visitor.get("/login/authenticator")
    again = visitor.send("/login/authenticator", draft=draft_on(shown), code="000000")
    assert again.status_code == 403
    assert secret_on(again) == secret_on(shown)
    assert not lets_in(visitor)


@pytest.mark.parametrize("draft", ["", "x", OTHERS])
def test_a_secret_that_was_not_offered_is_not_taken(pages, draft):
    pages.account("hanako", Role.ADMIN)
    visitor = pages.visitor()
    signs_in(visitor)
    code = pyotp.TOTP(OTHERS).at(pages.clock())
    assert visitor.send("/login/authenticator", draft=draft, code=code).status_code == 403
    assert not lets_in(visitor)


def test_what_was_offered_to_another_is_not_taken(pages):
    pages.account("hanako", Role.ADMIN)
    pages.account("taro", Role.ADMIN)
    hanako, taro = pages.visitor(), pages.visitor()
    signs_in(hanako), signs_in(taro, "taro")
    shown = taro.get("/login/authenticator")
    code = pyotp.TOTP(secret_on(shown)).at(pages.clock())
    assert hanako.send("/login/authenticator", draft=draft_on(shown), code=code).status_code == 403
    assert not lets_in(hanako)


def test_who_has_an_app_cannot_set_up_another_by_the_password_alone(pages):
    with_app(pages)
    visitor = pages.visitor()
    signs_in(visitor)
    token = visitor.token_on("/login/code")
    answer = visitor.client.post("/login/authenticator", data={"csrf_token": token, "draft": "", "code": ""})
    assert answer.location == "/login/code"


def test_the_offer_is_bounded_like_the_code(pages):
    pages.account("hanako", Role.ADMIN)
    visitor = pages.visitor()
    signs_in(visitor)
    statuses = [visitor.send("/login/authenticator", code="000000").status_code for _ in range(11)]
    assert statuses == [403] * 10 + [429]
    pages.clock.passes(seconds=tries.WINDOW.total_seconds())
    assert not lets_in(visitor)
