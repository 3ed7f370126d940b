"""Whose it is where it is not the city's; and what sounds like it and is."""

import csv
from dataclasses import replace
from pathlib import Path

import pytest

from faq.models import Status
from faq.neighbours import fitting
from tests.faq.cities import SHIPPED, records
from tests.faq.place_files import NEIGHBOUR

with (Path(__file__).parent / "neighbour_cases.csv").open(encoding="utf-8") as file:
    CASES = [(each["words"], each["neighbour"]) for each in csv.DictReader(file)]
NOT_HERE = 40
"""Rows of the table that are not the city's, at the least."""


def test_the_table_has_both():
    others = [neighbour for _, neighbour in CASES if neighbour]
    assert len(others) >= NOT_HERE
    assert {each.id for each in records(SHIPPED, "neighbours")} == set(others)


@pytest.mark.parametrize(("words", "neighbour"), CASES, ids=[str(at) for at in range(len(CASES))])
def test_whose_it_is(words, neighbour):
    found = fitting(records(SHIPPED, "neighbours"), words)
    assert (found.id if found else "") == neighbour


def test_the_one_of_which_more_is_met():
    other = replace(NEIGHBOUR, id="other", deals=("相続税の申告",))
    assert fitting([NEIGHBOUR, other], "相続税の申告をしたい") == other
    assert fitting([other, NEIGHBOUR], "相続税のことで") == NEIGHBOUR
    assert fitting([], "相続税") is None


def test_what_is_left_to_the_city_counts_first():
    assert fitting([NEIGHBOUR], "市県民税の確定申告") is None
    assert fitting([replace(NEIGHBOUR, leaves=())], "市県民税の確定申告") is not None


def test_each_says_where_it_was_read_and_none_is_called_confirmed():
    """The pages that were read are older than a year, or carry no date."""
    for each in records(SHIPPED, "neighbours"):
        assert each.provenance.source
        assert each.provenance.source_url
        assert each.provenance.status is Status.UNCONFIRMED
        assert each.does.endswith("。")
