"""Every route × who comes × whose record, from the URL map itself: who gets in, and what stays hidden.

The table in `route_table.py` is written apart from the rules in the code, so that a rule that is too wide does not
agree with itself. What a page may not hold, whoever looks, is checked on each answer on the way.
"""

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import flask_wtf
import pytest

from bot.app import create_app
from bot.city import LiveCity, Sayings
from bot.platform import Platform
from bot.platform.server import create_platform
from bot.relaying import RelayRules
from bot.simulator import create_simulator, read_suggestions
from store import knowledge, run_settings, sessions
from store.audit import COMMAND
from store.db import Database
from store.run_settings import RunSettings
from store.sight import Role
from tests.conftest import DATA, Template
from tests.line import SECRET, Clock
from tests.site import site_of
from tests.web.coming import Coming, Crowd, Met
from tests.web.conftest import PASSWORD, Service
from tests.web.guarded import faults_of
from tests.web.provider import scripted
from tests.web.route_table import ROUTES
from tests.web.routes import CHECK_UP, ELSEWHERE, NOBODY, PEOPLE, Person, Values, World
from tests.web.town import LEGAL
from web import rule as rules
from web.oidc import Oidc
from web.rule import MACHINES, Guarded, Rule
from web.single_sign_on import BACK

EVIL = "evil.example"
CASES = [(endpoint, method) for endpoint, route in ROUTES.items() for method in route.methods.split()]
SENT = [(endpoint, method) for endpoint, method in CASES if method == "POST"]
FORMS = [(endpoint, method) for endpoint, method in SENT if not ROUTES[endpoint].by_machines]


@pytest.fixture(scope="module")
def service(
    sqlite_template: Template, sayings: Sayings, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Service]:
    """One for all: each request acts on records of its own."""
    file = tmp_path_factory.mktemp("routes") / "helpdesk.db"
    shutil.copy(Path(sqlite_template.url.removeprefix("sqlite:///")), file)
    database = Database(f"sqlite:///{file}", sqlite_template.keyring)
    with scripted() as provider:
        oidc = Oidc(provider.settings, f"http://127.0.0.1:8000{BACK}")
        site = site_of(database, LiveCity(sayings), clock := Clock(), oidc=oidc)
        service = Service(site, create_app(site, SECRET, lambda: None, RelayRules()), clock)
        with database.write() as tx:
            knowledge.take_in(tx, [LEGAL, ELSEWHERE, CHECK_UP], clock())
        yield service
    database.close()


@pytest.fixture(scope="module")
def crowd(service: Service) -> Crowd:
    """Who comes to it."""
    return Crowd(service)


@pytest.fixture(scope="module")
def strangers(service: Service) -> Crowd:
    """Others of the same kinds, who do nothing."""
    return Crowd(service)


# The table ------------------------------------------------------------------------------------------


def test_every_route_is_in_the_table(service):
    found: dict[str, set[str]] = {}
    for rule in service.app.url_map.iter_rules():
        found.setdefault(rule.endpoint, set()).update((rule.methods or set()) - {"HEAD", "OPTIONS"})
    assert {name: " ".join(sorted(methods)) for name, methods in found.items()} == {
        name: route.methods for name, route in ROUTES.items()
    }


def test_what_names_a_record_says_what_is_somebody_elses(service):
    named = {rule.endpoint for rule in service.app.url_map.iter_rules() if rule.arguments}
    assert named - {name for name, route in ROUTES.items() if route.others} == {"static_files.serve"}


def test_the_simulator_brings_routes_for_machines_alone(service):
    """On a machine without a LINE channel; what it serves is nobody's, and no cookie counts there."""
    platform = Platform(service.clock)
    simulator = create_simulator(platform, SECRET, lambda: "", read_suggestions(DATA / "simulator.toml"))
    besides = (simulator, create_platform(platform))
    app = create_app(service.site, SECRET, lambda: None, RelayRules(), besides=besides)
    added = {name: view for name, view in app.view_functions.items() if name not in ROUTES}
    assert set(added) == {
        "simulator.whole", "simulator.static", "simulator.talk", "simulator.act", "simulator.rich_menu_image",
        "platform.call",
    }  # fmt: skip
    assert all(isinstance(view, Guarded) and view.rule == MACHINES for view in added.values())


# Who may come ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(("endpoint", "method"), CASES)
def test_who_may_come(crowd, endpoint, method):
    route = ROUTES[endpoint]
    met = {person: _asks(crowd, person, endpoint, method, route.mine)[0] for person in PEOPLE}
    if route.is_closed:
        assert met == {person: Met.IN if person in route.people else _closed(person) for person in PEOPLE}
    else:
        assert not {person for person in PEOPLE if met[person] in (Met.NOTHING, Met.NO_TOKEN)}


@pytest.mark.parametrize(("endpoint", "method"), [case for case in CASES if ROUTES[case[0]].others])
def test_what_is_somebody_elses_is_not_there(crowd, endpoint, method):
    route = ROUTES[endpoint]
    assert route.others is not None
    answered = {person: _asks(crowd, person, endpoint, method, route.others) for person in PEOPLE}
    if route.is_closed:
        assert {person: met for person, (met, _) in answered.items()} == {
            person: _closed(person) for person in PEOPLE
        }
    else:
        assert {status for _, status in answered.values()} == {404}


