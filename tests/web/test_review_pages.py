"""An entry is changed by one person and let through by another; who is late overwrites nothing."""

import re

import pytest

from store.sight import Role
from tests.store.untranslated import untranslate
from tests.web.editors import MOVING, WHY, Editor, answer_of, fields_of, stocked
from tests.web.town import plain

NEW = "転入届は、引っ越した日から14日以内に区役所で出してください。"


@pytest.fixture
def town(pages):
    return stocked(pages)


@pytest.fixture
def staff(town):
    return Editor.of(town, "職員")


@pytest.fixture
def approver(town):
    return Editor.of(town, "承認者", Role.APPROVER)


def test_what_one_writes_and_another_approves_is_what_residents_are_told(both):
    town = stocked(both)
    staff, approver = Editor.of(town, "職員"), Editor.of(town, "承認者", Role.APPROVER)
    before = answer_of(town)
    sent = staff.edits(MOVING, answer=NEW)
    assert sent.status_code == 303
    assert answer_of(town) == before, "nothing changes before somebody else has looked"
    page = approver.opens(sent.location).text
    assert WHY in page
    assert "職員さん" in page
    assert "<del>" in page
    assert "<ins>" in page
    assert approver.approves(sent.location).status_code == 303
    assert answer_of(town) == NEW
    history = staff.opens("/staff/knowledge/faq/record/moving-in").text
    assert "承認者さん" in history
    assert WHY in history


def test_nobody_approves_what_they_wrote(town, approver):
    before = answer_of(town)
    sent = approver.edits(MOVING, answer=NEW)
    page = approver.opens(sent.location).text
    assert "自分では承認できません" in page
    assert "/approve" not in page
    refused = approver.approves(sent.location)
    assert refused.status_code == 409
    assert "自分が書いた案は、自分では承認できません" in refused.text
    assert answer_of(town) == before


def test_staff_do_not_approve(town, staff):
    sent = staff.edits(MOVING, answer=NEW)
    colleague = Editor.of(town, "同僚")
    assert colleague.presses(sent.location, "approve", when="now").status_code == 404


def test_a_draft_is_handed_in_later(town, staff, approver):
    sent = staff.edits(MOVING, "save", answer=NEW)
    assert "下書き" in staff.opens(sent.location).text
    assert staff.presses(sent.location, "submit").status_code == 303
    assert "承認待ち" in approver.opens(sent.location).text
    listed = approver.opens("/staff/proposals").text
    assert sent.location in listed
    assert "転入の届出はいつまでですか" in listed


def test_publishing_waits_for_its_time(town, staff, approver):
    sent = staff.edits(MOVING, answer=NEW)
    later = approver.approves(sent.location, when="later", day="2026-12-01", at="09:00")
    assert later.status_code == 303
    assert '2026年12月1日（火）</span> <span class="whole">9時' in approver.opens(sent.location).text
    assert answer_of(town) != NEW
    assert sent.location in staff.opens("/staff/proposals?box=waiting").text


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"day": "2026-12-01"}, "両方入れてください"),
        ({"at": "09:00"}, "両方入れてください"),
        ({"day": "2026-11-24", "at": "11:59"}, "いまより後"),
        ({"day": "きのう", "at": "いつか"}, "両方入れてください"),
    ],
)
def test_a_time_that_is_none_publishes_nothing(town, staff, approver, given, says):
    sent = staff.edits(MOVING, answer=NEW)
    refused = approver.approves(sent.location, when="later", **given)
    assert refused.status_code == 422
    assert says in refused.text
    for name, value in given.items():
        assert f'name="{name}" value="{value}"' in refused.text, "what was typed stays"


