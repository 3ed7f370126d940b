"""Single sign-on as a browser meets it, over a real provider and over one that answers what it is told."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from werkzeug.test import TestResponse

from store import accounts, identities, invitations, run_settings, sessions
from store.accounts import Account
from store.audit import ByAccount
from store.db import Database
from store.identities import Identity
from store.run_settings import RunSettings
from store.sessions import Session
from store.sight import Role
from tests.web.conftest import PASSWORD, Service, Visitor
from tests.web.provider import RealProvider, ScriptedProvider, scripted
from web.oidc import Oidc
from web.provider import Provider
from web.single_sign_on import BACK

HERE = "http://127.0.0.1:8000"


@pytest.fixture
def pages(make: Callable[..., Service], sqlite: Database, real_provider: RealProvider) -> Service:
    return over(make, sqlite, real_provider.settings)


def over(make: Callable[..., Service], database: Database, provider: Provider) -> Service:
    """The pages with that provider; the clock is the real one, as the provider's."""
    service = make(database, oidc=Oidc(provider, HERE + BACK))
    service.clock.now = datetime.now(UTC)
    return service


def identity(provider: RealProvider, subject: str) -> Identity:
    return Identity(provider.settings.issuer, subject)


def bound(
    pages: Service, provider: RealProvider, name: str, role: Role, *, personal: bool = False
) -> Account:
    """An account whose owner has signed in so before."""
    account = pages.account(name, role, personal=personal)
    with pages.site.database.write() as tx:
        assert identities.bind(tx, account.id, identity(provider, name), pages.clock())
    return account


def begins(visitor: Visitor, **query: str) -> str:
    """Presses the button on the page of signing in, or of an invitation; the address at the provider's."""
    if "invitation" in query:
        query["shown"] = visitor.token_on("/login")
    answer = visitor.get(f"/login/sso?{urlencode(query)}")
    assert answer.status_code == 303
    return answer.headers["Location"]


def comes_back(visitor: Visitor, address: str) -> TestResponse:
    """Follows the provider's redirect."""
    parts = urlsplit(address)
    assert f"{parts.scheme}://{parts.netloc}" == HERE
    return visitor.get(f"{parts.path}?{parts.query}")


def signs_in(visitor: Visitor, provider: RealProvider, subject: str, **query: str) -> TestResponse:
    return comes_back(visitor, provider.sign_in(begins(visitor, **query), subject))


def session_of(pages: Service, visitor: Visitor) -> Session | None:
    cookie = visitor.client.get_cookie("door")
    with pages.site.database.read() as tx:
        return None if cookie is None else sessions.find(tx, cookie.value, pages.clock())


# Who is known ---------------------------------------------------------------------------------------


def test_who_is_known_comes_in_and_goes_where_they_wanted(pages, real_provider):
    bound(pages, real_provider, "hanako", Role.STAFF)
    visitor = pages.visitor()
    assert "シングルサインオンでログイン" in visitor.get("/login?next=/account").text
    answer = signs_in(visitor, real_provider, "hanako", next="/account")
    assert answer.status_code == 303
    assert answer.headers["Location"] == "/login?next=/account"
    assert visitor.get("/login?next=/account").headers["Location"] == "/account"
    assert "hanakoさん" in visitor.get("/account").text


@pytest.mark.parametrize(
    "wanted", ["https://evil.example/", "//evil.example", "/\\evil.example", "/%09/evil.example"]
)
def test_nobody_is_led_elsewhere(pages, real_provider, wanted):
    bound(pages, real_provider, "hanako", Role.STAFF)
    answer = signs_in(pages.visitor(), real_provider, "hanako", next=wanted)
    assert answer.headers["Location"] in ("/login", "/login?next=/%2509/evil.example")


def test_the_providers_second_factor_counts(pages, real_provider):
    bound(pages, real_provider, "chief", Role.ADMIN)
    visitor = pages.visitor()
    signs_in(visitor, real_provider, "chief")
    assert visitor.get("/admin/accounts").status_code == 200


def test_or_ours_is_asked_for_besides(make, sqlite, real_provider):
    there = real_provider.settings
    own = Provider(there.issuer, there.client_id, there.client_secret, second_factor=False)
    pages = over(make, sqlite, own)
    bound(pages, real_provider, "chief", Role.ADMIN)
    visitor = pages.visitor()
    signs_in(visitor, real_provider, "chief")
    assert visitor.get("/admin/accounts").headers["Location"].startswith("/login/authenticator")


