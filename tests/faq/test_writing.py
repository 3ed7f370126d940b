import csv
import io
import unicodedata
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import faq.writing
from faq.exchange import Records, read
from faq.guard import unguarded
from faq.kinds import FAQ, KINDS, OFFICES
from faq.models import FaqEntry
from faq.problems import Refused
from faq.sentences import Fault
from faq.writing import Written, write
from tests.faq import place_files, staff_files
from tests.faq.place_files import (
    CLOSURE,
    DANGER_TEXTS,
    HOURS,
    LINE,
    NEIGHBOUR,
    PROCEDURE,
    PROGRAMME,
    PROGRAMME_DAY,
    READING,
    SECTION,
    TERMS,
    TOPIC,
    TRANSLATION,
)
from tests.faq.staff_files import ASKED, ENTRY, OFFICE, SHELTER, WORDS
from tests.promises.length import at_length

RUNS = at_length(10, 40)
"""Of each kind in each form: eight hundred tables in all; `make soak` tries four times as many."""
ENDINGS = [".csv", ".tsv", ".json", ".xlsx"]
EXAMPLES = {
    "faq": ENTRY,
    "offices": OFFICE,
    "shelters": SHELTER,
    "synonyms": WORDS,
    "questions": ASKED,
    "sections": SECTION,
    "procedures": PROCEDURE,
    "hours": HOURS,
    "closures": CLOSURE,
    "programmes": PROGRAMME,
    "programme-days": PROGRAMME_DAY,
    "booking-terms": TERMS,
    "translations": TRANSLATION,
    "readings": READING,
    "neighbours": NEIGHBOUR,
    "danger-lines": LINE,
    "danger-texts": DANGER_TEXTS[0],
    "danger-translations": place_files.DANGER_TRANSLATION,
    "danger-line-names": place_files.DANGER_LINE_NAME,
    "topics": TOPIC,
    "voice-categories": place_files.VOICE_CATEGORY,
    "plans": place_files.PLAN,
    "hearings": place_files.HEARING,
    "ways": place_files.WAY,
}
STRATEGIES = {
    "faq": staff_files.entries,
    "offices": staff_files.offices,
    "shelters": staff_files.shelters,
    "synonyms": staff_files.synonyms,
    "questions": staff_files.questions,
    "sections": place_files.sections,
    "procedures": place_files.procedures,
    "hours": place_files.hours,
    "closures": place_files.closures,
    "programmes": place_files.programmes,
    "programme-days": place_files.programme_days,
    "booking-terms": place_files.terms,
    "translations": place_files.translations,
    "readings": place_files.readings,
    "neighbours": place_files.neighbours,
    "danger-lines": place_files.danger_lines,
    "danger-texts": place_files.danger_texts,
    "danger-translations": place_files.danger_translations,
    "danger-line-names": place_files.danger_line_names,
    "topics": place_files.topics,
    "voice-categories": place_files.voice_categories,
    "plans": place_files.plans,
    "hearings": place_files.hearings,
    "ways": place_files.ways,
}
NASTY = ("=1+1", "+81", "-1", "@SUM(A1)", "＝1+1", "'=1", "''=1", "'quoted'", "#N/A", "1-2", "0123")


def _unlike(kind: str, records: list[object]) -> list[object]:
    """The records without those that a file may not hold beside another."""
    seen: set[str] = set()
    kept = []
    for record in records:
        marks = {str(KINDS[kind].key_of(record))}
        if isinstance(record, FaqEntry):
            marks |= {"text " + unfolded for unfolded in _asked(record)}
        if not marks & seen:
            kept.append(record)
        seen |= marks
    return kept


def _asked(entry: FaqEntry) -> set[str]:
    texts = (entry.question, *entry.phrasings)
    return {"".join(unicodedata.normalize("NFKC", text).casefold().split()) for text in texts}


@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize("kind", KINDS)
def test_what_is_written_is_read_back(kind: str, ending: str, tmp_path: Path) -> None:
    path = tmp_path / f"out{ending}"
    assert write(KINDS[kind], [EXAMPLES[kind]], path) == Written(path, 1)
    assert read(KINDS[kind], path) == Records((EXAMPLES[kind],), ())
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize("kind", KINDS)
def test_text_of_every_nasty_kind_is_read_back(
    kind: str, ending: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("round") / f"out{ending}"

    @settings(max_examples=RUNS, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.lists(STRATEGIES[kind], max_size=3))
    def comes_back(drawn: list[object]) -> None:
        records = _unlike(kind, drawn)
        write(KINDS[kind], records, path)
        back = read(KINDS[kind], path)
        assert isinstance(back, Records), back
        assert list(back.records) == records

    comes_back()


@pytest.mark.parametrize("ending", [".csv", ".tsv", ".xlsx"])
@pytest.mark.parametrize("nasty", NASTY)
def test_no_cell_is_run_by_a_spreadsheet(nasty: str, ending: str, tmp_path: Path) -> None:
    entry = replace(ENTRY, question=nasty, answer=nasty, section=nasty, phrasings=(nasty + "か",))
    path = tmp_path / f"out{ending}"
    write(FAQ, [entry], path)
    if ending == ".xlsx":
        sheet = openpyxl.load_workbook(path).active
        cells = [cell.value or "" for row in sheet.iter_rows() for cell in row]
        assert {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value} == {"s"}
        assert {cell.number_format for row in sheet.iter_rows() for cell in row} == {"@"}
    else:
        delimiter = "," if ending == ".csv" else "\t"
        text = path.read_bytes().decode("utf-8-sig")
        cells = [
            cell for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter) for cell in row
        ]
    assert not [cell for cell in cells if cell[:1] in "=+-@＝＋－＠\t\r" and cell]
    assert nasty in [unguarded(cell) for cell in cells]
    assert read(FAQ, path) == Records((entry,), ())


def test_excel_recognizes_the_text_by_its_mark_and_line_ends(tmp_path: Path) -> None:
    write(OFFICES, [OFFICE], tmp_path / "out.csv")
    data = (tmp_path / "out.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    assert data.count(b"\r\n") == 2


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("out.xls", Fault.WRONG_ENDING.format(endings=".csv、.tsv、.json、.xlsx")),
        ("out", Fault.WRONG_ENDING.format(endings=".csv、.tsv、.json、.xlsx")),
        ("missing/out.csv", Fault.NO_FOLDER),
        ("folder.csv", Fault.IS_FOLDER),
    ],
)
def test_what_stands_in_the_way_is_said(name: str, reason: str, tmp_path: Path) -> None:
    (tmp_path / "folder.csv").mkdir()
    refused = write(FAQ, [ENTRY], tmp_path / name)
    assert isinstance(refused, Refused)
    assert [problem.reason for problem in refused.problems] == [reason]


def test_an_export_that_fails_half_way_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "out.json"
    write(FAQ, [ENTRY], path)
    before = path.read_bytes()

    def half(place: Path, value: object) -> None:
        place.write_text("[", encoding="utf-8")
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(faq.writing, "write_json", half)
    refused = write(FAQ, [], path)
    assert isinstance(refused, Refused)
    assert refused.problems[0].reason == Fault.DISK_FULL
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]
