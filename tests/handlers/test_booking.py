"""Booking: from what is wanted to the times that are free."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest

from bot.talking import BadLine, ask
from faq.programmes import ProgrammeId
from faq.terms import Before, Mode
from handlers.turn import DatePicked, PickDate, Pressed
from nlp.japan import JAPAN
from store.bookings import State
from store.db import Database
from tests.dialogue import Speaker, hold
from tests.handlers.booking_town import (
    ALL,
    CONSULTATION,
    EAST,
    add_slot,
    book_out,
    of_resident,
    open_for_booking,
)

WEDNESDAY, FRIDAY = date(2026, 11, 25), date(2026, 11, 27)


# What is asked for ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("asked", "answered"),
    [
        ("法律相談を予約したい 今週 東区", "1. 11月25日（水） 13:00〜 空き6"),
        ("今週の法律相談、空いてる？", "2. 11月27日（金） 13:00〜 空き6"),
        ("来週の法律相談の予約", "1. 11月30日（月）"),
        ("弁護士の相談を予約したい", "【法律相談の空いている時間】"),
        ("法律相談 明日 空きありますか", "1. 13:00〜13:30"),
        ("法律相談 明日の14時に予約したい", "1. 14:00〜14:30"),
        ("法律相談の予約は12月4日の15時以降がいい", "2. 15:30〜16:00"),
        ("母のために法律相談を予約したい", "11月25日（水）"),
        ("父の代わりに法律相談の予約をとりたい", "11月25日（水）"),
        ("山田太郎です。法律相談を予約したい", "11月25日（水）"),
        ("法律相談ば予約したかとですが", "11月25日（水）"),
        ("人権相談 西区 予約", "【人権相談（西区役所）の空いている時間】"),
        ("東区役所で人権相談を予約したい", "場所：東区役所"),
        ("人権相談の予約", "会場によって、対象や決め方が違います。"),
        ("予約したい", "下からえらぶか、「人権相談の予約」のように送ってください。"),
        ("空き待ちしたい", "下からえらぶか、「人権相談の予約」のように送ってください。"),
        ("空きを待ちたい", "下からえらぶか、「人権相談の予約」のように送ってください。"),
    ],
)
def test_from_words_to_free_times(booker: Speaker, asked: str, answered: str) -> None:
    assert booker.says(asked).routed.handler == "booking"
    hold(booker, [(asked, answered)])


def test_conditions_are_told_before_a_seat_is_kept(booker: Speaker) -> None:
    hold(
        booker,
        [
            ("法律相談 明日 予約", "対象：市内にお住まい、または市内にお勤めの方"),
            ("法律相談 明日 予約", "・裁判や調停が始まっていません"),
            ("法律相談 明日 予約", "・お一人、年度（4月から翌年3月）に1回まで"),
            ("法律相談 明日 予約", "相手の方のお名前をうかがいます"),
            ("法律相談 明日 予約", "手話通訳、車いすのご希望は、入力ページでうかがいます"),
            ("法律相談 明日 予約", "会場は確認できていません。お電話（096-334-1500）"),
        ],
    )
    assert of_resident(booker) == ()


def test_by_day_then_by_time_with_numbers(booker: Speaker) -> None:
    hold(
        booker,
        [
            ("法律相談を予約したい", "1. 11月25日（水） 13:00〜 空き6"),
            ("2", "1. 13:00〜13:30"),
            ("9", "番号（1〜6）でお知らせください。"),
            ("3番で", "11月27日（金）14時から14時30分まで\n12時10分まで、このお時間をお取りしています。"),
        ],
    )


def test_a_talk_goes_on_about_days_and_times(booker: Speaker) -> None:
    hold(
        booker,
        [
            ("法律相談を予約したい", "空き6"),
            ("来週の午後なら", "1. 11月30日（月）"),
            ("金曜は？", "1. 11月27日（金）"),
            ("土曜は？", "ご希望の日時には、行っていません。\n空いているのは、早い順に次のとおりです。"),
            ("12月", "1. 12月2日（水）"),
            ("午前は？", "同じ日では、次の時間が空いています。"),
            ("いつでもいい", "1. 11月25日（水）"),
            ("明日の10時", "同じ日では、次の時間が空いています。"),
            ("2月30日", "見つかりませんでした"),
            ("次の金曜", "どちらの日でしょうか"),
            (">12月4日", "12月4日（金）\nご希望の時間"),
        ],
    )


def test_more_days_and_the_next_week(booker: Speaker) -> None:
    hold(
        booker,
        [
            ("法律相談を予約したい", "6. 12月7日（月）"),
            (">もっと見る", "1. 12月9日（水）"),
            ("もっと見る", "1. 12月23日（水）"),
            ("もっと", "これで全部です。"),
            ("法律相談 明日 予約したい", "11月25日（水）\nご希望の時間"),
            (">次の週", "1. 11月30日（月） 13:00〜 空き6"),
            ("次の週", "1. 12月7日（月）"),
        ],
    )


def test_more_times_of_a_day(booker: Speaker) -> None:
    for hour in (9, 10, 11):
        add_slot(booker, FRIDAY, hour, place="市役所")
    hold(
        booker,
        [
            ("法律相談 11月27日 予約", "1. 09:00〜09:30 市役所"),
            (">もっと見る", "1. 14:30〜15:00"),
        ],
    )


def test_the_calendar_is_bounded(booker: Speaker) -> None:
    booker.says("法律相談を予約したい")
    assert booker.told is not None
    pick = next(each for each in booker.told.routed.reply.choices if isinstance(each.does, PickDate)).does
    assert isinstance(pick, PickDate)
    assert (pick.mode, pick.initial) == ("date", "2026-11-25")
    assert (pick.earliest, pick.latest) == ("2026-11-24", "2027-01-03")
    picked = DatePicked(pick.data, datetime(2026, 12, 4, tzinfo=JAPAN))
    saturday = DatePicked(pick.data, datetime(2026, 12, 5, tzinfo=JAPAN))
    hold(booker, [(picked, "1. 13:00〜13:30"), (saturday, "行っていません")])


def test_the_calendar_in_a_talk_at_a_terminal(booker: Speaker) -> None:
    hold(
        booker,
        [("法律相談を予約したい", "空き6"), (">日にちを選ぶ 2026-12-04", "12月4日（金）\nご希望の時間")],
    )
    talk = booker.talk
    assert talk.understand(">日にちを選ぶ 2026-02-30") == BadLine("'2026-02-30' is no day")
    pressed = talk.understand(">日にちを選ぶ")
    assert isinstance(pressed, BadLine)
    assert "press it with a day" in pressed.reason
    assert talk.understand(">やめる 2026-12-04") != Pressed("stop"), "no calendar is behind it"


def test_buttons_work_after_something_else_was_talked_about(booker: Speaker) -> None:
    booker.says("法律相談を予約したい")
    day = Pressed("booking:day:legal::2026-11-27T00:00+09:00")
    hold(booker, [("ごみの分け方を知りたい", "燃やすごみ"), (day, "1. 13:00〜13:30")])


def test_a_question_about_an_office_is_not_taken_for_a_ward(booker: Speaker) -> None:
    booker.says("人権相談の予約 西区")
    assert booker.says("東区役所の電話番号").routed.handler == "office"


def test_another_ward(booker: Speaker) -> None:
    hold(
        booker,
        [
            ("人権相談の予約 西区 来月", "12月9日"),
            ("東区は？", "【人権相談（東区役所）の空いている時間】"),
            ("北区は？", "12月3日（木）の予約は、11月26日（木）9時から受け付けます。"),
            (">西区", "【人権相談（西区役所）の空いている時間】"),
        ],
    )


def test_a_ward_where_it_is_not_held(booker: Speaker) -> None:
    hold(booker, [("法律相談を予約したい 東区", "東区で行うものは、見つかりませんでした。")])


def test_none_of_the_times(booker: Speaker) -> None:
    hold(
        booker, [("法律相談 明日 予約", "1."), ("なし", "「来週の午後」「12月3日」のように送ってください。")]
    )


def test_by_telephone_only(sqlite: Database, resident: Speaker) -> None:
    by_phone = replace(CONSULTATION, modes=(Mode.TELEPHONE,))
    open_for_booking(sqlite, resident.talk.city, [by_phone])
    hold(resident, [("法律相談 明日 予約", "場所：お電話で行います")])


# Where nothing is free ------------------------------------------------------------------------------


def test_a_day_that_is_taken(booker: Speaker) -> None:
    book_out(booker, day=WEDNESDAY)
    hold(
        booker,
        [
            ("法律相談 明日 予約", "ご希望の日時は、すべて埋まっています。"),
            ("法律相談 明日 予約", "空いているのは、早い順に次のとおりです。"),
            ("法律相談 明日 予約", "1. 11月27日（金）"),
        ],
    )
    assert "11月25日（水）の空きを待つ" in booker.buttons


def test_all_is_taken(booker: Speaker) -> None:
    book_out(booker)
    hold(
        booker,
        [
            ("法律相談を予約したい", "いまは、すべて埋まっています。"),
            ("法律相談を予約したい", "時間：毎日8時〜20時"),
        ],
    )
    assert "電話をかける" in booker.buttons
    assert "11月25日（水）の空きを待つ" in booker.buttons


def test_too_late_in_line_and_not_by_telephone(booker: Speaker) -> None:
    booker.talk.now += timedelta(hours=6)
    hold(
        booker,
        [
            ("法律相談 明日 予約", "11月25日（水）の受付は、17時で終わりました。"),
            ("法律相談 明日 予約", "お電話では11月25日（水）9時まで受け付けています。"),
        ],
    )


def test_too_early(booker: Speaker) -> None:
    hold(booker, [("人権相談 北区 予約したい", "12月3日（木）の予約は、11月26日（木）9時から受け付けます。")])
    booker.talk.now += timedelta(days=2)
    hold(booker, [("人権相談 北区 予約したい", "1. 09:00〜10:00")])


def test_further_ahead_than_times_are_made(booker: Speaker) -> None:
    hold(
        booker,
        [("2月の法律相談を予約したい", "まだ受け付けていません。いまは2027年1月3日（日）の分までです。")],
    )


def test_beyond_the_times_that_are_made_one_learns_when_booking_opens(
    sqlite: Database, resident: Speaker
) -> None:
    open_for_booking(sqlite, resident.talk.city, [replace(CONSULTATION, ahead=10, opens=Before(14, time(9)))])
    hold(
        resident,
        [("法律相談 12月11日 予約", "12月11日（金）の予約は、11月27日（金）9時から受け付けます。")],
    )


def test_line_has_a_share_of_the_day(sqlite: Database, resident: Speaker) -> None:
    open_for_booking(sqlite, resident.talk.city, [replace(CONSULTATION, line_share=0)])
    hold(
        resident,
        [("法律相談 明日 予約", "LINEでの受付分は、埋まりました。お電話では空きがあるかもしれません。")],
    )


@pytest.mark.parametrize(
    ("asked", "answered"),
    [
        ("人権相談 中央区 予約したい", "中央区役所 総務企画課（096-328-2610）へお電話ください。"),
        ("税務相談を予約したい 来週", "ひごまるコール（096-334-1500、毎日8時〜20時）へお電話ください。"),
    ],
)
def test_what_cannot_be_booked_here_says_how_else(booker: Speaker, asked: str, answered: str) -> None:
    assert booker.says(asked).routed.handler == "consultation"
    hold(booker, [(asked, answered)])


def test_shut_while_it_was_looked_at(sqlite: Database, booker: Speaker) -> None:
    booker.says("法律相談 明日 予約")
    press = Pressed("booking:day:legal::2026-11-27T00:00+09:00")
    open_for_booking(sqlite, booker.talk.city, [replace(CONSULTATION, open=False)])
    hold(booker, [(">1.", "いまは受け付けていません"), (press, "どのご予約でしょうか")])


def test_nothing_can_be_booked(resident: Speaker) -> None:
    hold(resident, [("予約したい", "このトークで予約できるものは、いまはありません。")])


# From a consultation --------------------------------------------------------------------------------


def test_from_the_card_of_a_consultation(booker: Speaker) -> None:
    hold(
        booker,
        [
            ("法律相談", "このトークでも予約できます。"),
            (">空いている時間を見る", "1. 11月25日（水） 13:00〜 空き6"),
            ("メニュー", "お困りですか"),
            ("弁護士に相談したい", "・11月27日（金） 13時から16時まで"),
            ("予約したい", "1. 11月25日（水） 13:00〜 空き6"),
        ],
    )


def test_an_application_goes_to_the_form_at_once(booker: Speaker) -> None:
    hold(
        booker,
        [
            ("高齢者健診の受診券の申込みをしたい", "12時10分までに、下のボタンでページを開き"),
            ("やめる", "お申し込みは、終わりにしました。まだ申し込まれていません。"),
            ("高齢者健診の受診券の申込みをしたい", "申し込みが終わります"),
            ("はじめから", "どのご予約でしょうか"),
        ],
    )
    assert of_resident(booker) == ()


def test_an_entry_for_lots(booker: Speaker) -> None:
    hold(
        booker,
        [
            ("人権相談 南区 予約", "12月6日（日）9時に抽選し、結果をこのトークでお知らせします。"),
            ("1", "抽選です。12時10分までに"),
        ],
    )
    assert [each.state for each in of_resident(booker)] == [State.HELD]


def test_danger_comes_first(booker: Speaker) -> None:
    booker.says("法律相談 明日 予約")
    told = booker.says("父が倒れて息をしていません")
    assert told.routed.handler == "danger"
    assert "119" in booker.hears("父が倒れて息をしていません")


@pytest.mark.parametrize(
    "data",
    [
        "booking:day:legal::2026-11-27",
        "booking:day:nothing::2026-11-27T00:00+09:00",
        "booking:day:legal:x:2026-11-27T00:00+09:00",
        "booking:more:::",
        "booking:nonsense",
        "booking:",
        "booking:day:legal::junk",
    ],
)
def test_a_forged_step_leads_nowhere_else(booker: Speaker, data: str) -> None:
    hold(booker, [(Pressed(data), "")])
    assert of_resident(booker) == ()


def test_turns_take_milliseconds(booker: Speaker) -> None:
    booker.says("法律相談を予約したい 来週の午後")
    assert booker.says("土曜は？").milliseconds < 500


def test_the_programmes_of_the_test_are_those_of_the_city(booker: Speaker) -> None:
    with booker.talk.database.read() as tx:
        city = booker.talk.city.current(tx)
    assert {each.programme for each in ALL} <= {each.id for each in city.schedule.programmes}
    assert city.terms[ProgrammeId("human-rights-higashi")] == EAST


def test_asking_once_leaves_nothing_behind(sqlite: Database, booker: Speaker) -> None:
    def rows() -> list[int]:
        with sqlite.read() as tx:
            counts = (f"SELECT count(*) FROM {name}" for name in ("bookings", "links", "buttons", "audit"))
            return [tx.connection.exec_driver_sql(count).scalar_one() for count in counts]

    before = rows()
    told = ask(sqlite, booker.talk.city, "高齢者健診の受診券の申込みをしたい", booker.talk.now)
    assert told.routed.handler == "booking"
    assert rows() == before
