import pytest

from faq.cells import Wrong
from faq.sentences import Fault
from faq.weekly_cells import WEEKLY, spans


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("Mo-Fr 09:00-16:30; PH off; Dec 29-Jan 03 off", None),
        ("Mo-Fr 09:00-12:00,13:00-16:30; Sa[1] 09:00-12:00", None),
        ("2026 Mar 16-Apr 03: Mo-Fr 08:30-17:15", None),
        ("Mo-Su 17:15-24:00,00:00-08:30", None),
        ("24/7", None),
        ("off", None),
        ("Mo－Fr　０９：００〜１６：３０；PH off；", "Mo-Fr 09:00-16:30;PH off"),
        ("Mo–Fr 09:00–16:30", "Mo-Fr 09:00-16:30"),
        ("mo-FR 09:00-16:30; ph Off; DEC 29-jan 03 off", "Mo-Fr 09:00-16:30; PH off; Dec 29-Jan 03 off"),
    ],
)
def test_hours_that_say_when_somebody_is_there(written: str, kept: str | None) -> None:
    assert WEEKLY.parse(written) == (kept or written)


@pytest.mark.parametrize(
    ("written", "reason", "value"),
    [
        ("平日 9:00-17:00", Fault.BAD_WEEKLY, ""),
        ("Mo-Fr 9-17", Fault.BAD_WEEKLY, ""),
        ("Mo-Fr 09.00-16.30", Fault.BAD_WEEKLY, ""),
        ("Mo-Xx 09:00-16:30", Fault.BAD_WEEKLY, ""),
        ("Mo-Fr 09:00-25:00", Fault.BAD_WEEKLY_TIME, "09:00-25:00"),
        ("Mo-Fr 18:00-26:00", Fault.BAD_WEEKLY_TIME, "18:00-26:00"),
        ("Mo-Fr 09:00-16:60", Fault.BAD_WEEKLY_TIME, "09:00-16:60"),
        ("Mo-Fr 09:00", Fault.BAD_WEEKLY_TIME, "09:00"),
        ("Mo-Fr 16:30-09:00", Fault.REVERSED_WEEKLY, "16:30-09:00"),
        ("Mo-Fr 09:00-09:00", Fault.REVERSED_WEEKLY, "09:00-09:00"),
        ("Mo-Fr 09:00-05:00pm", Fault.REVERSED_WEEKLY, "09:00-05:00"),
        ("Mo-Fr", Fault.UNTIMED_WEEKLY, "Mo-Fr"),
        ("Mo-Fr 09:00-16:30; Sa", Fault.UNTIMED_WEEKLY, "Sa"),
        ('Mo-Fr 09:00-16:30 "予約制"', Fault.UNSURE_WEEKLY, '"予約制"'),
        ("Mo-Fr 09:00+", Fault.UNSURE_WEEKLY, "0+"),
        ("Mo-Fr sunrise-sunset", Fault.UNSURE_WEEKLY, "sunrise"),
        ("Mo-Fr 09:00-16:30; SH off", Fault.UNSURE_WEEKLY, "SH"),
        ("Mo-Fr 09:00-16:30 unknown", Fault.UNSURE_WEEKLY, "unknown"),
        ("Mo-Fr 09:00-16:30 || off", Fault.UNSURE_WEEKLY, "||"),
        ("Mo-Fr 09:00-16:30/01:00", Fault.UNSURE_WEEKLY, "/"),
    ],
)
def test_hours_that_read_as_something_nobody_meant(written: str, reason: str, value: str) -> None:
    assert WEEKLY.parse(written) == Wrong(reason.format(value=value))


def test_a_text_too_long_to_be_hours() -> None:
    found = WEEKLY.parse("Mo-Fr 09:00-16:30; " * 40)
    assert isinstance(found, Wrong)
    assert "長すぎます" in found.reason


def test_the_spans_of_a_text() -> None:
    assert list(spans("Mo-Fr 09:00-12:00, 13:00 - 16:30; PH off")) == [(540, 720), (780, 990)]
    assert list(spans("24/7")) == []
