"""The file of what other languages call the things of a city."""

from pathlib import Path

import pytest

from faq.foreign_words import read_foreign_words

HEADER = "japanese,general,en,zh,ko,vi"


def read(tmp_path: Path, text: str) -> object:
    file = tmp_path / "words.csv"
    file.write_text(text, encoding="utf-8")
    return read_foreign_words(file)


def test_words_are_read(tmp_path: Path) -> None:
    (word,) = read_foreign_words(Path("data/foreign-words.csv"))[2:3]
    assert word.japanese == "いくら"
    assert word.is_general
    assert "how much" in word.said["en"]


def test_a_file_without_a_language_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="must name japanese, general, en, ko, vi, zh"):
        read(tmp_path, "japanese,general,en\nごみ,,garbage\n")


def test_a_line_that_says_nothing_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=":2: no language has a word"):
        read(tmp_path, f"{HEADER}\nごみ,,,,,\n")