def _asks(
    crowd: Crowd, person: Person, endpoint: str, method: str, values: Callable[[World], Values]
) -> tuple[Met, int]:
    """What one of them meets, and its status, at a page that fails for nobody and holds nothing it may not."""
    coming = crowd.one(person)
    answer = coming.to(endpoint, method, coming.finds(values))
    assert answer.status_code < 500, person
    assert faults_of(answer) == [], person
    met = coming.meets(answer)
    crowd.leave_after(person, answer)
    return met, answer.status_code


def _closed(person: Person) -> Met:
    return Met.DOOR if person == NOBODY else Met.NOTHING


def test_a_rule_that_is_too_wide_is_noticed(service, monkeypatch):
    monkeypatch.setattr(Rule, "admits", lambda *_: True)
    coming = Coming.of(service, PEOPLE[1])
    assert coming.meets(coming.to("accounts.roster", "GET", {})) is Met.IN


def test_a_statement_that_shows_too_much_is_noticed(service, monkeypatch):
    coming = Coming.of(service, PEOPLE[1])
    route = ROUTES["account.end"]
    assert route.others is not None
    monkeypatch.setattr(sessions, "end", lambda *_: True)
    answer = coming.to("account.end", "POST", route.others(coming.world))
    assert coming.meets(answer) is Met.IN


# Forms ----------------------------------------------------------------------------------------------


def an_admitted(endpoint: str) -> Person:
    return max(
        ROUTES[endpoint].people, key=lambda person: (person.role is not None, person.personal, str(person))
    )


FROM_ELSEWHERE = (
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
    {"Origin": f"https://{EVIL}"},
    {"Origin": "https://[evil"},
)


@pytest.mark.parametrize(("endpoint", "method"), FORMS)
def test_a_form_that_another_site_sends_is_refused(crowd, endpoint, method):
    """Even with the token of the very session: the browser itself says where it comes from."""
    coming = crowd.one(an_admitted(endpoint))
    values = coming.finds(ROUTES[endpoint].mine)
    for says in FROM_ELSEWHERE[::2]:
        assert coming.meets(coming.to(endpoint, method, values, says=says)) is Met.NO_TOKEN, says


@pytest.mark.parametrize(
    "says",
    [
        {"Sec-Fetch-Site": "same-origin", "Origin": "null"},
        {"Sec-Fetch-Site": "none"},
        {"Origin": "http://127.0.0.1:8000"},
        {"Origin": "http://localhost"},
        {"Origin": "null"},
    ],
)
def test_a_form_of_our_own_is_taken(service, says):
    """What browsers say of it: a page that tells nobody where it is sends `Origin: null`."""
    coming = Coming.of(service, PEOPLE[1])
    assert coming.meets(coming.to("look.choose", "POST", {}, says=says)) is Met.IN


def test_forms_of_other_sites_are_noticed(service, monkeypatch):
    monkeypatch.setattr(rules, "is_from_elsewhere", lambda: False)
    coming = Coming.of(service, PEOPLE[1])
    for says in FROM_ELSEWHERE:
        assert coming.meets(coming.to("look.choose", "POST", {}, says=says)) is Met.IN


@pytest.mark.parametrize(("endpoint", "method"), FORMS)
def test_a_form_without_its_token_is_refused(crowd, strangers, endpoint, method):
    route, person = ROUTES[endpoint], an_admitted(endpoint)
    coming = crowd.one(person)
    values = coming.finds(route.mine)
    assert coming.meets(coming.to(endpoint, method, values, token=False)) is Met.NO_TOKEN
    foreign = strangers.one(person).token()
    assert coming.meets(coming.to(endpoint, method, values, token=False, csrf_token=foreign)) is Met.NO_TOKEN
    answer = coming.to(endpoint, method, values)
    assert coming.meets(answer) is not Met.NO_TOKEN
    crowd.leave_after(person, answer)


def test_the_guard_of_forms_is_what_refuses_them(service, monkeypatch):
    monkeypatch.setattr(flask_wtf.CSRFProtect, "protect", lambda _: None)
    let_through = set()
    for endpoint, method in FORMS:
        coming = Coming.of(service, an_admitted(endpoint))
        answer = coming.to(endpoint, method, ROUTES[endpoint].mine(coming.world), token=False)
        if coming.meets(answer) is not Met.NO_TOKEN:
            let_through.add(endpoint)
    assert let_through == {endpoint for endpoint, _ in FORMS}


def test_what_comes_without_forms_changes_nothing_by_a_cookie(service):
    """Only machines' routes take what is sent without a token, and none of them asks who is signed in."""
    open_to_all = {
        name
        for name, view in service.app.view_functions.items()
        if isinstance(view, Guarded) and not view.rule.forms
    }
    assert open_to_all == {name for name, route in ROUTES.items() if route.by_machines}


# Ways out, other hosts, other methods ---------------------------------------------------------------