def test_what_is_sent_back_says_why_and_can_be_mended(town, staff, approver):
    sent = staff.edits(MOVING, answer=NEW)
    assert approver.presses(sent.location, "send-back", reason=" ").status_code == 409
    assert approver.presses(sent.location, "send-back", reason="出典を足してください").status_code == 303
    page = staff.opens(sent.location).text
    assert "出典を足してください" in page
    assert sent.location in staff.opens("/staff/proposals?box=returned").text
    change = f"{sent.location}/changes/0"
    mended = staff.edits(change, source="熊本市のホームページ")
    assert mended.status_code == 303
    assert "承認待ち" in approver.opens(sent.location).text
    assert approver.approves(sent.location).status_code == 303
    assert answer_of(town) == NEW


def test_what_is_withdrawn_is_over(town, staff):
    sent = staff.edits(MOVING, answer=NEW)
    assert staff.presses(sent.location, "withdraw").status_code == 303
    assert "取り下げ" in staff.opens(sent.location).text
    assert staff.visitor.get(f"{sent.location}/changes/0").status_code == 404


def test_the_second_of_two_is_shown_what_the_first_made_of_it(town, staff, approver):
    second = Editor.of(town, "同僚")
    open_form = second.opens(MOVING)
    first = staff.edits(MOVING, answer=NEW)
    assert approver.approves(first.location).status_code == 303
    late = second.sends(MOVING, open_form, question="転入の手続きは何ですか", answer="別の答えです。")
    assert late.status_code == 409
    words = plain(late.text)
    assert "職員さんさんが先に変えました" in words
    for column in ("別の答えです。", NEW, "転入の手続きは何ですか"):
        assert column in words
    assert "どちらか選ぶ" in words
    assert answer_of(town) == NEW, "nothing is overwritten"
    fields = fields_of(late)
    assert fields["cell-answer"] == "別の答えです。"
    assert fields["cell-question"] == "転入の手続きは何ですか"
    again = second.sends(MOVING, late, answer=NEW)
    assert again.status_code == 303
    page = plain(second.opens(again.location).text)
    assert "転入の手続きは何ですか" in page
    assert "変更の内容（1件）" in page


def test_what_only_the_first_changed_is_kept_by_the_second(town, staff, approver):
    second = Editor.of(town, "同僚")
    open_form = second.opens(MOVING)
    first = staff.edits(MOVING, answer=NEW)
    approver.approves(first.location)
    late = second.sends(MOVING, open_form, category="引っ越し")
    assert late.status_code == 409
    assert fields_of(late)["cell-answer"] == NEW
    assert "どちらか選ぶ" not in plain(late.text)


def test_two_who_write_at_one_draft(town, staff):
    sent = staff.edits(MOVING, "save", answer=NEW)
    change = f"{sent.location}/changes/0"
    colleague = Editor.of(town, "同僚")
    open_form = colleague.opens(change)
    assert staff.edits(change, "save", answer="三つめの答えです。").status_code == 303
    late = colleague.sends(change, open_form, "save", question="転入届は何日までですか")
    assert late.status_code == 409
    assert "職員さんさんが先に変えました" in plain(late.text)
    assert fields_of(late)["cell-answer"] == "三つめの答えです。"
    assert colleague.sends(change, late, "save").status_code == 303
    page = plain(staff.opens(sent.location).text)
    assert "三つめの答え" in page
    assert "転入届は何日までですか" in page


def test_a_proposal_over_an_older_record_is_compared_and_mended(town, staff, approver):
    waiting = staff.edits(MOVING, category="引っ越し")
    first = Editor.of(town, "同僚").edits(MOVING, answer=NEW)
    approver.approves(first.location)
    page = staff.opens(waiting.location).text
    assert "ほかの人が先に変えたものがあります" in page
    refused = approver.approves(waiting.location)
    assert refused.status_code == 409
    assert "同僚さんさんが先に" in refused.text
    change = f"{waiting.location}/changes/0"
    compared = staff.opens(change)
    assert "同僚さんさんが先に変えました" in plain(compared.text)
    assert fields_of(compared)["cell-answer"] == NEW
    assert staff.sends(change, compared).status_code == 303
    assert approver.approves(waiting.location).status_code == 303
    assert answer_of(town) == NEW


