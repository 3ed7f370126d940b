"""A person is on the case: what goes to them, what the bot answers all the same, and the way back."""

from datetime import timedelta

import pytest

from handlers.turn import Media, MessageId
from store.cases import Ending, State
from tests.dialogue import Speaker, hold
from tests.handlers.case_town import Clerk, hand_over, of_resident, said

PASSED_ON = "担当の職員に伝えました"


@pytest.fixture
def clerk(resident: Speaker) -> Clerk:
    """Somebody who has taken the resident's case."""
    hand_over(resident)
    clerk = Clerk(resident)
    clerk.takes()
    return clerk


def test_what_the_bot_cannot_answer_goes_to_the_person_with_one_acknowledgement(
    resident: Speaker, clerk: Clerk
) -> None:
    hold(resident, [("実は先週から妹も一緒に住んでいます", PASSED_ON)])
    assert resident.hears("妹は十五歳です") == "", "not told again with each bubble"
    assert said(resident)[1:] == ["実は先週から妹も一緒に住んでいます", "妹は十五歳です"]


def test_other_questions_are_answered_and_can_be_passed_on_all_the_same(
    resident: Speaker, clerk: Clerk
) -> None:
    hold(resident, [("粗大ごみの出し方は？", "ごみゼロコール")])
    assert "職員に送る" in resident.buttons
    assert len(said(resident)) == 1
    hold(resident, [(">職員に送る", "書き足しました")])
    assert said(resident)[1:] == ["粗大ごみの出し方は？"]


def test_the_button_passes_on_once(resident: Speaker, clerk: Clerk) -> None:
    hold(resident, [("粗大ごみの出し方は？", "ごみゼロコール")])
    press = resident.talk.understand(">職員に送る")
    hold(resident, [(press, "書き足しました"), (press, "もう使えません")])  # type: ignore[list-item]
    assert len(said(resident)) == 2


@pytest.mark.parametrize(
    ("asked", "handler"),
    [
        ("東区役所の電話番号は？", "office"),
        ("近くの避難所はどこ？", "nearest"),
        ("メニュー", "menu"),
        ("予約の確認", "booking"),
    ],
)
def test_what_others_answer_stays_theirs(resident: Speaker, clerk: Clerk, asked: str, handler: str) -> None:
    assert resident.says(asked).routed.handler == handler
    assert len(said(resident)) == 1


def test_a_plain_reply_to_what_staff_asked_goes_to_them(resident: Speaker, clerk: Clerk) -> None:
    clerk.answers("どの区にお住まいで、お子さんは何人ですか。")
    hold(resident, [("東区役所の近くです", PASSED_ON)])
    assert resident.hears("2") == ""
    assert resident.hears("はい") == "", "an answer to staff, not small talk"
    assert said(resident)[1:] == ["東区役所の近くです", "2", "はい"]
    assert of_resident(resident)[0].state is State.TAKEN


def test_a_clear_question_right_after_what_staff_said_is_answered(resident: Speaker, clerk: Clerk) -> None:
    clerk.answers("印鑑をお持ちください。")
    hold(resident, [("粗大ごみの出し方を教えてください", "ごみゼロコール")])
    assert len(said(resident)) == 1


def test_a_question_that_only_they_can_answer_goes_to_them(resident: Speaker, clerk: Clerk) -> None:
    clerk.answers("印鑑をお持ちください。")
    hold(resident, [("それは三文判のでもよかとでしょうか", PASSED_ON)])
    assert len(said(resident)) == 2


def test_thanks_are_no_work_for_staff(resident: Speaker, clerk: Clerk) -> None:
    clerk.answers("窓口は9時からです。")
    hold(resident, [("ありがとうございます", "この件は、これで解決しましたか"), ("はい", "終わりにします")])
    assert len(said(resident)) == 1
    assert of_resident(resident)[0].ending is Ending.SOLVED


def test_thanks_while_waiting_are_small_talk(resident: Speaker, clerk: Clerk) -> None:
    assert resident.says("よろしくお願いします").routed.handler == "smalltalk"
    assert len(said(resident)) == 1


def test_back_to_the_bot_and_to_staff_again(resident: Speaker, clerk: Clerk) -> None:
    hold(
        resident,
        [("妹も一緒に住んでいます", PASSED_ON), (">自動応答に戻る", "ここからは自動応答がお答えします")],
    )
    hold(resident, [("ラジコン飛行機を飛ばせる場所", "見つかりませんでした")])
    assert "職員に送る" in resident.buttons, "no dead end"
    assert len(said(resident)) == 2
    hold(resident, [("職員へ", "職員に伝えること"), ("弟もいます", "書き足しました")])
    assert said(resident)[2:] == ["弟もいます"]


def test_back_with_the_bot_it_stays_so_for_days(resident: Speaker, clerk: Clerk) -> None:
    hold(resident, [("自動応答に戻る", "ここからは自動応答")])
    resident.talk.now += timedelta(days=1)
    hold(resident, [("ラジコン飛行機を飛ばせる場所", "見つかりませんでした")])


def test_what_staff_say_then_can_be_replied_to(resident: Speaker, clerk: Clerk) -> None:
    hold(resident, [("自動応答に戻る", "ここからは自動応答")])
    clerk.answers("どちらの区ですか。")
    hold(resident, [("東区です", PASSED_ON)])


def test_to_staff_of_who_has_no_case_is_to_a_person(resident: Speaker) -> None:
    assert resident.says("職員へ").routed.handler == "escalation"


def test_nobody_on_the_case_yet_the_bot_answers_as_always(resident: Speaker) -> None:
    hand_over(resident)
    hold(resident, [("ラジコン飛行機を飛ばせる場所", "見つかりませんでした")])
    assert "職員に送る" in resident.buttons


def test_hours_after_an_answer_the_bot_answers_as_always(resident: Speaker, clerk: Clerk) -> None:
    clerk.answers("窓口は9時からです。")
    resident.talk.now += timedelta(hours=5)
    hold(resident, [("ラジコン飛行機を飛ばせる場所", "見つかりませんでした")])
    assert "職員に送る" in resident.buttons


def test_danger_comes_first(resident: Speaker, clerk: Clerk) -> None:
    hold(resident, [("いま夫に殴られています", "110")])
    assert len(said(resident)) == 1


def test_personal_data_is_masked_also_here(resident: Speaker, clerk: Clerk) -> None:
    hold(resident, [("山田花子と申します。妹も一緒に住んでいます。090-1234-5678", "その部分を伏せました")])
    assert "090" not in said(resident)[1]


def test_pictures_do_not_reach_them(resident: Speaker, clerk: Clerk) -> None:
    hold(resident, [(Media("file", MessageId("1")), "職員にも、写真やファイル、音声は届きません")])


def test_what_is_being_written_is_not_lost_when_the_answer_comes(resident: Speaker, clerk: Clerk) -> None:
    hold(
        resident,
        [
            ("人に相談", "承っています"),
            ("ここで伝える", "文章で"),
            ("別の困りごとです", "まだ送っていません"),
        ],
    )
    clerk.answers("窓口は9時からです。")
    hold(resident, [("このトークで", "お問い合わせを送りました")])
    assert len(of_resident(resident)) == 2


def test_what_the_button_under_an_answer_says_can_be_typed(resident: Speaker, clerk: Clerk) -> None:
    clerk.takes()
    asked = "ごみの収集日はいつですか"
    hold(
        resident,
        [(asked, "ごみ"), ("職員に送る", "書き足しました"), ("職員に送る", "このトークに送ってください")],
    )
    assert said(resident).count(asked) == 1
