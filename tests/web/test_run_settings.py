"""The settings that change while the service runs, on their page and in what they do."""

from datetime import timedelta

import pytest
from werkzeug.test import TestResponse

from store import run_settings
from store.audit import COMMAND
from store.run_settings import DEFAULTS, RunSettings
from store.sight import Role
from tests.web.conftest import PASSWORD, Service, Visitor
from tests.web.provider import CLIENT, SECRET
from web.oidc import Oidc
from web.provider import Provider

PATH = "/admin/settings"
FORM = {
    "help_line": "",
    "idle": "30",
    "reminders_from": "8",
    "reminders_until": "20",
    "open_data": "y",
    "line_quota": "0",
}


@pytest.fixture
def chief(pages: Service) -> Visitor:
    return pages.signed_in(pages.account("chief", Role.ADMIN))


def kept(pages: Service) -> RunSettings:
    with pages.site.database.read() as tx:
        return run_settings.read(tx)


def enters(pages: Service, name: str) -> TestResponse:
    """What somebody is told who signs in with the right password."""
    return pages.visitor().send("/login", name=name, password=PASSWORD)


def test_they_are_shown_as_they_are(chief):
    page = chief.get(PATH).text
    assert '<option selected value="30">30分</option>' in page
    assert '<option selected value="8">8時</option>' in page
    assert "password_sign_in" not in page, "without single sign-on there is nothing to choose"


def test_a_change_counts_at_once(pages, chief):
    taro = pages.signed_in(pages.account("taro", Role.OPERATOR))
    answer = chief.send(PATH, **{**FORM, "help_line": "情報政策課  内線2345", "idle": "5"})
    assert answer.status_code == 303
    assert kept(pages) == RunSettings(help_line="情報政策課 内線2345", idle=timedelta(minutes=5))
    assert "お困りのときは、情報政策課 内線2345に連絡してください" in taro.get("/home").text
    pages.clock.passes(minutes=6)
    assert taro.get("/home").status_code == 303, "idle for longer than is allowed now"


def test_the_same_is_no_change(pages, chief):
    chief.send(PATH, **FORM)
    assert "変更はありませんでした" in chief.get(PATH).text
    assert kept(pages) == DEFAULTS


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"help_line": "あ" * 201}, "連絡先は200文字まで"),
        ({"reminders_from": "20", "reminders_until": "8"}, "送り始める時刻より後"),
        ({"reminders_from": "8", "reminders_until": "8"}, "送り始める時刻より後"),
        ({"idle": "1"}, ""),
        ({"idle": "x"}, ""),
        ({"reminders_until": "25"}, ""),
    ],
)
def test_what_is_wrong_is_said(pages, chief, wrong, says):
    answer = chief.send(PATH, **{**FORM, **wrong})
    assert answer.status_code == 422
    assert says in answer.text
    assert kept(pages) == DEFAULTS


def test_what_is_written_there_is_text(pages, chief):
    chief.send(PATH, **{**FORM, "help_line": "<script>alert(1)</script>"})
    page = chief.get("/home").text
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_with_single_sign_on_passwords_can_be_left_to_administrators(make, sqlite):
    oidc = Oidc(Provider("https://login.example.jp", CLIENT, SECRET), "http://127.0.0.1:8000/login/sso/back")
    pages = make(sqlite, oidc=oidc)
    pages.account("hanako", Role.STAFF)
    admin = pages.signed_in(pages.account("chief", Role.ADMIN))
    assert admin.send(PATH, **FORM).status_code == 303
    assert not kept(pages).password_sign_in
    assert enters(pages, "hanako").status_code == 403
    assert "シングルサインオンでログインしてください" in enters(pages, "hanako").text
    assert enters(pages, "chief").status_code == 303, "so that somebody can take it back"
    assert admin.send(PATH, **FORM, password_sign_in="y").status_code == 303
    assert enters(pages, "hanako").status_code == 303


def test_without_single_sign_on_passwords_always_count(pages):
    """The city may have parted from its provider while passwords were off."""
    with pages.site.database.write() as tx:
        run_settings.change(tx, RunSettings(password_sign_in=False), COMMAND, pages.clock())
    pages.account("hanako", Role.STAFF)
    assert enters(pages, "hanako").status_code == 303
