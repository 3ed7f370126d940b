"""A case handed over from the desk: whose it is, by when they answer, and what the caller is told."""

import re
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from faq.counters import SectionId
from nlp.japan import JAPAN
from store import case_lists, case_talk, particulars, residents
from store.audit import SERVICE, ByResident
from store.case_opening import CaseDraft, open_case
from store.cases import Case, Origin, Reach, State
from store.particulars import Field
from store.sight import Role
from tests.conftest import NOON
from tests.line import HANAKO
from tests.web.town import plain

LIST, NEW, WHOSE = "/operators/cases", "/operators/cases/new", "/operators/cases/whose"
TOLD = {"subject": "国保の還付", "about": "通知が届かない", "ward": "東区", "section": "higashi-kumin"}
SHOWN = {"shown_ward": "東区", "shown_section": "higashi-kumin"}
UNKNOWN = {"shown_ward": "", "shown_section": ""}
WHOM = {"name": "山田 花子", "telephone": "０９０ー１２３４ー５６７８"}


@pytest.fixture
def sato(pages):
    return pages.signed_in(pages.account("sato", Role.OPERATOR))


@pytest.fixture
def admin(pages):
    return pages.account("admin", Role.ADMIN).viewer


@pytest.fixture
def kept(pages, admin):
    def kept():
        with pages.site.database.read() as tx:
            return case_lists.open_of(tx, admin)

    return kept


def chosen(page, name):
    """What stands in a select; in a hidden field its value."""
    select = re.search(rf'<select[^>]* name="{name}".*?</select>', page, re.S)
    if select:
        found = re.search(r'<option selected value="([^"]*)"', select[0])
        return found[1] if found else ""
    hidden = re.search(rf'<input[^>]* name="{name}"[^>]* value="([^"]*)"', page)
    return hidden[1] if hidden else ""


@pytest.mark.parametrize(
    ("known", "section", "ward", "says"),
    [
        ({"about": "東区で住民票を取りたい"}, "higashi-kumin", "東区", "約束の時刻：11月26日（木） 13時まで"),
        ({"about": "住民票を取りたい"}, "", "", "お住まいの区はどちらですか"),
        ({"about": "ごみを集めに来ない", "section": "kif-plaza"}, "kif-plaza", "", "約束の時刻"),
        ({"about": "お客様番号は", "entry": "waste-sorting"}, "honcho-haikibutsu", "", "読み上げた答え"),
        ({"about": "とても困っている"}, "higomaru-general", "", "約束の時刻：11月25日（水） 16時まで"),
        ({"about": "確定申告をしたい"}, "higomaru-general", "", "市の担当ではないかもしれません：税務署"),
        ({}, "", "", "課を選ぶと、約束の時刻が出ます"),
        ({"about": "x", "section": "nowhere", "entry": "nowhere"}, "higomaru-general", "", "約束の時刻"),
    ],
)
def test_the_desk_begins_it(sato, known, section, ward, says):
    page = sato.send(NEW, NEW, **known).text
    assert (chosen(page, "section"), chosen(page, "ward")) == (section, ward)
    assert says in plain(page)
    assert (chosen(page, "shown_section"), chosen(page, "shown_ward")) == (section, ward)


def test_a_present_danger_is_said_at_once(sato):
    assert "119" in plain(sato.send(NEW, NEW, about="家が燃えている").text)


def test_the_part_follows_the_ward_and_the_section(sato):
    said = {"subject": "住民票", "about": "住民票を取りたい", "shown_ward": "", "shown_section": ""}
    asked = sato.send(NEW, WHOSE, **said, ward="西区", section="").text
    assert chosen(asked, "section") == chosen(asked, "shown_section") == "nishi-kumin"
    assert "約束の時刻：11月26日（木） 13時まで" in plain(asked)
    typed = sato.send(NEW, WHOSE, **said | {"subject": "落とし物", "about": ""}, ward="", section="").text
    assert chosen(typed, "section") == "higomaru-general"
    assert "市の担当ではないかもしれません：警察署" in plain(typed)
    other = said | {"shown_ward": "西区", "shown_section": "nishi-kumin"}
    asked = sato.send(NEW, WHOSE, **other, ward="西区", section="higomaru-general").text
    assert "約束の時刻：11月25日（水） 16時まで" in plain(asked)


def test_it_is_handed_over_with_whom_to_call(pages, sato, kept, admin):
    sent = sato.send(NEW, LIST, **TOLD | {"about": "山田太郎と申します。通知が届かない"}, **SHOWN, **WHOM)
    (found,) = kept()
    assert sent.location == f"{LIST}/{found.id}"
    assert (found.section, found.ward, found.subject) == ("higashi-kumin", "東区", "国保の還付")
    assert (found.origin, found.reach, found.state) == (Origin.DESK, Reach.TELEPHONE, State.NEW)
    assert found.promised_at == datetime(2026, 11, 26, 13, tzinfo=JAPAN), "12:00, and 16 hours of 7.5 a day"
    with pages.site.database.write() as tx:
        (said,) = case_talk.talk_of(tx, admin, found.id, NOON)
        whom = particulars.read(tx, found.particulars, SERVICE, NOON)
    assert said.words == "［お名前］と申します。通知が届かない"
    assert whom == {Field.NAME: "山田 花子", Field.TELEPHONE: "090-1234-5678"}
    page = plain(sato.get(sent.location).text)
    assert f"{found.receipt[:3]}-{found.receipt[3:]}" in page
    assert "東区役所 区民課が、11月26日（木）の13時までに、お電話でお答えします。" in page
    assert "山田" not in page


