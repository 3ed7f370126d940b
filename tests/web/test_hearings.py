"""The public page on meetings with the mayor: what comes, what was heard, and who says so."""

from dataclasses import replace
from datetime import date

from faq.hearings import HearingId, HearingState
from faq.models import OfficeId
from store import knowledge
from tests.faq.place_files import HEARING

AHEAD = replace(HEARING, office=OfficeId("K002"), programme=None, people=None)


def test_past_ones_stand_with_their_figures_source_and_mark(pages):
    page = pages.visitor().get("/hearings")
    assert page.status_code == 200
    assert "いま、お知らせしている会はありません。" in page.text
    assert "市長とドンドン語ろう！農水産業版" in page.text
    assert "25人" in page.text
    assert "平成27年10月中旬〜11月中旬" in page.text
    assert "出典：熊本市の市政概要" in page.text
    assert "確認できていません。" in page.text
    assert "noindex" not in page.text


def test_what_is_announced_stands_first_with_how_to_apply(pages):
    later = date(2026, 12, 20)
    off = replace(AHEAD, id=HearingId("off"), name="取りやめた会", day=later, state=HearingState.CANCELLED)
    with pages.site.database.write() as tx:
        knowledge.take_in(tx, [AHEAD, off], pages.clock())
    text = pages.visitor().get("/hearings").text
    assert text.index("市長と語る会") < text.index("取りやめた会") < text.index("農水産業版")
    assert "2026年12月12日（土） 10:00–11:30" in text
    assert "東区役所 2階の会議室" in text
    assert "お電話でお申し込みください。" in text
    assert "締め切り：2026年12月1日（火）" in text
    assert "この会は、中止になりました。" in text


def test_it_speaks_the_readers_language_and_says_which_words_are_japanese(pages):
    text = pages.visitor().get("/hearings?lang=en").text
    assert "No meeting is announced now." in text
    assert '<dd lang="ja">男女共同参画</dd>' in text
