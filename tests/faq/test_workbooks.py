import io
import zipfile
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

import faq.workbooks
from faq.counter_kinds import CLOSURES
from faq.exchange import Records, parse
from faq.files import too_many_cells
from faq.kinds import FAQ, SYNONYMS
from faq.problems import Refused
from faq.programme_kinds import PROGRAMMES
from faq.sentences import Fault, Notice
from faq.writing import write
from tests.faq.place_files import CLOSURE, PROGRAMME
from tests.faq.staff_files import ENTRY, FAQ_HEADING, WORDS, faq_row, workbook


def _typed(**changed: object) -> list[object]:
    """A good row with cells of other types than text."""
    row: list[object] = list(faq_row())
    for name, value in changed.items():
        row[FAQ_HEADING.index(name)] = value
    return row


@pytest.mark.parametrize("date_format", ["yyyy/m/d", 'yyyy"年"m"月"d"日"', "[$-ja-JP]ggge年m月d日", "m/d/yy"])
def test_date_cells_of_every_look_are_dates(date_format: str, tmp_path: Path) -> None:
    row = _typed(published_on=date(2026, 2, 1), confirmed_on=datetime(2026, 11, 1, 0, 0))  # noqa: DTZ001
    data = workbook(tmp_path / "staff.xlsx", [FAQ_HEADING, row], date_format)
    assert parse(FAQ, data) == Records((ENTRY,), ())


def test_empty_rows_and_number_cells_do_no_harm(tmp_path: Path) -> None:
    rows = [
        [],
        ["words", "weight", "source"],
        [],
        ["転入|引っ越し", 0.8, "窓口の言い方"],
        [],
        [" "],
        ["　", "", None],
    ]
    data = workbook(tmp_path / "staff.xlsx", rows)
    assert parse(SYNONYMS, data) == Records((WORDS,), ())


@pytest.mark.parametrize(
    ("changed", "column", "reason"),
    [
        ({"telephone": 963341500}, "telephone", Fault.LOST_ZERO),
        ({"published_on": 46000}, "published_on", Fault.BAD_DATE),
        ({"published_on": datetime(2026, 2, 1, 9, 30)}, "published_on", Fault.BAD_DATE),  # noqa: DTZ001
        ({"section": date(2026, 1, 2)}, "section", Fault.BECAME_A_DATE),
        ({"answer": "=1+1"}, "answer", Fault.FORMULA),
        ({"answer": None}, "answer", Fault.EMPTY),
        ({"status": True}, "status", Fault.NOT_A_CHOICE.format(allowed="確認済み、未確認")),
    ],
)
def test_a_bad_cell_is_told_by_its_row_in_excel(
    changed: dict[str, object], column: str, reason: str, tmp_path: Path
) -> None:
    data = workbook(tmp_path / "staff.xlsx", [FAQ_HEADING, [], _typed(**changed)])
    found = parse(FAQ, data)
    assert isinstance(found, Refused)
    assert [(problem.line, problem.column, problem.reason) for problem in found.problems] == [
        (3, column, reason)
    ]


CLOSURE_HEADING = [column.name for column in CLOSURES.columns]


def _closure(**changed: object) -> list[object]:
    row = {column.name: column.write(CLOSURE) for column in CLOSURES.columns} | changed
    return list(row.values())


@pytest.mark.parametrize("time_format", ["h:mm", "hh:mm:ss", '[$-ja-JP]h"時"mm"分";@', "[h]:mm"])
def test_time_cells_of_every_look_are_times(time_format: str, tmp_path: Path) -> None:
    row = _closure(開始時刻=time(13), 終了時刻=time(17, 30))
    data = workbook(tmp_path / "closures.xlsx", [CLOSURE_HEADING, row], time_format)
    assert parse(CLOSURES, data) == Records((CLOSURE,), ())


