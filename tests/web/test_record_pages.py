"""Records of every kind: found, shown, written at; what is wrong stands beside its field, and nothing typed is lost."""

import html
import re

import pytest

from faq.kinds import KINDS
from store import danger_texts, knowledge
from store.sight import Role
from tests.conftest import NOON, copied, template_of
from tests.faq.staff_files import ENTRY, WORDS
from tests.faq.test_writing import EXAMPLES
from tests.web.editors import MOVING, WHY, Editor, fields_of
from tests.web.town import plain
from web import kinds
from web.kinds import ORDER


@pytest.fixture(scope="module")
def with_every_kind(sqlite_template, sayings, tmp_path_factory):
    """A template that has a record of every kind, and all that these name."""
    with copied(sqlite_template, tmp_path_factory.mktemp("every-kind")) as database:
        with database.write() as tx:
            for kind in KINDS:
                knowledge.take_in_kind(tx, kind, [EXAMPLES[kind]], NOON, replace_all=True)
        return template_of(database, sayings)


@pytest.fixture
def town(make, with_every_kind, tmp_path):
    with copied(with_every_kind, tmp_path) as database:
        yield make(database)


@pytest.fixture
def staff(town):
    return Editor.of(town, "職員")


def path_of(page: str, kind: str) -> str:
    return f"/staff/knowledge/{kind}/{page}/{html.escape(KINDS[kind].name_of(EXAMPLES[kind]))}"


def test_every_kind_has_its_place_and_its_words(pages):
    assert sorted(ORDER) == sorted(KINDS)
    with pages.app.test_request_context():
        for kind, schema in KINDS.items():
            assert kinds.kind_label(kind)
            assert kinds.kind_about(kind).endswith("。")
            assert kinds.kind_one(kind)
            for column in schema.columns:
                assert kinds.column_label(kind, column.name), (kind, column.name)
                assert kinds.column_help(kind, column.name), (kind, column.name)


@pytest.mark.parametrize("kind", KINDS)
def test_words_of_the_file_are_put_in_japanese(pages, kind):
    with pages.app.test_request_context():
        for column in KINDS[kind].columns:
            for word in column.type.choices:
                assert not re.search("[A-Za-z]", kinds.word_of(kind, column, word)), (column.name, word)


@pytest.mark.parametrize("kind", KINDS)
def test_a_record_is_found_and_shown(staff, kind):
    listed = staff.opens(f"/staff/knowledge/{kind}").text
    assert "1件" in plain(listed)
    link = re.search(rf'href="(/staff/knowledge/{kind}/record/[^"]+)"', listed)
    assert link is not None
    page = plain(staff.opens(html.unescape(link[1])).text)
    for column in KINDS[kind].columns:
        with staff.service.app.test_request_context():
            assert kinds.column_label(kind, column.name) in page
    assert "変更の履歴はまだありません" in page


@pytest.mark.parametrize("kind", KINDS)
def test_a_form_that_comes_back_as_it_was_changes_nothing(staff, kind):
    """Every cell of every kind goes into a field and comes out of it the same."""
    sent = staff.edits(path_of("edit", kind))
    assert sent.status_code == 422, sent.location
    assert "いまの内容と同じです" in sent.text


@pytest.mark.parametrize("kind", KINDS)
def test_an_empty_form_asks_for_what_it_needs(staff, kind):
    path = f"/staff/knowledge/{kind}/new"
    suggested = {"faq": {"id"}}.get(kind, set())
    sent = staff.sends(path, staff.opens(path))
    assert sent.status_code == 422
    needed = [each.name for each in KINDS[kind].columns if each.required and not each.type.choices]
    wrong = [name for name in needed if name not in suggested]
    for name in wrong:
        with staff.service.app.test_request_context():
            label = kinds.column_label(kind, name)
        assert f'<a href="#cell-{name}">{label}：入力してください。</a>' in html.unescape(sent.text)
        assert f'id="cell-{name}-wrong"' in sent.text


def test_what_was_typed_stays_where_something_is_wrong(staff):
    typed = {
        "question": "<b>何</b>ですか",
        "phrasings": "一つめ\r\n二つめ",
        "answer": "一行め\r\n\r\n三行め",
        "telephone": "電話なし",
        "link": "ftp://example.jp/",
        "published_on": "あした",
        "category": "新しい分類",
    }
    sent = staff.edits(MOVING, **typed)
    assert sent.status_code == 422
    fields = fields_of(sent)
    for name, value in typed.items():
        assert str(fields[f"cell-{name}"]).split() == value.split(), name
    assert fields["cell-why"] == WHY
    assert "<b>何" not in sent.text
    words = plain(html.unescape(sent.text))
    assert "問い合わせ先の電話番号：電話番号は、数字とハイフンだけで1つ入れてください" in words
    assert "公表日：日付として読めません" in words
    assert "Excel" not in words


@pytest.mark.parametrize("answer", ["別の答え", ""])
def test_a_reason_is_asked_for(staff, answer):
    page = staff.opens(MOVING)
    fields = {**fields_of(page), "act": "submit", "cell-answer": answer, "cell-why": " "}
    sent = staff.visitor.client.post(MOVING, data=fields)
    assert sent.status_code == 422
    assert '<a href="#cell-why">変える理由を、500字以内で入力してください。</a>' in sent.text


