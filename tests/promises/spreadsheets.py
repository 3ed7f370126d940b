"""What a spreadsheet would run of a file: by the rules of Excel and LibreOffice, and by LibreOffice itself."""

import csv
import io
import re
import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path
from typing import Final

import openpyxl

from bot import audit_file, files
from faq.kinds import KINDS
from store.db import Database
from tests.conftest import DATA, NOON

RUNS: Final = re.compile("[\x00-\x1f\x7f-\x9f\u200b-\u200f\ufeff ]*[=+\\-@＝＋－＠]")
FOR_ALL: Final = (
    "/voices.csv",
    "/voices/figures.csv",
    "/collaborations.csv",
    "/opendata/faq.csv",
    "/opendata/offices.csv",
)
"""Files that are on no page of a role's own."""
ENDINGS: Final = ("csv", "tsv", "xlsx")


def formulas(file: Path) -> list[str]:
    """The cells that would run."""
    if file.suffix == ".xlsx":
        return _of_workbook(file)
    text = file.read_bytes().decode("utf-8-sig")
    delimiter = "\t" if file.suffix == ".tsv" else ","
    return [
        cell
        for row in csv.reader(io.StringIO(_parted(text, delimiter), newline=""), delimiter=delimiter)
        for cell in row
        if RUNS.match(cell)
    ]


def _of_workbook(file: Path) -> list[str]:
    book = openpyxl.load_workbook(file)
    cells = (cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None)
    return [
        str(cell.value)
        for cell in cells
        if cell.data_type == "f" or cell.hyperlink or (cell.data_type == "s" and RUNS.match(str(cell.value)))
    ]


def _parted(text: str, delimiter: str) -> str:
    """The text as who takes commas, semicolons and tabs for ends of cells, all at once, reads it."""
    quoted, found = False, []
    for letter in text:
        quoted ^= letter == '"'
        found.append(delimiter if not quoted and letter in ",;\t" else letter)
    return "".join(found)


def export_all(database: Database, folder: Path) -> None:
    """Every kind as one of each format, and the audit."""
    for number, kind in enumerate(KINDS):
        assert files.give_out(database, kind, folder / f"{kind}.{ENDINGS[number % 3]}") == 0
    audit_file.give_out(database, DATA, folder / "audit.csv", NOON)


def run_by_libreoffice(given: Iterable[Path], folder: Path) -> dict[str, list[str]]:
    """Of text files by name: cells that became formulas, with the separators that LibreOffice's dialog offers."""
    office = shutil.which("soffice")
    assert office, "LibreOffice is not installed"
    profile = f"-env:UserInstallation=file://{folder}/profile"
    reading = "--infilter=CSV:44/59/9,34,76,1,,0,false,true,false,false,false,-1,true"
    made = folder / "made"
    command = [office, profile, "--headless", reading, "--convert-to", "xlsx", "--outdir", str(made)]
    subprocess.run([*command, *map(str, given)], check=True, capture_output=True, timeout=300)
    found = {}
    for file in sorted(made.iterdir()):
        cells = (cell for sheet in openpyxl.load_workbook(file) for row in sheet.iter_rows() for cell in row)
        found[file.name] = [str(cell.value) for cell in cells if cell.data_type == "f" or cell.hyperlink]
    return found
