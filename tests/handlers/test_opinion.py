"""パブリックコメント in the talk: what is open, sending, the close to the second, one's own opinions."""

import re
from datetime import timedelta

import pytest

from handlers.turn import Plain, Pressed
from nlp.language import Language
from store import opinions
from store.opinions import Opinion, State
from tests.dialogue import Speaker, hold
from tests.handlers.opinions_town import (
    A_SECOND,
    BY_POST,
    CLOSES,
    LATER,
    PARKS,
    WITH_NAME,
    before_the_close,
    open_plans,
)

SEND, SEND_AND_TELL = ">送る（知らせは不要）", ">送る（結果も知らせて）"
WRITTEN = "ベンチを増やしてほしい。日陰も足りません。"


@pytest.fixture
def writer(resident: Speaker) -> Speaker:
    """Somebody in a city that asks for opinions on a draft for two more days."""
    open_plans(resident.talk.database, PARKS)
    return before_the_close(resident)


def theirs(speaker: Speaker) -> tuple[Opinion, ...]:
    with speaker.talk.database.read() as tx:
        return opinions.of_resident(tx, speaker.talk.resident)


@pytest.mark.parametrize(
    "said", ["パブリックコメント", "パブコメ", "今募集している案は？", "パブコメを出したい"]
)
def test_what_is_open_with_the_close_and_how_long_is_left(writer: Speaker, said: str) -> None:
    heard = writer.hears(said)
    assert "いま意見を募集している案は1件です。" in heard
    for told in (PARKS.name, PARKS.summary, "6月30日（火） 17時まで", "あと2日と0時間"):
        assert told in heard
    hold(writer, [(">くわしく見る", "どなたでも"), (">募集中の案を見る", PARKS.name)])


def test_an_opinion_is_written_shown_once_more_and_sent(writer: Speaker) -> None:
    hold(
        writer,
        [
            ("パブリックコメント", PARKS.name),
            (">ここに意見を書く", "そのまま書いて送ってください"),
            ("ベンチを増やしてほしい。", "まだ送っていません"),
            ("日陰も足りません。", "ベンチを増やしてほしい。\n日陰も足りません。"),
            (SEND_AND_TELL, "ご意見を受け付けました"),
        ],
    )
    (sent,) = theirs(writer)
    assert (sent.words, sent.wants_to_be_told) == ("ベンチを増やしてほしい。\n日陰も足りません。", True)
    assert re.search(r"[0-9A-Z]{3}-[0-9A-Z]{4}", writer.hears("送った意見を見る"))


def test_sent_twice_is_one(writer: Speaker) -> None:
    hold(writer, [("パブコメ", ""), (">ここに意見を書く", ""), (WRITTEN, "")])
    pressed = writer.talk.understand(SEND)
    hold(writer, [(pressed, "受け付けました"), (pressed, "もう使えません")])
    assert len(theirs(writer)) == 1


@pytest.mark.parametrize(
    ("late_by", "taken"),
    [(-A_SECOND, True), (timedelta(0), False), (A_SECOND, False)],
    ids=["a second before", "at the close", "a second after"],
)
def test_the_second_before_and_after_the_close(writer: Speaker, late_by: timedelta, taken: bool) -> None:
    writer.talk.now = CLOSES - timedelta(minutes=10)
    hold(writer, [("パブコメ", PARKS.name), (">ここに意見を書く", "17時まで"), (WRITTEN, "あと10分")])
    writer.talk.now = CLOSES + late_by
    heard = writer.hears(SEND)
    assert ("受け付けました" in heard) is taken
    assert len(theirs(writer)) == taken
    if not taken:
        assert "6月30日（火） 17時までで締め切りました" in heard
        assert WRITTEN in heard, "their words are shown again"
        assert "郵送（〒000-0000 公園課）、ファクス" in heard, "the other ways that the city names"
        assert writer.buttons


def test_who_writes_over_the_close_is_told_with_their_next_words(writer: Speaker) -> None:
    before_the_close(writer, by=A_SECOND)
    hold(writer, [("パブコメ", ""), (">ここに意見を書く", ""), ("ベンチを増やして。", "あと0分")])
    writer.talk.now = CLOSES + A_SECOND
    hold(
        writer,
        [("日陰も。", "ベンチを増やして。\n日陰も。"), ("パブコメ", "いま意見を募集している案はありません")],
    )
    assert theirs(writer) == ()


def test_nothing_is_open_and_what_was_and_will_be_is_told(resident: Speaker) -> None:
    open_plans(resident.talk.database, PARKS, LATER)
    resident.talk.now = CLOSES + A_SECOND
    hold(
        resident,
        [
            ("今募集している案は？", "これから：川の計画（素案）（7月1日（水）から）"),
            (
                "パブコメ",
                "終わった募集：公園計画（素案）（6月30日（火）まで）\n結果は9月1日（火）ごろ公表の予定です。",
            ),
        ],
    )


