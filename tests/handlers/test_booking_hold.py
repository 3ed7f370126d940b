"""A seat that is kept for ten minutes: told until when, longer on request, given up from any point."""

from datetime import timedelta

import pytest

from bot import telling
from handlers.turn import Pressed, Reply, Unfollowed
from store import links
from store.bookings import State
from store.db import Database
from store.links import Link, Purpose
from tests.dialogue import Speaker, hold
from tests.handlers.booking_town import book_out, of_resident, send_form

TOMORROW = ("法律相談 明日 予約", "1. 13:00〜13:30")
TAKEN = ("1", "12時10分まで、このお時間をお取りしています。")


def test_until_when_and_where_to_go_on(booker: Speaker, sqlite: Database) -> None:
    hold(booker, [TOMORROW, (">1. 13:00", "11月25日（水）13時から13時30分まで\n12時10分まで")])
    assert booker.buttons == ["入力ページを開く", "もっと時間がほしい", "別の時間", "やめる"]
    assert booker.told is not None
    (address,) = telling.links(booker.told.routed.reply)
    before, _, token = address.rpartition("/f/")
    assert before == "http://127.0.0.1:8000"
    (held,) = of_resident(booker)
    with sqlite.read() as tx:
        link = links.look(tx, Purpose.BOOKING_FORM, token, booker.talk.now)
    assert isinstance(link, Link)
    assert (link.resident, link.about) == (booker.talk.resident, held.id)


def test_names_are_not_to_be_written_here(booker: Speaker) -> None:
    hold(booker, [TOMORROW, ("1", "お名前や電話番号は、このトークには書かないでください。")])


@pytest.mark.parametrize(
    "said", ["山田太郎です", "山田太郎", "やまだはなこ", "090-1234-5678", "昭和30年5月3日生まれです"]
)
def test_who_writes_a_name_is_led_to_the_form(booker: Speaker, said: str) -> None:
    hold(booker, [TOMORROW, TAKEN, (said, "このトークではなく、下のボタンで開くページに入れてください。")])
    assert "入力ページを開く" in booker.buttons
    with booker.talk.database.read() as tx:
        assert tx.connection.exec_driver_sql("SELECT count(*) FROM queries").scalar() == 0


def test_what_was_written_is_masked_and_said_to_be(booker: Speaker) -> None:
    hold(
        booker, [TOMORROW, TAKEN, ("山田太郎です。090-1234-5678", "個人情報（お名前・電話番号）が入っていた")]
    )


@pytest.mark.parametrize(
    "said", [">もっと時間がほしい", "もっと時間がほしい", "延長してください", "時間が足りない"]
)
def test_ten_minutes_more_once(booker: Speaker, said: str) -> None:
    hold(
        booker,
        [
            TOMORROW,
            TAKEN,
            (said, "12時20分まで延ばしました。"),
            ("もっと時間がほしい", "延ばせるのは一度だけです。"),
        ],
    )
    assert "もっと時間がほしい" not in booker.buttons


def test_more_time_after_it_is_over(booker: Speaker) -> None:
    hold(booker, [TOMORROW, TAKEN])
    press = next(each for each in telling.choices(told(booker)) if each.label == "もっと時間がほしい")
    book_out_later(booker, timedelta(minutes=11))
    hold(booker, [(Pressed(press.does.data), "お取りしていた時間が過ぎました。")])  # type: ignore[union-attr]


def test_another_time_takes_the_place_of_the_first(booker: Speaker) -> None:
    hold(
        booker,
        [
            TOMORROW,
            TAKEN,
            (">別の時間", "1. 11月25日（水） 13:30〜 空き5"),
            ("2", "11月27日（金）\nご希望の時間"),
            ("1", "11月27日（金）13時から13時30分まで"),
        ],
    )
    assert [str(each.day) for each in of_resident(booker)] == ["2026-11-27"]


@pytest.mark.parametrize("said", ["やめる", ">やめる", "キャンセル"])
def test_given_up_and_said_so(booker: Speaker, said: str) -> None:
    hold(
        booker, [TOMORROW, TAKEN, (said, "お取りしていたお時間は、空きに戻しました。予約はされていません。")]
    )
    assert of_resident(booker) == ()


