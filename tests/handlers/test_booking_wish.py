"""What somebody would like to book, held against times."""

from datetime import datetime, timedelta

import pytest

from faq.programmes import ProgrammeId
from handlers.booking_verbs import Step, read_step, step_data
from handlers.booking_wish import Wish, Words, from_slots, to_slots
from nlp.japan import JAPAN

NOW = datetime(2026, 11, 24, 12, tzinfo=JAPAN)
LEGAL = (ProgrammeId("legal"),)


@pytest.mark.parametrize(
    ("days", "hours", "fitting"),
    [
        ("", "", ["11-25 09:00", "11-27 13:30", "12-02 16:00"]),
        ("来週", "", ["12-02 16:00"]),
        ("金曜", "", ["11-27 13:30"]),
        ("", "午後", ["11-27 13:30", "12-02 16:00"]),
        ("金曜", "来週の午後", ["11-27 13:30"]),
        ("今週", "午前", ["11-25 09:00"]),
        ("", "13時45分", ["11-27 13:30"]),
        ("", "14時", []),
        ("明日の午前か金曜の午後", "明日の午前か金曜の午後", ["11-25 09:00", "11-27 13:30"]),
        ("明日の午後か金曜の午前", "明日の午後か金曜の午前", []),
        ("12月3日以降", "", []),
        ("", "深夜", []),
    ],
)
def test_times_that_fit(days: str, hours: str, fitting: list[str]) -> None:
    times = [at("11-25 09:00"), at("11-27 13:30"), at("12-02 16:00")]
    wish = Wish(LEGAL, said(days), said(hours))
    assert [each for each in times if wish.fits(each, each + timedelta(minutes=30))] == [
        at(each) for each in fitting
    ]


def test_words_are_counted_from_when_they_were_said() -> None:
    wish = Wish(LEGAL, Words("明日", NOW))
    assert wish.fits(at("11-25 13:00"), at("11-25 14:00"))
    assert not Wish(LEGAL, Words("明日", NOW + timedelta(days=1))).fits(at("11-25 13:00"), at("11-25 14:00"))


def test_from_a_moment_on() -> None:
    wish = Wish(LEGAL, since=at("11-27 13:30"))
    assert not wish.fits(at("11-27 13:00"), at("11-27 13:30"))
    assert wish.fits(at("11-27 13:30"), at("11-27 14:00"))


@pytest.mark.parametrize(
    "wish",
    [
        Wish(()),
        Wish(LEGAL),
        Wish((*LEGAL, ProgrammeId("legal-wards")), Words("来週の 午後", NOW), Words("午前", NOW)),
        Wish(LEGAL, moving=7, since=NOW),
    ],
)
def test_as_a_conversation_keeps_it(wish: Wish) -> None:
    assert from_slots(to_slots(wish)) == wish


@pytest.mark.parametrize("moving", [None, 12])
def test_a_step_and_back(moving: int | None) -> None:
    wish = Wish((*LEGAL, ProgrammeId("legal-wards")), moving=moving)
    going = read_step(step_data(Step.MORE, wish, NOW))
    assert going is not None
    assert (going.step, going.wish, going.since) == (Step.MORE, wish, NOW)


def test_more_programmes_than_a_button_has_room_for_are_left_to_the_conversation() -> None:
    many = Wish(tuple(ProgrammeId(f"programme-{number}") for number in range(30)))
    data = step_data(Step.DAY, many, NOW)
    assert len(data) < 100
    assert read_step(data) is not None


@pytest.mark.parametrize(
    "data",
    [
        "",
        "booking",
        "booking:",
        "booking:delete",
        "booking:day:legal:-1:",
        "booking:day:legal:１:",
        f"booking:day:legal:{'9' * 30}:",
        "booking:day:legal::9999-12-31T23:00+00:00",
        "booking:day:legal::2026-02-30T00:00+09:00",
        "booking:day:legal::2026-11-27T00:00",
        "menu:waste",
    ],
)
def test_what_is_no_step(data: str) -> None:
    assert read_step(data) is None


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"2026-{text}").replace(tzinfo=JAPAN)


def said(text: str) -> Words | None:
    return Words(text, NOW) if text else None
