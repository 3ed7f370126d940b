"""How a case stands, and what its resident does about it: dialogues as pairs."""

from datetime import timedelta

import pytest

from bot import telling
from handlers.turn import Press, Pressed
from store.cases import Ending, State
from store.receipts import shown
from tests.dialogue import Speaker, hold
from tests.handlers.case_town import Clerk, hand_over, of_resident, said, told


@pytest.mark.parametrize(
    "asked",
    [
        "どうなった？",
        "返事まだ？",
        "問い合わせの状況",
        "回答はいつですか",
        "あの件はどうなりましたか",
        "遅い",
    ],
)
def test_how_it_stands(resident: Speaker, asked: str) -> None:
    case = hand_over(resident)
    hold(
        resident,
        [
            (asked, shown(case.receipt)),
            (asked, "担当の課が確認します"),
            (asked, "お返事：11月25日（水）の夕方まで"),
        ],
    )
    assert resident.buttons[:2] == ["書き足す", "取り下げる"]


def test_who_has_none_is_told_whom_to_ask(resident: Speaker) -> None:
    hold(resident, [("返事はまだですか", "見つかりませんでした")])
    assert "電話をかける" in resident.buttons


def test_vague_words_of_who_has_none_stay_what_they_were(resident: Speaker) -> None:
    assert resident.says("どうなった").routed.handler != "case_acts"


def test_through_all_its_states(resident: Speaker) -> None:
    hand_over(resident)
    clerk = Clerk(resident)
    clerk.takes()
    hold(resident, [("どうなった", "担当の職員が対応しています")])
    clerk.answers("窓口は9時からです。")
    hold(resident, [("どうなった", "お返事しました"), (">お返事を見る", "窓口は9時からです。")])
    hold(resident, [(">はい、解決した", "14日以内なら「もう一度聞く」"), ("どうなった", "解決しました")])
    assert "もう一度聞く" in resident.buttons


def test_a_broken_promise_is_owned_up_to(resident: Speaker) -> None:
    hand_over(resident)
    resident.talk.now += timedelta(days=7)
    hold(resident, [("どうなった", "お約束の時間を過ぎてしまい、申し訳ありません")])


def test_words_are_added(resident: Speaker) -> None:
    hand_over(resident)
    hold(
        resident,
        [
            ("書き足す", "文章で"),
            ("父も同じです", "書き足しました"),
            ("問い合わせに追加", "文章で"),
            ("母もです", "書き足し"),
        ],
    )
    assert said(resident)[1:] == ["父も同じです", "母もです"]


def test_adding_can_be_left(resident: Speaker) -> None:
    hand_over(resident)
    hold(
        resident,
        [("書き足す", "文章で"), (">やめる", "終わりにします"), ("粗大ごみの出し方", "ごみゼロコール")],
    )
    assert len(said(resident)) == 1


def test_taken_back_by_button_and_in_words(resident: Speaker) -> None:
    hand_over(resident)
    hold(resident, [("取り下げる", "取り下げますか"), (">取り下げない", "そのままです"), ("はい", "はい。")])
    assert of_resident(resident)[0].is_open
    hold(resident, [("取り下げたい", "取り下げますか"), ("いいえ", "そのままです")])
    hold(resident, [("問い合わせを取り消したい", "取り下げますか"), ("はい", "取り下げました")])
    assert of_resident(resident)[0].ending is Ending.WITHDRAWN
    hold(resident, [("どうなった", "取り下げられました")])


def test_a_withdrawal_is_pressed_once(resident: Speaker) -> None:
    hand_over(resident)
    hold(resident, [("取り下げる", "取り下げますか")])
    press = resident.talk.understand(">はい、取り下げる")
    hold(resident, [(press, "取り下げました"), (press, "もう使えません")])  # type: ignore[list-item]


def test_of_two_cases_the_resident_says_which(resident: Speaker) -> None:
    first = hand_over(resident, "保育園のことで困っています")
    resident.talk.now += timedelta(hours=2)
    second = hand_over(resident, "公園の街灯が消えています")
    hold(resident, [("どうなった", shown(first.receipt)), ("書き足す", "どのお問い合わせでしょうか")])
    heard = resident.hears("どうなった")
    assert shown(first.receipt) in heard
    assert shown(second.receipt) in heard
    older = [choice for choice in telling.choices(resident.told.routed.reply) if choice.label == "書き足す"][
        1
    ]  # type: ignore[union-attr]
    assert isinstance(older.does, Press)
    hold(resident, [(Pressed(older.does.data), "文章で"), ("二歳の子です", "書き足しました")])
    assert said(resident, 1)[1:] == ["二歳の子です"]
    assert len(said(resident, 0)) == 1


