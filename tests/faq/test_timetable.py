"""Hours and dates: a table of questions, and what holds for every timetable."""

import csv
from datetime import date, datetime
from pathlib import Path
from typing import assert_never

import pytest

from faq.counters import Counter, SectionId, Service
from faq.hours import Closed, ClosedOn, Day, Open, Opening, OpenOn, State, Unknown, UnknownOn
from faq.models import OfficeId
from faq.reasons import Why
from nlp.japan import JAPAN
from tests.faq.hours_town import TOWN

CASES = list(csv.DictReader((Path(__file__).parent / "hours_cases.csv").read_text("utf-8").splitlines()))


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=JAPAN)


def counter(text: str) -> Counter:
    """東, 東/区民, 東 電話."""
    place, _, service = text.partition(" ")
    office, _, section = place.partition("/")
    return Counter(
        OfficeId(office),
        SectionId(section) if section else None,
        Service(service) if service else Service.COUNTER,
    )


def said(answer: Day | State) -> str:
    """The answer in the words of the table."""
    match answer:
        case OpenOn(openings=openings, complete=complete, day=day):
            return " ".join(["open", *(_span(each, day) for each in openings)]) + (
                "" if complete else " and unknown"
            )
        case ClosedOn(why=why):
            return f"closed {_why(why)}"
        case UnknownOn() | Unknown():
            return "unknown"
        case Open(until=None):
            return "open for good"
        case Open(until=until, last_admission=last):
            return f"open until {until:%Y-%m-%d %H:%M}" + (f" ({last:%H:%M})" if last else "")
        case Closed(opens=opens, why=why, unknown_from=unknown):
            until = f"closed until {opens:%Y-%m-%d %H:%M}" if opens else "closed"
            return f"{until}: {_why(why)}" + (f"; unknown from {unknown}" if unknown else "")
        case other:
            assert_never(other)


def _span(opening: Opening, day: date) -> str:
    hour = opening.closes.hour + 24 * (opening.closes.date() - day).days
    last = f"({opening.last_admission:%H:%M})" if opening.last_admission else ""
    return f"{opening.opens:%H:%M}-{hour:02}:{opening.closes:%M}{last}"


def _why(why: Why) -> str:
    return f"{why.reason} {why.words}".rstrip()


def asked(case: dict[str, str]) -> Day | State:
    where = counter(case["counter"])
    if case["question"] == "今":
        return TOWN.at(where, moment(case["moment"]))
    return TOWN.on(where, date.fromisoformat(case["question"]))


@pytest.mark.parametrize(
    "case", CASES, ids=[f"{case['moment']} {case['counter']} {case['question']}" for case in CASES]
)
def test_a_question_about_hours(case: dict[str, str]) -> None:
    assert said(asked(case)) == case["expected"], case["because"]


def test_the_table_is_as_long_as_it_says() -> None:
    assert len(CASES) >= 150