def test_every_minute_of_a_day_survives_excel(tmp_path: Path) -> None:
    minutes = [time(minute // 60, minute % 60) for minute in range(1, 24 * 60)]
    rows = [_closure(ID=f"c{n}", 開始時刻="0:00", 終了時刻=at) for n, at in enumerate(minutes)]
    found = parse(CLOSURES, workbook(tmp_path / "closures.xlsx", [CLOSURE_HEADING, *rows], "h:mm"))
    assert isinstance(found, Records), found
    assert [closure.closes for closure in found.records] == minutes


@pytest.mark.parametrize(
    ("changed", "column", "reason"),
    [
        ({"終了時刻": timedelta(hours=25)}, "終了時刻", Fault.BAD_TIME),
        ({"終了時刻": timedelta(days=1)}, "終了時刻", Fault.BAD_TIME),
        ({"終了時刻": time(17, 30, 15)}, "終了時刻", Fault.BAD_TIME),
        ({"終了時刻": 0.75}, "終了時刻", Fault.BAD_TIME),
        ({"開始日": 46361}, "開始日", Fault.BAD_DATE),
        ({"理由": time(9)}, "理由", Fault.BECAME_A_TIME),
        ({"ID": time(9)}, "ID", Fault.BECAME_A_TIME),
    ],
)
def test_what_excel_makes_of_times(
    changed: dict[str, object], column: str, reason: str, tmp_path: Path
) -> None:
    data = workbook(tmp_path / "closures.xlsx", [CLOSURE_HEADING, _closure(**changed)], "[h]:mm:ss")
    found = parse(CLOSURES, data)
    assert isinstance(found, Refused)
    assert [(problem.column, problem.reason) for problem in found.problems] == [(column, reason)]


def test_a_fraction_that_excel_made_a_date_is_refused(tmp_path: Path) -> None:
    heading = [column.name for column in PROGRAMMES.columns]
    row = [column.write(PROGRAMME) for column in PROGRAMMES.columns]
    typed: list[object] = [
        date(2026, 1, 3) if name == "頻度" else cell for name, cell in zip(heading, row, strict=True)
    ]
    found = parse(PROGRAMMES, workbook(tmp_path / "programmes.xlsx", [heading, typed]))
    assert isinstance(found, Refused)
    assert [(each.column, each.reason) for each in found.problems] == [("頻度", Fault.BECAME_A_DATE)]


def test_a_short_number_that_is_a_number_cell_is_whole(tmp_path: Path) -> None:
    data = workbook(tmp_path / "staff.xlsx", [FAQ_HEADING, _typed(telephone=119)])
    assert parse(FAQ, data) == Records((replace(ENTRY, telephone="119"),), ())


def test_error_values_and_merged_cells_are_told(tmp_path: Path) -> None:
    path = tmp_path / "staff.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["words", "weight", "source"])
        sheet.write_row(1, 0, ["犬|いぬ", 1])
        sheet.merge_range(1, 2, 2, 2, "辞書")
        sheet.write_row(2, 0, ["猫|ねこ"])
        sheet.merge_range(3, 0, 4, 0, "鳥|とり")
        sheet.write_column(3, 1, [1, 1])
    found = parse(SYNONYMS, path.read_bytes())
    assert isinstance(found, Refused)
    assert [(problem.line, problem.column, problem.reason) for problem in found.problems] == [
        (3, "weight", Fault.EMPTY),
        (5, "words", Fault.EMPTY),
    ]


def test_an_error_value_is_told(tmp_path: Path) -> None:
    book = faq.workbooks.openpyxl.Workbook()
    for row in (["words", "weight", "source"], ["犬|いぬ", 1, "#N/A"]):
        book.active.append(row)
    book.save(tmp_path / "staff.xlsx")
    found = parse(SYNONYMS, (tmp_path / "staff.xlsx").read_bytes())
    assert isinstance(found, Refused)
    assert [(problem.column, problem.reason) for problem in found.problems] == [("source", Fault.EXCEL_ERROR)]


def test_the_first_sheet_that_can_be_seen_is_read_and_said_to_be(tmp_path: Path) -> None:
    rows = [FAQ_HEADING, faq_row()]
    data = workbook(tmp_path / "staff.xlsx", rows, メモ=[["x"]], 旧=[])
    note = Notice.SEVERAL_SHEETS.format(count=3, used="FAQ")
    assert parse(FAQ, data) == Records((ENTRY,), (note,))
    path = tmp_path / "hidden.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        book.add_worksheet("設定").hide()
        seen = book.add_worksheet("表")
        seen.activate()
        seen.set_first_sheet()
        for number, row in enumerate(rows):
            seen.write_row(number, 0, row)
    assert parse(FAQ, path.read_bytes()) == Records(
        (ENTRY,), (Notice.SEVERAL_SHEETS.format(count=2, used="表"),)
    )


def test_what_openpyxl_would_warn_of_is_no_matter(tmp_path: Path) -> None:
    path = tmp_path / "staff.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        sheet.data_validation(1, 1, 9, 1, {"validate": "decimal", "criteria": "<=", "value": 1})
        sheet.conditional_format(1, 1, 9, 1, {"type": "data_bar", "data_bar_2010": True})
        sheet.write_row(0, 0, ["words", "weight", "source"])
        sheet.write_row(1, 0, ["転入|引っ越し", 0.8, "窓口の言い方"])
    assert parse(SYNONYMS, path.read_bytes()) == Records((WORDS,), ())


def test_carriage_returns_that_excel_escapes_are_line_breaks(tmp_path: Path) -> None:
    data = workbook(tmp_path / "staff.xlsx", [FAQ_HEADING, _typed(answer="一行_x000D_\n二行")])
    assert parse(FAQ, data) == Records((replace(ENTRY, answer="一行\n二行"),), ())


def test_what_a_workbook_says_of_its_size_is_not_believed(good: bytes) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(good)) as before, zipfile.ZipFile(packed, "w") as after:
        for name in before.namelist():
            part = before.read(name)
            if name == "xl/worksheets/sheet1.xml":
                part = part.replace(b"<sheetViews>", b'<dimension ref="A1:B1"/><sheetViews>')
                assert b"dimension" in part
            after.writestr(name, part)
    assert parse(FAQ, packed.getvalue()) == Records((ENTRY,), ())


def test_another_zip_is_no_workbook() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
    assert _only_reason(packed.getvalue()) == Fault.NOT_A_WORKBOOK


def test_a_workbook_that_unpacks_to_far_more_is_not_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = workbook(tmp_path / "staff.xlsx", [["words"], ["あ" * 30_000]])
    monkeypatch.setattr(faq.workbooks, "_LARGEST_UNPACKED", 20_000)
    assert _only_reason(data).startswith(Fault.BOOK_TOO_LARGE.partition("{")[0])


SHEET_XML = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
FAR = '<row r="{line}"><c r="XFD{line}"><v>1</v></c></row>'


def _with_sheet(good: bytes, rows: str) -> bytes:
    """The workbook with other rows, as no Excel writes them."""
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(good)) as before, zipfile.ZipFile(packed, "w") as after:
        for name in before.namelist():
            sheet = f'<worksheet xmlns="{SHEET_XML}"><sheetData>{rows}</sheetData></worksheet>'
            after.writestr(name, sheet if name == "xl/worksheets/sheet1.xml" else before.read(name))
    return packed.getvalue()


