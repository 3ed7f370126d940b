"""Mailings by topic: written, looked at in each language, approved by another, sent, stopped, counted."""

import re

import pytest

from store import line_plan, mailing_beginning
from store.line_plan import Plan
from store.sight import Role
from tests.mailings import follow
from tests.web.conftest import Service, Visitor
from tests.web.town import plain

LIST, NEW = "/staff/mailings", "/staff/mailings/new"
TOLD: dict[str, object] = {
    "title_ja": "予防接種のお知らせ",
    "text_ja": "1月から、受け方が変わります。",
    "link": "https://www.city.example.jp/",
    "topics": ["childcare", "health"],
    "section": "",
    "begins": "",
    "ends": "2026-11-27T20:00",
}


@pytest.fixture
def author(both: Service) -> Visitor:
    return both.signed_in(both.account("sato", Role.ADMIN))


@pytest.fixture
def another(both: Service) -> Visitor:
    return both.signed_in(both.account("suzuki", Role.APPROVER))


def write(visitor: Visitor, **changed: object) -> str:
    """Writes a mailing; the address of its page."""
    sent = visitor.send(NEW, **(TOLD | changed))
    assert sent.status_code == 303, plain(sent.text)
    return str(sent.headers["Location"])


def text(visitor: Visitor, path: str) -> str:
    got = visitor.get(path)
    assert got.status_code == 200
    return plain(got.text)


def test_written_approved_by_another_and_sent(both: Service, author: Visitor, another: Visitor) -> None:
    with both.site.database.write() as tx:
        follow(tx, range(3))
        line_plan.keep(tx, Plan(200, 198, both.clock()))
    path = write(author)
    seen = text(author, path)
    for words in (
        "下書き",
        "いま送るとしたら 3人（3通）",
        "残り 2通（上限 200通、使用 198通）",
        "今月の残り2通では足りません",
        "分野 子育て・健康・健診",
        "熊本市からのお知らせ（2026年11月24日）",
        "くわしく見る",
        "この分野のお知らせをやめる",
        "承認されたらすぐ",
        "8時から20時のあいだに送ります。",
    ):
        assert words in seen, words
    assert author.send(path, f"{path}/submit", version=1).status_code == 303
    refused = author.send(path, f"{path}/approve", version=1)
    assert refused.status_code == 409
    assert "ご自分が書いた配信は、承認できません。" in plain(refused.text)
    assert "確かめて、承認するか、差し戻してください。" in text(another, path)
    assert another.send(path, f"{path}/approve", version=1).status_code == 303
    with both.site.database.write() as tx:
        mailing_beginning.begin_next(tx, both.clock())
    seen = text(another, path)
    assert "送っています" in seen
    assert "0人 / 3人" in seen
    assert another.send(path, f"{path}/stop", version=1).status_code == 303
    seen = text(author, path)
    assert "止めたので送らなかった 3人" in seen
    assert "止めた人 suzukiさん" in seen
    assert "「役に立った」を押した人 0人" in seen


def test_what_changes_after_it_was_approved_is_approved_anew(author: Visitor, another: Visitor) -> None:
    path = write(author, begins="2026-11-25T10:00")
    author.send(path, f"{path}/submit", version=1)
    another.send(path, f"{path}/approve", version=1)
    assert "2026年11月25日（水） 10時に送り始めます" in text(another, path)
    edit = f"{path}/edit"
    assert "承認の依頼や承認は取り消され" in text(author, edit)
    assert author.send(edit, **(TOLD | {"title_ja": "別の見出し", "version": "1"})).status_code == 303
    assert "下書き" in text(author, path)
    late = another.send(path, f"{path}/approve", version=1)
    assert late.status_code == 409
    assert "satoさんさんが" in plain(late.text)


