"""The list of cases: what is late first, in words, for whom, and found by its receipt."""

import re
from datetime import timedelta

import pytest

from store import receipts
from store.sight import Role
from tests.web.casework import HIGASHI, LIST, at, casework_of, opened, sends
from tests.web.town import plain


@pytest.fixture
def work(pages):
    return casework_of(pages)


def subjects(page):
    return re.findall(r'<th scope="row"><a href="[^"]*">([^<]*)</a>', page)


def test_what_is_late_comes_first_then_the_urgent_then_by_time(work):
    work.handed(subject="あと", promised=timedelta(hours=9))
    work.handed(subject="まもなく", promised=timedelta(hours=3))
    work.handed(subject="約束なし", promised=None)
    work.handed(work.resident("U" + "7" * 32), subject="遅れた", promised=timedelta(minutes=30))
    work.handed(work.resident("U" + "7" * 32), subject="急ぐ", promised=timedelta(hours=8), urgent=True)
    work.service.clock.passes(hours=1)
    page = work.clerk().get(LIST).text
    assert subjects(page) == ["遅れた", "急ぐ", "まもなく", "あと", "約束なし"]
    said = plain(page)
    assert "約束の時刻を過ぎたものが1件あります。" in said
    assert "遅れ：30分遅れています" in said
    assert "今日の15時まで まもなく：あと2時間" in said
    assert "お急ぎ" in said
    assert "遅れ 1件：案件" in page


def test_what_was_answered_waits_below_and_what_is_new_is_told(work):
    clerk = work.clerk()
    answered, other = work.handed(subject="返事した"), work.handed(subject="ほか")
    sends(clerk, answered, "/reply", reply_words="はい。", reply_how="line")
    work.says(other, "急いでいます")
    page = plain(clerk.get(LIST).text)
    assert subjects(clerk.get(LIST).text) == ["ほか", "返事した"]
    assert "未読 1件" in page
    assert "市民の返事待ち" in page
    assert "返事済み" in page


def test_filters_with_their_counts(work):
    clerk = work.clerk()
    mine, nobodys = work.handed(subject="わたしの"), work.handed(subject="だれの")
    over = work.handed(subject="おわり")
    sends(clerk, mine, "/take")
    sends(clerk, over, "/close", close_ending="solved")
    page = plain(clerk.get(LIST).text)
    assert "すべて 2件 自分の担当 1件 担当者なし 1件 最近終わった 1件" in page
    assert subjects(clerk.get(f"{LIST}?show=mine").text) == ["わたしの"]
    assert subjects(clerk.get(f"{LIST}?show=nobodys").text) == ["だれの"]
    assert "解決" in plain(clerk.get(f"{LIST}?show=closed").text)
    assert subjects(clerk.get(f"{LIST}?show=closed").text) == ["おわり"]
    work.service.clock.passes(hours=15 * 24)
    later = work.clerk("later")
    assert "この14日間に終わった案件はありません。" in later.get(f"{LIST}?show=closed").text
    assert nobodys.receipt not in page


def test_an_empty_list_says_so(work):
    clerk = work.clerk()
    assert "いま、お返事を待っている案件はありません。" in clerk.get(LIST).text
    assert "あなたが担当している案件はありません。" in clerk.get(f"{LIST}?show=mine").text
    assert clerk.get(f"{LIST}?show=x").status_code == 200


def test_it_is_found_by_its_receipt(work):
    case, clerk = work.handed(), work.clerk()
    shown = receipts.shown(case.receipt).lower()
    assert clerk.get(f"{LIST}?receipt={shown}").location == at(case)
    elsewhere = work.clerk("east", HIGASHI)
    assert "見つかりません" in elsewhere.get(f"{LIST}?receipt={shown}").text
    assert "見つかりません" in clerk.get(f"{LIST}?receipt=x").text


def test_whose_cases_are_whose(work, pages):
    work.handed(subject="東区のこと", section=HIGASHI)
    operator = pages.account("operator", Role.OPERATOR)
    called = work.called(operator.id)
    assert "東区のこと" in work.clerk("east", HIGASHI).get(LIST).text
    mine = pages.signed_in(operator).get(LIST).text
    shown = receipts.shown(called.receipt)
    assert subjects(mine) == [f"案件 {shown}"], "how it stands, not what it says"
    leads = pages.signed_in(pages.account("leads", Role.OPERATOR, leads=True)).get(LIST).text
    assert len(subjects(leads)) == 2
    assert "東区のこと" not in leads
    chief = pages.signed_in(pages.account("boss", Role.ADMIN)).get(LIST).text
    assert "東区のこと" in chief
    assert "東区役所 区民課" in chief
    assert subjects(work.clerk("alone", "kita-kumin").get(LIST).text) == []


def test_the_menu_counts_what_waits_for_somebody(work):
    clerk, other = work.clerk(), work.clerk("other")
    case = work.handed()
    work.handed(section=HIGASHI)
    assert "案件 1件" in menu(clerk)
    assert "案件 1件" in menu(other)
    sends(clerk, case, "/take")
    assert menu(clerk) == "案件"
    work.says(case, "もう一つ")
    assert "案件 1件" in menu(clerk)
    assert menu(other) == "案件", "it is a colleague's"
    opened(clerk, case)
    assert menu(clerk) == "案件"


def menu(visitor):
    """What the menu says of cases."""
    page = visitor.get("/account").text
    return plain(re.search(r'<a href="/staff/cases"[^>]*>(.*?)</a>', page, re.DOTALL)[1])


def test_the_first_page_tells_of_cases_that_nobody_has(work):
    clerk = work.clerk()
    assert "だれも引き受けていない案件" not in clerk.get("/home").text
    work.handed()
    assert "だれも引き受けていない案件が1件あります" in clerk.get("/home").text


def test_the_list_looks_for_news_by_itself_and_is_no_sign_of_somebody_there(work):
    page = work.clerk().get(f"{LIST}?show=nobodys").text
    assert 'hx-get="/staff/cases?show=nobodys" hx-trigger="every 10s"' in page
    assert 'hx-swap="outerMorph"' in page
    assert "X-By-Itself" in page


def test_an_outsider_without_leave_sees_only_how_their_own_stand(work, pages):
    hired = pages.account("hired", Role.OPERATOR, outside=True)
    work.handed()
    called = work.called(hired.id)
    page = pages.signed_in(hired).get(LIST).text
    assert subjects(page) == [f"案件 {receipts.shown(called.receipt)}"]
