"""How the day goes, as who leads sees it; and help, from the call to "I come"."""

import re

import pytest

from store.sight import Role
from tests.web.town import plain

TEAM, HELP, LOG, CALLS = "/operators/team", "/operators/help", "/operators/log", "/operators/calls"


@pytest.fixture
def sato(pages):
    return pages.signed_in(pages.account("佐藤", Role.OPERATOR))


@pytest.fixture
def lead(pages):
    return pages.signed_in(pages.account("主任", Role.OPERATOR, leads=True, personal=True))


def address_of(page, act):
    return re.search(rf'action="({HELP}/\d+/{act})"', page)[1]


def test_the_day_in_figures(sato, lead):
    for outcome in ("answered", "answered", "none"):
        sato.send(LOG, CALLS, outcome=outcome, text=f"{outcome}の質問")
    sato.send(LOG, CALLS, outcome="answered", uncounted="y")
    page = plain(lead.get(TEAM).text)
    assert "今日の応対 4件" in page
    assert "一次回答率 66.67% 3件のうち2件" in page
    assert "答えが見つからなかった質問 1件" in page
    assert "noneの質問" in page
    assert "answeredの質問" not in page


def test_what_is_late_stands_out(pages, sato, lead):
    told = {"name": "山田", "telephone": "090-1234-5678", "about": "還付の件", "quick": "soon"}
    sato.send("/operators/callbacks/new", "/operators/callbacks", **told)
    assert "折り返しの遅れ 0件" in plain(lead.get(TEAM).text)
    for _ in range(2):
        pages.clock.passes(minutes=16)
        page = plain(lead.get(TEAM).text)
    assert "遅れている折り返し 1件" in page
    assert "還付の件" in page


def test_help_comes(sato, lead):
    assert sato.send(HELP, HELP, note="090-1234-5678の方がお怒り").location == HELP
    assert "応援を呼んでいます（ 12時 から）" in plain(sato.get(HELP).text)
    page = lead.get(TEAM).text
    assert "佐藤さんさんが応援を呼んでいます。" in plain(page)
    assert "「［電話番号］の方がお怒り」" in plain(page)
    assert "応援 1件：今日の様子" in page
    assert lead.send("/account", address_of(page, "answer")).location == TEAM
    assert "主任さんさんが行きます。" in plain(sato.get(HELP).text)
    page = lead.get(TEAM).text
    assert "応援を呼んでいます" not in plain(page), "it is read out no longer"
    assert sato.send("/account", address_of(page, "end"), back="/operators").location == "/operators"
    assert "応援の呼び出し" not in plain(lead.get(TEAM).text)


def test_the_second_who_would_come_is_told(pages, sato, lead):
    other = pages.signed_in(pages.account("係長", Role.ADMIN))
    sato.send(HELP, HELP)
    answer = address_of(lead.get(TEAM).text, "answer")
    lead.send("/account", answer)
    other.send("/account", answer)
    assert "ほかの人が先に「行きます」と答えました。" in other.get(TEAM).text


def test_a_script_gets_the_place_anew(sato):
    token = sato.token_on(HELP)
    sent = sato.client.post(HELP, data={"csrf_token": token}, headers={"HX-Request": "true"})
    assert sent.status_code == 200
    assert "応援を呼んでいます" in sent.text
    end = address_of(sent.text, "end")
    for _ in range(2):
        over = sato.client.post(end, data={"csrf_token": token}, headers={"HX-Request": "true"})
        assert over.status_code == 200, "pressed twice, or ended by who came"
        assert "応援を呼ぶ" in over.text


def test_who_does_not_lead_sees_nothing_of_it(pages, sato):
    assert sato.get(TEAM).status_code == 404
    assert "今日の様子" not in sato.get("/home").text
    sato.send(HELP, HELP)
    ito = pages.signed_in(pages.account("伊藤", Role.OPERATOR))
    assert "応援を呼んでいます" not in ito.get(HELP).text


def test_a_contractors_lead_sees_the_contractors(pages, sato):
    hired = pages.signed_in(pages.account("委託", Role.OPERATOR, outside=True))
    for visitor, text in ((sato, "市の質問"), (hired, "委託の質問")):
        visitor.send(LOG, CALLS, outcome="none", text=text)
    lead = pages.signed_in(pages.account("委託主任", Role.OPERATOR, outside=True, leads=True))
    page = lead.get(TEAM).text
    assert "委託の質問" in page
    assert "市の質問" not in page
