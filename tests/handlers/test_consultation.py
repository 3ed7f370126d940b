"""Consultations: when and where."""

import pytest

from tests.dialogue import Speaker, hold


@pytest.mark.parametrize(
    ("asked", "answered"),
    [
        ("法律相談 今週", "・11月25日（水） 13時から16時まで"),
        ("法律相談 来週の水曜", "・12月2日（水） 13時から16時まで"),
        ("弁護士に相談したい", "・11月27日（金） 13時から16時まで"),
        ("税金の相談 来月の月曜", "日にちは、こちらでは確認できていません。"),
        ("税理士さんの相談", "月3回"),
        ("相続の相談はいつ", "木曜"),
        ("法律相談 明後日", "おたずねの日には、ありません。"),
        ("法律相談を予約したい", "予約が要ります"),
        ("司法書士の相談日", "日にちは、こちらでは確認できていません。"),
    ],
)
def test_dates_and_places(resident: Speaker, asked: str, answered: str) -> None:
    assert resident.says(asked).routed.handler == "consultation"
    hold(resident, [(asked, answered), (asked, "出典："), (asked, "096-334-1500")])


def test_another_week_is_asked_of_the_same_consultation(resident: Speaker) -> None:
    hold(resident, [("法律相談 今週", "11月25日"), ("来週は？", "11月30日"), ("12月は？", "12月2日")])


def test_holiday_names_are_left_out(resident: Speaker) -> None:
    heard = resident.hears("法律相談 12月28日から1月8日まで")
    assert "12月28日（月）" in heard
    assert "12月30日" not in heard
    assert "1月1日" not in heard
    assert "1月4日（月）" in heard


def test_dates_that_nobody_confirmed_lately_are_called_likely(resident: Speaker) -> None:
    hold(resident, [("法律相談 今週", "見込みです")])


@pytest.mark.parametrize("asked", ["弁護士費用はいくら", "相談", "離婚の相談をしたらお金がかかりますか"])
def test_other_questions_are_not_stolen(resident: Speaker, asked: str) -> None:
    assert resident.says(asked).routed.handler != "consultation"
