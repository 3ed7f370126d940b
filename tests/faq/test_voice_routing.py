"""A letter goes where letters go, a proposal by its category, its words, and at last where letters go."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from faq.counters import SectionId
from faq.profile import read_profile
from faq.routing import Topic
from faq.voice_routing import letter, proposal, to_section
from faq.voice_rules import VoiceRules
from nlp.japan import JAPAN
from tests.faq.cities import SHIPPED, records, switchboard

MONDAY = datetime(2026, 11, 30, 10, tzinfo=JAPAN)
RULES = read_profile(SHIPPED / "city.toml").voices
NONE = VoiceRules()


def category(name):
    return next(each for each in records(SHIPPED, "voice-categories") if each.id == name)


def test_a_letter_is_promised_by_the_calendar_and_never_on_a_day_off():
    found = letter(switchboard(SHIPPED), RULES, Topic(None, "ごみの収集"), MONDAY)
    assert found is not None
    assert found.section == "honcho-kocho"
    assert found.promised_at == datetime(2027, 1, 4, 9, tzinfo=JAPAN)  # thirty days later is the 30th: closed


def test_where_the_city_names_nobody_a_letter_goes_as_a_case_does():
    found = letter(switchboard(SHIPPED), NONE, Topic(None, "ごみの収集"), MONDAY)
    assert found is not None
    assert found.section == "honcho-haikibutsu"


@pytest.mark.parametrize(
    ("named", "words", "section"),
    [
        ("waste", "何か言いたい", "honcho-haikibutsu"),
        ("roads", "ごみの収集", "honcho-haikibutsu"),
        ("roads", "街灯が暗い", "honcho-kocho"),
        (None, "街灯が暗い", "honcho-kocho"),
    ],
)
def test_a_proposal(named, words, section):
    about = category(named) if named else None
    found = proposal(switchboard(SHIPPED), RULES, about, Topic(None, words), MONDAY)
    assert found is not None
    assert found.section == section
    assert found.promised_at is not None
    assert found.promised_at - MONDAY < timedelta(days=10)


def test_a_section_that_is_no_more_takes_nothing():
    gone = replace(category("waste"), section=SectionId("no-more"))
    found = proposal(switchboard(SHIPPED), NONE, gone, Topic(None, "何か"), MONDAY)
    assert found is not None
    assert found.section == "higomaru-general"


def test_without_sections_nobody_takes_it():
    board = replace(switchboard(SHIPPED), sections=())
    assert letter(board, RULES, Topic(None, "何か"), MONDAY) is None
    assert proposal(board, RULES, None, Topic(None, "何か"), MONDAY) is None


def test_the_section_that_somebody_chose():
    assert to_section(switchboard(SHIPPED), SectionId("chuo-kumin"), MONDAY).section == "chuo-kumin"
