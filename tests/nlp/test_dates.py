"""Days and times in what residents write: a table, and what must hold for any text and any moment."""

import csv
import os
import subprocess
import sys
import time as clock
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from nlp.dates import LONGEST, read
from nlp.japan import JAPAN
from nlp.when import Days, Monthly, OnDays, Reading, Reason, TimeSpan, Unclear, Weekly, When

FRIDAY_EVENING = datetime(2026, 11, 20, 18, 0, tzinfo=JAPAN)


def written(reading: Reading) -> str:
    """A reading as `date_cases.csv` has it: what was read; then, with a question mark, what is asked back."""
    return "; ".join(_one(said) for said in (*reading.whens, *reading.unclear))


def _one(said: When | Unclear) -> str:
    if isinstance(said, Unclear):
        parts = [f"?{said.reason.name.lower()}", *map(str, said.candidates), _hours(said.hours)]
    else:
        parts = [
            _days(said.days),
            _hours(said.hours),
            *sorted(f"~{each.name.lower()}" for each in said.assumed),
        ]
    return " ".join(filter(None, parts))


def _days(days: Days | None) -> str:
    match days:
        case None:
            return ""
        case OnDays(first, last):
            text = str(first) if first == last else f"{first}..{last or ''}"
        case Weekly(first=first):
            text = f"weekly>{first}"
        case Monthly(nths, _, first):
            text = f"monthly {'+'.join(map(str, nths))}>{first}"
    return " ".join(filter(None, [text, "+".join(kind.name[:3].lower() for kind in days.kinds)]))


def _hours(span: TimeSpan | None) -> str:
    if span is None:
        return ""
    if span.is_moment:
        return f"{span.start:%H:%M}"
    return f"{span.start:%H:%M}-" + (f"{span.end:%H:%M}" if span.end else "")


def cases() -> list[tuple[datetime, str, str, str]]:
    """Moments are Japan's time."""
    with (Path(__file__).parent / "date_cases.csv").open(encoding="utf-8", newline="") as file:
        return [
            (datetime.fromisoformat(row["at"]).replace(tzinfo=JAPAN), row["text"], row["says"], row["rest"])
            for row in csv.DictReader(file)
        ]


CASES = cases()


@pytest.mark.parametrize(("at", "text", "says", "rest"), CASES)
def test_what_a_text_says(at: datetime, text: str, says: str, rest: str):
    reading = read(text, at.astimezone(UTC))
    assert (written(reading), reading.rest) == (says, rest)


def test_the_table_is_wide():
    assert len(CASES) >= 500
    assert sum(not says for _, _, says, _ in CASES) >= 150
    assert len({at for at, *_ in CASES}) >= 15


@pytest.mark.parametrize(
    ("text", "words", "spans"),
    [
        ("法律相談を来週の火曜、10時に", ["来週の火曜、10時"], ((5, 10), (11, 14))),
        ("１２／３（木）の夜は？", ["１２／３（木）の夜"], ((0, 7), (8, 9))),
        ("明日、東区役所は夜やってる？", ["明日夜"], ((0, 2), (8, 9))),
        ("来週の火曜か水曜", ["来週の火曜か水曜"], ((0, 8),)),
        ("👍明日", ["明日"], ((1, 3),)),
        ("金曜か12月3日", ["金曜", "12月3日"], ((0, 2), (3, 8))),
    ],
)
def test_the_words_and_where_they_stand(text: str, words: list[str], spans: tuple[tuple[int, int], ...]):
    reading = read(text, FRIDAY_EVENING)
    assert [when.text for when in reading.whens] == words
    assert reading.spans == spans


def test_saturdays_in_general_are_told_from_one_saturday():
    (general,) = read("土曜は?", FRIDAY_EVENING).whens
    (one,) = read("今週の土曜は?", FRIDAY_EVENING).whens
    saturdays = [date(2026, 11, 21), date(2026, 11, 28), date(2027, 3, 6)]
    assert general.days
    assert one.days
    assert [general.days.includes(day) for day in saturdays] == [True, True, True]
    assert [one.days.includes(day) for day in saturdays] == [True, False, False]


@pytest.mark.parametrize(
    ("text", "included", "not_included"),
    [
        ("平日", ["2026-11-24", "2026-12-29"], ["2026-11-23", "2026-11-21"]),
        ("祝日", ["2026-11-23", "2027-03-22"], ["2026-11-24", "2026-11-22"]),
        ("土日祝", ["2026-11-21", "2026-11-23"], ["2026-11-24"]),
        ("祝前日", ["2026-11-22", "2027-04-28"], ["2026-11-23"]),
        ("第2・第4木曜", ["2026-12-10", "2026-12-24"], ["2026-12-03", "2026-12-17", "2026-12-11"]),
        ("最終金曜", ["2026-11-27", "2026-12-25"], ["2026-11-20", "2026-12-31"]),
        ("来月の月曜", ["2026-12-07", "2026-12-28"], ["2026-12-08", "2027-01-04", "2026-11-30"]),
        ("12月以降", ["2026-12-01", "2030-01-01"], ["2026-11-30"]),
    ],
)
def test_which_days_are_meant(text: str, included: list[str], not_included: list[str]):
    (when,) = read(text, FRIDAY_EVENING).whens
    assert when.days
    assert all(when.days.includes(date.fromisoformat(day)) for day in included)
    assert not any(when.days.includes(date.fromisoformat(day)) for day in not_included)


