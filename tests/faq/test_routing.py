"""Which section a case goes to."""

from datetime import datetime

import pytest

from faq.routing import Topic, hand_over, needs_ward, route
from nlp.japan import JAPAN, today
from tests.faq.cities import LITTLE, SHIPPED, entries, switchboard

MONDAY = datetime(2026, 12, 28, 18, tzinfo=JAPAN)


@pytest.mark.parametrize(
    ("entry", "words", "ward", "section", "because"),
    [
        ("moving-in", "", "南区", "minami-kumin", "entry"),
        ("", "住民票を取りたい", "東区", "higashi-kumin", "words"),
        ("", "なんか困った", "", "higomaru-general", "fallback"),
    ],
)
def test_the_section(entry, words, ward, section, because):
    topic = Topic(entries(SHIPPED)[entry] if entry else None, words, ward)
    found = route(switchboard(SHIPPED), topic, today(MONDAY))
    assert found is not None
    assert (found.section, found.because) == (section, because)


def test_the_ward_is_asked_for_where_each_has_the_section():
    board = switchboard(SHIPPED)
    assert needs_ward(board, Topic(None, "住民票を取りたい"), today(MONDAY))
    assert not needs_ward(board, Topic(None, "東区で住民票を取りたい"), today(MONDAY))
    assert not needs_ward(board, Topic(None, "ごみの収集"), today(MONDAY))


def test_the_promise_of_a_draft():
    found = hand_over(switchboard(SHIPPED), Topic(None, "住民票を取りたい", "東区"), MONDAY)
    assert found is not None
    assert found.promised_at == datetime(2027, 1, 6, 10, tzinfo=JAPAN)


def test_a_city_that_says_nothing_of_cases():
    found = hand_over(switchboard(LITTLE), Topic(None, "なんか困った"), MONDAY)
    assert found is not None
    assert (found.section, found.because) == ("civic", "fallback")
