"""A resident's own bookings: looked up, moved, cancelled and taken back; and told to nobody else."""

from datetime import date, timedelta

import pytest

from bot.telling import links
from handlers.turn import Pressed
from store import bookings, closing, slots
from store.audit import SERVICE
from store.bookings import Channel, State
from store.links import Link, Purpose, look
from store.receipts import shown
from tests.conftest import NOON
from tests.dialogue import Speaker, hold
from tests.handlers.booking_town import CONSULTATION, book_out, of_resident, person, send_form

TOMORROW = ("法律相談 明日 予約", "1. 13:00〜13:30")
NONE = "このトークでのご予約は、見つかりませんでした。"


@pytest.fixture
def booked(booker: Speaker) -> Speaker:
    """Somebody who has booked 13時 tomorrow."""
    hold(booker, [TOMORROW, ("1", "お取りしています")])
    send_form(booker)
    return booker


@pytest.fixture
def twice(booked: Speaker) -> Speaker:
    """The same with one more booking, for somebody of the family."""
    hold(booked, [("人権相談 東区 予約", "1. 12月3日（木）"), ("1", "お取りしています")])
    send_form(booked, "熊本 一郎")
    return booked


@pytest.mark.parametrize(
    "said",
    [
        "予約の確認",
        "予約はいつ",
        "予約はいつだっけ",
        "私の予約を見たい",
        "予約取れてますか",
        "受付番号を忘れた",
    ],
)
def test_looked_up(booked: Speaker, said: str) -> None:
    (mine,) = of_resident(booked)
    hold(
        booked,
        [
            (said, "【ご予約】\n11月25日（水）13時から13時30分まで\n状況：決まっています"),
            (said, f"受付番号：{shown(mine.receipt)}"),
            (said, "会場は確認できていません。お電話（096-334-1500）でお尋ねください。"),
        ],
    )
    assert booked.buttons[:3] == ["日時を変える", "取り消す", "カレンダーに入れる"]


def test_the_calendar_of_a_booking_that_was_moved(booked: Speaker) -> None:
    hold(booked, [("予約を変更したい", "新しい日時"), ("来週の水曜", "番号"), ("2", "【日時を変えました】")])
    assert booked.told is not None
    (link,) = (each for each in links(booked.told.routed.reply) if "/r/" in each)
    with booked.talk.database.read() as tx:
        found = look(tx, Purpose.RECEIPT, link.rpartition("/")[2], booked.talk.now)
    (mine,) = of_resident(booked)
    assert isinstance(found, Link)
    assert (found.resident, found.about) == (mine.resident, mine.id)


def test_neutral_words(booked: Speaker) -> None:
    for said in ("予約の確認", "予約を変更したい", "予約をキャンセルしたい"):
        assert "法律" not in booked.hears(said)
        assert "熊本 花子" not in booked.hears(said)


@pytest.mark.parametrize(
    "said", ["予約の確認", "予約を変更したい", "予約をキャンセルしたい", "行けなくなりました"]
)
def test_nobody_elses_are_shown(booked: Speaker, other: Speaker, said: str) -> None:
    hold(other, [(said, NONE)])


def test_a_receipt_shows_nothing_to_others(booked: Speaker, other: Speaker) -> None:
    (mine,) = of_resident(booked)
    for said in (
        f"受付番号 {shown(mine.receipt)}",
        f"受付番号は{shown(mine.receipt)}です",
        shown(mine.receipt),
    ):
        hold(booked, [(said, "11月25日（水）13時から13時30分まで")])
        hold(other, [(said, NONE)])


@pytest.mark.parametrize("said", ["予約を変更したい", "予約の日を変えたい", "予約を別の日にしたい"])
def test_moved_by_words(booked: Speaker, said: str) -> None:
    hold(
        booked,
        [
            (said, "新しい日時が決まるまで、いまのご予約はそのままです。"),
            ("来週の水曜", "新しい時間を押すか、番号を送ってください。"),
            ("2", "【日時を変えました】\n12月2日（水）13時30分から14時まで"),
            (">元の日時に戻す", "11月25日（水）13時から13時30分まで"),
        ],
    )
    assert [str(each.day) for each in of_resident(booked)] == ["2026-11-25"]


def test_moved_to_a_day_that_is_asked_back(booked: Speaker) -> None:
    hold(
        booked,
        [
            ("予約を変更したい", "新しい日時をえらんでください"),
            ("次の金曜", "どちらの日でしょうか"),
            (">12月4日", "12月4日（金）\n新しい時間を押すか"),
            ("1", "【日時を変えました】"),
        ],
    )


def test_moved_to_a_day_that_is_said_at_once(booked: Speaker) -> None:
    hold(
        booked,
        [
            ("予約を金曜に変更したい", "2. 12月4日（金）"),
            ("1", "1. 13:00〜13:30"),
            (">1. 13:00", "【日時を変えました】"),
        ],
    )


def test_moved_by_button_after_the_talk_was_about_something_else(booked: Speaker) -> None:
    hold(
        booked,
        [
            ("予約の確認", "決まっています"),
            (">日時を変える", "新しい日時をえらんでください"),
            (">2. 11月27日", "押すと、その時間に変わります。"),
            ("やめる", "すでに決まっているご予約は、そのままです。"),
        ],
    )
    assert [str(each.day) for each in of_resident(booked)] == ["2026-11-25"]


def test_what_it_is_moved_to_may_be_taken(booked: Speaker) -> None:
    hold(booked, [("予約を変更したい", "1. 11月25日"), ("2", "1. 13:00〜13:30")])
    book_out(booked, day=date(2026, 11, 27))
    hold(booked, [("1", "ほかの方が先にお取りになりました。\nいまのご予約は、そのままです。")])
    assert [each.state for each in of_resident(booked)] == [State.CONFIRMED]