def test_the_session_that_this_browser_had_ends(pages, real_provider):
    bound(pages, real_provider, "hanako", Role.STAFF)
    visitor = pages.signed_in(pages.account("taro", Role.STAFF))
    before = session_of(pages, visitor)
    signs_in(visitor, real_provider, "hanako")
    after = session_of(pages, visitor)
    assert after is not None
    assert after.account.name == "hanako"
    with pages.site.database.read() as tx:
        assert sessions.of(tx, before.account.id, pages.clock()) == ()


# Who is not -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("disabled", [False, True])
def test_strangers_are_told_whom_to_ask(pages, real_provider, disabled):
    if disabled:
        account = bound(pages, real_provider, "taro", Role.STAFF)
        with pages.site.database.write() as tx:
            accounts.set_active(tx, account.id, ByAccount(account.id), pages.clock(), active=False)
    pages.account("taro@example.jp", Role.ADMIN)
    visitor = pages.visitor()
    answer = signs_in(visitor, real_provider, "taro@example.jp" if not disabled else "taro")
    assert answer.status_code == 403
    assert "管理者にアカウントの追加を依頼し" in answer.text
    assert session_of(pages, visitor) is None, "a name or an e-mail address alone opens nothing"


def test_an_invitation_binds_the_account_once_and_for_all(pages, real_provider):
    account = pages.account("hanako", Role.STAFF)
    with pages.site.database.write() as tx:
        token = invitations.invite(tx, account.id, ByAccount(account.id), pages.clock()).token
    visitor = pages.visitor()
    page = visitor.get(f"/welcome/{token}").text
    assert f'href="/login/sso?invitation={token}&amp;shown=' in page
    assert signs_in(visitor, real_provider, "subject-7", invitation=token).status_code == 303
    assert "hanakoさん" in visitor.get("/account").text
    assert visitor.get(f"/welcome/{token}").status_code == 404, "the link is spent"
    again = pages.visitor()
    signs_in(again, real_provider, "subject-7")
    assert session_of(pages, again).account.name == "hanako"
    stranger = pages.visitor()
    assert signs_in(stranger, real_provider, "subject-8", invitation=token).status_code == 403
    assert session_of(pages, stranger) is None


def test_a_link_from_elsewhere_shows_first_whose_invitation_it_is(pages):
    visitor = pages.visitor()
    of_another_browser = pages.visitor().token_on("/login")
    for shown in ("", "&shown=made-up", f"&shown={of_another_browser}"):
        answer = visitor.get(f"/login/sso?invitation=token{shown}")
        assert (answer.status_code, answer.location) == (303, "/welcome/token")
    begins(visitor, invitation="token")


def test_an_invitation_hidden_in_what_comes_after_signing_in_binds_nobody(pages):
    pages.account("hanako", Role.STAFF)
    visitor = pages.visitor()
    visitor.headers["Sec-Fetch-Site"] = "same-origin"
    answer = visitor.send("/login", name="hanako", password=PASSWORD, next="/login/sso?invitation=token")
    for _ in range(3):
        answer = visitor.get(answer.location)
        if answer.status_code != 303:
            break
        assert answer.location.startswith("/"), "never to the provider"
    assert answer.request.path == "/welcome/token"


@pytest.mark.parametrize(
    ("by_password", "role", "asks"),
    [(True, Role.STAFF, True), (False, Role.STAFF, False), (False, Role.ADMIN, True)],
)
def test_an_invitation_offers_what_will_let_them_in(pages, by_password, role, asks):
    account = pages.account("hanako", role)
    with pages.site.database.write() as tx:
        token = invitations.invite(tx, account.id, ByAccount(account.id), pages.clock()).token
        settings = RunSettings(password_sign_in=by_password)
        run_settings.change(tx, settings, ByAccount(account.id), pages.clock())
    page = pages.visitor().get(f"/welcome/{token}").text
    assert "シングルサインオンでログイン" in page
    assert ('type="password"' in page) is asks


def test_who_has_an_account_does_not_take_another_persons_invitation(pages, real_provider):
    bound(pages, real_provider, "taro", Role.STAFF)
    account = pages.account("hanako", Role.ADMIN)
    with pages.site.database.write() as tx:
        token = invitations.invite(tx, account.id, ByAccount(account.id), pages.clock()).token
    visitor = pages.visitor()
    answer = signs_in(visitor, real_provider, "taro", invitation=token)
    assert answer.status_code == 403
    assert "別のアカウントで使われています" in answer.text
    assert session_of(pages, visitor) is None
    assert visitor.get(f"/welcome/{token}").status_code == 200, "and it is not spent"


