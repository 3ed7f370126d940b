import cProfile
import json
import pstats
from dataclasses import fields, replace
from pathlib import Path

import pytest

from faq.exchange import Records, parse, read
from faq.holdings import Holdings
from faq.kinds import FAQ, KINDS, OFFICES, QUESTIONS, SHELTERS, SYNONYMS
from faq.models import EntryId, FaqEntry
from faq.problems import LISTED, Problem, Refused
from faq.references import registers
from faq.schemas import Schema
from faq.sentences import Fault, Notice
from faq.writing import write
from tests.faq.staff_files import (
    ASKED,
    ENTRY,
    FAQ_HEADING,
    OFFICE,
    SHELTER,
    WORDS,
    faq_csv,
    faq_row,
    text_of,
)


def _problems(found: Records[object] | Refused) -> list[tuple[int, str, str]]:
    assert isinstance(found, Refused), found
    assert found.total == len(found.problems)
    return [(problem.line, problem.column, problem.reason) for problem in found.problems]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp932"])
@pytest.mark.parametrize("delimiter", [",", "\t"])
def test_a_file_of_staff_is_read_whatever_program_wrote_it(encoding: str, delimiter: str) -> None:
    row = faq_row(
        question='①Ⅲ髙﨑の、"引用"',
        telephone="０９６－３３４－１５００",
        published_on="令和8年2月1日",
        confirmed_on="2026/11/1",
        kind="　ｓｔａｔｕｔｏｒｙ",
    )
    data = text_of(FAQ_HEADING, row, [""] * len(row), delimiter=delimiter).encode(encoding)
    assert parse(FAQ, data) == Records((replace(ENTRY, question='①Ⅲ髙﨑の、"引用"'),), ())


def test_line_breaks_of_every_system_come_in_as_one() -> None:
    data = text_of(FAQ_HEADING, faq_row(answer="一行\r\n二行")).encode()
    for ending in (b"\r\n", b"\n", b"\r"):
        found = parse(FAQ, data.replace(b"\r\n", ending))
        assert isinstance(found, Records)
        assert found.records[0].answer == "一行\n二行"


def test_the_columns_may_stand_in_any_order(tmp_path: Path) -> None:
    assert parse(FAQ, faq_csv(faq_row())) == Records((ENTRY,), ())
    swapped = text_of(FAQ_HEADING[::-1], faq_row()[::-1]).encode()
    assert parse(FAQ, swapped) == Records((ENTRY,), ())


@pytest.mark.parametrize(
    ("changed", "column", "reason"),
    [
        ({"question": "　"}, "question", Fault.EMPTY),
        ({"kind": "facts"}, "kind", Fault.NOT_A_CHOICE.format(allowed="fact、statutory、signpost")),
        ({"status": "確認"}, "status", Fault.NOT_A_CHOICE.format(allowed="確認済み、未確認")),
        ({"published_on": "2026年春"}, "published_on", Fault.BAD_DATE),
        ({"valid_until": "2026-01-31"}, "valid_until", Fault.REVERSED_DATES),
        ({"telephone": "963341500"}, "telephone", Fault.LOST_ZERO),
        ({"telephone": "代表"}, "telephone", Fault.BAD_TELEPHONE),
        ({"link": "www.example.jp"}, "link", Fault.BAD_URL),
        ({"answer": "あ" * 2_001}, "answer", Fault.TOO_LONG.format(length="2001", limit="2000")),
        ({"id": "転入"}, "id", Fault.BAD_SLUG),
    ],
)
def test_a_bad_cell_is_told_with_its_line_and_column(
    changed: dict[str, str], column: str, reason: str
) -> None:
    good = faq_row(id="other", question="ほかの質問", phrasings="", answer="二行\nにわたる")
    assert _problems(parse(FAQ, faq_csv(good, faq_row(**changed)))) == [(4, column, reason)]


def test_a_good_answer_may_be_as_long_as_the_limit() -> None:
    assert isinstance(parse(FAQ, faq_csv(faq_row(answer="あ" * 2_000))), Records)


@pytest.mark.parametrize(
    ("heading", "found"),
    [
        (
            ["qestion" if name == "question" else name for name in FAQ_HEADING],
            [
                (1, "question", Fault.MISSING_COLUMN),
                (1, "qestion", Fault.DID_YOU_MEAN.format(guess="question")),
            ],
        ),
        (
            [*FAQ_HEADING, "メモ"],
            [(1, "メモ", Fault.UNKNOWN_COLUMN.format(allowed="、".join(FAQ_HEADING)))],
        ),
        ([*FAQ_HEADING, "answer"], [(1, "answer", Fault.DOUBLE_COLUMN)]),
        (FAQ_HEADING[:-1], [(1, "status", Fault.MISSING_COLUMN)]),
    ],
)  # fmt: skip
def test_a_wrong_heading_is_told(heading: list[str], found: list[tuple[int, str, str]]) -> None:
    row = [*faq_row(), "x"][: len(heading)]
    assert _problems(parse(FAQ, text_of(heading, row).encode())) == found


