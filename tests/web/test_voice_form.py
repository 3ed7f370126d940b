"""Telling the city something by the form: who may, what is kept, and that it is kept once."""

import io
import re
from collections.abc import Mapping
from datetime import timedelta
from threading import Thread

import pytest
import sqlalchemy as sa

from faq.photograph import MOST_BYTES
from store import conversations, particulars, photographs, tries, voices
from store.audit import SERVICE
from store.cases import Origin, Reach
from store.conversations import Conversation
from store.links import Purpose
from store.particulars import Field
from store.photographs import PhotographState
from store.tables import particulars as particulars_table
from store.tables import photographs as photographs_table
from store.tables import tries as tries_table
from store.tables import voices as voices_table
from store.voice_drafts import TOPIC
from store.voices import Voice, VoiceKind, Way
from tests.pictures import bomb, gif, hidden_in, jpeg, pdf, picture
from tests.web.conftest import Service, Visitor
from tests.web.own_links import Owner
from web.voice_tries import AT_MOST

OPEN = "/voices/new"
WORDS = "江津湖の東側の遊歩道のベンチが壊れています。私は熊本花子、090-1234-5678です。"
TYPED = {"kind": "proposal", "words": WORDS, "place": "江津湖の東側", "answer": "page", "may_publish": "y"}


def once_on(text: str) -> str:
    found = re.search(r'name="once"[^>]* value="([^"]+)"', text)
    assert found is not None
    return found[1]


def told(service: Service) -> list[Voice]:
    with service.site.database.read() as tx:
        return [
            voices.read(tx, each)
            for each in tx.connection.scalars(
                sa.select(voices_table.c.case_id).order_by(voices_table.c.case_id)
            )
        ]


def files(*raws: bytes, name: str = "photo.jpg") -> list[tuple[io.BytesIO, str]]:
    return [(io.BytesIO(raw), name) for raw in raws]


def count(service: Service, table: sa.Table) -> int:
    with service.site.database.read() as tx:
        return tx.connection.scalar(sa.select(sa.func.count()).select_from(table)) or 0


def test_anybody_tells_the_city_something_and_follows_it_on_a_page_of_their_own(both: Service) -> None:
    visitor = both.visitor()
    raw = hidden_in(picture(80, 60))
    sent = visitor.send(OPEN, **TYPED, pictures=files(raw))
    assert sent.status_code == 303
    page = visitor.get(sent.location)
    (voice,) = told(both)
    for words in (
        "受け付けました",
        "わたしの提言",
        "江津湖の東側の遊歩道",
        "写真を1枚受け取っています",
        str(voice.case.receipt)[:3],
    ):
        assert words in page.text, words
    for personal in ("熊本花子", "090-1234-5678"):
        assert personal not in page.text
    assert (voice.kind, voice.way, voice.may_publish, voice.wants_answer) == (
        VoiceKind.PROPOSAL,
        Way.FORM,
        True,
        True,
    )
    assert (voice.case.origin, voice.case.reach, voice.case.resident) == (Origin.FORM, Reach.PAGE, None)
    assert voice.place is not None
    assert voice.place.words == "江津湖の東側"
    with both.site.database.read() as tx:
        (kept,) = photographs.with_case(tx, voice.case.id)
    assert (kept.state, kept.width, kept.height) == (PhotographState.KEPT, 80, 60)
    assert count(both, particulars_table) == 0, "nobody asked who they are"


