"""[cases] of city.toml."""

from datetime import timedelta

import pytest

from faq.case_rules import WEEKDAYS, CaseRules, case_rules
from faq.profile import read_profile
from tests.faq.cities import LITTLE, SHIPPED

NONE: dict[str, object] = {}


def test_what_ships():
    rules = read_profile(SHIPPED / "city.toml").cases
    assert (rules.answer_within, rules.remind_after) == (timedelta(hours=16), timedelta(hours=4))
    assert rules.climb_after == timedelta(hours=8)
    assert rules.fallback_section == "higomaru-general"
    assert rules.usual_hours == "Mo-Fr 09:00-16:30; PH off; Dec 29-Jan 03 off", "those of its counters"
    assert rules.told


def test_a_city_that_says_nothing():
    assert read_profile(LITTLE / "city.toml").cases == CaseRules() == case_rules(NONE)
    assert CaseRules().usual_hours == WEEKDAYS
    assert not CaseRules().told


def test_what_is_said_stands_beside_the_defaults():
    rules = case_rules({"answer_within_hours": 7.5, "usual_hours": "Mo-Fr 10:00-12:00"}, "Mo-Fr 09:00-17:00")
    assert rules.answer_within == timedelta(hours=7.5)
    assert rules.remind_after == CaseRules().remind_after
    assert rules.usual_hours == "Mo-Fr 10:00-12:00"
    assert rules.fallback_section is None


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"answer_in": 3}, "answer_in; what it may have: answer_within_hours"),
        ({"answer_within_hours": 0}, "= 0 is no number of hours"),
        ({"answer_within_hours": -1}, "= -1 is no number of hours"),
        ({"answer_within_hours": 201}, "= 201 is no number of hours"),
        ({"answer_within_hours": "16"}, "= 16 is no number of hours"),
        ({"answer_within_hours": True}, "= True is no number of hours"),
        ({"usual_hours": "weekdays"}, "not opening hours"),
        ({"usual_hours": "Mo-Fr 09:00+"}, "not opening hours"),
    ],
)
def test_what_cannot_be_meant(given, said):
    with pytest.raises(ValueError, match=r"hours|answer") as refused:
        case_rules(given)
    assert said in str(refused.value)
