"""`user`: accounts made where the service stands."""

import re

import pytest

from bot import users
from bot.__main__ import main
from faq.counters import SectionId
from store import accounts, invitations
from store.accounts import Account, Draft
from store.links import Refusal
from store.sight import Role
from store.tables import audit
from tests.conftest import NOON

HERE = "https://helpdesk.example.jp"


def token_in(said):
    return re.search(r"^https://helpdesk\.example\.jp/welcome/(\S{43})$", said, re.MULTILINE)[1]


def named(database, name):
    with database.read() as tx:
        return accounts.named(tx, name)


def opens(database, token):
    with database.read() as tx:
        return invitations.look(tx, token, NOON)


def add(database, name, role=Role.STAFF, **rights):
    return users.add(database, Draft(name, "", role, **rights), HERE, NOON)


def test_an_account_and_its_link(database, capsys):
    assert add(database, "Hanako", personal=True) == 0
    said = capsys.readouterr().out
    assert "Made the account hanako (staff, personal data)." in said
    assert "until 2026-12-01 12:00 in Japan" in said
    made = named(database, "hanako")
    assert (made.role, made.personal, made.shown) == (Role.STAFF, True, "hanako")
    assert opens(database, token_in(said)) == made
    with database.read() as tx:
        assert [row.act for row in tx.connection.execute(audit.select())] == ["add", "invite"]


@pytest.mark.parametrize(
    ("name", "section", "wrong"),
    [
        ("taro", None, "There is an account taro already"),
        ("TARO", None, "There is an account taro already"),
        ("jiro", "no-such-section", "There is no section no-such-section"),
        ("", None, "1 to 64 letters and no spaces"),
        ("熊本 太郎", None, "1 to 64 letters and no spaces"),
        ("x" * 65, None, "1 to 64 letters and no spaces"),
        ("a\x00b", None, "1 to 64 letters and no spaces"),
    ],
)
def test_what_cannot_be_made_says_why(database, capsys, name, section, wrong):
    add(database, "taro")
    assert add(database, name, section=SectionId(section) if section else None) == 1
    assert wrong in capsys.readouterr().err
    with database.read() as tx:
        assert len(accounts.every(tx)) == 1


def test_who_leads_and_who_is_of_a_contractor(database, capsys):
    assert add(database, "lead", Role.OPERATOR, leads=True, outside=True) == 0
    assert "Made the account lead (operator, leads operators, of a contractor)." in capsys.readouterr().out
    assert (named(database, "lead").leads, named(database, "lead").outside) == (True, True)
    assert add(database, "hanako", Role.STAFF, outside=True) == 1
    assert "Only operators can be of a contractor" in capsys.readouterr().err


def test_a_reset_voids_the_link_before(database, capsys):
    add(database, "hanako")
    first = token_in(capsys.readouterr().out)
    assert users.reset(database, "hanako", HERE, NOON, authenticator=False) == 0
    second = token_in(capsys.readouterr().out)
    assert opens(database, first) is Refusal.UNKNOWN
    assert isinstance(opens(database, second), Account)


def test_a_disabled_account_gets_no_link(database, capsys):
    add(database, "hanako")
    token = token_in(capsys.readouterr().out)
    assert users.set_active(database, "hanako", NOON, active=False) == 0
    assert opens(database, token) is Refusal.UNKNOWN
    assert users.reset(database, "hanako", HERE, NOON, authenticator=False) == 1
    assert users.set_active(database, "hanako", NOON, active=True) == 0
    assert isinstance(opens(database, token), Account)


@pytest.mark.parametrize("act", ["reset", "disable", "enable"])
def test_an_account_that_is_not_there(tmp_path, monkeypatch, capsys, act):
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/helpdesk.db")
    assert main(["user", act, "nobody"]) == 1
    assert "There is no account nobody" in capsys.readouterr().err


def test_the_whole_command(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/helpdesk.db")
    monkeypatch.setenv("PORT", "8123")
    said = []
    for act in (
        "list",
        "add tarou --role admin --shown 太郎",
        "reset tarou --authenticator",
        "disable tarou",
        "list",
    ):
        assert main(["user", *act.split()]) == 0
        said.append(capsys.readouterr().out)
    assert said[0].startswith("There are no accounts.")
    assert "http://127.0.0.1:8123/welcome/" in said[1]
    assert "http://127.0.0.1:8123/welcome/" in said[2]
    assert said[3:] == ["tarou may not sign in from now on.\n", "tarou  admin  disabled\n"]