@pytest.mark.parametrize(
    ("typed", "reach", "whom"),
    [
        (
            {
                "answer": "letter",
                "name": "熊本 花子",
                "address": "860-8601 熊本市中央区手取本町1-1",
                "telephone": "x",
            },
            Reach.LETTER,
            {Field.NAME: "熊本 花子", Field.ADDRESS: "860-8601 熊本市中央区手取本町1-1"},
        ),
        (
            {"answer": "telephone", "name": "熊本 花子", "telephone": "０９０ー１２３４ー５６７８"},
            Reach.TELEPHONE,
            {Field.NAME: "熊本 花子", Field.TELEPHONE: "090-1234-5678"},
        ),
        ({"answer": "none", "name": "熊本 花子", "telephone": "090-1234-5678"}, Reach.PAGE, {}),
    ],
)
def test_name_and_address_are_kept_of_who_is_answered_by_them_alone(
    pages: Service, typed: Mapping[str, str], reach: Reach, whom: Mapping[Field, str]
) -> None:
    assert pages.visitor().send(OPEN, **{**TYPED, **typed}).status_code == 303
    (voice,) = told(pages)
    assert voice.case.reach is reach
    if not whom:
        assert count(pages, particulars_table) == 0
        return
    assert voice.case.particulars is not None
    with pages.site.database.write() as tx:
        assert particulars.read(tx, voice.case.particulars, SERVICE, pages.clock()) == whom


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"words": "  "}, "お伝えになりたいことを書いてください。"),
        ({"words": "あ" * 2001}, "2000文字"),
        ({"answer": "letter", "name": "熊本 花子"}, "返事を送る先の住所"),
        ({"answer": "telephone", "name": "熊本 花子", "telephone": "12"}, "けた"),
        ({"answer": "telephone", "telephone": "090-1234-5678"}, "お名前"),
        ({"homepage": "http://example.com"}, "空のまま"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_lost(
    pages: Service, wrong: Mapping[str, str], says: str
) -> None:
    came = pages.visitor().send(OPEN, **{**TYPED, **wrong})
    assert came.status_code == 422
    assert says in came.text
    assert "江津湖の東側" in came.text
    assert told(pages) == []


@pytest.mark.parametrize(
    ("raw", "says"),
    [
        pytest.param(jpeg(picture(8, 8)).ljust(20_000_000, b"\0"), "大きすぎて", id="20 MB"),
        pytest.param(bomb(), "大きすぎて", id="a bomb"),
        pytest.param(gif(picture(8, 8)), "写真として読めない", id="a GIF"),
        pytest.param(pdf(), "写真として読めない", id="a PDF that is called photo.jpg"),
        pytest.param(jpeg(picture(80, 60))[:600], "写真として読めない", id="half a JPEG"),
    ],
)
def test_a_file_that_cannot_be_taken_is_refused_kindly(pages: Service, raw: bytes, says: str) -> None:
    good = jpeg(picture(8, 8))
    came = pages.visitor().send(OPEN, **TYPED, pictures=files(good, raw))
    assert came.status_code == 422
    assert says in came.text
    assert WORDS in came.text, "what was typed is still there"
    assert "写真を1枚受け取っています" in came.text, "and so is the other picture"
    assert told(pages) == []


def test_a_picture_need_not_be_chosen_again_after_a_slip(pages: Service) -> None:
    visitor = pages.visitor()
    came = visitor.send(OPEN, **{**TYPED, "words": ""}, pictures=files(jpeg(picture(8, 8))))
    sent = visitor.send(OPEN, **TYPED, once=once_on(came.text))
    assert sent.status_code == 303
    (voice,) = told(pages)
    with pages.site.database.read() as tx:
        assert len(photographs.with_case(tx, voice.case.id)) == 1


def test_pictures_may_be_taken_out_again(pages: Service) -> None:
    visitor = pages.visitor()
    came = visitor.send(OPEN, **{**TYPED, "words": ""}, pictures=files(jpeg(picture(8, 8))))
    visitor.send(OPEN, **TYPED, once=once_on(came.text), without_pictures="y")
    assert count(pages, photographs_table) == 0


def test_more_pictures_than_may_be_are_refused(pages: Service) -> None:
    came = pages.visitor().send(OPEN, **TYPED, pictures=files(*[jpeg(picture(8, 8))] * 4))
    assert came.status_code == 422
    assert "写真は3枚までです" in came.text


def test_more_than_a_form_may_hold_is_a_page_that_says_what_to_do(pages: Service) -> None:
    came = pages.visitor().send(OPEN, **TYPED, pictures=files(b"\0" * (65 * 1024 * 1024)))
    assert came.status_code == 413
    assert "写真は1枚10MBまでです" in came.text
    assert f'href="{OPEN}' in came.text


def test_sent_twice_it_is_one(both: Service) -> None:
    visitor = both.visitor()
    once = once_on(visitor.get(OPEN).text)
    locations = [
        visitor.send(OPEN, **TYPED, once=once, pictures=files(jpeg(picture(8, 8)))).location for _ in range(2)
    ]
    assert len(set(locations)) == 2
    (voice,) = told(both)
    assert [visitor.get(each).status_code for each in locations] == [200, 200]
    with both.site.database.read() as tx:
        assert len(photographs.with_case(tx, voice.case.id)) == 1
    assert count(both, photographs_table) == 1


def test_two_buttons_at_once_are_one(both: Service) -> None:
    visitors = [both.visitor() for _ in range(4)]
    once = once_on(visitors[0].get(OPEN).text)
    came: list[int] = []

    def press(visitor: Visitor) -> None:
        came.append(
            visitor.send(
                OPEN, **{**TYPED, "answer": "letter", "name": "x", "address": "y"}, once=once
            ).status_code
        )

    threads = [Thread(target=press, args=(visitor,)) for visitor in visitors]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert came == [303] * 4
    assert len(told(both)) == 1
    assert count(both, particulars_table) == 1


def test_who_sends_very_often_waits_and_loses_nothing(pages: Service) -> None:
    with pages.site.database.write() as tx:
        limit = tries.Limit("voice 127.0.0.1", AT_MOST)
        for _ in range(AT_MOST):
            tries.take(tx, [limit], pages.clock())
    came = pages.visitor().send(OPEN, **TYPED)
    assert came.status_code == 429
    assert "15分たってから" in came.text
    assert WORDS in came.text
    pages.clock.passes(minutes=15)
    assert pages.visitor().send(OPEN, **TYPED).status_code == 303


def test_the_network_is_kept_for_minutes_and_by_no_address(pages: Service) -> None:
    pages.visitor().send(OPEN, **TYPED)
    with pages.site.database.write() as tx:
        (row,) = tx.connection.execute(sa.select(tries_table)).all()
        assert b"127.0.0.1" not in row.of
        assert not tries.is_any_over(tx, pages.clock() + timedelta(minutes=14))
        later = pages.clock() + timedelta(minutes=15)
        assert tries.is_any_over(tx, later)
        tries.forget(tx, later)
    assert count(pages, tries_table) == 0


def test_without_the_token_of_a_form_nothing_is_taken(pages: Service) -> None:
    came = pages.visitor().client.post(OPEN, data=TYPED)
    assert came.status_code == 400
    assert told(pages) == []


def test_in_danger_the_numbers_come_first(pages: Service) -> None:
    visitor = pages.visitor()
    sent = visitor.send(OPEN, **{**TYPED, "words": "もう死にたいです"})
    page = visitor.get(sent.location).text
    assert page.index('role="alert"') < page.index("<h1>")
    assert told(pages)[0].case.urgent


@pytest.mark.parametrize("language", ["ja-easy", "en", "zh-Hans", "zh-Hant", "ko", "vi"])
def test_it_speaks_every_language_and_keeps_what_was_typed(pages: Service, language: str) -> None:
    visitor = pages.visitor()
    came = visitor.send(OPEN, **TYPED, speak=language)
    assert came.status_code == 200
    assert WORDS in came.text
    assert "お伝えになりたいこと" not in came.text
    assert told(pages) == []


# From the talk -----------------------------------------------------------------------------------------------


def begin(owner: Owner) -> None:
    slots = {"kind": "letter", "category": "", "words": "公園のベンチ", "where": "北区", "photographs": ""}
    with owner.database.write() as tx:
        conversations.keep(tx, owner.resident, Conversation(TOPIC, slots), owner.service.clock())


def test_what_was_begun_in_the_talk_is_there_already(both: Service) -> None:
    owner = Owner.of(both)
    begin(owner)
    link, visitor = owner.link(Purpose.VOICE_FORM), both.visitor()
    asked = visitor.get(link).text
    assert "公園のベンチ" in asked
    assert re.search(r'<input checked[^>]*value="letter"', asked)
    sent = visitor.send(link, kind="letter", words="公園のベンチ", answer="line")
    assert sent.status_code == 303
    voice = told(both)[-1]
    assert (voice.case.resident, voice.case.reach, voice.way) == (owner.resident, Reach.LINE, Way.FORM)
    with both.site.database.read() as tx:
        assert conversations.current(tx, owner.resident, both.clock()) == conversations.IDLE
    assert visitor.get(link).status_code == 404, "it is spent"


def test_a_button_that_is_pressed_twice_leads_to_the_same_voice(pages: Service) -> None:
    owner = Owner.of(pages)
    link, visitor = owner.link(Purpose.VOICE_FORM), pages.visitor()
    page = visitor.get(link).text
    data = {"csrf_token": visitor.token_on(link), "once": once_on(page), "words": "ベンチ", "answer": "line"}
    first, second = (visitor.client.post(link, data=data) for _ in range(2))
    assert [first.status_code, second.status_code] == [303, 303]
    assert len(told(pages)) == 1


def test_a_link_of_nobody_opens_nothing(pages: Service) -> None:
    came = pages.visitor().get("/v/" + "x" * 43)
    assert came.status_code == 404
    assert "新しく書く" in came.text


def test_no_more_is_read_of_a_file_than_may_be(pages: Service) -> None:
    too_much = io.BytesIO(b"\0" * (MOST_BYTES + 1))
    came = pages.visitor().send(OPEN, **TYPED, pictures=[(too_much, "x.jpg")])
    assert "大きすぎて" in came.text