def test_from_the_start(booker: Speaker) -> None:
    hold(
        booker,
        [
            TOMORROW,
            TAKEN,
            ("はじめから", "お取りしていたお時間は、空きに戻しました。"),
            ("法律相談 明日 予約", "1. 13:00〜13:30"),
            ("はじめから", "1. 11月25日（水） 13:00〜 空き6"),
        ],
    )
    assert of_resident(booker) == ()


def test_to_stop_with_nothing_kept(booker: Speaker) -> None:
    hold(booker, [TOMORROW, ("やめる", "ここまでの話は終わりにします")])
    told = booker.says("やめる")
    assert told.routed.handler == "menu", "nothing is open any more"


def test_a_question_in_the_midst_is_answered_and_the_seat_kept(booker: Speaker) -> None:
    hold(booker, [TOMORROW, TAKEN])
    booker.talk.now += timedelta(minutes=4)
    hold(
        booker,
        [
            ("駐車場はある？", "市役所・区役所の駐車場"),
            ("駐車場はある？", "お時間は12時10分まで（あと約6分）お取りしています。"),
            ("メニュー", "あと約6分"),
            (">予約のつづき", "11月25日（水）13時から13時30分まで"),
            ("東区役所の電話番号", "あと約6分"),
            ("やめる", "空きに戻しました"),
        ],
    )
    assert "あと" not in booker.hears("駐車場はある？")


def test_in_danger_nothing_else_is_said(booker: Speaker) -> None:
    hold(booker, [TOMORROW, TAKEN])
    assert "お取りしています" not in booker.hears("父が倒れて息をしていません")
    hold(booker, [("予約の確認", "途中です（まだ決まっていません）")])


def test_who_leaves_keeps_no_seat(booker: Speaker) -> None:
    hold(booker, [TOMORROW, TAKEN])
    booker.says(Unfollowed())
    assert of_resident(booker) == ()


def test_who_leaves_keeps_what_is_booked(booker: Speaker) -> None:
    hold(booker, [TOMORROW, TAKEN])
    send_form(booker)
    booker.says(Unfollowed())
    assert [each.state for each in of_resident(booker)] == [State.CONFIRMED]


def test_somebody_was_faster(booker: Speaker, other: Speaker) -> None:
    hold(booker, [TOMORROW])
    hold(other, [TOMORROW, TAKEN])
    hold(
        booker,
        [
            ("1", "そのお時間は、ほかの方が先にお取りになりました。"),
            ("法律相談 明日 予約", "1. 13:30〜14:00"),
        ],
    )


def test_a_button_is_nobody_elses(booker: Speaker, other: Speaker) -> None:
    gone = "申し訳ありません。このボタンは、もう使えません。知りたいことがあれば、文章で送ってください。"
    hold(booker, [TOMORROW])
    button = first_button(booker)
    assert other.hears(button) == gone
    assert other.hears(Pressed("do:forged")) == gone
    assert TAKEN[1] in booker.hears(button), "the owner's still works"
    assert booker.hears(button).startswith(gone), "once"
    booker.talk.now += timedelta(days=8)
    assert booker.hears(button) == gone
    assert of_resident(other) == ()


def test_a_late_button_is_refused_in_the_same_words(booker: Speaker) -> None:
    hold(booker, [TOMORROW])
    button = first_button(booker)
    booker.talk.now += timedelta(days=8)
    hold(booker, [(button, "このボタンは、もう使えません。")])


def test_a_slot_that_filled_up_meanwhile(booker: Speaker) -> None:
    hold(booker, [TOMORROW])
    book_out(booker)
    hold(booker, [(">1.", "そのお時間は、ほかの方が先にお取りになりました。"), ("なし", "")])


def told(speaker: Speaker) -> Reply:
    assert speaker.told is not None
    return speaker.told.routed.reply


def book_out_later(speaker: Speaker, later: timedelta) -> None:
    """Time passes, and others take every place."""
    speaker.talk.now += later
    book_out(speaker, now=speaker.talk.now)


def first_button(speaker: Speaker) -> Pressed:
    assert speaker.told is not None
    press = telling.choices(speaker.told.routed.reply)[0].does
    return Pressed(press.data)  # type: ignore[union-attr]
