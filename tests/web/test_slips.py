"""Slips on the pages: written by an operator, worked on by the section, and told back."""

import re

import pytest

from store import slips
from store.sight import Role
from store.slips import State
from tests.conftest import NOON
from tests.web.town import plain

LIST, NEW = "/operators/slips", "/operators/slips/new"
TOLD = {"section": "chuo-kumin", "subject": "国保の還付", "about": "通知が届かない"}


@pytest.fixture
def sato(pages):
    return pages.signed_in(pages.account("sato", Role.OPERATOR))


@pytest.fixture
def clerk(pages):
    return pages.signed_in(pages.account("clerk", Role.STAFF, section="chuo-kumin", personal=True))


@pytest.fixture
def kept(pages):
    """All slips that wait."""
    admin = pages.account("admin", Role.ADMIN).viewer

    def kept():
        with pages.site.database.read() as tx:
            return slips.open_of(tx, admin)

    return kept


def of(slip, act=""):
    return f"{LIST}/{slip.id}{act}"


def test_a_slip_and_its_number(pages, kept):
    pages.clock.passes(hours=6)
    sato = pages.signed_in(pages.account("sato", Role.OPERATOR))
    sent = sato.send(NEW, LIST, **TOLD | {"about": "山田太郎と申します。通知が届かない"})
    (found,) = kept()
    assert sent.location == of(found)
    assert found.words == "［お名前］と申します。通知が届かない"
    page = plain(sato.get(of(found)).text)
    assert f"{found.receipt[:3]}-{found.receipt[3:]}" in page
    assert "中央区役所 区民課" in page
    assert "中央区役所 区民課は、いまは受付時間外です。" in page
    assert "あした" in page


def test_by_day_nothing_is_said_of_hours(sato, kept):
    sato.send(NEW, LIST, **TOLD)
    assert "いま受付時間の外です" not in sato.get(of(kept()[0])).text


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"section": ""}, "渡す課を選んでください"),
        ({"section": "x"}, "その課は、いまの一覧にありません"),
        ({"subject": " "}, "件名を60文字まで"),
        ({"subject": "あ" * 61}, "件名を60文字まで"),
        ({"about": "あ" * 501}, "500文字以内"),
        ({"telephone": "1"}, "市外局番から"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(sato, kept, wrong, says):
    sent = sato.send(NEW, LIST, **TOLD | {"name": "消えない名前"} | wrong)
    assert sent.status_code == 422
    assert says in plain(sent.text)
    assert "消えない名前" in sent.text
    assert kept() == ()


def test_another_page_begins_it(sato):
    page = sato.send(NEW, NEW, subject="件" * 100, about="内容", section="x").text
    assert "件" * 60 in page
    assert "件" * 61 not in page
    assert "内容" in page


def test_the_section_works_on_it_and_the_operator_sees(pages, sato, clerk, kept):
    sato.send(NEW, LIST, **TOLD, name="山田 花子", telephone="０９０ー１２３４ー５６７８")
    (found,) = kept()
    assert "国保の還付" in clerk.get(LIST).text
    page = clerk.get(of(found)).text
    assert "山田 花子" in page
    assert "090-1234-5678" in page
    assert "山田" not in sato.get(of(found)).text, "without leave to see personal data"
    clerk.send(of(found), of(found, "/take"))
    assert "clerkさん" in plain(sato.get(LIST).text)
    assert clerk.send(of(found), of(found, "/done"), result="あ" * 201).status_code == 422
    assert clerk.send(of(found), of(found, "/done"), result="電話で説明しました").location == LIST
    assert "電話で説明しました" in sato.get(LIST).text
    assert kept() == ()
    clerk.send(of(found), of(found, "/reopen"))
    assert kept()[0].state is State.TAKEN
    pages.clock.passes(hours=24 * 8)
    assert (kept()[0].made_at - NOON).total_seconds() == 0


def test_the_second_who_takes_it_is_told(pages, sato, clerk, kept):
    other = pages.signed_in(pages.account("other", Role.APPROVER, section="chuo-kumin"))
    sato.send(NEW, LIST, **TOLD)
    (found,) = kept()
    clerk.send(of(found), of(found, "/take"))
    other.send("/account", of(found, "/take"))
    assert "clerkさんさんが先に引き受けています。" in plain(other.get(of(found)).text)
    clerk.send(of(found), of(found, "/hand-back"))
    assert kept()[0].state is State.NEW


def test_it_is_passed_on_to_another_section(pages, sato, clerk, kept):
    other = pages.signed_in(pages.account("other", Role.STAFF, section="higashi-kumin"))
    sato.send(NEW, LIST, **TOLD)
    (found,) = kept()
    assert clerk.send(of(found), of(found, "/pass-on"), section="chuo-kumin").status_code == 422
    assert clerk.send(of(found), of(found, "/pass-on"), section="higashi-kumin").location == LIST
    assert "へ回しました" in clerk.get(LIST).text
    assert clerk.get(of(found)).status_code == 404
    assert other.get(of(found)).status_code == 200


def test_operators_only_look(sato, kept):
    sato.send(NEW, LIST, **TOLD)
    (found,) = kept()
    for act in ("take", "hand-back", "reopen", "done", "pass-on"):
        assert sato.send("/account", of(found, f"/{act}")).status_code == 404
    assert not re.search(r'action="[^"]*/(take|done)"', sato.get(of(found)).text)


def test_a_caller_asks_by_number(pages, sato, kept):
    sato.send(NEW, LIST, **TOLD)
    (found,) = kept()
    shown = f"{found.receipt[:3]}-{found.receipt[3:]}".lower()
    assert sato.get(f"{LIST}?receipt={shown}").location == of(found)
    assert "見つかりません" in sato.get(f"{LIST}?receipt=x").text
    hired = pages.signed_in(pages.account("hired", Role.OPERATOR, outside=True))
    assert "見つかりません" in hired.get(f"{LIST}?receipt={shown}").text
    assert hired.get(of(found)).status_code == 404
