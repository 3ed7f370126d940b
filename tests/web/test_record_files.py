"""Many records at once: taken away as a file, changed, brought back, and proposed; one bad row changes nothing."""

import csv
import io
from dataclasses import replace

import openpyxl
import pytest

from faq.exchange import Records, parse
from faq.kinds import FAQ, KINDS
from faq.models import EntryId
from store import changing, knowledge
from store.sight import Role
from tests.faq.staff_files import ENTRY
from tests.web.editors import Editor, answer_of, stocked
from tests.web.town import plain

FILE = "/staff/knowledge/faq/file"
OTHER = replace(
    ENTRY,
    id=EntryId("dog"),
    question="犬がいなくなりました",
    phrasings=(),
    answer="=1+1 保健所へ。",
    section="動物",
)


@pytest.fixture
def town(pages):
    stocked(pages)
    with pages.site.database.write() as tx:
        knowledge.take_in(tx, [OTHER], pages.clock())
    return pages


@pytest.fixture
def staff(town):
    return Editor.of(town, "職員")


def brings(staff, data: bytes, name: str = "faq.csv", **fields):
    sent = {"why": "年度がわりのため", "file": (io.BytesIO(data), name), **fields}
    return staff.visitor.client.post(FILE, data={"csrf_token": staff.visitor.token_on(FILE), **sent})


def rows_of(staff, query: str = "") -> list[dict[str, str]]:
    text = staff.opens(f"{FILE}.csv{query}").data.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def as_csv(rows: list[dict[str, str]], encoding: str = "utf-8-sig") -> bytes:
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, rows[0].keys())
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode(encoding)


def test_what_is_taken_away_is_read_back_and_runs_nothing(staff):
    answer = staff.opens(f"{FILE}.csv")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="faq-20261124.csv"'
    assert parse(FAQ, answer.data) == Records((OTHER, ENTRY), ())
    assert b"'=1+1" in answer.data
    book = staff.opens(f"{FILE}.xlsx").data
    assert parse(FAQ, book) == Records((OTHER, ENTRY), ())
    sheet = openpyxl.load_workbook(io.BytesIO(book)).active
    assert {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value} == {"s"}


def test_only_what_is_wanted_is_taken_away(staff):
    assert [row["id"] for row in rows_of(staff, "?section=動物")] == ["dog"]
    assert rows_of(staff, "?text=どこにもない") == []
    page = staff.opens(f"{FILE}?section=動物").text
    assert "しぼり込んだ" in page
    assert "ファイルにない行を削除する" not in page, "the others are not in it"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp932"])
def test_a_file_becomes_one_proposal(town, staff, encoding):
    rows = rows_of(staff)
    rows[0]["answer"] = "保健所に電話してください。"
    rows.append({**rows[1], "id": "cat", "question": "猫がいなくなりました", "phrasings": ""})
    sent = brings(staff, as_csv(rows, encoding))
    assert sent.status_code == 303, plain(sent.text)
    page = plain(staff.opens(sent.location).text)
    assert "3行を読みました。新規1件、変更1件、削除0件" in page
    assert "変更の内容（2件）" in page
    assert answer_of(town, "dog") == OTHER.answer, "nothing is published yet"
    staff.presses(sent.location, "submit")
    assert Editor.of(town, "承認者", Role.APPROVER).approves(sent.location).status_code == 303
    assert answer_of(town, "dog") == "保健所に電話してください。"
    assert answer_of(town, "cat") == ENTRY.answer


def test_every_bad_row_is_listed_and_nothing_is_made(staff):
    rows = rows_of(staff)
    rows[0]["telephone"] = "なし"
    rows[1]["kind"] = "何か"
    refused = brings(staff, as_csv(rows))
    assert refused.status_code == 422
    words = plain(refused.text)
    assert "何も変えていません（直すところ 2件）" in words
    assert "2行目 telephone なし" in words
    assert "3行目 kind 何か" in words
    assert "年度がわりのため" in refused.text
    assert "ご自分の案はありません" in staff.opens("/staff/proposals?box=mine").text


def test_what_is_not_in_the_file_goes_only_when_that_is_wished(staff):
    rows = [row for row in rows_of(staff) if row["id"] != "dog"]
    assert "いまの内容と同じ" in brings(staff, as_csv(rows)).text
    sent = brings(staff, as_csv(rows), removes="yes")
    assert sent.status_code == 303
    assert "削除1件" in staff.opens(sent.location).text


def test_what_does_not_fit_to_other_records_is_told_at_once(pages):
    staff = Editor.of(pages, "職員")
    path = "/staff/knowledge/offices/file"
    text = staff.opens(f"{path}.csv").data.decode("utf-8-sig")
    one = "\r\n".join(text.splitlines()[:2]).encode()
    given = {"why": "試し", "removes": "yes", "file": (io.BytesIO(one), "offices.csv")}
    given["csrf_token"] = staff.visitor.token_on(path)
    refused = staff.visitor.client.post(path, data=given)
    assert refused.status_code == 422
    assert "先に課" in plain(refused.text) or "課 " in plain(refused.text)
    assert "ご自分の案はありません" in staff.opens("/staff/proposals?box=mine").text


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "ファイルが空です"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "古い形式のExcelファイル"),
        ("words,weight,source\r\n犬|いぬ,1,\r\n".encode(), "synonyms のファイルの見出しです"),
    ],
)
def test_a_file_that_is_none_of_this_kind_is_told(staff, data, says):
    refused = brings(staff, data)
    assert refused.status_code == 422
    assert says in refused.text


def test_file_and_reason_are_asked_for(staff):
    token = staff.visitor.token_on(FILE)
    without = staff.visitor.client.post(FILE, data={"csrf_token": token, "why": "理由"})
    assert without.status_code == 422
    assert "ファイルを選んでください" in without.text
    assert "変える理由を" in brings(staff, as_csv(rows_of(staff)), why=" ").text


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_can_be_taken_away(staff, kind):
    assert isinstance(parse(KINDS[kind], staff.opens(f"/staff/knowledge/{kind}/file.xlsx").data), Records)


def test_too_many_changes_are_refused_before_anything_is_written(town, staff, monkeypatch):
    monkeypatch.setattr("store.drafting.MOST_CHANGES", 1)
    monkeypatch.setattr(changing, "write", lambda *_: pytest.fail("a draft is written"))
    changed = [{**row, "category": "別の分野"} for row in rows_of(staff)]
    sent = brings(staff, as_csv(changed))
    assert sent.status_code == 422
    assert "2件" in plain(sent.text)
