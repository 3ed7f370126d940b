"""Open, closed, and until when, in Japan's time."""

from datetime import datetime

import pytest

from faq.hours import Closed, Open, State, Unknown, state
from faq.reasons import Reason, Why
from nlp.japan import JAPAN

COUNTER = "Mo-Fr 09:00-16:30; PH off; Dec 29-Jan 03 off"
CALL_CENTRE = "Mo-Su 08:00-20:00"


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=JAPAN)


@pytest.mark.parametrize(
    ("hours", "now", "expected"),
    [
        (COUNTER, "2026-11-24 12:00", Open(at("2026-11-24 16:30"))),
        (COUNTER, "2026-11-24 08:59", Closed(at("2026-11-24 09:00"), Why(Reason.HOURS))),
        (COUNTER, "2026-11-24 16:30", Closed(at("2026-11-25 09:00"), Why(Reason.HOURS))),
        (
            COUNTER,
            "2026-11-22 12:00",
            Closed(at("2026-11-24 09:00"), Why(Reason.DAY_OFF)),
        ),  # Sunday; Monday is a holiday
        (
            COUNTER,
            "2026-09-22 12:00",
            Closed(at("2026-09-24 09:00"), Why(Reason.HOLIDAY, "国民の休日")),
        ),  # between two holidays
        (
            COUNTER,
            "2026-05-06 12:00",
            Closed(at("2026-05-07 09:00"), Why(Reason.HOLIDAY, "憲法記念日 振替休日")),
        ),  # in lieu of a Sunday
        (COUNTER, "2026-12-28 17:00", Closed(at("2027-01-04 09:00"), Why(Reason.HOURS))),
        (COUNTER, "2027-01-11 12:00", Closed(at("2027-01-12 09:00"), Why(Reason.HOLIDAY, "成人の日"))),
        (
            COUNTER,
            "2027-03-22 12:00",
            Closed(at("2027-03-23 09:00"), Why(Reason.HOLIDAY, "春分の日 振替休日")),
        ),
        (CALL_CENTRE, "2026-12-31 21:00", Closed(at("2027-01-01 08:00"), Why(Reason.HOURS))),
        (CALL_CENTRE, "2026-11-23 12:00", Open(at("2026-11-23 20:00"))),
        ("24/7", "2026-11-23 12:00", Open(None)),
        ("off", "2026-11-23 12:00", Closed(None, Why(Reason.DAY_OFF))),
        ("", "2026-11-23 12:00", Unknown()),
    ],
)
def test_open_or_closed(hours: str, now: str, expected: State) -> None:
    assert state(hours, at(now)) == expected


def test_hours_that_nobody_can_read() -> None:
    with pytest.raises(ValueError, match="not opening hours"):
        state("nine to five", at("2026-11-24 12:00"))
