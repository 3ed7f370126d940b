"""Remarks while one writes, and for who approves: places, suggestions, and the text in no address."""

import html
import re

import pytest

from store.sight import Role
from tests.web.editors import MOVING, Editor, stocked

TRANSLATIONS = "/staff/knowledge/translations/new"
HARD = "申請書を提出してください。"


@pytest.fixture
def editor(pages):
    return Editor.of(stocked(pages), "writer")


def looked_at(editor, text, kind="faq", column="answer", language=""):
    fields = {"kind": kind, "column": column, "language": language, f"cell-{column}": text}
    page = editor.visitor.send(MOVING, "/staff/plainness", **fields)
    assert page.status_code == 200, page.text
    return page.text


@pytest.mark.parametrize(
    ("kind", "language", "text", "remarks"),
    [
        ("faq", "", HARD, 0),
        ("faq", "", "遅滞なく届けを出してください。", 1),
        ("faq", "", "区役所に届けを出してください。", 0),
        ("translations", "ja-easy", "カードを提出してください。", 1),
        ("translations", "ja-easy", "かみを出（だ）してください。", 0),
        ("translations", "en", "カードを提出してください。", None),
        ("offices", "", HARD, None),
        ("nothing", "", HARD, None),
    ],
)
def test_what_is_said_depends_on_who_is_to_read_it(editor, kind, language, text, remarks):
    page = looked_at(editor, text, kind, language=language)
    count = re.search(r'role="status">(.*?)</p>', page)
    said = {None: "", 0: "わかりやすさ：気になるところはありません。"}
    assert count is not None
    assert count[1] == said.get(remarks, f"わかりやすさ：気になるところが{remarks}か所あります。")


def test_a_button_carries_the_place_and_the_words(editor):
    page = looked_at(editor, "紙（かみ）を\r\n提出してください。", "translations", language="ja-easy")
    button = re.search(r"<button[^>]*>", page)
    assert button is not None
    assert 'data-replace="cell-answer" data-start="7" data-was="提出して" data-instead="出して"' in button[0]


def test_what_was_typed_is_never_markup(editor):
    page = looked_at(editor, '<b onclick="x">提出する</b>', "translations", language="ja-easy")
    assert "<b " not in page
    assert "提出する" in html.unescape(page)


def test_the_form_shows_the_remarks_without_scripts_too(editor):
    page = editor.edits(MOVING, "preview", answer="当該の届けを遅滞なく出してください。")
    assert page.status_code == 200
    assert "言いかえの例：すぐに" in page.text
    assert "言いかえの例：「その」" in html.unescape(page.text)


def test_a_text_in_easy_japanese_is_looked_at_strictly(editor):
    page = editor.opens(
        f"{TRANSLATIONS}?faq_id=moving-in&language=ja-easy&answer=20時までに提出してください。"
    )
    assert "午後8時" in page.text
    assert page.text.count('class="plain-check"') == 2  # question and answer


def test_remarks_hinder_nobody(editor):
    sent = editor.edits(MOVING, answer="当該の届けを遅滞なく出してください。")
    assert sent.status_code == 303


def test_who_approves_reads_them_folded(editor):
    sent = editor.edits(MOVING, answer="当該の届けを遅滞なく出してください。")
    page = Editor.of(editor.service, "approver", Role.APPROVER).opens(sent.location)
    assert "答え：わかりやすさ：気になるところが2か所あります。" in re.sub(r"<[^>]+>", "", page.text)
    assert "data-replace" not in page.text


def test_a_change_that_leaves_the_answer_says_nothing_of_it(editor):
    sent = editor.edits(MOVING, category="試し")
    page = Editor.of(editor.service, "approver", Role.APPROVER).opens(sent.location)
    assert "わかりやすさ" not in page.text