def test_an_id_that_is_taken_is_told(staff):
    path = "/staff/knowledge/faq/new"
    given = {"id": "moving-in", "question": "別の質問ですか", "answer": "答え", "source": "市"}
    sent = staff.edits(path, **given)
    assert sent.status_code == 422
    assert "このIDは、もう使われています" in sent.text


def test_a_phrasing_of_another_entry_is_told(staff):
    path = "/staff/knowledge/faq/new"
    given = {"id": "other", "question": ENTRY.question, "answer": "答え", "source": "市"}
    sent = staff.edits(path, **given)
    assert sent.status_code == 422
    assert "同じ聞き方" in sent.text
    assert "変更の案" not in plain(staff.opens("/staff/proposals?box=mine").text), "no draft stays behind"


def test_an_office_that_is_gone_can_still_be_read_and_changed(staff):
    """The record names what no list offers any more: the field keeps it, and says so when it is sent."""
    path = path_of("edit", "sections")
    sent = staff.edits(path, **{"施設ID": "K999"})
    assert sent.status_code == 422
    assert "このIDの施設はありません" in sent.text
    assert '<option selected value="K999">' in sent.text


def test_words_of_synonyms_may_change_their_first(staff, town):
    approver = Editor.of(town, "承認者", Role.APPROVER)
    sent = staff.edits(path_of("edit", "synonyms"), words="住民異動届\r\n" + "\r\n".join(WORDS.words))
    assert sent.status_code == 303, plain(sent.text)
    assert approver.approves(sent.location).status_code == 303
    with town.site.database.read() as tx:
        (found,) = knowledge.all_synonyms(tx)
    assert found.words == ("住民異動届", *WORDS.words)


def test_a_phrasing_is_brought_by_the_address(staff):
    page = staff.opens(f"{MOVING}?phrasing=引っ越してきた|ら")
    assert str(fields_of(page)["cell-phrasings"]).splitlines()[-1] == "引っ越してきた ら"
    new = staff.opens("/staff/knowledge/faq/new?question=犬はどこですか&nothing=1")
    assert fields_of(new)["cell-question"] == "犬はどこですか"
    assert fields_of(new)["cell-status"] == "未確認"


def test_what_an_entry_looks_like_is_shown_while_it_is_written(staff):
    looked = staff.edits(MOVING, "preview", answer="見え方のための答え")
    assert looked.status_code == 200
    bubble = looked.text.partition('id="preview"')[2]
    assert "見え方のための答え" in bubble
    piece = staff.visitor.send(
        MOVING, "/staff/preview", **{"cell-answer": "<i>打ちかけ", "cell-status": "未確認"}
    )
    assert "&lt;i&gt;打ちかけ" in piece.text
    assert "確認できていません" in piece.text
    assert "<html" not in piece.text


@pytest.mark.parametrize("was", ["[]", "{", '{"id": 1}', '{"id": "UPPER"}'])
def test_a_form_that_was_tampered_with_is_refused(staff, was):
    fields = {**fields_of(staff.opens(MOVING)), "was": was, "act": "submit", "cell-answer": "別"}
    assert staff.visitor.client.post(MOVING, data=fields).status_code in (400, 409)


def test_lists_are_searched_and_filtered(staff, town):
    assert "条件に合うものはありません" in staff.opens("/staff/knowledge/faq?text=どこにもない言葉").text
    assert "moving-in" in staff.opens("/staff/knowledge/faq?text=転入&status=確認済み").text
    assert "moving-in" not in staff.opens("/staff/knowledge/faq?status=未確認").text
    assert "moving-in" not in staff.opens("/staff/knowledge/faq?past=yes").text
    assert "moving-in" in staff.opens(f"/staff/knowledge/faq?section={ENTRY.section}").text
    assert staff.visitor.get("/staff/knowledge/faq?page=-1&status=x").status_code == 200


def test_a_change_under_way_is_marked(staff):
    staff.edits(MOVING, answer="別の答え")
    assert "変更の途中" in staff.opens("/staff/knowledge/faq").text
    assert "変更の途中です" in staff.opens("/staff/knowledge/faq/record/moving-in").text
    assert "ほかにも、変更の途中のものがあります" in staff.opens(MOVING).text


def test_texts_and_lines_of_danger_lead_to_their_other_languages(staff):
    with staff.service.site.database.read() as tx:
        text = danger_texts.all_texts(tx)[0]
        name = danger_texts.all_line_names(tx)[0]
    there = f"/staff/knowledge/danger-texts/record/{text.danger}%20{text.severity}"
    begins = f"danger-translations/new?language=ko&amp;danger={text.danger}&amp;severity={text.severity}"
    page = staff.opens(there).text
    assert begins in page
    page = staff.opens(f"/staff/knowledge/danger-lines/record/{name.line}").text
    assert f"danger-line-names/record/{name.line}%20{name.language}" in page


def test_who_removes_a_line_of_help_is_told_that_its_names_go_with_it(staff):
    with staff.service.site.database.read() as tx:
        name = danger_texts.all_line_names(tx)[0]
    path = f"/staff/knowledge/danger-lines/remove/{name.line}"
    assert "やさしい日本語・外国語の1件も、いっしょに削除します。" in staff.opens(path).text