def test_the_time_said_is_kept_where_the_day_is_asked_back():
    (unclear,) = read("次の土曜の10時", FRIDAY_EVENING).unclear
    assert unclear.reason is Reason.WHICH_WEEK
    assert _hours(unclear.hours) == "10:00"
    assert unclear.candidates == (date(2026, 11, 21), date(2026, 11, 28))


def test_only_an_aware_moment():
    with pytest.raises(ValueError, match="time zone"):
        read("明日", datetime(2026, 11, 20, 18, 0))  # noqa: DTZ001 - the mistake itself


MOMENTS = st.datetimes(datetime(2020, 1, 1), datetime(2040, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001
WORDS = st.sampled_from(
    "来週 来月 今年 年末年始 12月 2月 3日 29日 31日 12/3 土曜 祝日 第5 次の 最終 か の から まで ~ 以降 以外 午後 "
    "10時 半 夜 今 明日 平日 連休 GW 明け 令和9年 13月 3日後 月・水 (金) と 、 中 末 昨日 8時 25時".split()
)
TEXTS = st.one_of(st.text(max_size=40), st.lists(WORDS, max_size=12).map("".join))


@given(TEXTS, MOMENTS)
@settings(max_examples=400, deadline=None)
@example("第5祝日", datetime(2026, 11, 20, tzinfo=UTC))
@example("第5土日の連休", datetime(2026, 11, 20, tzinfo=UTC))
def test_any_text_is_read_and_nothing_is_past(text: str, now: datetime):
    reading = read(text, now)
    today = now.astimezone(JAPAN).date()
    ends = [0, *(place for span in reading.spans for place in span), len(text)]
    assert ends == sorted(ends)
    assert all(when.days is None or when.days.first >= today for when in reading.whens)
    assert all(day >= today for unclear in reading.unclear for day in unclear.candidates)
    for when in reading.whens:
        if isinstance(when.days, OnDays) and when.days.last is not None:
            assert when.days.first <= when.days.last
        if when.days is not None:
            assert when.days.includes(when.days.first)


def _formats(day: date) -> list[str]:
    era, year = "令和", day.year - 2018
    letter = "月火水木金土日"[day.weekday()]
    return [
        f"{day.year}年{day.month}月{day.day}日",
        f"{era}{year}年{day.month}月{day.day}日({letter})",
        f"R{year}.{day.month}.{day.day}",
        f"{day:%Y/%m/%d}",
        f"{day}",
        f"{day.month}月{day.day}日（{letter}）",
        f"{day.month}/{day.day}",
        f"{_kanji(day.month)}月{_kanji(day.day)}日",
        f"{day.month}月{day.day}日{letter}曜日".translate(
            str.maketrans("0123456789", "０１２３４５６７８９")
        ),
    ]


def _kanji(number: int) -> str:
    tens, ones = divmod(number, 10)
    return (
        ("" if tens < 2 else "〇一二三"[tens])
        + ("十" if tens else "")
        + ("〇一二三四五六七八九"[ones] if ones else "")
    )


@given(st.dates(date(2026, 1, 1), date(2027, 12, 31)), st.integers(0, 300))
@settings(max_examples=300, deadline=None)
@example(date(2027, 12, 31), 0)
@example(date(2026, 1, 1), 300)
def test_every_day_is_read_as_it_is_written(day: date, before: int):
    now = datetime.combine(day - timedelta(before), datetime.min.time(), JAPAN)
    for text in _formats(day):
        reading = read(f"相談は{text}の10時に", now)
        assert [when.days for when in reading.whens] == [OnDays(day, day)], text
        assert reading.rest == "相談は"


@given(st.sampled_from("月火水木金土日"), st.sampled_from(["", "今度の", "来週の", "次の"]), MOMENTS)
@settings(max_examples=200, deadline=None)
def test_a_weekday_is_one_and_never_past(letter: str, prefix: str, now: datetime):
    today = now.astimezone(JAPAN).date()
    reading = read(f"{prefix}{letter}曜", now)
    days = [*reading.unclear[0].candidates] if reading.unclear else [reading.whens[0].days.first]  # type: ignore[union-attr]
    assert all(day >= today and "月火水木金土日"[day.weekday()] == letter for day in days)


@pytest.mark.parametrize("zone", ["UTC", "America/Los_Angeles", "Pacific/Kiritimati"])
def test_the_zone_of_the_process_does_not_matter(zone: str):
    code = (
        "from datetime import datetime, UTC; from nlp.dates import read;"
        "print(read('今日と明日の夜、今', datetime(2026, 11, 20, 15, 5, tzinfo=UTC)).whens)"
    )
    environment = os.environ | {"TZ": zone, "PYTHONIOENCODING": "utf-8"}
    found = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        env=environment,
        check=True,
    )
    assert found.stdout.strip() == str(
        read("今日と明日の夜、今", datetime(2026, 11, 20, 15, 5, tzinfo=UTC)).whens
    )


@pytest.mark.parametrize(
    "part",
    [
        "1",
        "一",
        "月、",
        "12月3日10時から",
        "土曜か",
        "第1・",
        "(月",
        "午前",
        "来年の祝日と",
        "来年の祝前日 ",
        "来年の第5祝日",
        "9:",
        " ",
    ],
)
def test_a_long_text_costs_little(part: str):
    text = (part * 5_000)[:5_000]
    read("来年の祝日", FRIDAY_EVENING)  # the holidays are looked up once a year
    spent = []
    for _ in range(5):
        begun = clock.thread_time()
        read(text, FRIDAY_EVENING)
        spent.append(clock.thread_time() - begun)
    assert min(spent) < 0.05


def test_only_the_beginning_of_a_long_text_is_read():
    assert read(" " * LONGEST + "明日", FRIDAY_EVENING).whens == ()
