from dataclasses import replace
from datetime import time

import pytest

from faq.counter_kinds import CLOSURES, HOURS, PROCEDURES, SECTIONS
from faq.exchange import Records
from faq.schemas import Schema
from faq.sentences import Fault
from tests.faq.place_files import CLOSURE, PROCEDURE, SECTION, TOWN
from tests.faq.place_files import HOURS as OPEN
from tests.faq.rows import parsed, reasons, row_of

RECORDS = {"sections": SECTION, "procedures": PROCEDURE, "hours": OPEN, "closures": CLOSURE}
UNKNOWN_KIND = Fault.UNKNOWN_COUNTER.format(value="支所", allowed="区役所")


@pytest.mark.parametrize("schema", [SECTIONS, PROCEDURES, HOURS, CLOSURES])
def test_a_row_that_names_what_is_there_is_read(schema: Schema[object]) -> None:
    record = RECORDS[schema.name]
    assert parsed(schema, row_of(schema, record), known=TOWN) == Records((record,), ())


@pytest.mark.parametrize(
    ("schema", "changed", "column", "reason"),
    [
        (SECTIONS, {"施設ID": "K999"}, "施設ID", Fault.UNKNOWN_OFFICE),
        (SECTIONS, {"施設ID": ""}, "施設ID", Fault.EMPTY),
        (SECTIONS, {"電話番号": "代表"}, "電話番号", Fault.BAD_TELEPHONE),
        (SECTIONS, {"valid_until": "2025-01-01"}, "valid_until", Fault.REVERSED_DATES),
        (PROCEDURES, {"できる施設": "区役所|支所"}, "できる施設", UNKNOWN_KIND),
        (PROCEDURES, {"できない施設": "支所"}, "できない施設", UNKNOWN_KIND),
        (PROCEDURES, {"できない施設": "区役所"}, "できない施設", Fault.DONE_AND_NOT.format(value="区役所")),
        (PROCEDURES, {"faq_id": "moving"}, "faq_id", Fault.UNKNOWN_REFERENCE),
        (HOURS, {"施設ID": "K999"}, "施設ID", Fault.UNKNOWN_OFFICE),
        (HOURS, {"課ID": "chuo-kuminka"}, "課ID", Fault.UNKNOWN_SECTION),
        (HOURS, {"サービス": "窓"}, "サービス", Fault.NOT_A_CHOICE.format(allowed="窓口、電話")),
        (HOURS, {"区分": ""}, "区分", Fault.EMPTY),
        (HOURS, {"最終受付_分前": "450"}, "最終受付_分前",
         Fault.NEVER_ADMITTED.format(minutes=450, shortest=450)),
        (HOURS, {"最終受付_分前": "30分"}, "最終受付_分前", Fault.BAD_MINUTES),
        (HOURS, {"最終受付_分前": "-5"}, "最終受付_分前", Fault.BAD_MINUTES),
        (HOURS, {"valid_to": "2026-02-01"}, "valid_to", Fault.REVERSED_PERIOD),
        (HOURS, {"区分": "期間限定"}, "valid_to", Fault.SEASON_WHEN),
        (HOURS, {"区分": "期間限定", "valid_from": ""}, "valid_from", Fault.SEASON_WHEN),
        (HOURS, {"valid_from": "2/2"}, "valid_from", Fault.BAD_DATE),
        (CLOSURES, {"施設ID": "K999"}, "施設ID", Fault.UNKNOWN_OFFICE),
        (CLOSURES, {"課ID": "none"}, "課ID", Fault.UNKNOWN_SECTION),
        (CLOSURES, {"施設ID": "", "課ID": "chuo-kumin"}, "施設ID", Fault.SECTION_WITHOUT_OFFICE),
        (CLOSURES, {"種別": "休館"}, "種別", Fault.NOT_A_CHOICE.format(allowed="休み、臨時開庁")),
        (CLOSURES, {"開始日": ""}, "開始日", Fault.EMPTY),
        (CLOSURES, {"開始日": "1/3"}, "開始日", Fault.BAD_DATE),
        (CLOSURES, {"終了日": "2026-12-04"}, "終了日", Fault.REVERSED_PERIOD),
        (CLOSURES, {"終了日": "2026-12-32"}, "終了日", Fault.BAD_DATE),
        (CLOSURES, {"終了時刻": "25:00"}, "終了時刻", Fault.BAD_TIME),
        (CLOSURES, {"終了時刻": "24:00"}, "終了時刻", Fault.BAD_TIME),
        (CLOSURES, {"終了時刻": "夕方"}, "終了時刻", Fault.BAD_TIME),
        (CLOSURES, {"終了時刻": "12:30"}, "終了時刻", Fault.REVERSED_TIMES),
        (CLOSURES, {"終了時刻": "13:00"}, "終了時刻", Fault.REVERSED_TIMES),
        (CLOSURES, {"開始時刻": ""}, "開始時刻", Fault.HALF_TIME),
        (CLOSURES, {"終了時刻": ""}, "終了時刻", Fault.HALF_TIME),
        (CLOSURES, {"種別": "臨時開庁", "開始時刻": "", "終了時刻": ""}, "開始時刻", Fault.OPEN_WHEN),
    ],
)  # fmt: skip
def test_a_bad_row_is_told(
    schema: Schema[object], changed: dict[str, object], column: str, reason: str
) -> None:
    row = row_of(schema, RECORDS[schema.name], **changed)
    assert reasons(parsed(schema, row, known=TOWN)) == [(column, reason)]


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("9:00", time(9)),
        ("09:00:00", time(9)),
        ("９：３０", time(9, 30)),
        ("9時", time(9)),
        (" 9時30分 ", time(9, 30)),
    ],
)
def test_a_time_as_staff_write_it(written: str, read: time) -> None:
    found = parsed(CLOSURES, row_of(CLOSURES, CLOSURE, 開始時刻=written))
    assert found == Records((replace(CLOSURE, opens=read),), ())


def test_a_closure_of_the_whole_city_names_no_office_and_no_service() -> None:
    row = row_of(CLOSURES, CLOSURE, 施設ID="", サービス="", 開始時刻="", 終了時刻="")
    everywhere = replace(CLOSURE, office=None, service=None, opens=None, closes=None)
    assert parsed(CLOSURES, row, known=TOWN) == Records((everywhere,), ())


def test_hours_that_nobody_confirmed_are_empty() -> None:
    row = row_of(HOURS, OPEN, 営業時間_OSM="", 最終受付_分前="")
    assert parsed(HOURS, row) == Records((replace(OPEN, weekly="", last_admission=0),), ())
