import re

import pytest

from store.sight import Role
from web.menu import PARTS, menu
from web.rule import Guarded


def links(text):
    """The menu of a page: address to label and mark."""
    found = re.search(r'<nav class="menu".*?</nav>', text, re.DOTALL)
    line = r'<a href="([^"]+)"(?: aria-current="(\w+)")?>([^<]+)</a>'
    return {address: (label, mark) for address, mark, label in re.findall(line, found[0])} if found else {}


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("personal", [False, True])
def test_everybody_finds_what_is_theirs_and_nothing_else(pages, role, personal):
    account = pages.account(role.value, role, personal=personal)
    visitor = pages.signed_in(account)
    found = links(visitor.get("/home").text)
    assert found
    for path in found:
        assert visitor.get(path).status_code == 200, path
    theirs = {part for part in PARTS if allows(pages, part, visitor)}
    assert len(found) == len(theirs)


def allows(pages, part, visitor):
    with pages.app.test_request_context():
        import flask

        address = flask.url_for(part)
    return visitor.get(address).status_code == 200


def test_the_menu_marks_where_one_is(pages):
    visitor = pages.signed_in(pages.account("staff", Role.STAFF))
    assert links(visitor.get("/home").text)["/home"] == ("ホーム", "page")


def test_nobody_has_no_menu(pages):
    assert links(pages.visitor().get("/login").text) == {}
    assert menu(None) == ()


def test_every_part_is_a_page(pages):
    for part in PARTS:
        assert isinstance(pages.app.view_functions[part], Guarded)


@pytest.mark.parametrize(
    ("role", "groups"),
    [
        (
            Role.ADMIN,
            ["電話と窓口の応対", "相談・声・意見", "予約", "お知らせと緊急", "答えのもと", "集計と設定"],
        ),
        (Role.OPERATOR, ["電話と窓口の応対", "相談・声・意見", "お知らせと緊急", "集計と設定"]),
    ],
)
def test_parts_stand_under_what_they_are_for(pages, role, groups):
    home = pages.signed_in(pages.account("hanako", role, personal=role is Role.ADMIN)).get("/home").text
    assert re.findall("<h2>(.+?)</h2>", home) == groups
    assert len(re.findall('<li class="first">', home)) == 1 + len(groups), "the menu shows where each begins"
