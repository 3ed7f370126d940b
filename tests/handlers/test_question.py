"""Questions in residents' own words: the answer, candidates, or an honest "not yet"."""

import pytest

from handlers import question
from handlers.turn import ReplyOutcome
from store import queries
from tests.dialogue import Speaker, hold

CENTRE = "096-334-1500"


@pytest.mark.parametrize(
    ("asked", "answered"),
    [
        ("ごみの分け方を知りたい", "燃やすごみ"),
        ("引っ越してきたら何日以内に届け出る?", "14日以内"),
        ("子どもが生まれたときの手続きは？", "出生届"),
        ("児童手当はいくら？", "15,000円"),
        ("犬を飼い始めた。登録は？", "3,000円"),
    ],
)
def test_an_answer(resident: Speaker, asked: str, answered: str) -> None:
    hold(resident, [(asked, answered)])


def test_an_answer_is_complete(resident: Speaker) -> None:
    heard = resident.hears("ごみの分け方を知りたい")
    for part in ("担当：", "電話：", "出典：", "お役に立ちましたか"):
        assert part in heard
    assert resident.buttons[:2] == ["役に立った", "役に立たなかった"]
    assert {"人に相談", "メニュー"} <= set(resident.buttons)


@pytest.mark.parametrize("asked", ["おすすめのラーメン屋は", "asdf", "明日の株価は"])
def test_what_the_city_does_not_know_gets_no_answer(resident: Speaker, asked: str) -> None:
    told = resident.says(asked)
    assert told.routed.reply.outcome == "none"
    hold(resident, [(asked, CENTRE)])


def test_no_answer_says_whether_somebody_answers_the_telephone_now(resident: Speaker) -> None:
    hold(resident, [("asdf", "いま受付中です（20時まで）")])


@pytest.mark.parametrize(
    ("text", "foreign"),
    [
        ("asdf qwer", False),
        ("lorem ipsum dolor", True),
        ("（lorem,ipsum d", True),
        ("a lorem ipsum d", True),
        ("LINE 申請 WEB 申請 PDF", False),
        ("n" * 5_000, False),
    ],
)
def test_three_words_in_latin_letters_are_foreign(text: str, foreign: bool) -> None:
    assert bool(question._FOREIGN.search(text)) is foreign


def test_two_misses_in_a_row_lead_to_a_person(resident: Speaker) -> None:
    hold(resident, [("asdf", "見つかりませんでした"), ("qwer", "次の番号へお電話")])
    assert resident.buttons[0] == "人に相談"


def test_an_answer_between_two_misses_starts_anew(resident: Speaker) -> None:
    hold(
        resident,
        [
            ("asdf", "見つかりませんでした"),
            ("ごみの分け方を知りたい", "燃やすごみ"),
            ("qwer", "見つかりませんでした"),
        ],
    )


def test_bereavement_is_met_with_condolences_and_no_survey(resident: Speaker) -> None:
    heard = resident.hears("父が亡くなりました。死亡届はいつまで？")
    assert heard.startswith("このたびはお悔やみ申し上げます。")
    assert "お役に立ちましたか" not in heard
    assert "役に立った" not in resident.buttons


def test_nobody_is_offered_condolences_who_spoke_of_no_death(resident: Speaker) -> None:
    heard = resident.hears("庭でニワトリを飼いたい")
    assert "どれについて" in heard
    assert "お悔やみ" not in heard


def test_offensive_words_are_not_echoed(resident: Speaker) -> None:
    assert "くそ" not in resident.hears("くそ役所 ごみの分け方を教えろ")


def test_personal_data_is_masked_and_the_resident_told(resident: Speaker) -> None:
    asked = "私は山田太郎です。090-1234-5678です。ごみの分け方を教えて"
    hold(resident, [(asked, "伏せました")])
    with resident.talk.database.read() as tx:
        kept = " ".join(queries.texts_of(tx, resident.talk.resident))
    assert "ごみの分け方" in kept
    assert "山田" not in kept
    assert "1234" not in kept


def test_an_answer_is_given_although_it_was_refused_before(resident: Speaker) -> None:
    hold(resident, [("マイナンバーカード", "どれについて"), ("なし", "見つかりませんでした")])
    hold(resident, [("マイナンバーカードをなくしました。", "出典：")])


def test_nobody_bereaved_reads_of_suicide_further_down_a_list(resident: Speaker) -> None:
    for said in ("父が死んだ", "おばあちゃんが死にました", "暇すぎて死ぬ"):
        resident.says(said)
        assert not [label for label in resident.buttons[1:] if "消えてしまいたい" in label], said


def test_another_language_leads_to_who_speaks_it(resident: Speaker) -> None:
    hold(resident, [("Where can I buy a wedding dress?", "096-359-2121"), ("환전은 어디서", "096-359-2121")])


def test_a_long_message_is_asked_for_in_pieces(resident: Speaker) -> None:
    assert "一つずつ" in resident.hears("ぬるぽがっとなのだけれども、" * 12)


@pytest.mark.parametrize("asked", ["大阪市北区役所の電話番号", "宇城市の水道の開栓", "福岡市のごみの出し方"])
def test_another_city_is_not_answered_for(resident: Speaker, asked: str) -> None:
    hold(resident, [(asked, "その市区町村の役所に")])


@pytest.mark.parametrize(
    "asked", ["福岡市から引っ越してきました。転入届はいつまで？", "熊本市のごみの分け方", "都市の緑化"]
)
def test_who_moves_or_names_this_city_is(resident: Speaker, asked: str) -> None:
    assert "その市区町村の役所に" not in resident.hears(asked)


@pytest.mark.parametrize("asked", ["土曜のごみ", "日曜のごみ"])
def test_a_brief_question_is_not_answered_by_what_meets_half_of_it(resident: Speaker, asked: str) -> None:
    """When counters are closed is no answer, though that entry happens to speak of ごみ."""
    assert resident.says(asked).routed.reply.outcome is ReplyOutcome.CHOOSE
    assert any("ごみ" in button for button in resident.buttons)
