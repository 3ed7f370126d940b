"""Topics are called in every language, and known by all that residents type for them."""

from dataclasses import replace

import pytest

from nlp.compact import compact
from nlp.language import Language
from tests.faq.cities import SHIPPED, records
from tests.faq.place_files import TOPIC


@pytest.mark.parametrize(
    ("language", "name"),
    [
        (Language.JAPANESE, "子育て"),
        (Language.EASY, "こどもを 育てる"),
        (Language.ENGLISH, "Raising children"),
        (Language.VIETNAMESE, "Nuôi dạy con"),
    ],
)
def test_a_topic_has_a_name_in_each_language(language: Language, name: str) -> None:
    assert TOPIC.called(language) == name


def test_without_a_name_in_a_language_the_japanese_stands() -> None:
    assert replace(TOPIC, english="").called(Language.ENGLISH) == "子育て"


@pytest.mark.parametrize("typed", ["子育て", "育児", "raising Children", "nuôi dạy con", "육아"])
def test_it_is_known_by_its_names_and_words(typed: str) -> None:
    assert compact(typed) in TOPIC.spoken


def test_what_ships_is_named_in_every_language_and_no_word_means_two() -> None:
    shipped = records(SHIPPED, "topics")
    assert all(each.called(language) for each in shipped for language in Language)
    words = [word for each in shipped for word in each.spoken]
    assert len(words) == len(set(words))
