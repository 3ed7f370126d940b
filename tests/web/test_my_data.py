"""All that is kept about a resident, on a page of their own and as a file."""

import json
from datetime import timedelta

import pytest

from nlp.language import Language
from store import links, queries, residents
from store.links import Purpose
from store.notices import NoticeKind
from store.outbox import ANSWER
from store.particulars import Field
from store.queries import Query
from store.refusals import State
from tests.line import HANAKO
from tests.planted import plant
from tests.web.conftest import Service
from tests.web.own_links import Owner
from tests.web.town import plain


@pytest.fixture
def owner(both: Service) -> Owner:
    return Owner.of(both)


@pytest.fixture
def little(pages: Service) -> Owner:
    """The same, on SQLite alone."""
    return Owner.of(pages)


def ask(owner: Owner, words: str) -> None:
    with owner.database.write() as tx:
        asked = Query(words, "question", "none")
        queries.record(tx, owner.resident, asked, owner.service.clock(), channel="LINE", message_ids=[])


def following(page: str) -> str:
    """The address of the file."""
    return page.split('action="')[1].split('"')[0].partition("?")[0]


def test_the_language_is_shown_with_the_identifier_once_it_is_known(little: Owner):
    assert "ことば" not in plain(little.service.visitor().send(little.link(Purpose.MY_DATA)).text)
    with little.database.write() as tx:
        residents.speak(tx, little.resident, Language.KOREAN, chosen=False)
    shown = plain(little.service.visitor().send(little.link(Purpose.MY_DATA) + "?lang=ja").text)
    assert "ことば 한국어" in " ".join(shown.split())


def test_to_open_it_shows_a_button_and_to_press_it_everything_once(owner: Owner):
    ask(owner, "粗大ごみの出し方")
    link, visitor = owner.link(Purpose.MY_DATA), owner.service.visitor()
    for _ in range(2):
        sealed = visitor.get(link)
        assert sealed.status_code == 200
        assert "粗大ごみ" not in sealed.text
        assert "12時30分" in plain(sealed.text)
    shown = visitor.send(link)
    assert shown.status_code == 200
    for words in (
        "粗大ごみの出し方",
        "U7777",
        "還付の通知が届かない",
        "国保の還付",
        "質問を受けた日から365日で消します",
    ):
        assert words in shown.text
    for words in ("開示（見ること）を請求できます", "請求の窓口と手続きは、確認できていません。", "公文書"):
        assert words in shown.text
    assert shown.headers["Cache-Control"] == "no-store"
    assert shown.headers["Referrer-Policy"] == "no-referrer"
    assert 'content="noindex"' in shown.text
    assert owner.acts()[-1] == "resident.read"
    again = visitor.get(link)
    assert (again.status_code, "粗大ごみ" in again.text) == (404, False)


def test_the_file_carries_the_same_until_the_link_ends(owner: Owner):
    ask(owner, "粗大ごみの出し方")
    visitor = owner.service.visitor()
    shown = visitor.send(owner.link(Purpose.MY_DATA))
    file = following(shown.text)
    token = visitor.token_on(file.removesuffix("/file"))
    for _ in range(2):
        taken = visitor.client.post(file, data={"csrf_token": token})
        assert taken.mimetype == "application/json"
        assert taken.headers["Content-Disposition"] == "attachment; filename=my-data.json"
        kept = {part["名前"]: part for part in json.loads(taken.data)["残しているもの"]}
        assert kept["LINEで尋ねた言葉"]["内容"] == [
            {"日時": "2026-11-24T12:00:00+09:00", "言葉": "粗大ごみの出し方"}
        ]
        assert kept["LINEの識別子"]["内容"][0]["LINEの識別子"] == "U" + "7" * 32
    owner.service.clock.now += timedelta(minutes=31)
    assert visitor.client.post(file, data={"csrf_token": token}).status_code == 410


def test_it_ends_half_an_hour_after_the_button_however_often_it_is_opened(little: Owner):
    visitor = little.service.visitor()
    path = little.link(Purpose.MY_DATA)
    for _ in range(3):
        little.service.clock.now += timedelta(minutes=8)
        path = following(visitor.send(path).text).removesuffix("/file")
    little.service.clock.now += timedelta(minutes=7)
    assert visitor.get(path).status_code == 410


def test_all_that_was_told_is_there_and_nothing_of_others(little: Owner, pages: Service):
    marks = plant(little.database, pages.clock())
    with little.database.write() as tx:
        hanako = residents.lookup(tx, HANAKO)
        token = links.mint(tx, Purpose.MY_DATA, hanako, 0, timedelta(minutes=30), pages.clock())
    shown = pages.visitor().send(f"/me/{token}").text
    gone = {mark for mark in marks if mark not in shown}
    with little.database.read() as tx:
        kept = tx.connection.exec_driver_sql("SELECT count(*) FROM inbox WHERE state = 'waiting'").scalar()
    assert kept == 4, "what waits to be answered or sent is not shown: it is gone in a moment"
    assert {mark.split("-")[1] for mark in gone} <= {"hanako"}
    assert len(gone) == 9, "and of photographs, how many there are and how large"
    assert "印-taro" not in shown


def test_what_opens_nothing_says_how_to_get_another(little: Owner):
    expired = little.service.visitor().get(little.link(Purpose.MY_DATA, life=timedelta(0)))
    assert (expired.status_code, "「わたしのデータ」" in expired.text) == (410, True)
    assert little.service.visitor().get("/me/" + "x" * 43).status_code == 404


def test_whatever_is_kept_has_a_name(pages: Service):
    say = pages.site.wordings[Language.JAPANESE].say
    for about in (ANSWER, *NoticeKind):
        assert say(f"page.my_data.sent.{about}")
    for field in Field:
        assert say(f"page.my_data.told.{field}")
    for state in State:
        assert say(f"page.my_data.booking.{state}")
