"""Terms of booking in files: every cell is checked, and what does not go together is told."""

from dataclasses import replace
from datetime import time

import pytest

from faq.exchange import Records
from faq.sentences import Fault
from faq.terms import Allocation, Before, Sort
from faq.terms_kind import BOOKING_TERMS
from tests.faq.place_files import TERMS, TOWN
from tests.faq.rows import parsed, reasons, row_of

APPLICATION = replace(
    TERMS, sort=Sort.APPLICATION, modes=(), minutes=None, seats=None, ahead=0, opens=None, line_until=None,
    phone_until=None, line_share=None,
)  # fmt: skip
LOTTERY = replace(TERMS, allocation=Allocation.LOTTERY, draw=Before(0, time(12, 30)))


@pytest.mark.parametrize("terms", [TERMS, APPLICATION, LOTTERY])
def test_terms_as_staff_write_them(terms: object) -> None:
    assert parsed(BOOKING_TERMS, row_of(BOOKING_TERMS, terms), known=TOWN) == Records((terms,), ())


def test_the_row_that_staff_see() -> None:
    row = row_of(BOOKING_TERMS, TERMS)
    assert {name: row[name] for name in list(row)[:16]} == {
        "相談ID": "legal", "課ID": "chuo-kumin", "受付": "有", "種類": "相談", "方法": "来所|電話", "1枠の分": "30",
        "席数": "2", "何日先まで": "28", "受付開始": "14日前08:30", "LINEの締切": "前日17:00",
        "電話の締切": "当日12:00", "LINEの席": "6", "対象": "市内在住|市内在勤", "年度末の年齢": "18歳以上",
        "保険": "国民健康保険", "回数": "年度に1回",
    }  # fmt: skip


def test_what_is_not_known_stays_empty() -> None:
    known = ("相談ID", "受付", "種類", "source", "status")
    row = {name: cell if name in known else "" for name, cell in row_of(BOOKING_TERMS, TERMS).items()}
    read = parsed(BOOKING_TERMS, row | {"受付": "無"}, known=TOWN)
    assert isinstance(read, Records)
    (terms,) = read.records
    assert not terms.open
    assert (terms.minutes, terms.seats, terms.ahead, terms.opens, terms.ages) == (None, None, 0, None, None)
    assert (terms.limit, terms.draw, terms.residence, terms.exclusions) == (None, None, (), ())
    assert not terms.asks_opposing_party


@pytest.mark.parametrize(
    ("changed", "column", "reason"),
    [
        ({"相談ID": "law"}, "相談ID", Fault.UNKNOWN_PROGRAMME),
        ({"課ID": "law"}, "課ID", Fault.UNKNOWN_SECTION),
        ({"受付": "○"}, "受付", Fault.NOT_A_CHOICE.format(allowed="有、無")),
        ({"受付": ""}, "受付", Fault.EMPTY),
        ({"種類": "講座"}, "種類", Fault.NOT_A_CHOICE.format(allowed="相談、催し、申込み")),
        ({"方法": "郵送"}, "方法", Fault.NOT_CHOICES.format(allowed="来所、電話、オンライン")),
        ({"方法": ""}, "方法", Fault.OPEN_HOW),
        ({"1枠の分": "30分"}, "1枠の分", Fault.BAD_COUNT.format(least=1, most=1_440)),
        ({"1枠の分": ""}, "1枠の分", Fault.OPEN_MINUTES),
        ({"席数": "0"}, "席数", Fault.BAD_COUNT.format(least=1, most=9_999)),
        ({"席数": ""}, "席数", Fault.OPEN_SEATS),
        ({"何日先まで": "500"}, "何日先まで", Fault.BAD_COUNT.format(least=0, most=400)),
        ({"何日先まで": "", "受付開始": ""}, "何日先まで", Fault.OPEN_AHEAD),
        ({"何日先まで": "13"}, "何日先まで", Fault.OPEN_AHEAD),
        ({"受付開始": "2週間前"}, "受付開始", Fault.BAD_BEFORE),
        ({"LINEの締切": "14日前8:29"}, "LINEの締切", Fault.SHUT_BEFORE_OPEN),
        ({"電話の締切": "15日前9:00"}, "電話の締切", Fault.SHUT_BEFORE_OPEN),
        ({"対象": "県内在住"}, "対象", Fault.NOT_CHOICES.format(allowed="市内在住、市内在勤、市内在学")),
        ({"年度末の年齢": "大人"}, "年度末の年齢", Fault.BAD_AGES),
        ({"保険": "社保"}, "保険", Fault.NOT_CHOICES.format(allowed="国民健康保険、後期高齢者医療")),
        ({"回数": "1回"}, "回数", Fault.BAD_LIMIT),
        ({"決め方": "くじ"}, "決め方", Fault.NOT_A_CHOICE.format(allowed="先着、抽選")),
        ({"決め方": "抽選"}, "抽選", Fault.LOTTERY_WHEN),
        ({"抽選": "3日前9:00"}, "抽選", Fault.DRAW_WITHOUT_LOTTERY),
        ({"決め方": "抽選", "抽選": "当日11:59"}, "抽選", Fault.DRAWN_BEFORE_SHUT),
        ({"valid_until": "2026-01-31"}, "valid_until", Fault.REVERSED_DATES),
    ],
)
def test_a_bad_row_is_told(changed: dict[str, object], column: str, reason: str) -> None:
    row = row_of(BOOKING_TERMS, TERMS, **changed)
    assert (column, reason) in reasons(parsed(BOOKING_TERMS, row, known=TOWN))
    assert len(reasons(parsed(BOOKING_TERMS, row, known=TOWN))) == 1


def test_an_event_may_last_as_long_as_it_does() -> None:
    row = row_of(BOOKING_TERMS, replace(TERMS, sort=Sort.EVENT, minutes=None))
    assert isinstance(parsed(BOOKING_TERMS, row, known=TOWN), Records)


def test_a_closed_programme_needs_no_more_than_is_known() -> None:
    row = row_of(BOOKING_TERMS, replace(TERMS, open=False, seats=None, minutes=None, modes=(), ahead=0))
    assert isinstance(parsed(BOOKING_TERMS, row, known=TOWN), Records)


@pytest.mark.parametrize(
    ("column", "cell"),
    [("1枠の分", "30"), ("席数", "2"), ("何日先まで", "28"), ("受付開始", "前日9:00"), ("LINEの席", "3")],
)
def test_an_application_has_no_times(column: str, cell: str) -> None:
    row = row_of(BOOKING_TERMS, APPLICATION, **{column: cell})
    assert reasons(parsed(BOOKING_TERMS, row, known=TOWN)) == [(column, Fault.NO_TIMES)]


def test_a_programme_has_its_terms_once() -> None:
    row = row_of(BOOKING_TERMS, TERMS)
    reason = Fault.DUPLICATE.format(first=1, second=1)  # JSON on one line
    assert reasons(parsed(BOOKING_TERMS, row, row)) == [("相談ID", reason)]
