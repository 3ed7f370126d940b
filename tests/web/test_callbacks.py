"""Callbacks on the pages: promised within the hours of who calls, done by one, and lost by no slip."""

import re

import pytest
import sqlalchemy as sa

from faq.counters import SectionId
from store import callbacks
from store.callbacks import Reason, State
from store.sight import Role
from store.tables import audit, particulars
from tests.conftest import NOON
from tests.web.town import plain

QUEUE, NEW = "/operators/callbacks", "/operators/callbacks/new"
TOLD = {"name": "山田 花子", "telephone": "090-1234-5678", "about": "還付の件", "quick": "soon"}


@pytest.fixture
def sato(pages):
    return pages.signed_in(pages.account("sato", Role.OPERATOR, personal=True))


@pytest.fixture
def ito(pages):
    return pages.signed_in(pages.account("ito", Role.OPERATOR, personal=True))


@pytest.fixture
def admin(pages):
    return pages.account("admin", Role.ADMIN).viewer


@pytest.fixture
def kept(pages, admin):
    """The callbacks that wait."""

    def kept():
        with pages.site.database.read() as tx:
            return callbacks.waiting(tx, admin)

    return kept


def make(visitor, **others):
    return visitor.send(NEW, QUEUE, **TOLD | others)


def of(callback, act=""):
    return f"{QUEUE}/{callback.id}{act}"


def test_a_promise_is_made_and_read_out(sato, kept):
    sent = make(sato, about="  還付の件です。\n 山田太郎と申します")
    assert (sent.status_code, sent.location) == (303, QUEUE)
    (found,) = kept()
    assert (found.promised_at - NOON).total_seconds() == 30 * 60
    assert found.about == "還付の件です。 ［お名前］と申します"
    page = plain(sato.get(QUEUE).text)
    assert "「11月24日（火）の12時30分までに、ひごまるコールからお電話します」とお伝えください。" in page
    assert "090" not in page, "whom to call is on its own page"


