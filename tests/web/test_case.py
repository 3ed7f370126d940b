"""The page of a case: the thread, who else looks, whom to call, and who may see what."""

from datetime import timedelta

import pytest

from nlp.language import Language
from store import receipts, residents
from store.cases import State
from store.sight import Role
from tests.web.casework import HIGASHI, SAID, SUBJECT, at, casework_of, opened, sends
from tests.web.town import LEGAL, Town, plain


@pytest.fixture
def work(pages):
    return casework_of(pages)


def test_all_that_is_known_of_it(work):
    case = work.handed(ward="中央区", urgent=True)
    page = plain(opened(work.clerk(), case))
    for told in (
        SUBJECT,
        SAID,
        receipts.shown(case.receipt),
        "中央区役所 区民課",
        "中央区",
        "お急ぎ",
        "担当者なし",
        "あと4時間",
        "この前に、自動応答が示した答え：",
        "LINEで返事",
        "お聞きしていません",
    ):
        assert told in page, told
    assert '<a href="/staff/knowledge/faq/record/moving-in">' in opened(work.clerk("other"), case)


@pytest.mark.parametrize(
    ("language", "shown"),
    [
        (Language.VIETNAMESE, '<span lang="vi">Tiếng Việt</span>'),
        (Language.EASY, "<span>やさしい日本語</span>"),
        (Language.JAPANESE, ""),
        (None, ""),
    ],
)
def test_the_language_of_who_wrote_is_told_where_it_is_not_plain_japanese(work, language, shown):
    case = work.handed()
    if language:
        with work.service.site.database.write() as tx:
            residents.speak(tx, case.resident, language, chosen=True)
    page = opened(work.clerk(), case)
    assert ("<dt>言語</dt>" in page) is bool(shown)
    assert shown in page


def test_the_thread_tells_who_said_what_and_staff_notes_apart(work):
    case, clerk = work.handed(), work.clerk()
    sends(clerk, case, "/take")
    sends(clerk, case, "/note", note_words="山田太郎さんから前にも電話。\n090-1234-5678")
    work.says(case, "急いでいます")
    page = opened(clerk, case)
    said = plain(page)
    assert "市民" in said
    assert "clerkさんさん が担当になりました" in said.replace("　", " ")
    assert "課内メモ（市民には見えません）" in said
    assert "［電話番号］" in said
    assert "090-1234-5678" not in page
    assert 'class="talk-note"' in page
    assert "急いでいます" in said


def test_opening_it_is_audited_and_reads_what_is_unread(work):
    case, clerk, town = work.handed(), work.clerk(), Town(work.service, LEGAL)
    work.says(case, "まだですか")
    assert work.now(case).unread == 1
    opened(clerk, case)
    assert work.now(case).unread == 0
    assert town.audited("case.read") == 1


def test_who_else_looks_and_that_something_happened(work):
    case, clerk, other = work.handed(), work.clerk(), work.clerk("other")
    version = work.now(case).version
    now = at(case, f"/now?version={version}")
    opened(clerk, case)
    assert "も、この案件を見ています" not in clerk.get(now).text
    assert "clerkさんさんも、この案件を見ています。" in opened(other, case)
    assert "otherさんさんも、この案件を見ています。" in clerk.get(now).text
    assert "動きがありました" not in clerk.get(now).text
    sends(other, case, "/take")
    work.says(case, "急ぎです")
    told = plain(clerk.get(now).text)
    assert "この画面を開いたあとに、動きがありました。" in told
    assert "otherさんさんが対応しています。" in told
    assert "市民が1回、書き足しています。" in told
    assert "急ぎです" not in told, "no word is opened for it"
    work.service.clock.passes(seconds=31)
    assert "も、この案件を見ています" not in clerk.get(now).text


def test_another_sections_is_not_there(work):
    case, other = work.handed(), work.clerk("east", HIGASHI)
    for path in ("", "/now", "/person"):
        assert other.get(at(case, path)).status_code == 404
    assert other.get("/staff/cases/999999").status_code == 404


def test_who_handed_it_over_is_led_to_how_it_stands_and_reads_no_word(work, pages):
    account = pages.account("operator", Role.OPERATOR)
    case, operator = work.called(account.id), pages.signed_in(account)
    assert operator.get(at(case)).location == f"/operators/cases/{case.id}"
    page = operator.get(f"/operators/cases/{case.id}").text
    assert SAID not in page
    assert SUBJECT not in page
    assert operator.get(at(case, "/person")).status_code == 404
    for act in ("take", "reply", "note", "close", "send-on", "elsewhere", "assign", "telephone", "reopen"):
        assert operator.send("/account", at(case, f"/{act}")).status_code == 404


def test_whom_to_call_is_shown_on_demand_to_who_may_see_it_and_audited(work, pages):
    account = pages.account("operator", Role.OPERATOR)
    case, town = work.called(account.id), Town(pages, LEGAL)
    trusted, clerk = work.clerk("trusted", personal=True), work.clerk()
    assert "見る権限がありません。" in opened(clerk, case)
    assert clerk.get(at(case, "/person")).status_code == 404
    page = opened(trusted, case)
    assert "お名前と電話番号を見る" in page
    assert "山田" not in page
    assert town.audited("particulars.read") == 0
    told = plain(trusted.get(at(case, "/person")).text)
    assert "山田 花子" in told
    assert "090-1234-5678" in told
    assert town.audited("particulars.read") == 1


def test_the_promise_is_told_in_words(work):
    case = work.handed(promised=timedelta(hours=1))
    work.service.clock.passes(hours=2)
    assert "遅れ：1時間遅れています" in plain(opened(work.clerk(), case))


def test_what_is_over_can_be_read_and_noted_and_begun_again(work):
    case, clerk = work.handed(), work.clerk()
    sends(clerk, case, "/close", close_ending="given_up", close_words="三回かけた")
    page = opened(clerk, case)
    assert "連絡がつかず終了" in page
    assert "三回かけた" in page
    assert "返事を送る" not in page
    sends(clerk, case, "/note", note_words="記録")
    assert "記録" in opened(clerk, case)
    sends(clerk, case, "/reopen")
    assert work.now(case).state is State.TAKEN
    assert "返事を送る" in opened(clerk, case)


def test_the_link_of_a_notice_leads_there_after_the_sign_in(work, pages):
    case = work.handed()
    assert pages.visitor().get(at(case)).location == f"/login?next={at(case)}"
