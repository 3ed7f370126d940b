"""Tables that staff take away."""

import csv
import io

import openpyxl
import pytest

from web.sheets import as_csv, as_workbook

RUNS = ['=HYPERLINK("http://example.jp","見る")', "+81", "-1", "@SUM(A1)", "＝1+1", "\t=1", "\r=1"]


def test_a_csv_file_is_read_as_it_was_written():
    data = as_csv([["時刻", "相談"], ["13:00", "法律,相談"], ["13:30", "二行\nです"]])
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    assert rows == [["時刻", "相談"], ["13:00", "法律,相談"], ["13:30", "二行\nです"]]


@pytest.mark.parametrize("cell", RUNS)
def test_no_cell_of_a_csv_file_runs(cell: str):
    [[written]] = csv.reader(io.StringIO(as_csv([[cell]]).decode("utf-8-sig"), newline=""))
    assert written == "'" + cell


@pytest.mark.parametrize("cell", RUNS)
def test_no_cell_of_a_workbook_runs(cell: str):
    book = openpyxl.load_workbook(io.BytesIO(as_workbook("予約", [["見出し"], [cell]])))
    found = book.worksheets[0]["A2"]
    assert found.data_type == "s"
    assert str(found.value).startswith("'")


def test_a_workbook_is_text_with_its_heading_in_view():
    rows = [["時刻", "受付番号"], ["13:00", "007"], ["13:30", "https://example.jp/"]]
    sheet = openpyxl.load_workbook(io.BytesIO(as_workbook("11月27日", rows))).worksheets[0]
    assert [[cell.value for cell in row] for row in sheet.iter_rows()] == rows
    assert sheet.freeze_panes == "A2"
    assert sheet["B3"].hyperlink is None
