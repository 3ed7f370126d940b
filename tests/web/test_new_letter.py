"""Letters on paper, entered by staff: their section, their promise, and what is asked again."""

from datetime import timedelta

import pytest

from nlp.japan import today
from store import case_talk, voices
from store.cases import Reach, State
from store.sight import Role
from store.tables import cases as table
from store.voices import VoiceKind, Way
from tests.web.casework import casework_of
from tests.web.town import plain

PAGE = "/staff/voices/new"
WORDS = "市電の本数を増やしてください。"


@pytest.fixture
def work(pages):
    return casework_of(pages)


def filled(work, **other):
    day = today(work.service.clock())
    usual = {"once": "1", "kind": "letter", "way": "letter", "received_on": day.isoformat(), "category": ""}
    return {**usual, "words": WORDS, "section": "", "answer": "post", **other}


def entered(work):
    with work.service.site.database.write() as tx:
        found = voices.seen(tx, work.chief, table.c.id > 0)
        return [
            (each, case_talk.talk_of(tx, work.chief, each.case.id, work.service.clock())) for each in found
        ]


def test_a_letter_goes_to_the_section_of_letters_and_is_promised_from_the_day_it_came(work):
    clerk = work.clerk()
    day = today(work.service.clock()) - timedelta(days=3)
    assert "約束の日は、この日から数えます。" in plain(clerk.get(PAGE).text)
    came = clerk.send(PAGE, **filled(work, received_on=day.isoformat(), may_publish="y"))
    assert came.status_code == 303
    ((voice, _),) = entered(work)
    assert (voice.kind, voice.way, voice.received_on) == (VoiceKind.LETTER, Way.LETTER, day)
    assert (voice.case.section, voice.case.reach) == ("honcho-kocho", Reach.LETTER)
    assert voice.may_publish
    assert voice.case.promised_at is not None
    assert today(voice.case.promised_at) >= day + timedelta(days=30)


def test_a_proposal_goes_by_its_category(work):
    work.clerk().send(PAGE, **filled(work, kind="proposal", way="fax", category="waste", answer="telephone"))
    ((voice, _),) = entered(work)
    assert (voice.category, voice.case.section) == ("waste", "honcho-haikibutsu")
    assert (voice.case.reach, voice.wants_answer) == (Reach.TELEPHONE, True)


def test_or_to_the_section_that_was_chosen(work):
    work.clerk().send(PAGE, **filled(work, section="chuo-kumin", answer="none"))
    ((voice, _),) = entered(work)
    assert (voice.case.section, voice.wants_answer) == ("chuo-kumin", False)


def test_sent_twice_it_is_one(work):
    clerk = work.clerk()
    for _ in range(2):
        assert clerk.send(PAGE, **filled(work)).status_code == 303
    assert len(entered(work)) == 1


def test_what_is_personal_is_masked(work):
    work.clerk().send(PAGE, **filled(work, words="090-1234-5678の山田です。\n市電を増やして"))
    ((voice, talk),) = entered(work)
    assert "090-1234-5678" not in talk[0].words + voice.case.subject
    assert voice.case.state is State.NEW


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"words": " "}, "内容を書いてください。"),
        ({"words": "あ" * 4001}, "4000文字以内"),
        ({"received_on": "2030-01-01"}, "受け取った日を、今日までの1年のあいだで入れてください。"),
        ({"received_on": "きのう"}, "受け取った日を、今日までの1年のあいだで入れてください。"),
        ({"category": "no-such"}, "分野を選び直してください。"),
        ({"section": "no-such"}, "担当の課を選び直してください。"),
        ({"kind": "line"}, "1つ選んでください。"),
        ({"way": "line"}, "1つ選んでください。"),
        ({"answer": "line"}, "1つ選んでください。"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(work, wrong, said):
    came = work.clerk().send(PAGE, **filled(work, **wrong))
    assert came.status_code == 422
    assert said in plain(came.text)
    assert entered(work) == []


def test_an_operator_enters_what_is_told_by_telephone_and_reads_it_no_more(work):
    operator = work.service.signed_in(work.service.account("operator", Role.OPERATOR))
    came = operator.send(PAGE, **filled(work, way="telephone"))
    page = plain(operator.client.get(came.location, follow_redirects=True).text)
    assert "入力しました。" in page
    assert WORDS not in page