AWAY = ("//evil.example/", "/\\evil.example/")


@pytest.mark.parametrize("away", AWAY)
@pytest.mark.parametrize(("endpoint", "method"), CASES)
def test_nobody_is_led_elsewhere(crowd, endpoint, method, away):
    """By no field that could name a place to go, in the address or in the form."""
    person = an_admitted(endpoint)
    coming = crowd.one(person)
    values = coming.finds(ROUTES[endpoint].mine)
    answer = coming.to(endpoint, method, values, next=away, back=away, url=away, redirect=away, address=away)
    crowd.leave_after(person, answer)
    if ROUTES[endpoint].away:
        assert EVIL not in answer.location
        return
    for _ in range(3):
        if answer.status_code != 303:
            break
        assert re.match(r"/(?![/\\])", answer.location)
        assert "\t" not in answer.location
        answer = coming.visitor.get(answer.location)
    assert answer.status_code != 303 or EVIL not in answer.location


@pytest.mark.parametrize(("endpoint", "method"), CASES)
def test_the_host_that_a_request_names_goes_nowhere(crowd, endpoint, method):
    person = an_admitted(endpoint)
    coming = crowd.one(person)
    answer = coming.to(endpoint, method, coming.finds(ROUTES[endpoint].mine), host=EVIL)
    crowd.leave_after(person, answer)
    assert EVIL.encode() not in answer.data
    assert EVIL not in str(answer.headers)


@pytest.mark.parametrize("endpoint", ROUTES)
def test_no_other_methods(paths, crowd, endpoint):
    coming = crowd.one(an_admitted(endpoint))
    values = coming.finds(ROUTES[endpoint].mine)
    allowed = set(ROUTES[endpoint].methods.split())
    allowed |= set().union(*(methods for there, methods in paths.values() if endpoint in there))
    for method in {"GET", "POST", "PUT", "PATCH", "DELETE", "TRACE"} - allowed:
        assert coming.to(endpoint, method, values, token=False).status_code == 405, method


@pytest.fixture(scope="module")
def paths(service: Service) -> dict[str, tuple[set[str], set[str]]]:
    """Of each path the routes that answer there, and their methods."""
    found: dict[str, tuple[set[str], set[str]]] = {}
    for rule in service.app.url_map.iter_rules():
        there, methods = found.setdefault(rule.rule, (set(), set()))
        there.add(rule.endpoint)
        methods.update(rule.methods or ())
    return found


# The cookies ----------------------------------------------------------------------------------------


def test_a_session_that_was_put_upon_a_browser_is_not_the_one_that_signs_in(service):
    """Session fixation: what a browser came with is worth nothing afterwards."""
    with service.site.database.write() as tx:
        run_settings.change(tx, RunSettings(), COMMAND, service.clock())
    account = World(service, None).somebody(PEOPLE[1])
    for planted in ("made-up", _begun(service, proven=False), _begun(service, proven=True)):
        victim = service.visitor()
        before = victim.token_on("/login")
        victim.client.set_cookie("door", planted)
        sent = {"csrf_token": before, "name": account.name, "password": PASSWORD}
        assert victim.client.post("/login", data=sent).status_code == 303
        cookie = victim.client.get_cookie("door")
        assert cookie is not None
        assert cookie.value != planted
        assert "person-" in victim.get("/account").text
        assert (
            victim.client.post("/account/sessions/end-others", data={"csrf_token": before}).status_code == 400
        )
        attacker = service.visitor()
        attacker.client.set_cookie("door", planted)
        assert attacker.get("/account").status_code == 303, "what was planted opens nothing"


def _begun(service: Service, *, proven: bool) -> str:
    """The token of somebody's own session, or of a sign-in that has come half way."""
    own = World(service, None).somebody(Person(Role.ADMIN))
    with service.site.database.write() as tx:
        return sessions.begin(tx, own, "attacker", service.clock(), proven=proven)


@pytest.mark.parametrize("secure", [True, False])
def test_what_cookies_are_like(make, sqlite, secure):
    url = "https://helpdesk.example.jp" if secure else "http://127.0.0.1:8000"
    service: Service = make(sqlite, public_url=url)
    account = World(service, None).somebody(PEOPLE[1])
    client = service.app.test_client()
    page = client.get("/login", base_url=url)
    token = re.search(r'name="csrf_token"[^>]* value="([^"]+)"', page.text)
    assert token is not None
    form = {"csrf_token": token[1], "name": account.name, "password": PASSWORD, "look": "dark"}
    answers = [page, *(client.post(path, data=form, base_url=url) for path in ("/look", "/login"))]
    cookies = {
        line.split("=")[0]: line for answer in answers for line in answer.headers.getlist("Set-Cookie")
    }
    assert set(cookies) == (
        {"__Host-door", "__Host-form", "__Host-look"} if secure else {"door", "form", "look"}
    )
    for line in cookies.values():
        parts = {part.strip().lower() for part in line.split(";")[1:]}
        assert {"httponly", "path=/", "samesite=lax"} <= parts, line
        assert ("secure" in parts) is secure
        assert not any(part.startswith("domain") for part in parts)
