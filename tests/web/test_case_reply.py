"""Answering a case: what may go where, what the resident will see, and two people at once."""

import pytest

from store import residents
from store.case_talk import EntryKind
from store.cases import Reach, State
from store.sight import Role
from tests.web.casework import SAID, at, casework_of, opened, sends
from tests.web.town import plain

ANSWER = "転入届には、本人確認の書類と転出証明書をお持ちください。"
OWN = "山田太郎様の分は、090-1234-5678へお電話します。"


@pytest.fixture
def work(pages):
    return casework_of(pages)


def test_an_answer_goes_to_line(work):
    case, clerk = work.handed(), work.clerk()
    assert sends(clerk, case, "/reply", reply_words=ANSWER, reply_how="line").location.startswith(at(case))
    assert work.now(case).state is State.ANSWERED
    assert work.now(case).taken_by_shown == "clerkさん"
    said = work.talk(case)[-1]
    assert (said.kind, said.words) == (EntryKind.ANSWERED_LINE, ANSWER)
    page = plain(clerk.get(at(case)).text)
    assert "返事を送ります。" in page
    assert ANSWER in page


def test_an_answer_may_end_it(work):
    case, clerk = work.handed(), work.clerk()
    sends(clerk, case, "/reply", reply_words=ANSWER, reply_how="line", reply_closes="y")
    assert work.now(case).state is State.CLOSED


def test_personal_data_goes_to_no_line_and_nothing_typed_is_lost(work):
    case, clerk = work.handed(), work.clerk()
    came = sends(clerk, case, "/reply", reply_words=OWN, reply_how="line")
    assert came.status_code == 422
    assert "電話番号、お名前が含まれているので、LINEには送れません。" in plain(came.text)
    assert OWN in came.text
    assert work.now(case).state is State.NEW
    sends(clerk, case, "/reply", reply_words=OWN, reply_how="page")
    said = work.talk(case)[-1]
    assert (said.kind, said.words) == (EntryKind.ANSWERED_PAGE, OWN)
    assert "まだ開かれていません。" in plain(opened(clerk, case))


def test_the_preview_is_what_the_resident_will_see(work):
    case, clerk = work.handed(), work.clerk()
    shown = plain(sends(clerk, case, "/preview", reply_words=ANSWER, reply_how="line").text)
    assert "お問い合わせへのお返事" in shown
    assert ANSWER in shown
    assert "この件は解決しましたか？" in shown
    assert "中央区役所 区民課より" in shown
    page = plain(sends(clerk, case, "/preview", reply_words=OWN, reply_how="page").text)
    line, _, own = page.partition("市のページでの見え方")
    assert "内容は、このトークには出ません。" in line
    assert "山田" not in line.replace("電話番号、お名前が含まれています。", "")
    assert OWN in own
    assert work.talk(case)[-1].kind is EntryKind.SAID, "nothing is sent by it"


def test_the_preview_warns_of_personal_data_and_of_hard_words(work):
    case, clerk = work.handed(), work.clerk()
    shown = plain(sends(clerk, case, "/preview", reply_words=OWN, reply_how="line").text)
    assert "LINEには送れません。" in shown
    words = "速やかに所定の様式を提出願います。"
    hard = plain(sends(clerk, case, "/preview", reply_words=words, reply_how="line").text)
    assert "わかりやすさ：気になるところが" in hard


def test_without_scripts_a_button_shows_it_first(work):
    case, clerk = work.handed(), work.clerk()
    page = sends(clerk, case, "/reply", reply_words=ANSWER, reply_how="page", act="check")
    assert page.status_code == 200
    assert "市のページでの見え方" in page.text
    assert work.now(case).state is State.NEW


def test_an_entry_is_quoted_with_its_source(work):
    case, clerk = work.handed(), work.clerk()
    sought = sends(clerk, case, "/reply", reply_words="はじめに。", reply_how="line", act="seek", q="転入届")
    assert "返事に引用する" in sought.text
    assert "はじめに。" in sought.text
    found = sends(clerk, case, "/quotes", q="転入届")
    assert 'value="moving-in"' in found.text
    quoted = sends(clerk, case, "/reply", reply_words="はじめに。", reply_how="line", quote="moving-in")
    assert "はじめに。" in quoted.text
    assert "（出典：" in quoted.text
    assert "に確認）" in quoted.text
    assert work.now(case).state is State.NEW
    assert "見つかりません" in sends(clerk, case, "/quotes", q="").text