def test_the_second_of_two_editors_is_told(author: Visitor, another: Visitor) -> None:
    path = write(author)
    author.send(f"{path}/edit", **(TOLD | {"version": "1", "title_ja": "先の見出し"}))
    later = another.send(f"{path}/edit", **(TOLD | {"version": "1", "title_ja": "後の見出し", "section": ""}))
    assert later.status_code in (409, 422)
    assert "先の見出し" in text(author, path)


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"title_ja": ""}, "見出しを入れてください。"),
        ({"text_ja": ""}, "本文を入れてください。"),
        ({"text_ja": "あ" * 1001}, "1001字あります。1000字までにしてください"),
        ({"title_ja": "😀" * 31}, "62字あります。60字までに"),
        ({"link": "http://www.city.example.jp/"}, "https:// から始まるアドレス"),
        ({"link": "javascript:alert(1)"}, "https:// から始まるアドレス"),
        ({"topics": []}, "分野を1つ以上選んでください。"),
        ({"topics": ["no-topic"]}, "分野を1つ以上選んでください。"),
        ({"wards": ["どこにもない区"]}, "区を選びなおしてください。"),
        ({"ends": ""}, "「この日時を過ぎたら送らない」を入れてください。"),
        ({"ends": "2026-11-20T10:00"}, "送る日時と今より後にしてください。"),
        ({"begins": "2026-11-26T10:00", "ends": "2026-11-25T10:00"}, "送る日時と今より後にしてください。"),
        ({"ends": "2027-11-20T10:00"}, "31日以内にしてください。"),
        ({"begins": "あした"}, "送る日時を入れるか"),
        ({"text_ja": "熊本太郎と申します。電話は090-1234-5678です。"}, "個人の情報（電話番号"),
        ({"title_en": "Vaccinations", "text_en": ""}, "本文を入れてください。"),
        ({"text_en": "Call 090-1234-5678 now", "title_en": "x"}, "個人の情報（電話番号）"),
    ],
)
def test_what_cannot_be_sent_is_said_before(author: Visitor, changed: dict[str, object], says: str) -> None:
    refused = author.send(NEW, **(TOLD | changed))
    assert refused.status_code == 422
    assert says in plain(refused.text)


def test_a_public_number_is_no_personal_data(author: Visitor) -> None:
    write(author, text_ja="お問い合わせは、ひごまるコール（096-334-1500）へ。")


def test_nobody_to_send_it_to_is_said_before(author: Visitor) -> None:
    assert "いま、この分野と区を選んでいる人はいません。" in text(author, write(author))


def test_it_goes_back_with_a_reason(author: Visitor, another: Visitor) -> None:
    path = write(author)
    author.send(path, f"{path}/submit", version=1)
    refused = another.send(path, f"{path}/send-back", version=1, reason=" ")
    assert "差し戻す理由を書いてください。" in plain(refused.text)
    another.send(path, f"{path}/send-back", version=1, reason="日付を入れてください")
    seen = text(author, path)
    assert "差し戻されました 日付を入れてください" in seen
    assert "suzukiさん" in seen


def test_what_is_urgent_needs_an_administrator(both: Service, author: Visitor, another: Visitor) -> None:
    path = write(author, urgent="y")
    author.send(path, f"{path}/submit", version=1)
    assert "管理者が承認します" in text(another, path)
    assert another.send(path, f"{path}/approve", version=1).status_code == 409
    chief = both.signed_in(both.account("tanaka", Role.ADMIN))
    assert chief.send(path, f"{path}/approve", version=1).status_code == 303


def test_taken_back_and_thrown_away(author: Visitor) -> None:
    path = write(author)
    author.send(path, f"{path}/submit", version=1)
    author.send(path, f"{path}/take-back", version=1)
    assert "下書き" in text(author, path)
    assert author.send(path, f"{path}/discard", version=1).status_code == 303
    assert author.get(path).status_code == 404


def test_words_in_other_languages_are_shown_as_they_will_be_read(author: Visitor) -> None:
    path = write(author, title_en="Vaccinations", text_en="From January, the way changes.")
    page = author.get(path).text
    assert re.search(r'<div lang="en">.*?Vaccinations', page, re.S)


def test_each_language_is_called_by_its_name(author: Visitor) -> None:
    path = write(author, title_en="Vaccinations", text_en="From January, the way changes.")
    assert "英語の見出し" in text(author, f"{path}/edit")
    assert "中国語（簡体字）の本文" in text(author, f"{path}/edit")


def test_sections_see_their_own(both: Service, author: Visitor) -> None:
    path = write(author, section="higashi-kumin")
    staff = both.signed_in(both.account("yamada", Role.STAFF, section="chuo-kumin"))
    assert staff.get(path).status_code == 404
    assert "予防接種のお知らせ" not in text(staff, LIST)
    assert "予防接種のお知らせ" in text(author, LIST)
