"""The doors: sessions that are fixed, frames, methods and names told twice, paths upward, who has an account."""

import re
from datetime import timedelta

import pytest

from bot.app import create_app
from bot.relaying import RelayRules
from store import accounts, links
from store.audit import COMMAND
from store.links import Purpose
from store.sight import Role
from tests.line import SECRET
from tests.promises.length import at_length
from tests.web.coming import Coming
from tests.web.conftest import PASSWORD, Service
from tests.web.route_table import ROUTES
from tests.web.routes import Person
from tests.web.test_every_route import CASES, an_admitted
from web import headers

ADMIN = Person(Role.ADMIN, personal=True)


@pytest.fixture
def chief(service):
    return Coming.of(service, ADMIN)


# Sessions -----------------------------------------------------------------------------------------------


def door_of(visitor):
    cookie = visitor.client.get_cookie("door")
    return cookie and cookie.value


def signs_in(visitor, name):
    return visitor.send("/login", name=name, password=PASSWORD)


def test_each_sign_in_has_a_session_of_its_own_and_another_password_ends_the_others(service):
    service.account("fixed", Role.STAFF)
    here, there = service.visitor(), service.visitor()
    seen = set()
    for visitor in (here, there, here):
        visitor.client.set_cookie("door", "planted")
        signs_in(visitor, "fixed")
        seen.add(door_of(visitor))
    assert len(seen) == 3
    assert "planted" not in seen
    new = "銀杏並木と路面電車の走る街"
    sent = here.send("/account/password", present=PASSWORD, password=new, again=new)
    assert sent.status_code == 303
    assert here.get("/account").status_code == 200
    assert there.get("/account").status_code == 303, "the other device is signed out"


def test_a_session_says_nothing_of_whose_it_is_and_is_in_no_address(service, chief):
    assert re.fullmatch(r"[\w-]{43}", door_of(chief.visitor))
    for path in ("/home", "/account", "/admin/accounts", "/staff/cases"):
        page = chief.visitor.get(path)
        assert door_of(chief.visitor) not in page.text + str(page.headers)
        assert "Set-Cookie" not in page.headers or "door=" not in page.headers["Set-Cookie"]


def test_whether_there_is_an_account_is_not_told(service):
    """The same words, status and headers for a wrong password, a name that never was and an account that is shut."""
    service.account("there", Role.STAFF)
    shut = service.account("shut", Role.STAFF)
    with service.site.database.write() as tx:
        accounts.set_active(tx, shut.id, COMMAND, service.clock(), active=False)
    met = set()
    for name, password in (("there", "wrong"), ("never", "wrong"), ("shut", "wrong"), ("shut", PASSWORD)):
        answer = service.visitor().send("/login", name=name, password=password)
        met.add((answer.status_code, re.sub(r'(value|content)="[^"]*"', "", answer.text)))
    assert len(met) == 1


# Frames and caches --------------------------------------------------------------------------------------


def frameable(service, chief):
    """Answers of every kind, errors as well, that another page might show in a frame or a cache might keep."""
    static = re.search(r'href="(/static/[^"]+\.css)"', chief.visitor.get("/home").text)
    asked = [
        ("GET", path) for path in ("/home", "/nowhere", "/login", "/healthz", "/openapi.json", static[1])
    ]
    asked += [
        ("HEAD", "/home"),
        ("OPTIONS", "/home"),
        ("POST", "/home"),
        ("DELETE", "/callback"),
        ("POST", "/callback"),
    ]
    asked += [
        ("GET", f"/f/{'x' * 43}"),
        ("GET", "/static/x/none.css"),
        ("GET", "/api/suggest?q=x"),
        ("GET", "/a/%00"),
    ]
    found = []
    for method, path in asked:
        answer = chief.visitor.client.open(path, method=method)
        policy = answer.headers.get("Content-Security-Policy", "")
        if answer.headers.get("X-Frame-Options") != "DENY" or "frame-ancestors 'none'" not in policy:
            found.append((method, path))
    return found


