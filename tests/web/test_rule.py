import re

import flask
import pytest

from store.sight import AccountId, Role, Viewer
from tests.web.conftest import Service
from web.rule import (
    ADMINS,
    APPROVERS,
    EVERYBODY,
    LEADS,
    MACHINES,
    PERSONAL,
    SIGNED_IN,
    STAFF,
    RouteWithoutRule,
    check_rules,
    folder,
    page,
)

ROLES = (Role.OPERATOR, Role.STAFF, Role.APPROVER, Role.ADMIN)


def a_viewer(role, *, personal=False, leads=False):
    return Viewer(AccountId(1), "花子", role, None, personal, leads)


@pytest.mark.parametrize(
    ("rule", "admitted"),
    [
        (SIGNED_IN, set(ROLES)),
        (STAFF, {Role.STAFF, Role.APPROVER, Role.ADMIN}),
        (APPROVERS, {Role.APPROVER, Role.ADMIN}),
        (ADMINS, {Role.ADMIN}),
        (PERSONAL, set()),
        (LEADS, {Role.ADMIN}),
    ],
)
def test_whom_a_rule_admits(rule, admitted):
    assert {role for role in ROLES if rule.admits(a_viewer(role))} == admitted


def test_personal_data_is_for_whoever_may_see_it():
    assert {role for role in ROLES if PERSONAL.admits(a_viewer(role, personal=True))} == set(ROLES)


def test_who_leads_is_admitted_whatever_their_role():
    assert {role for role in ROLES if LEADS.admits(a_viewer(role, leads=True))} == set(ROLES)


def test_a_route_that_nobody_said_who_may_see():
    app = flask.Flask("app", static_folder=None)
    page(app, "/guarded", EVERYBODY)(lambda: "")
    check_rules(app)
    app.add_url_rule("/bare", "bare", lambda: "")
    with pytest.raises(RouteWithoutRule, match=r"^/bare \(bare\)$"):
        check_rules(app)


def test_files_of_a_folder(tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.css").write_text("a")
    (tmp_path / "secret").write_text("s")
    app = flask.Flask("app", static_folder=None)
    folder(app, "/files", tmp_path / "in")
    check_rules(app)
    client = app.test_client()
    with client.get("/files/a.css") as found:
        assert found.text == "a"
    assert client.get("/files/../secret").status_code == 404
    assert client.get("/files/%2e%2e/secret").status_code == 404


def refusing(pages: Service, rule):
    """The status of a page with this rule, for nobody and for each role."""
    blueprint = flask.Blueprint("kept", __name__)
    page(blueprint, "/kept", rule, methods=("GET", "POST"), endpoint="kept")(lambda: "seen")
    pages.app.register_blueprint(blueprint)
    found = {"nobody": pages.visitor().get("/kept")}
    for role in ROLES:
        found[role.value] = pages.signed_in(pages.account(role.value, role)).get("/kept")
    return found


def test_who_is_not_signed_in_is_led_to_sign_in(pages):
    answer = refusing(pages, STAFF)["nobody"]
    assert (answer.status_code, answer.location) == (303, "/login?next=/kept")


def test_what_is_refused_is_in_the_log(pages, caplog):
    refusing(pages, STAFF)
    operator = pages.signed_in(pages.account("o3", Role.OPERATOR))
    caplog.clear()
    operator.get("/kept")
    operator.client.post("/logout")
    assert "asked for kept.kept, which is not theirs" in caplog.text
    assert "a form without its token was sent to login.leave" in caplog.text


def test_a_page_of_others_looks_like_none(pages):
    answers = refusing(pages, STAFF)
    assert {name: answer.status_code for name, answer in answers.items() if name != "nobody"} == {
        "operator": 404,
        "staff": 200,
        "approver": 200,
        "admin": 200,
    }
    operator = pages.signed_in(pages.account("o2", Role.OPERATOR))
    assert without_token(operator.get("/kept")) == without_token(operator.get("/is-not-there"))


def without_token(answer):
    """The page without the token of its forms, which is another one each second."""
    return re.sub(r'"[\w.-]{80,}"', "", answer.text)


def test_what_is_sent_needs_the_token_of_a_form(pages):
    refusing(pages, SIGNED_IN)
    staff = pages.signed_in(pages.account("s2", Role.STAFF))
    assert staff.client.post("/kept").status_code == 400
    assert staff.client.post("/kept", data={"csrf_token": staff.token_on("/home")}).status_code == 200


def test_machines_need_none(pages):
    refusing(pages, MACHINES)
    assert pages.visitor().client.post("/kept").status_code == 200
