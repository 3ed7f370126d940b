"""Records of every kind, to cells and back."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from faq.exchange import Records, read
from faq.holdings import Holdings
from faq.kinds import FAQ, KINDS, OFFICES, SYNONYMS
from faq.problems import Problem
from faq.record_cells import cells_of, fingerprint, record_of
from faq.references import registers
from faq.schemas import Schema
from faq.sentences import Fault
from tests.conftest import DATA
from tests.faq.staff_files import ENTRY, OFFICE, WORDS

EVERY = tuple(KINDS.values())


def shipped(schema: Schema[Any]) -> tuple[Any, ...]:
    found = read(schema, DATA / f"{schema.name}.csv")
    assert isinstance(found, Records)
    return found.records


@pytest.mark.parametrize("schema", EVERY, ids=KINDS)
def test_all_that_ships_comes_back_the_same(schema: Schema[Any]) -> None:
    records = shipped(schema)
    for record in records:
        cells = cells_of(schema, record)
        assert list(cells) == [column.name for column in schema.columns]
        assert record_of(schema, cells) == record
        assert record_of(schema, {name: cell for name, cell in cells.items() if cell}) == record


@given(answer=st.text(max_size=50), phrasings=st.lists(st.text(max_size=20), max_size=3))
@settings(deadline=None)
def test_what_was_read_once_is_read_the_same_ever_after(answer: str, phrasings: list[str]) -> None:
    typed = cells_of(FAQ, ENTRY) | {"answer": answer, "phrasings": "|".join(phrasings)}
    read = record_of(FAQ, typed)
    if not isinstance(read, tuple):
        assert record_of(FAQ, cells_of(FAQ, read)) == read


def test_all_that_is_wrong_is_told_at_once() -> None:
    cells = cells_of(FAQ, ENTRY) | {"question": "", "telephone": "x", "valid_until": "1999-02-30"}
    assert record_of(FAQ, cells) == (
        Problem(0, "question", "", Fault.EMPTY),
        Problem(0, "telephone", "x", Fault.BAD_TELEPHONE),
        Problem(0, "valid_until", "1999-02-30", Fault.BAD_DATE),
    )


def test_what_does_not_go_together_is_told_at_its_column() -> None:
    found = record_of(OFFICES, cells_of(OFFICES, OFFICE) | {"緯度": "32.8", "経度": ""})
    assert found == (Problem(0, "経度", "", Fault.HALF_PLACE),)


def test_what_is_named_has_to_be_there() -> None:
    terms = KINDS["booking-terms"]
    cells = cells_of(terms, shipped(terms)[0])
    found = record_of(terms, cells, registers(Holdings()))
    assert isinstance(found, tuple)
    assert Problem(0, "相談ID", cells["相談ID"], Fault.UNKNOWN_PROGRAMME) in found


def test_cells_of_another_version_of_the_program_are_read() -> None:
    cells = cells_of(FAQ, ENTRY)
    del cells["link"]
    assert record_of(FAQ, cells | {"a column to come": "x"}) == replace(ENTRY, link="")


def test_a_fingerprint_changes_with_the_record() -> None:
    assert fingerprint(FAQ, ENTRY) == fingerprint(FAQ, replace(ENTRY))
    assert fingerprint(FAQ, ENTRY) != fingerprint(FAQ, replace(ENTRY, link="https://example.jp/"))


@pytest.mark.parametrize("schema", EVERY, ids=KINDS)
def test_names_tell_records_apart(schema: Schema[Any]) -> None:
    names = [schema.name_of(record) for record in shipped(schema)]
    assert len(set(names)) == len(names)


def test_words_are_named_by_the_first() -> None:
    assert SYNONYMS.name_of(WORDS) == WORDS.words[0]
