"""What everybody reads, searches, takes away and follows."""

import csv
import io
from datetime import timedelta
from xml.etree import ElementTree

import pytest

from nlp.language import Language
from tests.web.conftest import Service
from tests.web.test_speech import is_in
from tests.web.voicework import Voicework
from web import published_voices
from web.pace import Pace

ATOM = {"a": "http://www.w3.org/2005/Atom"}


@pytest.fixture
def work(pages: Service) -> Voicework:
    return Voicework.of(pages)


def test_nothing_yet(pages: Service):
    page = pages.visitor().get("/voices").text
    assert "公表している声は、まだありません" in page
    assert pages.visitor().get("/voices/1").status_code == 404
    [heading] = csv.reader(io.StringIO(pages.visitor().get("/voices.csv").data.decode("utf-8-sig")))
    assert heading[:4] == ["番号", "種類", "分野", "受付年度"]
    assert ElementTree.fromstring(pages.visitor().get("/voices.atom").data).findall("a:entry", ATOM) == []


def test_found_by_words_category_year_and_section(work: Voicework):
    work.published("江津湖のベンチ")
    work.published("市電の停留所", "市電の停留所に屋根を", "検討します。", category=None)
    everybody = work.service.visitor()
    for query, found in (
        ("", ["市電の停留所", "江津湖のベンチ"]),
        ("q=べんち", ["江津湖のベンチ"]),
        ("q=屋根+検討", ["市電の停留所"]),
        ("category=roads", ["江津湖のベンチ"]),
        ("year=2026", ["市電の停留所", "江津湖のベンチ"]),
        ("year=2025", []),
        ("section=chuo-kumin&q=市電", ["市電の停留所"]),
        ("page=9999999999", []),
    ):
        page = everybody.get(f"/voices?{query}").text
        assert [each for each in ("市電の停留所", "江津湖のベンチ") if f">{each}</a>" in page] == found, query
    assert "当てはまる声はありません" in everybody.get("/voices?q=なし").text


def test_a_long_list_has_pages_which_keep_what_was_asked(work: Voicework, monkeypatch: pytest.MonkeyPatch):
    for module in (published_voices, published_voices.published):
        monkeypatch.setattr(module, "PAGE", 1)
    work.published("一つめのベンチ")
    work.published("二つめのベンチ")
    page = work.service.visitor().get("/voices?q=ベンチ").text
    assert "二つめ" in page
    assert "一つめ" not in page
    assert "/voices?q=%E3%83%99%E3%83%B3%E3%83%81&amp;page=1" in page
    assert "一つめ" in work.service.visitor().get("/voices?q=ベンチ&page=1").text


@pytest.mark.parametrize("language", list(Language))
def test_the_frame_speaks_and_the_voice_stays_japanese(work: Voicework, language: Language):
    number = work.published()
    for path in (f"/voices?lang={language}", f"/voices/{number}?lang={language}"):
        page = work.service.visitor().get(path).text
        assert is_in(page, language), path
        assert '<p lang="ja">江津湖' in page or '<p class="lines" lang="ja">江津湖' in page
    assert "noindex" not in page


def test_the_file_is_inert_and_complete(work: Voicework):
    number = work.published("=1+1", "=cmd|x\nもう一行", "-1です", category=None)
    answer = work.service.visitor().get("/voices.csv")
    assert answer.data.startswith(b"\xef\xbb\xbf")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="voices.csv"'
    [row] = csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig"), newline=""))
    assert row == {
        "番号": str(number),
        "種類": "わたしの提言",
        "分野": "",
        "受付年度": "2026",
        "受付月": "2026-11",
        "区": "",
        "件名": "'=1+1",
        "声": "'=cmd|x\nもう一行",
        "市の回答": "'-1です",
        "担当課": "中央区役所 区民課",
        "公表日": "2026-11-24",
        "URL": f"{work.service.site.public_url}/voices/{number}",
    }


def test_the_feed_is_atom_with_ids_that_stay(work: Voicework):
    number = work.published("A & B <b>", "一行目\x00\x0b\n二行目")
    later = work.published("あとの声")
    answer = work.service.visitor().get("/voices.atom")
    assert answer.content_type == "application/atom+xml; charset=utf-8"
    feed = ElementTree.fromstring(answer.data)
    newest, entry = feed.findall("a:entry", ATOM)
    assert text(newest, "title") == "あとの声"
    assert text(entry, "title") == "A & B <b>"
    assert text(entry, "id").startswith("urn:uuid:")
    assert len({text(each, "id") for each in (feed, newest, entry)}) == 3
    assert text(entry, "updated") == "2026-11-24T03:00:00+00:00" == text(feed, "updated")
    assert text(entry, "content").startswith("【声】\n一行目\n二行目\n\n【市の回答】")
    assert text(entry, "author/a:name") == "中央区役所 区民課"
    url = work.service.site.public_url
    links = {each.get("rel"): each.get("href") for each in feed.findall("a:link", ATOM)}
    assert links == {"self": f"{url}/voices.atom", "alternate": f"{url}/voices"}
    own = entry.find("a:link", ATOM)
    assert own is not None
    assert own.get("href") == f"{url}/voices/{number}"
    page = work.service.visitor().get(f"/voices/{later}").text
    assert '<link rel="alternate" type="application/atom+xml"' in page


def text(of: ElementTree.Element, name: str) -> str:
    found = of.find(f"a:{name}", ATOM)
    assert found is not None
    return found.text or ""


@pytest.mark.parametrize("kind", ["csv", "atom"])
def test_nothing_is_sent_again_until_something_changes(work: Voicework, kind: str):
    work.published()
    first = work.service.visitor().get(f"/voices.{kind}")
    assert first.headers["Cache-Control"] == "public, no-cache"
    known = {"If-None-Match": first.headers["ETag"]}
    again = work.service.visitor().client.get(f"/voices.{kind}", headers=known)
    assert (again.status_code, again.data) == (304, b"")
    work.published("二つめ")
    assert "二つめ" in work.service.visitor().client.get(f"/voices.{kind}", headers=known).text


def test_who_never_waits_is_asked_to(pages: Service):
    pages.app.extensions["voices_pace"] = Pace(2)
    visitor = pages.visitor()
    assert [visitor.get("/voices").status_code for _ in range(3)] == [200, 200, 429]
    refused = visitor.get("/voices.csv")
    assert (refused.status_code, refused.headers["Retry-After"]) == (429, "60")
    pages.clock.now += timedelta(minutes=1)
    assert visitor.get("/voices").status_code == 200