def test_who_has_a_case_adds_to_it_or_opens_another_on_purpose(resident: Speaker) -> None:
    hand_over(resident)
    hold(resident, [("人に相談", "お問い合わせを、担当が承っています")])
    assert {"状況を見る", "書き足す", "別の用件を伝える", "電話をかける"} <= set(resident.buttons)
    hold(resident, [(">書き足す", "文章で"), ("追加です", "書き足しました")])
    hold(resident, [("人に相談", "「別の用件を伝える」を押すと"), (">別の用件を伝える", "")])
    assert len(of_resident(resident)) == 1


def test_taken_up_again_within_a_fortnight_it_is_the_same(resident: Speaker) -> None:
    case = hand_over(resident)
    Clerk(resident).answers("届け出は要りません。")
    hold(resident, [("解決した", "終わりにします")])
    resident.talk.now += timedelta(days=6)
    hold(
        resident,
        [
            ("どうなった", "解決しました"),
            (">もう一度聞く", "つづきとして"),
            ("また通知が来ました", "つづきとして承りました"),
        ],
    )
    (same,) = of_resident(resident)
    assert (same.id, same.reopened, same.is_open) == (case.id, 1, True)
    assert said(resident)[-1] == "また通知が来ました"


def test_later_it_is_a_new_one_that_names_the_old(resident: Speaker) -> None:
    case = hand_over(resident)
    Clerk(resident).answers("届け出は要りません。")
    hold(resident, [("解決した", "終わりにします")])
    resident.talk.now += timedelta(days=15)
    hold(
        resident,
        [
            ("どうなった", "解決しました"),
            (">もう一度聞く", "14日を過ぎたため、新しいお問い合わせとして"),
            ("また通知が来ました", shown(case.receipt)),
            ("このトークで", "お問い合わせを送りました"),
        ],
    )
    new, old = of_resident(resident)
    assert (old.id, old.state) == (case.id, State.CLOSED)
    assert shown(case.receipt) in said(resident)[0]
    assert "また通知が来ました" in said(resident)[0]
    assert new.section == old.section


def test_a_case_can_be_asked_about_while_another_is_being_written(resident: Speaker) -> None:
    case = hand_over(resident)
    hold(
        resident,
        [
            ("人に相談", "承っています"),
            ("ここで伝える", "文章で"),
            ("別の困りごとです", "まだ送っていません"),
        ],
    )
    hold(resident, [("返事まだ？", shown(case.receipt)), ("このトークで", "お問い合わせを送りました")])
    assert len(of_resident(resident)) == 2
    assert told(resident) == ()


@pytest.mark.parametrize("again", ["もう一度聞く", "もう一度聞きたい"])
def test_the_words_that_lead_back_can_be_typed(resident: Speaker, again: str) -> None:
    case = hand_over(resident)
    Clerk(resident).closes()
    resident.talk.now += timedelta(days=2)
    hold(resident, [(again, "つづきとして伝えます"), ("まだ困っています", "つづきとして承りました")])
    (same,) = of_resident(resident)
    assert (same.id, same.reopened) == (case.id, 1)


def test_the_words_that_lead_back_take_up_what_ended_last(resident: Speaker) -> None:
    older = hand_over(resident, "保育園のことで困っています")
    clerk = Clerk(resident)
    clerk.closes()
    resident.talk.now += timedelta(hours=2)
    newer = hand_over(resident, "公園の街灯が消えています")
    hold(resident, [("もう一度聞く", "つづきとして伝えます"), ("二歳の子です", "つづきとして承りました")])
    assert [(each.id, each.reopened) for each in of_resident(resident)] == [(newer.id, 0), (older.id, 1)]


def test_how_it_stands_asks_again_whether_it_is_solved(resident: Speaker) -> None:
    hand_over(resident)
    Clerk(resident).answers("窓口は9時からです。")
    hold(resident, [("自動応答に戻る", "自動応答がお答えします"), ("どうなった", "解決しましたか")])
    hold(resident, [("まだ", "まだ解決していないことを、担当に伝えました")])
    assert of_resident(resident)[0].state is State.TAKEN


def test_solved_is_typed_hours_later(resident: Speaker) -> None:
    hand_over(resident)
    Clerk(resident).answers("窓口は9時からです。")
    hold(resident, [("ごみの日はいつ", "収集"), ("どうなった", "解決しましたか"), ("はい", "終わりにします")])
    assert of_resident(resident)[0].ending is Ending.SOLVED


def test_a_receipt_that_is_typed_is_looked_up(resident: Speaker) -> None:
    case = hand_over(resident)
    hold(
        resident, [(shown(case.receipt), "担当の課が確認します"), (case.receipt.lower(), shown(case.receipt))]
    )
