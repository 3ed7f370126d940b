"""Mailings: who writes, who approves, what a change undoes, and who sees them."""

from dataclasses import replace
from datetime import timedelta

import pytest

from nlp.language import Language
from store import mailing_beginning, mailing_decisions, mailing_drafts, mailings
from store.mailings import Mailing, No, State, Words
from store.overtaken import Overtaken
from tests.conftest import NOON
from tests.mailings import DRAFT, approved, follow
from tests.store.people import HOZON, KUMIN, viewers

NIGHT = NOON + timedelta(hours=9)


@pytest.fixture
def people(tx):
    return viewers(tx)


@pytest.fixture
def submitted(tx, people):
    made = mailing_drafts.write(tx, people["staff"], DRAFT, NOON)
    return mailing_decisions.submit(tx, people["staff"], made.id, made.version, NOON)


@pytest.mark.parametrize(
    ("who", "answer"),
    [
        ("staff", No.NEEDS_APPROVER),
        ("other staff", No.NOT_YOURS),
        ("operator", No.NOT_YOURS),
        ("approver", State.APPROVED),
        ("other approver", State.APPROVED),
        ("admin", State.APPROVED),
    ],
)
def test_a_second_person_approves(tx, people, submitted, who, answer):
    came = mailing_decisions.approve(tx, people[who], submitted.id, submitted.version, NOON)
    assert (came.state if isinstance(came, Mailing) else came) is answer


def test_nobody_approves_what_they_wrote_at(tx, people, submitted):
    changed = mailing_drafts.revise(tx, people["approver"], submitted.id, 1, DRAFT, NOON)
    again = mailing_decisions.submit(tx, people["staff"], changed.id, changed.version, NOON)
    came = mailing_decisions.approve(tx, people["approver"], again.id, again.version, NOON)
    assert came is No.OWN_WORDS


def test_what_is_urgent_is_approved_by_an_administrator(tx, people):
    made = mailing_drafts.write(tx, people["staff"], replace(DRAFT, urgent=True), NIGHT)
    mailing_decisions.submit(tx, people["staff"], made.id, 1, NIGHT)
    assert mailing_decisions.approve(tx, people["approver"], made.id, 1, NIGHT) is No.NEEDS_ADMIN
    assert mailing_decisions.approve(tx, people["admin"], made.id, 1, NIGHT).state is State.APPROVED


def test_a_change_makes_a_draft_of_it_again(tx, people):
    was = approved(tx, people, replace(DRAFT, send_at=NOON + timedelta(hours=1)))
    words = {Language.JAPANESE: Words("別の見出し", "別の本文"), Language.ENGLISH: Words("Other", "words")}
    now = mailing_drafts.revise(tx, people["staff"], was.id, 1, replace(DRAFT, words=words), NOON)
    assert (now.state, now.version, now.decided_by_shown) == (State.DRAFT, 2, "")
    assert now.what.words == words
    late = mailing_decisions.approve(tx, people["admin"], was.id, 1, NOON)
    assert late == Overtaken("staff", NOON)


def test_what_has_begun_is_changed_no_more(tx, people):
    follow(tx, range(3))
    was = approved(tx, people)
    assert mailing_beginning.begin_next(tx, NOON) == was.id
    assert mailing_drafts.revise(tx, people["staff"], was.id, 1, DRAFT, NOON) is No.NOT_NOW
    assert mailing_decisions.take_back(tx, people["staff"], was.id, 1, NOON) is No.NOT_NOW
    assert mailing_drafts.discard(tx, people["staff"], was.id, 1, NOON) is No.NOT_NOW
    assert mailing_decisions.stop(tx, people["other staff"], was.id, NOON) is No.NOT_YOURS
    assert mailing_decisions.stop(tx, people["staff"], was.id, NOON).state is State.STOPPED
    assert mailing_decisions.stop(tx, people["staff"], was.id, NOON) is No.NOT_NOW


def test_taken_back_before_it_begins_nobody_gets_it(tx, people):
    follow(tx, range(3))
    was = approved(tx, people)
    assert mailing_decisions.take_back(tx, people["staff"], was.id, 1, NOON).state is State.DRAFT
    assert mailing_beginning.begin_next(tx, NOON) is None


def test_it_goes_back_with_a_reason(tx, people, submitted):
    assert mailing_decisions.send_back(tx, people["admin"], submitted.id, 1, " ", NOON) is No.NEEDS_REASON
    back = mailing_decisions.send_back(tx, people["admin"], submitted.id, 1, "日付", NOON)
    assert (back.state, back.reason, back.decided_by_shown) == (State.DRAFT, "日付", "admin")
    assert mailing_decisions.submit(tx, people["staff"], submitted.id, 1, NOON).reason == ""


@pytest.mark.parametrize(
    ("send_at", "not_after"),
    [
        (None, NOON - timedelta(minutes=1)),
        (NOON + timedelta(hours=2), NOON + timedelta(hours=1)),
        (None, NOON + timedelta(days=40)),
    ],
)
def test_what_could_not_be_sent_any_more_is_not_handed_in(tx, people, send_at, not_after):
    draft = replace(DRAFT, send_at=send_at, not_after=not_after)
    made = mailing_drafts.write(tx, people["staff"], draft, NOON)
    assert mailing_decisions.submit(tx, people["staff"], made.id, 1, NOON) is No.TOO_LATE


@pytest.mark.parametrize(
    ("who", "section", "writes"),
    [
        ("staff", KUMIN, True),
        ("staff", HOZON, False),
        ("staff", None, False),
        ("operator", KUMIN, False),
        ("approver", KUMIN, True),
        ("admin", None, True),
    ],
)
def test_who_writes_for_which_section(tx, people, who, section, writes):
    made = mailing_drafts.write(tx, people[who], replace(DRAFT, section=section), NOON)
    assert isinstance(made, Mailing) is writes


@pytest.mark.parametrize(
    ("who", "sees"),
    [("staff", True), ("other staff", False), ("operator", False), ("other approver", True), ("admin", True)],
)
def test_sections_see_their_own(tx, people, submitted, who, sees):
    assert (mailings.find(tx, people[who], submitted.id) is not None) is sees
    assert bool(mailings.listed(tx, people[who], tuple(State), 10)) is sees


@pytest.mark.parametrize(
    "changed", [{"words": {}}, {"topics": ()}, {"link": "http://example.jp/"}, {"link": "javascript:x"}]
)
def test_what_could_never_be_sent_is_no_draft(changed):
    with pytest.raises(ValueError, match=r"a mailing without|not https"):
        replace(DRAFT, **changed)
