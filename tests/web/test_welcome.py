"""The link by which somebody chooses a password."""

from datetime import timedelta

import pytest

from store import accounts, invitations
from store.accounts import Draft
from store.audit import COMMAND
from store.sight import Role
from tests.web.conftest import Service
from tests.web.test_code import lets_in
from tests.web.test_login import signs_in

NEW = "むらさきの雲が西へ流れる"


def invited(pages: Service, name="hanako", role=Role.STAFF):
    """The address of an invitation."""
    with pages.site.database.write() as tx:
        made = accounts.add(tx, Draft(name, "熊本花子", role), COMMAND, pages.clock())
        return f"/welcome/{invitations.invite(tx, made.id, COMMAND, pages.clock()).token}"


def test_from_the_link_to_the_first_page(both):
    address = invited(both)
    visitor = both.visitor()
    for _ in range(3):
        form = visitor.get(address)
        assert form.status_code == 200
        assert "熊本花子さん、ようこそ。" in form.text
    assert visitor.send(address, password=NEW, again=NEW).location == "/login"
    assert "パスワードを設定しました。" in visitor.get("/login").text
    assert not lets_in(visitor)
    signs_in(visitor, password=NEW)
    assert lets_in(visitor)


def test_a_link_works_once(both):
    address = invited(both)
    first, second = both.visitor(), both.visitor()
    token = second.token_on(address)
    first.send(address, password=NEW, again=NEW)
    late = second.client.post(
        address, data={"csrf_token": token, "password": NEW + "二", "again": NEW + "二"}
    )
    assert late.status_code == 404
    assert "もう使われています" in late.text
    assert signs_in(both.visitor(), password=NEW).status_code == 303
    assert signs_in(both.visitor(), password=NEW + "二").status_code == 403


@pytest.mark.parametrize(
    ("password", "again", "said"),
    [
        ("short", "short", "12文字以上"),
        ("hanako202611", "hanako202611", "推測されやすい"),
        (NEW, "x", "2回目に入力した"),
    ],
)
def test_a_refused_password_spends_nothing(pages, password, again, said):
    address = invited(pages)
    visitor = pages.visitor()
    answer = visitor.send(address, password=password, again=again)
    assert answer.status_code == 422
    assert said in answer.text
    assert visitor.send(address, password=NEW, again=NEW).status_code == 303


def test_a_link_expires(pages):
    address = invited(pages)
    pages.clock.passes(seconds=timedelta(days=7).total_seconds())
    answer = pages.visitor().get(address)
    assert answer.status_code == 404
    assert "期限が切れています" in answer.text


def test_a_link_that_never_was(pages):
    answer = pages.visitor().get("/welcome/x")
    assert answer.status_code == 404
    assert "このリンクは使えません。" in answer.text


def test_the_address_of_the_page_is_sent_to_nobody(pages):
    address = invited(pages)
    for path in (address, "/welcome/x"):
        answer = pages.visitor().get(path)
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert answer.headers["Cache-Control"] == "no-store"


def test_a_new_password_signs_out_whoever_was_signed_in(both):
    made = both.account("hanako", Role.STAFF)
    there = both.signed_in(made)
    with both.site.database.write() as tx:
        token = invitations.reset(tx, made.id, COMMAND, both.clock()).token
    assert not lets_in(there)
    both.visitor().send(f"/welcome/{token}", password=NEW, again=NEW)
    assert signs_in(both.visitor(), password=NEW).status_code == 303
