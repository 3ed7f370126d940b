"""What each kind of word for days says alone, from what its pattern in `nlp/days/words.py` found."""

import re
from datetime import date, timedelta

from nlp.days import vocabulary
from nlp.days.pieces import (
    Day,
    DayOfMonth,
    Impossible,
    Month,
    Named,
    Next,
    Nth,
    PartOfMonth,
    Past,
    Period,
    Piece,
    Season,
    Weekdays,
    Year,
)
from nlp.days.steps import add_months, kinds_between, monday_of
from nlp.days.vocabulary import LETTERS, WEEKDAY
from nlp.eras import western_year
from nlp.holidays import next_run, workday_after
from nlp.numerals import number
from nlp.when import DayKind, Kinds

Pieces = tuple[Piece, ...]
Found = re.Match[str]
_WEEKDAY_FOLLOWS = re.compile(rf"の?(?={WEEKDAY})")


def full(found: Found, _: date) -> Pieces:
    return _of_numbers(int(found["full_y"]), found["full_m"], found["full_d"])


def era_full(found: Found, _: date) -> Pieces:
    year = _era_year(found["erafull_e"], found["erafull_y"])
    return _of_numbers(year, found["erafull_m"], found["erafull_d"])


def _of_numbers(year: int, month: str, day: str) -> Pieces:
    try:
        return (Day(date(year, int(month), int(day))),)
    except ValueError:
        return (Impossible(),)


def _era_year(era: str, year: str) -> int:
    return western_year(era.rstrip("."), 1 if year == "元" else number(year))


def era(found: Found, today: date) -> Pieces:
    return _year_or_fiscal(_era_year(found["era_e"], found["era_y"]), found["era_f"], today)


def year(found: Found, today: date) -> Pieces:
    return _year_or_fiscal(number(found["year_y"]), found["year_f"], today)


def year_ahead(found: Found, today: date) -> Pieces:
    fiscal = today.year - (today.month < 4 and bool(found["yearahead_f"]))
    return _year_or_fiscal(fiscal + vocabulary.YEARS_AHEAD[found["yearahead_w"]], found["yearahead_f"], today)


def _year_or_fiscal(year: int, fiscal: str | None, today: date) -> Pieces:
    """A fiscal year that is over is a topic (令和5年度の所得証明), not a day to look up."""
    if not fiscal:
        return (Year(year),)
    period = Period(date(year, 4, 1), date(year + 1, 3, 31))
    return (period,) if period.last >= today else ()


def rest_of_year(_: Found, today: date) -> Pieces:
    return (Period(today, date(today.year, 12, 31)),)


def slash(found: Found, _: date) -> Pieces:
    month, day = int(found["slash_m"]), int(found["slash_d"])
    if not 1 <= month <= 12 or not day:
        return ()
    return (Month(month), DayOfMonth(day))


def month(found: Found, _: date) -> Pieces:
    month = number(found["month_m"])
    if 1 <= month <= 12:
        return (Month(month),)
    return (Impossible(),) if month <= 31 else ()


def month_ahead(found: Found, today: date) -> Pieces:
    ahead = add_months(today.replace(day=1), vocabulary.MONTHS_AHEAD[found[0]])
    return (Month(ahead.month, ahead.year),)


def week_ahead(found: Found, today: date) -> Pieces:
    monday = monday_of(today) + timedelta(7 * vocabulary.WEEKS_AHEAD[found[0]])
    return (Period(monday, monday + timedelta(6)),)


def week_begins(_: Found, today: date) -> Pieces:
    return (Day(monday_of(today) + timedelta(7)),)


def day(found: Found, _: date) -> Pieces:
    day, before = number(found["day_d"]), found.string[: found.start()]
    if 1 <= day <= 31:
        return (DayOfMonth(day),)
    return (Impossible(),) if before.endswith(("月", "月の")) else ()


def day_to(found: Found, _: date) -> Pieces:
    day = number(found[0])
    return (DayOfMonth(day),) if 1 <= day <= 31 else ()


def day_in_kana(found: Found, _: date) -> Pieces:
    return (DayOfMonth((vocabulary.DAYS_IN_KANA | vocabulary.DAYS_IN_KANA_AFTER_MONTH)[found[0]]),)


def part(found: Found, _: date) -> Pieces:
    return (PartOfMonth(*vocabulary.PARTS[found["part_a"] or found["part_b"] or found["part_c"]]),)


def ahead(found: Found, today: date) -> Pieces:
    return (Day(today + timedelta(vocabulary.DAYS_AHEAD[found[0]])),)


def later(found: Found, today: date) -> Pieces:
    if found[0] == "半年後":
        return (Day(add_months(today, 6)),)
    many, unit = number(found["later_n"]), found["later_u"]
    if unit.startswith("年"):
        return (Day(add_months(today, 12 * many)),)
    if unit.endswith("月"):
        return (Day(add_months(today, many)),)
    day = today + timedelta(many * (7 if unit.startswith("週") else 1))
    if unit.startswith("週") and _WEEKDAY_FOLLOWS.match(found.string, found.end()):
        return (Period(monday_of(day), monday_of(day) + timedelta(6)),)
    return (Day(day),)


def season(found: Found, _: date) -> Pieces:
    season = vocabulary.SEASONS[found["season_w"].lower()]
    return (Season(season.first, season.last, season.stretches, after=bool(found["season_after"])),)


def named(found: Found, _: date) -> Pieces:
    return (Named(*vocabulary.HOLIDAYS[found[0]]),)


def days_off(found: Found, today: date) -> Pieces:
    run = next_run(today + timedelta(1) if found["daysoff_next"] else today)
    if run is None:
        return ()
    return (Day(workday_after(run[1])),) if found["daysoff_after"] else (Period(*run),)


def nth(found: Found, _: date) -> Pieces:
    written = found["nth_a"] or found["nth_b"] or found["nth_c"]
    nths = tuple(map(number, re.findall("[1-5一二三四五]", written))) if written else (-1,)
    letter = found["nth_w"]
    return (Nth(nths), Weekdays(_kinds(letter))) if letter else (Nth(nths),)


def next_weekday(found: Found, _: date) -> Pieces:
    return (Next(nearest=not found[0].startswith(("次", "つぎ"))),)


def weekdays(found: Found, _: date) -> Pieces:
    return (Weekdays(_kinds(found[0].replace("曜日", "").replace("曜", ""))),)


def weekday_in_kana(found: Found, _: date) -> Pieces:
    return (Weekdays((DayKind(vocabulary.WEEKDAYS_IN_KANA[found["kana_w"]]),)),)


def letter_range(found: Found, _: date) -> Pieces:
    first, last = LETTERS.index(found["range_a"]), LETTERS.index(found["range_b"])
    return (Weekdays(kinds_between(DayKind(first), DayKind(last))),)


def run_of_letters(found: Found, today: date) -> Pieces:
    """月水金; only in the week's order, so 土木 and 日月 are none."""
    places = [LETTERS.index(letter) for letter in found[0] if letter in LETTERS]
    return weekdays(found, today) if places == sorted(set(places)) and found[0] != "月日" else ()


def set_of_days(found: Found, _: date) -> Pieces:
    return (Weekdays(vocabulary.SETS[found[0]]),)


def past(_: Found, __: date) -> Pieces:
    return (Past(),)


def _kinds(letters: str) -> Kinds:
    """土・日・祝日 -> Saturday, Sunday, holiday; in the week's order."""
    known = LETTERS + "祝"
    return tuple(
        sorted({DayKind(known.index(letter)) for letter in letters.replace("祝日", "祝") if letter in known})
    )