def test_a_value_beside_the_table_is_told() -> None:
    heading, row = ["", *FAQ_HEADING], ["※", *faq_row()]
    reason = Fault.UNNAMED_COLUMN.format(position=1)
    assert _problems(parse(FAQ, text_of(heading, row).encode())) == [(2, "", reason)]
    assert isinstance(parse(FAQ, text_of([*heading, "", ""], ["", *row[1:], "", ""]).encode()), Records)


@pytest.mark.parametrize("cells", [[*faq_row(), "あふれ"], faq_row()[:-1], ["途中で切れた行"]])
def test_a_row_of_another_width_is_told(cells: list[str]) -> None:
    reason = Fault.WRONG_WIDTH.format(expected=16, found=len(cells))
    assert _problems(parse(FAQ, faq_csv(cells))) == [(2, "", reason)]


def test_empty_cells_that_excel_leaves_off_at_the_end_of_a_line_do_no_harm() -> None:
    found = parse(SYNONYMS, "words,weight,source\r\n転入|引っ越し,0.8\r\n".encode())
    assert found == Records((replace(WORDS, source=""),), ())


def test_two_of_one_id_are_told_by_both_lines_even_if_one_is_bad() -> None:
    twin = faq_row(question="ほかの質問", phrasings="", kind="x")
    problems = _problems(parse(FAQ, faq_csv(faq_row(), twin)))
    assert (4, "id", Fault.DUPLICATE.format(first=2, second=4)) in problems


def test_a_phrasing_that_two_entries_claim_is_told() -> None:
    other = faq_row(id="moving", question="転居は", phrasings="転居|転入届　いつまで")
    reason = Fault.DOUBLE_PHRASING.format(first=2, id="moving-in")
    assert _problems(parse(FAQ, faq_csv(faq_row(), other))) == [(4, "phrasings", reason)]
    assert isinstance(parse(FAQ, faq_csv(faq_row(phrasings="転入|転入"))), Records)


@pytest.mark.parametrize(
    ("schema", "record", "changed", "column", "reason"),
    [
        (OFFICES, OFFICE, {"緯度": ""}, "緯度", Fault.HALF_PLACE),
        (OFFICES, OFFICE, {"経度": ""}, "経度", Fault.HALF_PLACE),
        (OFFICES, OFFICE, {"緯度": "130.7"}, "緯度", Fault.BAD_LATITUDE),
        (OFFICES, OFFICE, {"電話番号": "１１"}, "電話番号", Fault.BAD_TELEPHONE),
        (SHELTERS, SHELTER, {"経度": ""}, "経度", Fault.EMPTY),
        (SHELTERS, SHELTER, {"だれでも": "○"}, "だれでも", Fault.NOT_A_CHOICE.format(allowed="有、無")),
        (SYNONYMS, WORDS, {"words": "転入"}, "words", Fault.LONE_WORD),
        (SYNONYMS, WORDS, {"weight": "80%"}, "weight", Fault.BAD_WEIGHT),
        (QUESTIONS, ASKED, {"handler": "ramen"}, "handler", None),
        (QUESTIONS, ASKED, {"handler": "none"}, "faq_id", Fault.ANSWERER_BARS_ENTRY),
        (QUESTIONS, ASKED, {"faq_id": ""}, "faq_id", Fault.ANSWERER_NEEDS_ENTRY),
        (QUESTIONS, ASKED, {"faq_id": "unknown"}, "faq_id", Fault.UNKNOWN_REFERENCE),
    ],
)  # fmt: skip
def test_the_other_kinds_are_checked_too(
    schema: Schema[object], record: object, changed: dict[str, str], column: str, reason: str | None
) -> None:
    row = {each.name: each.write(record) for each in schema.columns}
    known = registers(Holdings(entries=[ENTRY]))
    assert parse(schema, json.dumps([row]).encode(), known) == Records((record,), ())
    found = parse(schema, json.dumps([row | changed]).encode(), known)
    assert [(where, why) for _, where, why in _problems(found)] == [
        (column, reason or found.problems[0].reason)
    ]


def test_a_place_may_be_unknown() -> None:
    row = {each.name: each.write(replace(OFFICE, place=None)) for each in OFFICES.columns}
    assert parse(OFFICES, json.dumps([row]).encode()) == Records((replace(OFFICE, place=None),), ())


