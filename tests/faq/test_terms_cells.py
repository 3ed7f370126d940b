from datetime import time

import pytest

from faq.cells import CellType, Wrong
from faq.sentences import Fault
from faq.terms import Ages, Before, Limit, Mode, Period
from faq.terms_cells import AGES, BEFORE, DAYS, LIMIT, MINUTES, SEATS, choices


@pytest.mark.parametrize(
    ("typed", "value", "written"),
    [
        ("前日17:00", Before(1, time(17)), "前日17:00"),
        ("３日前 12:00", Before(3, time(12)), "3日前12:00"),
        ("当日13:00", Before(0, time(13)), "当日13:00"),
        ("30日前08:30", Before(30, time(8, 30)), "30日前08:30"),
        ("0日前9時", Before(0, time(9)), "当日09:00"),
        ("1日前の17時30分まで", Before(1, time(17, 30)), "前日17:30"),
        ("前々日8:05から", Before(2, time(8, 5)), "2日前08:05"),
    ],
)
def test_a_moment_counted_from_the_day(typed: str, value: Before, written: str) -> None:
    assert (BEFORE.parse(typed), BEFORE.write(value)) == (value, written)


@pytest.mark.parametrize(
    "typed",
    [
        "17:00",
        "前日",
        "前日25:00",
        "前日24:00",
        "先日17:00",
        "-1日前9:00",
        "401日前9:00",
        "前日17:00頃",
        "2026-11-22",
    ],
)
def test_what_names_no_moment_is_refused(typed: str) -> None:
    assert BEFORE.parse(typed) == Wrong(Fault.BAD_BEFORE)


@pytest.mark.parametrize(
    ("typed", "value", "written"),
    [
        ("75歳以上", Ages(75, None), "75歳以上"),
        ("３９歳以下", Ages(None, 39), "39歳以下"),
        ("40〜74歳", Ages(40, 74), "40歳から74歳まで"),
        ("40～74歳", Ages(40, 74), "40歳から74歳まで"),
        ("40-74歳", Ages(40, 74), "40歳から74歳まで"),
        ("40歳から74歳", Ages(40, 74), "40歳から74歳まで"),
        ("20歳", Ages(20, 20), "20歳"),
        ("0歳から3歳まで", Ages(0, 3), "0歳から3歳まで"),
    ],
)
def test_ages_at_the_end_of_the_fiscal_year(typed: str, value: Ages, written: str) -> None:
    assert (AGES.parse(typed), AGES.write(value), AGES.parse(written)) == (value, written, value)


@pytest.mark.parametrize("typed", ["高齢者", "75", "74歳から40歳", "65歳未満", "200歳以上", "40-74"])
def test_other_ages_are_refused(typed: str) -> None:
    assert AGES.parse(typed) == Wrong(Fault.BAD_AGES)


@pytest.mark.parametrize(
    ("typed", "value", "written"),
    [
        ("年度に1回", Limit(1, Period.FISCAL_YEAR), "年度に1回"),
        ("1年度に１回まで", Limit(1, Period.FISCAL_YEAR), "年度に1回"),
        ("月2回", Limit(2, Period.MONTH), "月に2回"),
        ("1か月に2回", Limit(2, Period.MONTH), "月に2回"),
        ("1日に1回", Limit(1, Period.DAY), "日に1回"),
        ("通算3回", Limit(3, Period.EVER), "通算3回"),
    ],
)
def test_how_often_a_person_may_come(typed: str, value: Limit, written: str) -> None:
    assert (LIMIT.parse(typed), LIMIT.write(value)) == (value, written)


@pytest.mark.parametrize("typed", ["1回", "年度に0回", "週に1回", "年に1回", "年度に一回", "何回でも"])
def test_other_limits_are_refused(typed: str) -> None:
    assert LIMIT.parse(typed) == Wrong(Fault.BAD_LIMIT)


@pytest.mark.parametrize(("cell", "least", "most"), [(SEATS, 1, 9_999), (MINUTES, 1, 1_440), (DAYS, 0, 400)])
def test_numbers_of_things(cell: CellType[int], least: int, most: int) -> None:
    told = Wrong(Fault.BAD_COUNT.format(least=least, most=most))
    assert (cell.parse(str(least)), cell.parse(f"{most}")) == (least, most)
    assert [cell.parse(typed) for typed in (str(most + 1), str(least - 1), "2名", "1.5")] == [told] * 4
    assert (cell.write(7), cell.write(cell.empty)) == ("7", "")


def test_several_choices_in_one_cell() -> None:
    modes = choices(Mode)
    assert modes.parse("来所|電話") == (Mode.IN_PERSON, Mode.TELEPHONE)
    assert modes.parse("電話、来所、電話") == (Mode.TELEPHONE, Mode.IN_PERSON)
    assert modes.parse("来所|郵便") == Wrong(Fault.NOT_CHOICES.format(allowed="来所、電話、オンライン"))
    assert modes.write((Mode.TELEPHONE, Mode.ONLINE)) == "電話|オンライン"
