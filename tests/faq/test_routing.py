"""Which section a case goes to."""

import csv
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest

from faq.counters import SectionId
from faq.routing import Because, Topic, hand_over, needs_ward, route, ward_named
from nlp.japan import JAPAN
from tests.faq.cities import LITTLE, SHIPPED, entries, records, switchboard

MONDAY = datetime(2026, 12, 28, 18, tzinfo=JAPAN)
TODAY = date(2026, 12, 28)
ASKS = "?"
"""In the table: the ward is asked first."""
with (Path(__file__).parent / "routing_cases.csv").open(encoding="utf-8") as file:
    CASES = list(csv.DictReader(file))


@pytest.mark.parametrize("case", CASES, ids=[f"{at}" for at in range(len(CASES))])
def test_the_section_of_what_is_said(case):
    board = switchboard(SHIPPED)
    topic = Topic(entries(SHIPPED)[case["entry"]] if case["entry"] else None, case["words"], case["ward"])
    found = route(board, topic, TODAY)
    assert found is not None
    if case["section"] == ASKS:
        assert needs_ward(board, topic, TODAY)
        assert found.because is Because.FALLBACK, "who does not know the ward is not sent to a wrong one"
    else:
        assert (found.section, found.because) == (case["section"], case["because"])
        assert not needs_ward(board, topic, TODAY)


@pytest.mark.parametrize("ward", ["中央区", "東区", "西区", "南区", "北区"])
def test_a_section_of_the_ward_or_of_the_whole_city(ward):
    """Of each entry: never a section of another ward."""
    board = switchboard(SHIPPED)
    for entry in entries(SHIPPED).values():
        found = route(board, Topic(entry, "", ward), TODAY)
        assert found is not None
        section = board.section(found.section)
        assert section is not None
        office = board.directory.office(section.office)
        shared = [each for each in board.sections if each.name == section.name]
        named = board.directory.named(entry.section)
        if len(shared) > 1 and not (named and named.office == office):
            assert office is not None
            assert office.ward == ward, entry.id


def test_the_procedure_that_was_heard_tells_the_section():
    board = switchboard(SHIPPED)
    seal = next(each for each in records(SHIPPED, "procedures") if each.id == "seal-registration")
    topic = Topic(None, "はんこのやつ", "北区", seal)
    found = route(board, topic, TODAY)
    assert found is not None
    assert (found.section, found.because) == ("kita-kumin", "procedure")
    assert needs_ward(board, replace(topic, ward=""), TODAY)


@pytest.mark.parametrize(
    ("words", "ward"),
    [
        ("東区に住んでいます", "東区"),
        ("託麻総合出張所", "東区"),
        ("東区から西区に引っ越す", ""),
        ("こんにちは", ""),
    ],
)
def test_the_ward_that_is_named(words, ward):
    assert ward_named(switchboard(SHIPPED), words) == ward


def test_a_section_that_is_no_more_gets_nothing():
    board = switchboard(SHIPPED)
    closed = tuple(
        replace(each, valid_to=date(2026, 11, 30)) if each.id == "honcho-haikibutsu" else each
        for each in board.sections
    )
    later = replace(board, sections=closed)
    topic = Topic(None, "ごみの収集")
    before, after = route(later, topic, date(2026, 11, 30)), route(later, topic, date(2026, 12, 1))
    assert before is not None
    assert after is not None
    assert (before.section, after.section) == ("honcho-haikibutsu", "higomaru-general")


def test_the_promise_of_a_draft():
    found = hand_over(switchboard(SHIPPED), Topic(None, "住民票を取りたい", "東区"), MONDAY)
    assert found is not None
    assert found.promised_at == datetime(2027, 1, 6, 10, tzinfo=JAPAN)


@pytest.mark.parametrize(
    ("words", "section", "because"),
    [
        ("住民票を取りたい", "civic", "words"),
        ("船の係留のこと", "harbour", "words"),
        ("港湾課につないで", "harbour", "words"),
        ("なんか困った", "civic", "fallback"),
    ],
)
def test_another_city_that_says_nothing_of_cases(words, section, because):
    """It has no wards, so it never asks for one; its hall is open 8:30-17:00."""
    board = switchboard(LITTLE)
    topic = Topic(None, words)
    found = hand_over(board, topic, MONDAY)
    assert found is not None
    assert (found.section, found.because) == (section, because)
    assert found.promised_at == datetime(2026, 12, 30, 16, tzinfo=JAPAN)
    assert not needs_ward(board, topic, TODAY)


def test_a_fallback_that_is_no_section_is_not_used():
    board = switchboard(LITTLE)
    wrong = replace(board, rules=replace(board.rules, fallback_section=SectionId("nobody")))
    found = route(wrong, Topic(None, "なんか困った"), TODAY)
    assert found is not None
    assert found.section == "civic"
    assert route(replace(board, sections=()), Topic(None, "なんか困った"), TODAY) is None
