"""Readings on a page: beside the name for who sees, in brackets where ruby is not known; nothing unescaped."""

from faq.readings import Reading
from store import knowledge
from tests.conftest import NOON
from tests.faq.place_files import SOURCE
from web.ruby import ruby


def test_readings_beside_names(pages):
    with pages.app.test_request_context():
        shown = ruby("中央区神水<b>")
    assert shown == ("中央区<ruby>神水<rp>（</rp><rt>くわみず</rt><rp>）</rp></ruby>&lt;b&gt;")


def test_what_staff_add_is_shown_from_the_next_page_on(pages):
    with pages.site.database.write() as tx:
        knowledge.take_in(tx, [Reading("杉塘", "すぎども", SOURCE)], NOON)
    with pages.app.test_request_context():
        assert "<rt>すぎども</rt>" in ruby("杉塘")