def test_without_a_telephone_the_caller_asks_by_the_receipt(sato, kept):
    page = plain(sato.get(sato.send(NEW, LIST, **TOLD, **SHOWN).location).text)
    assert kept()[0].particulars is None
    assert (
        "11月26日（木）の13時までに調べます。そのあと、受付番号を添えて、096-367-9125へお電話ください。"
        in page
    )


def test_sent_twice_it_is_one_case_and_whom_to_call_is_kept_once(pages, sato, kept):
    form = {**TOLD, **SHOWN, **WHOM, "once": "x"}
    first, second = sato.send(NEW, LIST, **form), sato.send(NEW, LIST, **form)
    assert first.location == second.location
    assert len(kept()) == 1
    with pages.site.database.write() as tx:
        assert particulars.read(tx, kept()[0].particulars, SERVICE, NOON)


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        (
            {"section": "", "subject": "住民票", "about": "", "ward": "", **UNKNOWN},
            "渡す課を選んでください",
        ),
        ({"section": "", "shown_section": ""}, "約束の時刻も変わりました"),
        ({"section": "x", "shown_section": "x"}, "その課は、いまの一覧にありません"),
        ({"section": "higashi-zeimu"}, "約束の時刻も変わりました"),
        ({"ward": "西区"}, "約束の時刻も変わりました"),
        ({"ward": "火星", "shown_ward": "火星"}, "その区は、この市にありません"),
        ({"subject": " "}, "件名を60文字まで"),
        ({"about": "あ" * 501}, "500文字以内"),
        ({"telephone": ""}, "電話番号を入力してください"),
        ({"name": ""}, "お名前を入力してください"),
        ({"telephone": "1"}, "市外局番から"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(sato, kept, wrong, says):
    sent = sato.send(NEW, LIST, **{**TOLD, **SHOWN, **WHOM, "name": "消えない名前", **wrong})
    assert sent.status_code == 422
    assert says in plain(sent.text)
    assert "消えない名前" in sent.text or not {**WHOM, **wrong}["name"]
    assert kept() == ()


def test_who_is_asked_what_became_of_it_finds_it_by_its_receipt(pages, sato, kept):
    sato.send(NEW, LIST, **TOLD | {"about": "誰にも言えない話"}, **SHOWN, **WHOM)
    (found,) = kept()
    other = pages.signed_in(pages.account("suzuki", Role.OPERATOR, outside=True))
    page = plain(other.get(f"{LIST}?receipt={found.receipt.lower()}").text)
    assert "東区役所 区民課が、11月26日（木）の13時までに" in page
    assert "課が受け取る前" in page
    assert "国保の還付" not in page
    assert "誰にも言えない話" not in page
    assert other.get(f"{LIST}/{found.id}").status_code == 404
    assert "見つかりません" in plain(other.get(f"{LIST}?receipt=ABC-DEFG").text)
    assert "あなたが渡したもの 0件" in page
    assert "あなたが渡したもの 1件" in plain(sato.get(LIST).text)


def test_who_handed_it_over_in_line_is_told_that_the_answer_comes_there(pages, sato):
    promised = pages.clock() + timedelta(hours=4)
    draft = CaseDraft("x", SectionId("higashi-kumin"), "x", ("x",))
    with pages.site.database.write() as tx:
        hanako = residents.meet(tx, HANAKO, NOON).id
        made = open_case(tx, draft, promised, ByResident(hanako), NOON)
    assert isinstance(made, Case)
    page = plain(sato.get(f"{LIST}?receipt={made.receipt}").text)
    assert "東区役所 区民課が、11月24日（火）の16時までに、LINEでお答えします。" in page


def test_a_promise_that_is_past_is_not_told_as_one(pages, sato, kept):
    sato.send(NEW, LIST, **TOLD, **SHOWN)
    pages.clock.passes(hours=72)
    page = plain(pages.signed_in(pages.account("hayashi", Role.ADMIN)).get(f"{LIST}/{kept()[0].id}").text)
    assert "約束を過ぎています" in page
    assert "までに" not in page


def test_a_section_that_works_never_is_promised_for_by_nobody(pages, sato, kept, monkeypatch):
    rules = replace(pages.site.profile.cases, answer_within=pages.site.profile.cases.answer_within * 100)
    monkeypatch.setattr(
        "web.switchboard.site", lambda: replace(pages.site, profile=replace(pages.site.profile, cases=rules))
    )
    assert "約束の時刻を決められません" in plain(sato.send(NEW, NEW, about="とても困っている").text)
    made = sato.send(NEW, LIST, **TOLD, **SHOWN)
    assert kept()[0].promised_at is None
    assert "いつまでにとお約束はできません" in plain(sato.get(made.location).text)


def test_the_way_back_leads_to_the_desk(sato):
    made = sato.send(NEW, LIST, **TOLD, **SHOWN, back="/operators")
    assert 'href="/operators">電話の応対へ戻る' in sato.get(made.location).text
    made = sato.send(NEW, LIST, **TOLD | {"subject": "別"}, **SHOWN, back="https://evil.example/")
    assert "evil" not in made.location
