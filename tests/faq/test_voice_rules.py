"""`[voices]` of city.toml."""

from datetime import timedelta

import pytest

from faq.voice_rules import VoiceRules, voice_rules


def test_a_city_that_says_nothing_has_letters_answered_as_cases_are() -> None:
    assert voice_rules({}) == VoiceRules(None, None, ())


def test_a_city_says_who_takes_letters_and_how_long_that_takes() -> None:
    found = voice_rules({"letters": "hall", "letters_within_days": 30, "entries": ["x"], "source": "町"})
    assert found == VoiceRules("hall", timedelta(days=30), ("x",))


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"letter": "hall"}, r"\[voices\] has letter"),
        ({"letters_within_days": 0}, "no number of days"),
        ({"letters_within_days": True}, "no number of days"),
        ({"letters_within_days": "30"}, "no number of days"),
        ({"entries": "letter-to-mayor"}, "no list"),
    ],
)
def test_what_it_cannot_mean_is_told(given: dict[str, object], told: str) -> None:
    with pytest.raises(ValueError, match=told):
        voice_rules(given)