def test_no_answer_may_stand_in_a_frame(service, chief):
    assert frameable(service, chief) == []


def test_answers_without_the_header_are_noticed(service, monkeypatch):
    monkeypatch.setattr(
        headers, "HEADERS", {k: v for k, v in headers.HEADERS.items() if k != "X-Frame-Options"}
    )
    site = service.site
    bare = Service(site, create_app(site, SECRET, lambda: None, RelayRules()), service.clock)
    assert len(frameable(bare, Coming.of(bare, ADMIN))) >= 14


# Methods, names, paths ----------------------------------------------------------------------------------

OVERRIDES = ("X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override")


def test_a_method_is_the_one_that_was_used(service, chief):
    """No header and no field makes a form of what a link asks for."""
    sent = [
        endpoint for endpoint, method in CASES if method == "POST" and an_admitted(endpoint).role is not None
    ]
    for endpoint in sent[:: at_length(4, 1)]:
        values = chief.finds(ROUTES[endpoint].others or ROUTES[endpoint].mine)
        plain = chief.to(endpoint, "GET", values)
        told = chief.to(endpoint, "GET", values, says=dict.fromkeys(OVERRIDES, "POST"), _method="POST")
        assert (told.status_code, told.location) == (plain.status_code, plain.location), endpoint
        assert told.status_code in (200, 303, 401, 404, 405), endpoint


def test_what_is_sent_twice_is_read_once(service, chief):
    token = chief.token()
    client = chief.visitor.client
    assert client.post("/look", data={"csrf_token": ["wrong", token], "look": "dark"}).status_code == 400
    assert client.post(f"/look?csrf_token={token}", data={"look": "dark"}).status_code == 400
    for told in (["/home", "//evil.example/"], ["//evil.example/", "/home"]):
        assert "evil" not in client.get("/login", query_string={"next": told}).headers.get("Location", "")


UPWARD = (
    "../settings.py",
    "..%2f..%2fpyproject.toml",
    "%2e%2e/%2e%2e/pyproject.toml",
    "....//x",
    "/etc/passwd",
)
UPWARD += ("..%5c..%5cx", "%252e%252e%252fx", "pages.css%00.svg", "file:///etc/passwd", "..;/x")


@pytest.mark.parametrize("path", UPWARD)
def test_no_path_leads_upward(chief, path):
    places = (
        "/static/x/{}",
        "/static/{}",
        "/opendata/{}",
        "/staff/knowledge/{}/file.csv",
        "/staff/knowledge/faq/file.{}",
    )
    for place in places:
        answer = chief.visitor.client.get(place.format(path), follow_redirects=True)
        assert answer.status_code in (404, 405, 400), place
        assert b"root:" not in answer.data


# Links --------------------------------------------------------------------------------------------------


def test_links_in_pages_lead_to_the_public_address_whatever_host_was_asked(service, chief):
    """A first sign-in's link, the calendar of a booking, the feed, the API's description."""
    account = service.account("invited", Role.STAFF)
    for path in ("/openapi.json", "/voices.rss", "/voices.atom", "/opendata"):
        answer = chief.visitor.client.get(
            path, headers={"Host": "evil.example", "X-Forwarded-Host": "evil.example"}
        )
        assert b"evil.example" not in answer.data
    made = chief.to("account_acts.do", "POST", {"account_id": account.id, "act": "link"}, host="evil.example")
    assert service.site.public_url in made.text
    assert "evil.example" not in made.text


def test_a_link_that_was_used_or_is_old_opens_nothing(service):
    account, now = service.account("late", Role.STAFF), service.clock()
    with service.site.database.write() as tx:
        old = links.mint(tx, Purpose.RESET, account.id, account.id, timedelta(0), now)
    assert service.visitor().get(f"/welcome/{old}").status_code in (404, 410)
