"""Signing in by name and password: who gets in, who does not, and how often it may be tried."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from argon2 import PasswordHasher

from store import accounts, sessions, tries
from store.audit import COMMAND
from store.sight import Role
from tests.site import QUICK
from tests.web.conftest import PASSWORD, Service, Visitor
from web.passwords import Passwords


def signs_in(visitor: Visitor, name="hanako", password=PASSWORD, **fields):
    return visitor.send("/login", name=name, password=password, **fields)


def cookie_of(visitor: Visitor, name="door"):
    cookie = visitor.client.get_cookie(name)
    return cookie.value if cookie else None


def home_of(visitor: Visitor):
    return visitor.get("/home")


def test_name_and_password_let_in(both):
    both.account("hanako", Role.STAFF)
    visitor = both.visitor()
    assert home_of(visitor).location == "/login?next=/home"
    answer = signs_in(visitor)
    assert (answer.status_code, answer.location) == (303, "/login")
    assert visitor.get("/login").location == "/home"
    assert "hanakoさん" in home_of(visitor).text
    with both.site.database.read() as tx:
        assert accounts.named(tx, "hanako").signed_in_at == both.clock()


@pytest.mark.parametrize("name", ["Hanako", " hanako ", "ＨＡＮＡＫＯ"])
def test_a_name_may_be_typed_in_any_width(pages, name):
    pages.account("hanako", Role.STAFF)
    assert signs_in(pages.visitor(), name).status_code == 303


def test_a_password_may_be_typed_in_any_width(pages):
    made = pages.account("hanako", Role.STAFF)
    set_password(pages, made, "tsutsuji 34 michi")
    assert signs_in(pages.visitor(), password="ｔｓｕｔｓｕｊｉ　３４　ｍｉｃｈｉ").status_code == 303


def set_password(pages: Service, account, password, hasher=None):
    from store import credentials

    hashed = (hasher or pages.site.passwords).hash(password)
    with pages.site.database.write() as tx:
        credentials.set_password(tx, account.id, hashed, COMMAND, pages.clock())


REFUSED = "ログイン名かパスワードが違います。"


@pytest.mark.parametrize(
    ("name", "password"),
    [
        ("hanako", "つつじと銀杏の細い道"),
        ("hanako", ""),
        ("hanako", PASSWORD + "x" * 1000),
        ("nobody", PASSWORD),
        ("invited", PASSWORD),
        ("invited", ""),
        ("gone", PASSWORD),
        ("", ""),
        ("x" * 10_000, PASSWORD),
        ("\ud800", "\ud800"),
    ],
)
def test_the_same_words_for_whatever_is_wrong(pages, name, password):
    pages.account("hanako", Role.STAFF)
    with pages.site.database.write() as tx:
        accounts.add(tx, accounts.Draft("invited", "", Role.STAFF), COMMAND, pages.clock())
    gone = pages.account("gone", Role.STAFF)
    with pages.site.database.write() as tx:
        accounts.set_active(tx, gone.id, COMMAND, pages.clock(), active=False)
    visitor = pages.visitor()
    data = {"csrf_token": visitor.token_on("/login"), "name": name.encode("utf-8", "surrogatepass")}
    data["password"] = password.encode("utf-8", "surrogatepass")
    answer = visitor.client.post("/login", data=data)
    assert answer.status_code == 403
    assert REFUSED in answer.text
    assert cookie_of(visitor) is None


class Counting(PasswordHasher):
    """Counts what it verifies."""

    def __init__(self) -> None:
        super().__init__(time_cost=1, memory_cost=8, parallelism=1)
        self.verified = 0
        self._lock = threading.Lock()

    def verify(self, *given, **named):
        with self._lock:
            self.verified += 1
        return super().verify(*given, **named)


@pytest.fixture
def counting(make, database):
    """The pages over each database, and what counts the passwords they check; one proxy is trusted."""
    service = make(database, hops=1)
    hasher = Counting()
    return make(database, hops=1, passwords=Passwords(hasher)), hasher, service


def test_a_name_that_is_not_there_is_checked_as_long(counting):
    service, hasher, _ = counting
    signs_in(service.visitor(), "nobody")
    assert hasher.verified == 1


def guess(visitor: Visitor, token, number, proxied=""):
    """A guess from an address of its own."""
    forwarded = f"10.{number // 250}.0.{number % 250}"
    visitor.headers = {"X-Forwarded-For": f"{proxied}{forwarded}"}
    data = {"csrf_token": token, "name": "hanako", "password": f"guess {number}"}
    return visitor.client.post("/login", data=data, headers=visitor.headers)


def test_of_a_thousand_guesses_ten_are_checked(counting):
    service, hasher, _ = counting
    service.account("hanako", Role.STAFF)
    visitor = service.visitor()
    token = visitor.token_on("/login")
    statuses = [guess(visitor, token, number).status_code for number in range(1000)]
    assert hasher.verified == 10
    assert statuses == [403] * 10 + [429] * 990


def test_the_password_itself_has_to_wait_and_then_lets_in(counting):
    service, hasher, _ = counting
    service.account("hanako", Role.STAFF)
    visitor = service.visitor()
    token = visitor.token_on("/login")
    for number in range(10):
        guess(visitor, token, number)
    service.clock.passes(minutes=1)
    answer = signs_in(visitor)
    assert answer.status_code == 429
    assert "あと約14分" in answer.text
    service.clock.passes(minutes=13, seconds=59)
    assert "あと約1分" in signs_in(visitor).text
    service.clock.passes(seconds=1)
    assert signs_in(visitor).status_code == 303
    assert hasher.verified == 11


def test_any_fifteen_minutes_not_only_those_of_a_calendar(counting):
    service, hasher, _ = counting
    service.account("hanako", Role.STAFF)
    visitor = service.visitor()
    token = visitor.token_on("/login")
    checked_at = []
    for number in range(180):
        before = hasher.verified
        guess(visitor, token, number)
        if hasher.verified > before:
            checked_at.append(service.clock.now)
        service.clock.passes(seconds=20)
    for start in checked_at:
        assert sum(start <= each < start + tries.WINDOW for each in checked_at) <= 10
    assert len(checked_at) == 40


def test_guesses_at_one_moment_are_counted_one_after_the_other(counting):
    service, hasher, _ = counting
    service.account("hanako", Role.STAFF)
    visitors = [service.visitor() for _ in range(8)]
    tokens = [visitor.token_on("/login") for visitor in visitors]

    def guesses(number):
        which = number % 8
        return guess(visitors[which], tokens[which], number).status_code

    with ThreadPoolExecutor(8) as pool:
        found = [
            pool.submit(lambda which=which: [guesses(which + 8 * n) for n in range(5)]) for which in range(8)
        ]
        statuses = [status for each in found for status in each.result()]
    assert hasher.verified == 10
    assert sorted(statuses) == [403] * 10 + [429] * 30


def test_an_address_is_bounded_over_all_names(counting):
    service, hasher, _ = counting
    visitor = service.visitor()
    token = visitor.token_on("/login")
    for number in range(205):
        data = {"csrf_token": token, "name": f"name{number}", "password": "a guess"}
        answer = visitor.client.post(
            "/login", data=data, headers={"X-Forwarded-For": f"10.9.9.{number}, 10.0.0.1"}
        )
    assert hasher.verified == 200
    assert answer.status_code == 429


@pytest.mark.parametrize(
    ("hops", "forwarded", "counted"),
    [
        (0, "10.0.0.1", "127.0.0.1"),
        (1, "10.0.0.1", "10.0.0.1"),
        (1, "6.6.6.6, 10.0.0.1", "10.0.0.1"),
        (2, "6.6.6.6, 10.0.0.1, 10.0.0.2", "10.0.0.1"),
        (2, "10.0.0.2", "127.0.0.1"),
        (1, "2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        (1, "::ffff:10.0.0.1", "10.0.0.1"),
        (1, "unknown", "unknown"),
    ],
)
def test_whose_tries_are_counted_together(make, sqlite, hops, forwarded, counted):
    service = make(sqlite, hops=hops)
    visitor = service.visitor()
    visitor.headers = {"X-Forwarded-For": forwarded}
    signs_in(visitor)
    with sqlite.write() as tx:
        limits = [tries.Limit(f"address {counted}", 1)]
        assert tries.wait(tx, limits, service.clock()) is not None


def test_a_hash_of_old_parameters_is_renewed(pages):
    made = pages.account("hanako", Role.STAFF)
    set_password(pages, made, PASSWORD, PasswordHasher(time_cost=2, memory_cost=8, parallelism=1))
    assert signs_in(pages.visitor()).status_code == 303
    with pages.site.database.read() as tx:
        from store import credentials

        kept = credentials.kept_of(tx, "hanako")
    assert not QUICK.check_needs_rehash(kept.password)
    assert signs_in(pages.visitor()).status_code == 303


class Meanwhile(PasswordHasher):
    """Something happens while a password is being checked."""

    def __init__(self, happens) -> None:
        super().__init__(time_cost=1, memory_cost=8, parallelism=1)
        self.happens = happens

    def verify(self, *given, **named):
        self.happens()
        return super().verify(*given, **named)


@pytest.mark.parametrize("what", ["disabled", "another password"])
def test_what_changes_while_the_password_is_checked_counts(make, both, what):
    made = both.account("hanako", Role.STAFF)

    def happens():
        if what == "disabled":
            with both.site.database.write() as tx:
                accounts.set_active(tx, made.id, COMMAND, both.clock(), active=False)
        else:
            set_password(both, made, "another one entirely")

    service = make(both.site.database, passwords=Passwords(Meanwhile(happens)))
    answer = signs_in(service.visitor())
    assert answer.status_code == 403


def test_no_transaction_writes_while_a_password_is_checked(make, pages):
    pages.account("hanako", Role.STAFF)
    reached = []

    def others_write():
        with pages.site.database.write():
            reached.append(True)

    service = make(pages.site.database, passwords=Passwords(Meanwhile(others_write)))
    assert signs_in(service.visitor()).status_code == 303
    assert reached == [True]


# The session --------------------------------------------------------------------------------------------


def test_the_cookie_is_for_this_service_alone(make, sqlite):
    service = make(sqlite, public_url="https://helpdesk.example.jp")
    service.account("hanako", Role.STAFF)
    visitor = service.visitor()
    visitor.client = service.app.test_client()
    token = visitor.client.get("/login", base_url="https://localhost")
    found = token.text.partition('name="csrf_token"')[2].partition('value="')[2].partition('"')[0]
    data = {"csrf_token": found, "name": "hanako", "password": PASSWORD}
    answer = visitor.client.post("/login", data=data, base_url="https://localhost")
    cookies = answer.headers.getlist("Set-Cookie")
    [door] = [each for each in cookies if each.startswith("__Host-door=")]
    assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= {part.strip() for part in door.split(";")}
    assert "Domain" not in door
    assert all("Secure" in each for each in cookies)


def test_what_was_planted_before_signing_in_is_worth_nothing(both):
    both.account("hanako", Role.STAFF)
    visitor = both.visitor()
    visitor.client.set_cookie("door", "planted")
    form = visitor.token_on("/login")
    signs_in(visitor)
    assert cookie_of(visitor) != "planted"
    other = both.visitor()
    other.client.set_cookie("door", "planted")
    assert home_of(other).status_code == 303
    assert visitor.client.post("/logout", data={"csrf_token": form}).status_code == 400


def test_signing_in_again_ends_the_session_before(both):
    both.account("hanako", Role.STAFF)
    visitor = both.visitor()
    token = visitor.token_on("/login")
    signs_in(visitor)
    before = cookie_of(visitor)
    token = visitor.token_on("/home")
    data = {"csrf_token": token, "name": "hanako", "password": PASSWORD}
    assert visitor.client.post("/login", data=data).status_code == 303
    assert cookie_of(visitor) != before
    other = both.visitor()
    other.client.set_cookie("door", before)
    assert home_of(other).status_code == 303


def test_only_a_digest_is_kept(sqlite, make):
    service = make(sqlite)
    service.account("hanako", Role.STAFF)
    visitor = service.visitor()
    signs_in(visitor)
    token = cookie_of(visitor)
    files = [sqlite.file.with_name(sqlite.file.name + ending) for ending in ("", "-wal")]
    raw = b"".join(file.read_bytes() for file in files)
    assert len(token) == 43
    assert token.encode() not in raw
    assert PASSWORD.encode() not in raw


def test_a_session_ends_when_nobody_is_there(both):
    both.account("hanako", Role.STAFF)
    visitor = both.visitor()
    signs_in(visitor)
    for _ in range(3):
        both.clock.passes(minutes=29)
        assert home_of(visitor).status_code == 200
    both.clock.passes(minutes=30)
    assert home_of(visitor).status_code == 303


def test_a_session_ends_after_twelve_hours_however_busy(both):
    both.account("hanako", Role.STAFF)
    visitor = both.visitor()
    signs_in(visitor)
    for _ in range(35):
        both.clock.passes(minutes=20)
        assert home_of(visitor).status_code == 200
    both.clock.passes(minutes=20)
    assert home_of(visitor).status_code == 303


def test_a_visit_writes_once_a_minute_at_most(pages):
    made = pages.account("hanako", Role.STAFF)
    visitor = pages.signed_in(made)
    seen = []
    for _ in range(5):
        pages.clock.passes(seconds=30)
        home_of(visitor)
        with pages.site.database.read() as tx:
            seen.append(sessions.of(tx, made.id, pages.clock())[0].seen_at)
    assert len(set(seen)) == 3


def test_signing_out(both):
    both.account("hanako", Role.STAFF)
    visitor = both.visitor()
    signs_in(visitor)
    token = cookie_of(visitor)
    assert visitor.get("/logout").status_code == 405
    answer = visitor.send("/home", "/logout")
    assert answer.location == "/login"
    assert cookie_of(visitor) is None
    assert "ログアウトしました。" in visitor.get("/login").text
    other = both.visitor()
    other.client.set_cookie("door", token)
    assert home_of(other).status_code == 303


# On to where the visitor wanted to go -------------------------------------------------------------------


def test_on_to_the_page_that_was_wanted(pages):
    pages.account("hanako", Role.STAFF)
    visitor = pages.visitor()
    wanted = visitor.get("/account?a=1&b=%E3%81%82")
    assert wanted.location == "/login?next=/account?a%3D1%26b%3D%E3%81%82" or "next=" in wanted.location
    form = visitor.get(wanted.location)
    onward = form.text.partition('name="next"')[2].partition('value="')[2].partition('"')[0]
    answer = signs_in(visitor, next=onward.replace("&amp;", "&"))
    assert visitor.get(answer.location).location == "/account?a=1&b=%E3%81%82"


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://evil.example/",
        "//evil.example/",
        "///evil.example/",
        "/\\evil.example",
        "\\\\evil.example",
        "/\t/evil.example",
        "\t//evil.example",
        "/\n/evil.example",
        "http:evil.example",
        "javascript:alert(1)",
        "evil.example",
        "//[",
        "/%09/evil.example\r\nSet-Cookie: a=b",
    ],
)
def test_never_on_to_another_place(pages, elsewhere):
    pages.account("hanako", Role.STAFF)
    visitor = pages.visitor()
    answer = signs_in(visitor, next=elsewhere)
    assert answer.location == "/login"
    assert visitor.client.get("/login", query_string={"next": elsewhere}).location == "/home"


def test_the_form_comes_back_with_the_name_that_was_typed(pages):
    answer = signs_in(pages.visitor(), "<hanako>", "secret guess")
    assert "&lt;hanako&gt;" in answer.text
    assert "secret guess" not in answer.text


def test_a_refusal_is_in_the_log_and_what_was_typed_is_not(pages, caplog):
    pages.account("hanako", Role.STAFF)
    signs_in(pages.visitor(), password="a guess of somebody")
    assert "a sign-in from 127.0.0.1 was refused" in caplog.text
    assert "hanako" not in caplog.text
    assert "guess" not in caplog.text