def test_the_way_back_is_a_proposal_too(town, staff, approver):
    before = answer_of(town)
    sent = staff.edits(MOVING, answer=NEW)
    approver.approves(sent.location)
    listed = staff.opens("/staff/history").text
    edition = re.search(r'href="(/staff/history/\d+)"', listed)
    assert edition is not None
    assert "すべて元に戻す案を作る" in staff.opens(edition[1]).text
    back = staff.visitor.send(edition[1], f"{edition[1]}/roll-back")
    assert back.status_code == 303
    assert "元に戻す" in staff.opens(back.location).text
    assert answer_of(town) == NEW
    assert staff.presses(back.location, "submit").status_code == 303
    assert approver.approves(back.location).status_code == 303
    assert answer_of(town) == before


def test_one_record_is_led_back_from_its_history(town, staff, approver):
    before = answer_of(town)
    sent = staff.edits(MOVING, answer=NEW)
    approver.approves(sent.location)
    page = "/staff/history/of/faq/moving-in"
    press = re.search(r'action="(/staff/history/revisions/\d+/roll-back)"', staff.opens(page).text)
    assert press is not None
    back = staff.visitor.send(page, press[1])
    staff.presses(back.location, "submit")
    approver.approves(back.location)
    assert answer_of(town) == before
    again = staff.visitor.send(page, press[1])
    assert "いまの内容と同じ" in staff.opens(again.location).text


def test_a_record_is_removed_with_its_translations(town, staff, approver):
    with town.site.database.write() as tx:
        untranslate(tx)
    plain_words = {
        "faq_id": "moving-in",
        "language": "ja-easy",
        "question": "ひっこし",
        "answer": "14日",
        "source": "市",
    }
    new = staff.edits("/staff/knowledge/translations/new", **plain_words)
    assert new.status_code == 303, new.text
    approver.approves(new.location)
    assert "やさしい日本語" in staff.opens("/staff/knowledge/faq/record/moving-in").text
    path = "/staff/knowledge/faq/remove/moving-in"
    assert "1件も、いっしょに削除します" in staff.opens(path).text
    assert staff.visitor.send(path, why="").status_code == 422
    sent = staff.visitor.send(path, why="制度がなくなったため")
    assert sent.status_code == 303, plain(sent.text)
    refused = approver.approves(sent.location)
    assert refused.status_code == 409
    assert "下限を下回るため、承認できません" in refused.text
    admin = Editor.of(town, "管理者", Role.ADMIN)
    assert admin.approves(sent.location).status_code == 409, "without a reason"
    passed = admin.approves(sent.location, override="制度がなくなり、答えもいらないため")
    assert passed.status_code == 303
    assert "答えもいらないため" in staff.opens(sent.location).text
    assert answer_of(town) is None
    assert staff.visitor.get("/staff/knowledge/faq/record/moving-in").status_code == 404
    assert "削除" in staff.opens("/staff/history/of/faq/moving-in").text


def test_what_waits_for_somebody_is_on_their_first_page(town, staff, approver):
    assert "の変更が" not in approver.opens("/home").text
    sent = staff.edits(MOVING, answer=NEW)
    assert "承認待ちの変更が1件あります" in approver.opens("/home").text
    assert "の変更が" not in staff.opens("/home").text, "nothing for them to do"
    approver.presses(sent.location, "send-back", reason="出典を足してください")
    assert "差し戻しの変更が1件あります" in staff.opens("/home").text
    assert "の変更が" not in approver.opens("/home").text


@pytest.mark.parametrize("number", ["9" * 30, "-1", "1e3", "①", "9" * 5_000])
def test_numbers_that_no_row_has_are_nobodys(town, staff, number):
    for path in (
        f"/staff/history?before={number}",
        f"/staff/proposals?page={number}",
        f"/staff/knowledge/faq?page={number}",
        f"/staff/knowledge/faq/new?cluster={number}",
    ):
        assert staff.visitor.get(path).status_code == 200, path
    sent = staff.edits(
        "/staff/knowledge/faq/new", cluster=number, id="x", question="何", answer="答", source="市"
    )
    assert sent.status_code < 500
