"""A text of danger goes through two pairs of eyes, which see it as the resident will."""

import pytest

from nlp.danger import Danger, DangerKind, Severity
from store.sight import Role
from tests.web.editors import Editor, stocked

SEA = "/staff/knowledge/danger-texts/record/sea%20now"
CHANGED = "海の事故は、今すぐ118番に電話してください。"


@pytest.fixture
def town(pages):
    return stocked(pages)


@pytest.fixture
def staff(town):
    return Editor.of(town, "職員")


@pytest.fixture
def approver(town):
    return Editor.of(town, "承認者", Role.APPROVER)


def said(town) -> str:
    with town.site.database.read() as tx:
        known = town.site.city(tx)
    return known.danger_texts.guidance(Danger(DangerKind.SEA, Severity.NOW, "")).text


def test_the_page_shows_the_text_with_its_numbers_as_in_line(staff):
    page = staff.opens(SEA).text
    assert "海の事故、今あぶないとき" in page
    bubble = page[page.index('class="bubble"') :]
    shown = ["海上保安庁（24時間）", "118", "消防・救急（24時間）", "119", "声を出せないとき", "ページを開く"]
    assert [each for each in shown if each not in bubble] == []
    assert 'class="bubble"' not in staff.opens("/staff/knowledge/danger-lines/record/118").text


def test_what_one_proposes_another_sees_and_approves(town, staff, approver):
    before = said(town)
    sent = staff.edits(SEA.replace("record", "edit"), text=CHANGED, lines="119\n118")
    assert sent.status_code == 303
    assert said(town) == before
    page = approver.opens(sent.location).text
    bubble = page[page.index('class="bubble"') :]
    assert CHANGED in bubble
    assert bubble.index("消防・救急") < bubble.index("海上保安庁")
    assert approver.approves(sent.location).status_code == 303
    assert said(town) == CHANGED
    assert "承認者さん" in staff.opens(SEA).text


def test_a_text_and_a_line_in_use_do_not_go(town, staff):
    for kind, key, reason in (
        ("danger-texts", "sea%20now", "すべての種類に now と talk の文が要ります"),
        ("danger-lines", "118", "danger-texts"),
    ):
        path = f"/staff/knowledge/{kind}/remove/{key}"
        page = staff.visitor.send(path, path, why="もう使わないため", act="submit")
        assert page.status_code == 409
        assert reason in page.text


def test_a_number_needs_its_source(staff):
    page = staff.edits("/staff/knowledge/danger-lines/edit/118", source_url="")
    assert page.status_code == 422
    assert "番号を確かめたページのURL" in page.text
