"""Categories of voices are called in every language, and no word means two of them."""

import pytest

from faq.profile import read_profile
from nlp.compact import compact
from nlp.language import Language
from tests.faq.cities import SHIPPED, records
from tests.faq.place_files import VOICE_CATEGORY


@pytest.mark.parametrize(
    ("language", "name"), [(Language.JAPANESE, "道路・公園"), (Language.ENGLISH, "Roads and parks")]
)
def test_a_category_has_a_name_in_each_language(language: Language, name: str) -> None:
    assert VOICE_CATEGORY.called(language) == name


@pytest.mark.parametrize("typed", ["道路・公園", "街灯", "roads AND parks"])
def test_it_is_known_by_its_names_and_words(typed: str) -> None:
    assert compact(typed) in VOICE_CATEGORY.spoken


def test_what_ships_is_named_in_every_language_and_no_word_means_two() -> None:
    shipped = records(SHIPPED, "voice-categories")
    assert all(each.called(language) for each in shipped for language in Language)
    words = [word for each in shipped for word in each.spoken]
    assert sorted(word for word in set(words) if words.count(word) > 1) == []


def test_the_entries_under_which_the_ways_are_offered_are_there() -> None:
    entries = {each.id for each in records(SHIPPED, "faq")}
    assert set(read_profile(SHIPPED / "city.toml").voices.entries) <= entries