# What goes wrong on the way -------------------------------------------------------------------------


def told(answer: TestResponse, status: int, text: str) -> None:
    assert (answer.status_code, text in answer.text) == (status, True), answer.text
    assert 'href="/login"' in answer.text, "and there is a way on"


def test_who_cancels_there_is_told_so(pages, real_provider):
    visitor = pages.visitor()
    answer = comes_back(visitor, real_provider.deny(begins(visitor)))
    told(answer, 403, "シングルサインオンをやめました")


@pytest.mark.parametrize("query", ["", "?state=x", "?code=x", "?state=%E3%81%82&code=x"])
def test_who_comes_back_without_having_left(pages, query):
    told(pages.visitor().get(f"{BACK}{query}"), 400, "もう一度、最初からお試しください")


def test_another_browsers_return_is_of_no_use(pages, real_provider):
    """Somebody signs in themselves, and has their victim's browser open the address they were sent back to."""
    bound(pages, real_provider, "attacker", Role.STAFF)
    attacker, victim = pages.visitor(), pages.visitor()
    address = real_provider.sign_in(begins(attacker), "attacker")
    begins(victim)
    told(comes_back(victim, address), 400, "もう一度、最初からお試しください")
    assert session_of(pages, victim) is None
    assert comes_back(attacker, address).status_code == 303, "the one who left comes back"


def test_a_return_counts_once(pages, real_provider):
    bound(pages, real_provider, "hanako", Role.STAFF)
    visitor = pages.visitor()
    address = real_provider.sign_in(begins(visitor), "hanako")
    assert comes_back(visitor, address).status_code == 303
    told(comes_back(visitor, address), 400, "もう一度、最初からお試しください")


@pytest.mark.parametrize(
    "query",
    [
        {"error": "server_error"}, {"error": "login_required", "error_description": "<script>"}, {}, {"code": ""},
        {"code": "made-up"}, {"code": "made-up", "iss": "https://another.example"},
    ],
)  # fmt: skip
def test_a_return_that_says_nothing_good(pages, query):
    visitor = pages.visitor()
    state = parse_qs(urlsplit(begins(visitor)).query)["state"][0]
    answer = visitor.get(f"{BACK}?{urlencode({'state': state, **query})}")
    told(answer, 400, "シングルサインオンの確認ができませんでした")
    assert "<script>" not in answer.text


def test_a_foreign_issuer_is_refused_before_it_is_asked(make, sqlite, provider):
    pages = over(make, sqlite, provider.settings)
    visitor = pages.visitor()
    state = parse_qs(urlsplit(begins(visitor)).query)["state"][0]
    query = urlencode({"state": state, "code": "c", "iss": "https://another.example"})
    told(visitor.get(f"{BACK}?{query}"), 400, "シングルサインオンの確認ができませんでした")
    assert provider.posted == []


@pytest.fixture
def provider() -> Iterator[ScriptedProvider]:
    with scripted() as provider:
        yield provider


def test_while_the_provider_is_away_passwords_go_on(make, sqlite, provider):
    provider.answers["/.well-known/openid-configuration"] = (503, b"")
    pages = over(make, sqlite, provider.settings)
    pages.account("hanako", Role.STAFF)
    visitor = pages.visitor()
    told(visitor.get("/login/sso"), 503, "シングルサインオンに接続できません")
    assert visitor.send("/login", name="hanako", password=PASSWORD).status_code == 303
    assert visitor.get("/home").status_code == 200


def test_a_provider_that_goes_away_meanwhile(make, sqlite, provider):
    pages = over(make, sqlite, provider.settings)
    visitor = pages.visitor()
    state = parse_qs(urlsplit(begins(visitor)).query)["state"][0]
    provider.answers["/token"] = (503, b"")
    told(visitor.get(f"{BACK}?state={state}&code=c"), 503, "シングルサインオンに接続できません")


def test_without_a_provider_there_is_nothing(make, sqlite):
    visitor = make(sqlite).visitor()
    assert visitor.get("/login/sso").status_code == 404
    assert visitor.get(BACK).status_code == 404
    assert "シングルサインオン" not in visitor.get("/login").text


def test_a_long_way_onward_does_not_break_the_cookie(pages, real_provider):
    bound(pages, real_provider, "hanako", Role.STAFF)
    visitor = pages.visitor()
    assert signs_in(visitor, real_provider, "hanako", next="/account?" + "x" * 5000).status_code == 303
