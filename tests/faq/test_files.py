import csv
import json
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from faq.exchange import Records, parse
from faq.files import LARGEST, WIDEST, Row, Sheet, load, sheet_of, too_many_cells
from faq.kinds import FAQ, KINDS, SYNONYMS
from faq.problems import Problem, Refused, of_file
from faq.sentences import Fault, Notice


def _reasons(data: bytes) -> list[tuple[int, str]]:
    found = sheet_of(data)
    problems = (found,) if isinstance(found, Problem) else found.problems
    return [(problem.line, problem.reason) for problem in problems]


def test_a_file_that_is_too_large_is_not_even_loaded(tmp_path: Path) -> None:
    with (tmp_path / "large.csv").open("wb") as file:
        file.truncate(LARGEST + 1)
    refusal = of_file(Fault.TOO_LARGE.format(size=51, limit=50))
    assert load(tmp_path / "large.csv") == refusal
    assert sheet_of(bytes(LARGEST + 1)) == refusal


def test_a_row_has_the_line_where_it_begins() -> None:
    found = sheet_of(b'a,b\r\n\r\n"1\r\n2",3\r\n4,5\r\n')
    assert found == Sheet(Row(1, ("a", "b")), (Row(3, ("1\r\n2", "3")), Row(5, ("4", "5"))))


def test_staff_are_told_of_letters_that_excel_could_not_write() -> None:
    found = sheet_of("受付\n9時?16時\n".encode("cp932"))
    assert isinstance(found, Sheet)
    assert found.notes == (Notice.LOST_LETTERS.format(count=1),)


def test_the_guard_against_formulas_is_taken_off() -> None:
    found = sheet_of(b"a\n'=1+1\n''-1\n'quoted'\n")
    assert isinstance(found, Sheet)
    assert [row.cells for row in found.rows] == [("=1+1",), ("'-1",), ("'quoted'",)]


@pytest.mark.parametrize(
    ("text", "reasons"),
    [
        ('a,b\n1,"2\n3,4\n', [(2, Fault.OPEN_QUOTE)]),
        ('a,b\n1,2\n3,"4"5"\n', [(3, Fault.OPEN_QUOTE)]),
        ("{}", [(1, Fault.NOT_A_LIST)]),
        ('[\n{"a": 1},\n{"a": }]', [(3, Fault.BAD_JSON)]),
        ('[{"a": 1},]', [(1, Fault.BAD_JSON)]),
        ('[{"a": 1} {"a": 2}]', [(1, Fault.BAD_JSON)]),
        ('[{"a": 1}', [(1, Fault.BAD_JSON)]),
        ('[{"a": 1}]\n x', [(2, Fault.BAD_JSON)]),
        ("[1,\n\n{}, null]", [(1, Fault.NOT_AN_OBJECT), (3, Fault.NOT_AN_OBJECT)]),
        ('[{"a": 1, "a": 2}]', [(1, Fault.DOUBLE_KEY)]),
        ("[" * 100_000, [(1, Fault.BAD_JSON)]),
        ('[{"a": ' + "1" * 10_000 + "}]", []),
    ],
)  # fmt: skip
def test_broken_text_is_told_with_its_line(text: str, reasons: list[tuple[int, str]]) -> None:
    assert _reasons(text.encode()) == reasons


@pytest.mark.parametrize(
    "text",
    [
        ",".join(f"c{number}" for number in range(WIDEST + 1)) + "\n1\n",
        "[" + ",".join(f'{{"c{number}": 1}}' for number in range(WIDEST + 1)) + "]",
        "[" + ",".join(f'{{"c{number % 400}": 1}}' for number in range(5_001)) + "]",
    ],
    ids=["a heading", "keys", "keys times objects"],
)
def test_a_small_file_that_spells_out_a_vast_table_is_refused_at_once(text: str) -> None:
    assert sheet_of(text.encode()) == too_many_cells()


def test_blank_headings_at_the_end_are_no_columns() -> None:
    found = sheet_of(b"a,b" + b"," * WIDEST + b"\n1,2\n")
    assert isinstance(found, Sheet)
    assert found.heading == Row(1, ("a", "b"))


def test_a_forgotten_quote_does_not_hide_what_is_wrong_before_it() -> None:
    data = 'words,weight,source\n転入|引っ越し,九,x\n"犬,1,x\n犬|いぬ,1,x\n'
    found = parse(SYNONYMS, data.encode())
    assert isinstance(found, Refused)
    assert [(problem.line, problem.reason) for problem in found.problems] == [
        (2, Fault.BAD_WEIGHT),
        (3, Fault.OPEN_QUOTE),
    ]


def test_json_keeps_numbers_as_written_and_takes_lists() -> None:
    text = """[
 {"words": ["犬", "いぬ"], "weight": 0.10, "source": null},
 {"words": "猫|ねこ", "weight": 1}
]"""
    found = parse(SYNONYMS, text.encode())
    assert isinstance(found, Records)
    assert [(group.words, group.weight) for group in found.records] == [
        (("犬", "いぬ"), 0.1),
        (("猫", "ねこ"), 1.0),
    ]
    sheet = sheet_of(text.encode())
    assert isinstance(sheet, Sheet)
    assert [(row.line, row.cells[1]) for row in sheet.rows] == [(2, "0.10"), (3, "1")]


def test_json_within_json_is_told() -> None:
    found = parse(SYNONYMS, json.dumps([{"words": {"a": 1}, "weight": [1, {}], "source": True}]).encode())
    assert isinstance(found, Refused)
    assert [(problem.column, problem.reason) for problem in found.problems] == [
        ("words", Fault.NESTED),
        ("weight", Fault.NESTED),
    ]


def test_a_long_cell_is_read_and_told_to_be_long() -> None:
    limit = csv.field_size_limit()
    found = parse(SYNONYMS, b"words,weight,source\na|b,1," + b"x" * 200_000)
    assert isinstance(found, Refused)
    assert found.problems[0].reason == Fault.TOO_LONG.format(length=200_000, limit=2_000)
    assert csv.field_size_limit() == limit


_STARTS = [
    b"",
    b"PK\x03\x04",
    b"\xff\xfe",
    b"\xfe\xff",
    b"\xef\xbb\xbf",
    b"[",
    b'[{"',
    b"\xd0\xcf\x11\xe0",
    b"id,category,kind\n",
    ",".join(column.name for column in FAQ.columns).encode() + b"\r\n",
]


@settings(max_examples=400, deadline=None)
@given(st.sampled_from(_STARTS), st.binary(max_size=200), st.sampled_from(sorted(KINDS)))
@example(b"", b"\r\r\r\0", "faq")
def test_whatever_the_bytes_nothing_is_raised(start: bytes, data: bytes, kind: str) -> None:
    assert isinstance(parse(KINDS[kind], start + data), Records | Refused)


@settings(max_examples=300, deadline=None)
@given(st.text(st.sampled_from('id,"\n\r\t[]{}:\\0=|あ'), max_size=60))
def test_whatever_the_text_nothing_is_raised(text: str) -> None:
    assert isinstance(parse(SYNONYMS, text.encode()), Records | Refused)


def test_what_is_slow_to_import_is_imported_only_when_it_is_needed() -> None:
    code = (
        "import sys, faq.exchange, faq.kinds, faq.writing, faq.snapshot, faq.opendata\n"
        "print({'openpyxl', 'sqlite_utils', 'rapidfuzz', 'zipfile'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"
