"""How names of places are read: the longest name counts, and no longer word is torn apart."""

import csv

import pytest

from faq.readings import Reading, Readings, Segment
from tests.conftest import DATA
from tests.faq.place_files import SOURCE

KNOWN = Readings(
    Reading(word, kana, SOURCE)
    for word, kana in (
        ("神水", "くわみず"),
        ("神水本町", "くわみずほんまち"),
        ("出水", "いずみ"),
        ("城南町出水", "じょうなんまちいずみ"),
        ("水道町", "すいどうちょう"),
    )
)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("神水です", "神水[くわみず]です"),
        ("中央区神水本町1-1", "中央区神水本町[くわみずほんまち]1-1"),
        ("城南町出水と出水", "城南町出水[じょうなんまちいずみ]と出水[いずみ]"),
        ("神水出水", "神水[くわみず]出水[いずみ]"),
        ("神水（くわみず）です", "神水（くわみず）です"),
        ("新神水駅", "新神水駅"),
        ("上下水道町内会", "上下水道町内会"),
        ("ほかの町", "ほかの町"),
        ("", ""),
    ],
)
def test_a_text_with_its_readings(text, shown):
    pieces = KNOWN.segments(text)
    assert "".join(f"{each.text}[{each.ruby}]" if each.ruby else each.text for each in pieces) == shown
    assert "".join(each.text for each in pieces) == text
    assert all(each.text for each in pieces)


def test_a_city_without_readings():
    assert Readings().segments("神水") == (Segment("神水"),)
    assert Readings().segments("") == ()


def test_what_ships_says_where_it_comes_from():
    with (DATA / "readings.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) > 300
    assert {row["word"]: row["reading"] for row in rows}["神水"] == "くわみず"
    assert all(row["source"] and row["source_url"] for row in rows)