@pytest.mark.parametrize(
    "said",
    [
        "キャンセルしたい",
        "予約をキャンセルしたい",
        "予約を取り消してください",
        "行けなくなりました",
        "キャンセル",
    ],
)
def test_cancelled_after_a_question(booked: Speaker, said: str) -> None:
    hold(
        booked,
        [
            (said, "【このご予約を取り消しますか】\n11月25日（水）13時から13時30分まで"),
            ("はい", "11月25日（水）13時から13時30分までのご予約を取り消しました。"),
            ("予約の確認", NONE),
        ],
    )


def test_not_cancelled(booked: Speaker) -> None:
    hold(
        booked,
        [
            ("予約をキャンセルしたい", "取り消しますか"),
            ("いいえ", "わかりました。ご予約は、そのままです。"),
            ("予約をキャンセルしたい", "取り消しますか"),
            (">取り消さない", "状況：決まっています"),
        ],
    )


def test_cancelling_is_taken_back(booked: Speaker) -> None:
    (before,) = of_resident(booked)
    hold(
        booked,
        [
            ("予約の確認", "決まっています"),
            (">取り消す", "取り消しますか"),
            (">はい、取り消す", "取り消しました"),
            (">取り消しをやめて元に戻す", "ご予約を元に戻しました。"),
        ],
    )
    (after,) = of_resident(booked)
    assert (after.receipt, after.slot, after.state) == (before.receipt, before.slot, State.CONFIRMED)


def test_cancelling_is_not_taken_back_where_the_place_is_gone(booked: Speaker) -> None:
    hold(booked, [("キャンセルしたい", "取り消しますか"), ("はい", "取り消しました")])
    book_out(booked, day=date(2026, 11, 25))
    hold(
        booked,
        [(">取り消しをやめて元に戻す", "元に戻せませんでした。申し訳ありません。そのお時間は、ほかの方が")],
    )


def test_which_of_several(twice: Speaker) -> None:
    hold(
        twice,
        [
            ("予約の確認", "11月25日（水）13時から13時30分まで"),
            ("予約の確認", "12月3日（木）13時から14時まで"),
            ("予約をキャンセルしたい", "【どのご予約を取り消しますか】"),
            ("2", "【このご予約を取り消しますか】\n12月3日（木）13時から14時まで"),
            ("いいえ", "そのままです"),
            ("予約を変更したい", "【どのご予約を変えますか】"),
            (">1. 11月25日", "新しい日時をえらんでください"),
        ],
    )


def test_limits_are_of_the_person_and_not_of_who_books(booker: Speaker) -> None:
    """A daughter books for both of her parents, and not twice for one."""
    for number, name in ((1, "熊本 太郎"), (2, "熊本 花子")):
        hold(booker, [("法律相談 明日 予約", "1."), (str(number), "ご家族の分でも予約できます。")])
        send_form(booker, name)
    assert len(of_resident(booker)) == 2
    with booker.talk.database.write() as tx:
        free = slots.free(tx, [CONSULTATION], NOON, NOON + timedelta(days=9), Channel.PHONE, NOON)
        again = bookings.book(
            tx, free[-1].id, CONSULTATION, Channel.PHONE, person(tx, "熊本 花子"), None, SERVICE, NOON
        )
    assert not isinstance(again, bookings.Booking)


def test_what_the_city_closed_is_moved_by_one_tap(booked: Speaker) -> None:
    (mine,) = of_resident(booked)
    assert mine.slot is not None
    with booked.talk.database.write() as tx:
        closing.close(tx, mine.slot.id, SERVICE, NOON)
    hold(
        booked,
        [
            ("予約の確認", "状況：中止になりました"),
            (">日時を変える", "1. 11月25日"),
            ("2", "1. 13:00〜13:30"),
            ("1", "【日時を変えました】\n11月27日（金）13時から13時30分まで"),
        ],
    )


def test_an_entry_and_an_application_are_cancelled_too(booker: Speaker) -> None:
    hold(booker, [("人権相談 南区 予約", "抽選し"), ("1", "抽選です。")])
    send_form(booker)
    hold(booker, [("高齢者健診の受診券の申込みをしたい", "申し込みが終わります")])
    send_form(booker)
    hold(
        booker,
        [
            ("予約の確認", "状況：抽選を待っています"),
            ("予約の確認", "11月24日（火）のお申し込み\n状況：申し込み済みです"),
            ("予約をキャンセルしたい", "どのご予約を取り消しますか"),
            ("1", "12月9日（水）9時から12時まで"),
            ("はい", "取り消しました"),
        ],
    )


def test_buttons_of_a_booking_are_nobody_elses(booked: Speaker, other: Speaker) -> None:
    (mine,) = of_resident(booked)
    assert mine.slot is not None
    booked.says("予約をキャンセルしたい")
    assert booked.told is not None
    card = booked.told.routed.reply.parts[0]
    press = Pressed(card.choices[0].does.data)  # type: ignore[union-attr]
    gone = "申し訳ありません。このボタンは、もう使えません。知りたいことがあれば、文章で送ってください。"
    assert other.hears(press) == gone
    forged = f"booking:day:legal:{mine.id}:2026-11-27T00:00+09:00"
    hold(other, [(Pressed(forged), "1. 13:00〜13:30"), ("1", gone)])
    assert [each.state for each in of_resident(booked)] == [State.CONFIRMED]
