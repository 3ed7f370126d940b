"""Sentences with blanks by their pages: kept by staff, read by operators, filled in nowhere but in the browser."""

import re

import pytest

from store.sight import Role
from tests.web.conftest import Service, Visitor
from tests.web.town import plain

LIST, NEW, PART = "/operators/canned", "/operators/canned/new", "/operators/canned/list"
TOLD = {
    "title": "折り返しのお約束",
    "kana": "",
    "text": "{氏名}様、{日時}にお電話いたします。{氏名}様",
    "team": "chuo-kumin",
}


@pytest.fixture
def staff(both: Service) -> Visitor:
    return both.signed_in(both.account("sato", Role.STAFF, section="chuo-kumin"))


def titles(visitor: Visitor) -> list[str]:
    return [plain(each) for each in re.findall(r"<summary>(.*?)</summary>", visitor.get(PART).text, re.S)]


def test_a_team_reads_what_its_staff_wrote(both: Service, staff: Visitor):
    assert staff.send(NEW, **TOLD).status_code == 303
    theirs = both.signed_in(both.account("yamada", Role.OPERATOR, section="chuo-kumin"))
    others = both.signed_in(both.account("tanaka", Role.OPERATOR, section="chuo-hozon"))
    assert titles(theirs) == ["折り返しのお約束 （中央区役所 区民課）"]
    assert titles(others) == []
    assert "直す" not in theirs.get(LIST).text


def test_everybodys_are_the_approvers(both: Service):
    approver = both.signed_in(both.account("mori", Role.APPROVER))
    assert approver.send(NEW, **(TOLD | {"team": ""})).status_code == 303
    anybody = both.signed_in(both.account("tanaka", Role.OPERATOR))
    assert titles(anybody) == ["折り返しのお約束"]


def test_a_blank_is_a_field_without_a_name_and_in_no_form(staff: Visitor):
    """So that what is typed there cannot be sent."""
    staff.send(NEW, **TOLD)
    page = staff.get(LIST).text
    fields = re.findall(r"<input[^>]*data-blank=[^>]*>", page)
    assert [re.search('data-blank="([^"]+)"', each)[1] for each in fields] == ["氏名", "日時"]
    assert not any(" name=" in each for each in fields)
    forms = re.findall(r"<form.*?</form>", page, re.S)
    assert not any("data-blank" in each for each in forms)
    assert page.count('class="blank"') == 3


@pytest.mark.parametrize("typed", ["折り返し", "おりかえし", "やくそく", "電話"])
def test_it_is_found_by_title_reading_and_text(staff: Visitor, typed: str):
    staff.send(NEW, **TOLD)
    found_by = re.search('data-found-by="([^"]+)"', staff.get(PART).text)[1]
    assert typed in found_by


def test_a_reading_that_was_given_is_kept(staff: Visitor):
    staff.send(NEW, **(TOLD | {"kana": "オリカエシ"}))
    assert 'value="おりかえし"' in staff.get(f"{LIST}/{_number(staff)}").text


def test_it_is_changed_and_taken_away(staff: Visitor):
    staff.send(NEW, **TOLD)
    page = f"{LIST}/{_number(staff)}"
    assert staff.send(page, **(TOLD | {"title": "折り返し", "version": "1"})).status_code == 303
    assert titles(staff) == ["折り返し （中央区役所 区民課）"]
    assert staff.send(page, **(TOLD | {"title": "後", "version": "1"})).status_code == 422
    assert staff.send(LIST, f"{page}/remove").status_code == 303
    assert titles(staff) == []


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"title": ""}, "名前は"),
        ({"title": "あ" * 41}, "名前は"),
        ({"kana": "あ" * 81}, "読みは"),
        ({"text": ""}, "文は"),
        ({"text": "あ" * 501}, "文は"),
        ({"text": "{氏名様"}, "「{氏名様」のところで、波かっこの組が合っていません。空欄は {氏名} のように"),
        ({"team": "chuo-hozon"}, "使う人は"),
        ({"team": ""}, "使う人は"),
    ],
)
def test_what_is_wrong_is_said(pages: Service, changed, says):
    staff = pages.signed_in(pages.account("sato", Role.STAFF, section="chuo-kumin"))
    sent = staff.send(NEW, **(TOLD | changed))
    assert sent.status_code == 422
    assert says in sent.text
    assert titles(staff) == []


def test_staff_without_a_section_are_told(pages: Service):
    staff = pages.signed_in(pages.account("sato", Role.STAFF))
    assert "アカウントの課を決めてもらってください" in staff.get(NEW).text


def _number(visitor: Visitor) -> int:
    return int(re.search(rf'{LIST}/(\d+)"', visitor.get(LIST).text)[1])