@pytest.mark.parametrize(
    "rows",
    [
        '<row r="1000000000"><c r="A1000000000"><v>1</v></c></row>',
        "".join(FAR.format(line=line) for line in range(1, 200)),
        f'<row><c t="inlineStr"><is><t>{"あ" * 60_000}</t></is></c></row>' * 2,
        "<row>" + "<c/>" * 30_000 + "</row>",
    ],
    ids=["a row far down", "cells at the far end", "long texts", "many cells"],
)
def test_a_small_workbook_that_spells_out_a_vast_table_is_refused(
    good: bytes, rows: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(faq.workbooks, "LARGEST", 100_000)
    monkeypatch.setattr(faq.workbooks, "_MOST_TAGS", 20_000)
    assert _only_reason(_with_sheet(good, rows)) == too_many_cells().reason


def _only_reason(data: bytes) -> str:
    found = parse(FAQ, data)
    assert isinstance(found, Refused)
    return found.problems[0].reason


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("book") / "good.xlsx"
    write(FAQ, [ENTRY], path)
    return path.read_bytes()


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_a_damaged_workbook_raises_nothing(good: bytes, data: st.DataObject) -> None:
    at = data.draw(st.integers(4, len(good) - 1))
    noise = data.draw(st.binary(min_size=1, max_size=40))
    damaged = good[:at] + noise + good[at + data.draw(st.integers(0, 60)) :]
    assert isinstance(parse(FAQ, damaged), Records | Refused)


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_a_workbook_with_damaged_parts_raises_nothing(good: bytes, data: st.DataObject) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(good)) as before, zipfile.ZipFile(packed, "w") as after:
        damaged = data.draw(st.sampled_from(before.namelist()))
        for name in before.namelist():
            part = before.read(name)
            if name == damaged:
                at = data.draw(st.integers(0, len(part)))
                part = (
                    part[:at] + data.draw(st.binary(max_size=20)) + part[at + data.draw(st.integers(0, 20)) :]
                )
            after.writestr(name, part)
    assert isinstance(parse(FAQ, packed.getvalue()), Records | Refused)