def test_the_city_as_it_ships_invents_no_open_draft(resident: Speaker) -> None:
    heard = resident.hears("パブリックコメント")
    assert "いま意見を募集している案はありません。" in heard
    assert "https://www.town.gyokuto.kumamoto.jp/kiji0031802/index.html" in heard


def test_a_draft_that_needs_a_name_leads_to_the_page(resident: Speaker) -> None:
    open_plans(resident.talk.database, WITH_NAME)
    before_the_close(resident)
    hold(resident, [("パブコメ", WITH_NAME.name), (">くわしく見る", "お名前とご住所が要ります")])
    assert "ページで書く" in resident.buttons
    assert "ここに意見を書く" not in resident.buttons


def test_a_draft_that_is_not_taken_here_tells_how_to_send(resident: Speaker) -> None:
    open_plans(resident.talk.database, BY_POST)
    before_the_close(resident)
    hold(
        resident,
        [("パブコメ", BY_POST.name), (">くわしく見る", "出し方：郵送（〒000-0000 公園課）、ファクス")],
    )
    assert not {"ページで書く", "ここに意見を書く"} & set(resident.buttons)


def test_an_opinion_is_withdrawn_until_the_close_and_its_words_go_at_once(writer: Speaker) -> None:
    hold(writer, [("パブコメ", ""), (">ここに意見を書く", ""), (WRITTEN, ""), (SEND, "受け付けました")])
    hold(
        writer,
        [
            ("意見を取り下げたい", "お送りいただいた"),
            (">取り下げる", "元には戻せません"),
            (">取り下げない", "ご意見はそのままです"),
            (">取り下げる", "元には戻せません"),
        ],
    )
    yes = writer.talk.understand(">取り下げます")
    hold(writer, [(yes, "言葉は消しました")])
    (sent,) = theirs(writer)
    assert (sent.state, sent.words) == (State.WITHDRAWN, "")


def test_after_the_close_nothing_is_withdrawn(writer: Speaker) -> None:
    before_the_close(writer, by=timedelta(minutes=1))
    hold(writer, [("パブコメ", ""), (">ここに意見を書く", ""), (WRITTEN, ""), (SEND, "受け付けました")])
    hold(writer, [("送った意見", ""), (">取り下げる", "元には戻せません")])
    writer.talk.now = CLOSES + A_SECOND
    hold(writer, [(">取り下げます", "過ぎたため、取り下げられません")])
    (sent,) = theirs(writer)
    assert (sent.state, sent.words) == (State.RECEIVED, WRITTEN)


def test_to_be_told_is_chosen_and_given_up(writer: Speaker) -> None:
    hold(writer, [("パブコメ", ""), (">ここに意見を書く", ""), (WRITTEN, ""), (SEND, "受け付けました")])
    hold(
        writer,
        [
            (">結果が出たら知らせて", "ここでお知らせします"),
            (">結果の知らせはいらない", "お知らせはしません"),
        ],
    )
    assert [each.wants_to_be_told for each in theirs(writer)] == [False]


def test_danger_comes_first_and_the_opinion_waits(writer: Speaker) -> None:
    hold(
        writer,
        [
            ("パブコメ", ""),
            (">ここに意見を書く", ""),
            (WRITTEN, ""),
            ("助けて、家が火事です", "119"),
            (">意見の続きを書く", WRITTEN),
            (SEND, "受け付けました"),
        ],
    )
    assert [each.words for each in theirs(writer)] == [WRITTEN]


def test_personal_data_is_masked_and_the_way_out_sends_nothing(writer: Speaker) -> None:
    hold(writer, [("パブコメ", ""), (">ここに意見を書く", "")])
    heard = writer.hears("連絡は090-1234-5678へ。ベンチを。")
    assert "1234" not in heard
    hold(writer, [("やめる", "")])
    assert theirs(writer) == ()


@pytest.mark.parametrize("language", list(Language))
def test_the_whole_way_is_spoken_in_every_language(writer: Speaker, language: Language) -> None:
    writer.speaks(language)
    for pressed in ("opinion:list", f"opinion:plan:{PARKS.id}", f"opinion:write:{PARKS.id}"):
        writer.says(Pressed(pressed))
    writer.says(WRITTEN)
    assert writer.told is not None
    parts = writer.told.routed.reply.parts
    assert any(isinstance(part, Plain) and WRITTEN in part.text for part in parts)
    assert writer.buttons