@pytest.mark.parametrize(
    ("quick", "section", "says"),
    [
        ("today", "", "11月24日（火）の20時まで"),
        ("today", "chuo-kumin", "11月24日（火）の16時30分まで"),
        ("morning", "", "11月25日（水）の12時まで"),
        ("morning", "chuo-kumin", "11月25日（水）の12時まで"),
    ],
)
def test_the_hours_of_who_calls_count(sato, quick, section, says):
    make(sato, quick=quick, section=section)
    assert says in plain(sato.get(QUEUE).text)


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"name": " "}, "お名前を入力してください"),
        ({"name": "あ" * 61}, "お名前は60文字まで"),
        ({"telephone": ""}, "電話番号を入力してください"),
        ({"telephone": "334-1500"}, "市外局番から"),
        ({"about": "あ" * 501}, "500文字以内"),
        ({"section": "x"}, "その課は、いまの一覧にありません"),
        ({"quick": "x"}, "いつかけるかを選んでください"),
        ({"quick": "at"}, "日付と時刻を入力してください"),
        ({"quick": "at", "clock": "25:00"}, "日付と時刻を入力してください"),
        ({"quick": "at", "day": "2026-11-24", "clock": "11:59"}, "いまより後の"),
        ({"quick": "at", "day": "2027-11-24", "clock": "12:00"}, "31日以内"),
        ({"quick": "at", "day": "2026-11-24", "clock": "20:30"}, "受付時間の外です"),
        ({"quick": "at", "day": "2026-11-28", "clock": "10:00", "section": "chuo-kumin"}, "受付時間の外です"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(sato, kept, wrong, says):
    sent = make(sato, **{"about": "消えない言葉"} | wrong)
    assert sent.status_code == 422
    assert says in plain(sent.text)
    assert wrong.get("about", "消えない言葉") in sent.text
    assert kept() == ()


def test_after_hours_half_an_hour_is_no_choice(pages):
    pages.clock.passes(hours=7, minutes=40)
    sato = pages.signed_in(pages.account("sato", Role.OPERATOR))
    assert "受付時間の外です" in make(sato).text
    assert make(sato, quick="morning").status_code == 303


def test_another_page_begins_it_and_goes_on_where_it_was(sato, kept):
    page = sato.send(NEW, NEW, about="国保のこと", section="chuo-kumin", back="/operators").text
    assert "国保のこと" in page
    assert '<option selected value="chuo-kumin">' in page
    assert '<input type="hidden" name="back" value="/operators">' in page
    assert make(sato, back="/operators").location == "/operators"
    assert make(sato, back="//evil.example", name="別").location == QUEUE


def test_a_form_that_is_sent_twice_is_one_promise(sato, kept):
    once = re.search(r'name="once"[^>]* value="([^"]+)"', sato.get(NEW).text)[1]
    for name in ("一", "一", "二"):
        make(sato, once=once, name=name)
    assert len(kept()) == 2


def test_who_takes_it_calls_and_settles_it(pages, sato, ito, kept):
    make(sato)
    (found,) = kept()
    sent = sato.send(QUEUE + f"/{found.id}", of(found, "/take"))
    assert sent.location == of(found)
    page = plain(sato.get(of(found)).text)
    assert "山田 花子" in page
    assert "090-1234-5678" in page
    assert "satoさん" in plain(ito.get(QUEUE).text)
    assert "satoさんさんが引き受けています。" in plain(ito.get(of(found)).text)
    ito.send("/account", of(found, "/take"))
    assert "satoさんさんが先に引き受けています。" in plain(ito.get(QUEUE).text)
    assert sato.send(of(found), of(found, "/done")).location == QUEUE
    assert kept() == ()
    assert "まだに戻す" in plain(sato.get(QUEUE).text)
    assert "まだに戻す" not in plain(ito.get(QUEUE).text)
    sato.send(of(found), of(found, "/reopen"))
    assert kept()[0].taken_by_shown == "satoさん"
    pages.clock.passes(minutes=29)
    assert "まもなく" in plain(ito.get(QUEUE).text)
    pages.clock.passes(minutes=2)
    page = plain(ito.get(QUEUE).text)
    assert "約束の時刻を過ぎたものが1件あります。" in page


def test_who_was_not_reached_is_tried_again(sato, kept):
    make(sato)
    (found,) = kept()
    sent = sato.send(of(found), of(found, "/tried"), quick="today")
    assert sent.location == QUEUE
    (after,) = kept()
    assert (after.tries, after.promised_at.hour, after.taken_by) == (1, 11, None)
    assert "1回つながらず" in plain(sato.get(QUEUE).text)
    assert sato.send(of(found), of(found, "/tried"), quick="at", clock="").status_code == 422


def test_another_time_is_agreed_on(sato, kept):
    make(sato)
    (found,) = kept()
    sato.send(of(found), of(found, "/promise"), quick="at", day="2026-11-25", clock="14:00")
    assert "「11月25日（水）の14時までに" in plain(sato.get(QUEUE).text)
    assert (kept()[0].tries, kept()[0].promised_at.day) == (0, 25)


def test_it_is_given_up_for_a_reason(pages, sato, kept, admin):
    make(sato)
    (found,) = kept()
    assert sato.send(of(found), of(found, "/give-up"), reason="x").status_code == 422
    sato.send(of(found), of(found, "/give-up"), reason="wrong_number")
    with pages.site.database.read() as tx:
        after = callbacks.find(tx, admin, found.id)
    assert (after.state, after.reason) == (State.GIVEN_UP, Reason.WRONG_NUMBER)
    assert "番号がちがう" in plain(sato.get(QUEUE).text)


def test_whom_to_call_is_for_who_may_see_it_and_each_look_is_noted(pages, sato, kept):
    make(sato)
    (found,) = kept()

    def looks():
        with pages.site.database.read() as tx:
            read = sa.select(sa.func.count()).where(audit.c.act == "particulars.read")
            return tx.connection.scalar(read)

    without = pages.signed_in(pages.account("without", Role.OPERATOR))
    page = without.get(of(found)).text
    assert "お名前と電話番号を見る権限がありません" in page
    assert "山田" not in page
    assert "引き受ける</button>" not in page
    assert without.send("/account", of(found, "/take")).status_code == 404
    assert looks() == 0
    sato.get(of(found))
    assert looks() == 1


def test_a_contractors_operator_without_personal_data_sees_their_own(pages, sato, kept):
    make(sato)
    (found,) = kept()
    hired = pages.signed_in(pages.account("hired", Role.OPERATOR, outside=True))
    assert hired.get(of(found)).status_code == 404
    assert "還付の件" not in hired.get(QUEUE).text
    make(hired, about="自分のもの")
    assert "自分のもの" in hired.get(QUEUE).text


def test_a_section_finds_its_own(pages, sato, kept):
    make(sato, section="chuo-kumin", about="区民課へ")
    make(sato, section="", about="コールセンターで")
    clerk = pages.signed_in(pages.account("clerk", Role.STAFF, section="chuo-kumin", personal=True))
    page = clerk.get(QUEUE).text
    assert "区民課へ" in page
    assert "コールセンターで" not in page
    assert SectionId("chuo-kumin") in {each.section for each in kept()}


def test_whom_to_call_goes_after_its_days(pages, sato, kept):
    make(sato)
    days = pages.site.retention.particulars["callback"].days
    with pages.site.database.read() as tx:
        (delete_on,) = tx.connection.scalars(sa.select(particulars.c.delete_on))
    assert (delete_on - NOON.date()).days == days
    assert f"{days}日たつと消えます" in sato.get(NEW).text
    with pages.site.database.write() as tx:
        tx.connection.execute(particulars.delete())
    assert "お名前と電話番号は、残っていません" in sato.get(of(kept()[0])).text