def test_a_reply_in_ignorance_of_what_was_said_shows_what_came_between(work):
    case, clerk = work.handed(), work.clerk()
    before = opened(clerk, case)
    work.says(case, "やっぱり東区でした")
    came = sends(clerk, case, "/reply", page=before, reply_words=ANSWER, reply_how="line")
    assert came.status_code == 409
    said = plain(came.text)
    assert "何も送っていません。" in said
    assert "あいだに入ったもの：" in said
    between = came.text[came.text.index("あいだに入ったもの") : came.text.index('class="case"')]
    assert "やっぱり東区でした" in between
    assert SAID not in between
    assert ANSWER in came.text
    assert work.now(case).state is State.NEW
    sends(clerk, case, "/reply", page=came.text, reply_words=ANSWER, reply_how="line")
    assert work.now(case).state is State.ANSWERED


def test_who_replies_second_is_told_who_was_first_and_loses_nothing(work):
    case, clerk, other = work.handed(), work.clerk(), work.clerk("other")
    before = opened(other, case)
    sends(clerk, case, "/take")
    came = sends(other, case, "/reply", page=before, reply_words=ANSWER, reply_how="line")
    assert came.status_code == 409
    assert "clerkさんさんが先に対応しています。" in came.text
    assert ANSWER in came.text
    assert work.now(case).state is State.TAKEN


def test_pressed_twice_it_is_sent_once(work):
    case, clerk = work.handed(), work.clerk()
    before = opened(clerk, case)
    for _ in range(2):
        came = sends(clerk, case, "/reply", page=before, reply_words=ANSWER, reply_how="line")
        assert came.status_code == 303
    assert [each.kind for each in work.talk(case)].count(EntryKind.ANSWERED_LINE) == 1


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"reply_words": ""}, "返事を書いてください。"),
        ({"reply_words": "あ" * 2001}, "2000文字以内で書いてください。"),
        ({"reply_how": "telephone"}, "どこに送るかを選んでください。"),
    ],
)
def test_what_is_wrong_is_said(work, wrong, says):
    case, clerk = work.handed(), work.clerk()
    came = sends(clerk, case, "/reply", **{"reply_words": ANSWER, "reply_how": "line"} | wrong)
    assert came.status_code == 422
    assert says in came.text
    assert work.now(case).state is State.NEW


def test_a_callers_is_answered_by_telephone_alone(work, pages):
    case, clerk = work.called(pages.account("operator", Role.OPERATOR).id), work.clerk()
    page = opened(clerk, case)
    assert "返事を送る" not in page
    assert "電話で答えたことを記録する" in page
    came = sends(clerk, case, "/telephone", phone_words="")
    assert "電話で伝えたことを書いてください。" in came.text
    sends(clerk, case, "/telephone", phone_words="持ち物を伝えた。\n090-1234-5678は自宅。", phone_closes="y")
    said = work.talk(case)[-1]
    assert (said.kind, said.words) == (
        EntryKind.ANSWERED_TELEPHONE,
        "持ち物を伝えた。\n［電話番号］は自宅。",
    )
    assert work.now(case).state is State.CLOSED


def test_sentences_with_blanks_are_at_hand(work):
    page = opened(work.clerk(), work.handed())
    assert "定型文から入れる" in page
    assert "canned.js" in page


def test_who_wants_a_call_but_left_no_number_is_answered_in_line(work):
    clerk, without = work.clerk(), "電話番号は、まだ入力されていません"
    assert without in plain(opened(clerk, work.handed(reach=Reach.TELEPHONE)))
    operator = work.service.account("operator", Role.OPERATOR)
    assert without not in plain(opened(clerk, work.called(operator.id)))


def test_who_has_blocked_the_account_is_seen_before_anything_is_written(work):
    case, clerk, left = work.handed(), work.clerk(), "いまLINEの友だちをやめています"
    assert left not in plain(opened(clerk, case))
    with work.service.site.database.write() as tx:
        residents.follow(tx, case.resident, False)
    page = plain(opened(clerk, case))
    assert left in page
    assert "友だちに戻ったときは、返事を送れます。" in page
    operator = work.service.account("operator", Role.OPERATOR)
    assert left not in plain(opened(clerk, work.called(operator.id))), "a caller is no friend to begin with"