def test_one_question_may_have_several_entries_but_each_once() -> None:
    heading = "query_id,query,faq_id,relevance,handler"
    rows = ["1,犬,dog,2,question", "1,犬,cat,1,question", "2,ラーメン,,,none", "3,火事だ,,,danger"]
    found = parse(QUESTIONS, "\n".join([heading, *rows]).encode())
    assert isinstance(found, Records)
    assert [question.faq_id for question in found.records] == ["dog", "cat", None, None]
    again = parse(QUESTIONS, "\n".join([heading, *rows, rows[1]]).encode())
    assert _problems(again) == [(6, "query_id", Fault.DUPLICATE.format(first=3, second=6))]


def test_every_problem_is_listed_up_to_a_thousand_and_all_are_counted() -> None:
    rows = [
        faq_row(id=f"n{number}", question=f"質問{number}", phrasings="", kind="x") for number in range(1_200)
    ]
    found = parse(FAQ, faq_csv(*rows))
    assert isinstance(found, Refused)
    assert (len(found.problems), found.total) == (LISTED, 1_200)
    assert found.problems[0].line == 2


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("090-1234-5678", "***"),
        ("1234 5678 9012", "***"),
        ("a.b@example.jp へ", "*** へ"),
        ("一行\nです\x1b[31m", "一行 です [31m"),
        ("長" * 50, "長" * 40 + "…"),
    ],
)
def test_a_wrong_value_is_shown_short_and_without_personal_data(value: str, shown: str) -> None:
    found = parse(FAQ, faq_csv(faq_row(kind=value)))
    assert isinstance(found, Refused)
    assert found.problems[0].value == shown


def test_a_problem_reads_as_a_sentence() -> None:
    assert (
        str(Problem(12, "電話番号", "代表", "直してください。"))
        == "12行目「電話番号」：直してください。（値：代表）"
    )
    assert str(Problem(0, "", "", "直してください。")) == "直してください。"


@pytest.mark.parametrize(
    ("name", "reason"),
    [("missing.csv", Fault.NO_FILE), ("folder", Fault.A_DIRECTORY), ("empty.csv", Fault.EMPTY_FILE),
     ("blank.csv", Fault.EMPTY_FILE), ("old.xls", Fault.OLD_EXCEL), ("photo.csv", Fault.NOT_DECODABLE),
     ("large.csv", Fault.TOO_LARGE.format(size=51, limit=50)), ("na\0me", Fault.NO_FILE)],
)  # fmt: skip
def test_a_file_that_cannot_be_read_is_told(name: str, reason: str, tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "empty.csv").touch()
    (tmp_path / "blank.csv").write_text(",,\r\n,,\r\n", encoding="utf-8-sig")
    (tmp_path / "old.xls").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500))
    (tmp_path / "photo.csv").write_bytes(b"\xff\xd8\xff\xe0\x00\x10JFIF")
    with (tmp_path / "large.csv").open("wb") as file:
        file.truncate(50_000_001)
    problems = _problems(read(FAQ, tmp_path / name))
    assert len(problems) == 1
    assert problems[0][2].startswith(reason.partition("{")[0])


def test_a_heading_alone_is_an_empty_table_and_said_to_be() -> None:
    assert parse(FAQ, faq_csv()) == Records((), (Notice.NO_ROWS,))
    assert parse(FAQ, b" [ ] ") == Records((), (Notice.NO_ROWS,))


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "faq"])
def test_a_file_of_another_kind_is_told_in_one_sentence(kind: str) -> None:
    heading = ",".join(column.name for column in KINDS[kind].columns)
    found = parse(FAQ, (heading + "\n").encode())
    assert _problems(found) == [(0, "", Fault.OTHER_KIND.format(found=kind, given="faq"))]


@pytest.mark.parametrize("ending", [".csv", ".json", ".xlsx"])
def test_the_work_grows_with_the_rows_and_not_with_their_square(ending: str, tmp_path: Path) -> None:
    def calls(count: int) -> int:
        """Function calls, which a busy machine leaves alone."""
        file = tmp_path / f"{count}{ending}"
        rows: list[FaqEntry] = [
            replace(ENTRY, id=EntryId(f"n{n}"), question=f"質問{n}", phrasings=(f"言い方{n}",))
            for n in range(count)
        ]
        write(FAQ, rows, file)
        with cProfile.Profile() as profile:
            found = read(FAQ, file)
        assert isinstance(found, Records)
        assert list(found.records) == rows
        return pstats.Stats(profile).total_calls  # type: ignore[attr-defined]

    assert calls(400) < 5 * calls(100), "4 times; by squares it would be 16"


def test_every_field_of_a_record_has_its_column() -> None:
    for schema in KINDS.values():
        paths = {column.field.partition(".")[0] for column in schema.columns}
        assert paths == {field.name for field in fields(schema.record)}, schema.name
