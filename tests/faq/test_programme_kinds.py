from dataclasses import replace

import pytest

from faq.exchange import Records
from faq.programme_kinds import PROGRAMME_DAYS, PROGRAMMES
from faq.schemas import Schema
from faq.sentences import Fault
from tests.faq.place_files import PROGRAMME, PROGRAMME_DAY, TOWN
from tests.faq.rows import parsed, reasons, row_of

RECORDS = {"programmes": PROGRAMME, "programme-days": PROGRAMME_DAY}


@pytest.mark.parametrize("schema", [PROGRAMMES, PROGRAMME_DAYS])
def test_a_row_that_names_what_is_there_is_read(schema: Schema[object]) -> None:
    record = RECORDS[schema.name]
    assert parsed(schema, row_of(schema, record), known=TOWN) == Records((record,), ())


@pytest.mark.parametrize(
    ("schema", "changed", "column", "reason"),
    [
        (PROGRAMMES, {"施設ID": "K999"}, "施設ID", Fault.UNKNOWN_OFFICE),
        (PROGRAMMES, {"RRULE": "毎週月曜"}, "RRULE", Fault.BAD_RULE),
        (PROGRAMMES, {"RRULE": "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO", "valid_from": ""}, "RRULE",
         Fault.RULE_SINCE_WHEN),
        (PROGRAMMES, {"開始時刻": "25:00"}, "開始時刻", Fault.BAD_TIME),
        (PROGRAMMES, {"終了時刻": "12:00"}, "終了時刻", Fault.REVERSED_TIMES),
        (PROGRAMMES, {"開始時刻": ""}, "開始時刻", Fault.HALF_TIME),
        (PROGRAMMES, {"valid_to": "2026-03-31"}, "valid_to", Fault.REVERSED_PERIOD),
        (PROGRAMMES, {"祝日も実施": "○"}, "祝日も実施", Fault.NOT_A_CHOICE.format(allowed="有、無")),
        (PROGRAMMES, {"名称": ""}, "名称", Fault.EMPTY),
        (PROGRAMME_DAYS, {"相談ID": "law"}, "相談ID", Fault.UNKNOWN_PROGRAMME),
        (PROGRAMME_DAYS, {"日付": "12月7日"}, "日付", Fault.BAD_DATE),
        (PROGRAMME_DAYS, {"実施": "休止"}, "実施", Fault.NOT_A_CHOICE.format(allowed="実施、中止")),
        (PROGRAMME_DAYS, {"終了時刻": "9:00"}, "終了時刻", Fault.REVERSED_TIMES),
    ],
)  # fmt: skip
def test_a_bad_row_is_told(
    schema: Schema[object], changed: dict[str, object], column: str, reason: str
) -> None:
    row = row_of(schema, RECORDS[schema.name], **changed)
    assert reasons(parsed(schema, row, known=TOWN)) == [(column, reason)]


def test_every_other_week_has_a_first_day() -> None:
    rule = "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO"
    assert parsed(PROGRAMMES, row_of(PROGRAMMES, PROGRAMME, RRULE=rule)) == Records(
        (replace(PROGRAMME, recurrence=rule),), ()
    )


def test_where_only_a_frequency_is_known_there_is_no_rule_and_no_time() -> None:
    row = row_of(PROGRAMMES, PROGRAMME, RRULE="", 開始時刻="", 終了時刻="", 祝日も実施="", 施設ID="")
    known = replace(PROGRAMME, recurrence="", starts=None, ends=None, on_holidays=False, office=None)
    assert parsed(PROGRAMMES, row) == Records((known,), ())


def test_a_day_is_entered_once_for_each_consultation() -> None:
    row, same = (
        row_of(PROGRAMME_DAYS, PROGRAMME_DAY),
        row_of(PROGRAMME_DAYS, PROGRAMME_DAY, 日付="令和8年12月7日"),
    )
    assert reasons(parsed(PROGRAMME_DAYS, row, same)) == [
        ("相談ID", Fault.DUPLICATE.format(first=1, second=1))
    ]
    other = row_of(PROGRAMME_DAYS, PROGRAMME_DAY, 日付="2026-12-08")
    assert isinstance(parsed(PROGRAMME_DAYS, row, other), Records)
