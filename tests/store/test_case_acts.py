"""What a section does about a case, and what it is refused."""

from datetime import timedelta

import pytest

from store import case_acts, case_answers, case_saying, case_talk, cases, notices
from store.case_answers import In
from store.case_refusals import AlreadyClosed, CannotBeTold, Changed, NotThere, TakenBy
from store.case_talk import EntryKind
from store.cases import Case, Ending, State
from store.notices import NoticeKind, OfCase
from tests.conftest import NOON
from tests.store.cases import HOKEN, PROMISED, SAID, SUBJECT, handed, person

LATER = NOON + timedelta(hours=1)


@pytest.fixture
def clerk(tx):
    return person(tx, "clerk")


@pytest.fixture
def colleague(tx):
    return person(tx, "colleague")


@pytest.fixture
def case(tx, hanako):
    return handed(tx, hanako)


def kinds(tx, viewer, case):
    return [entry.kind for entry in case_talk.talk_of(tx, viewer, case.id, NOON)]


def test_from_taking_to_the_answer_and_its_end(tx, hanako, clerk, case):
    taken = case_acts.take(tx, clerk, case.id, LATER)
    assert (taken.state, taken.taken_by_shown, taken.taken_at) == (State.TAKEN, "clerk", LATER)
    answered = case_answers.answer(tx, clerk, case.id, taken.version, "届きます", In.LINE, LATER)
    assert (answered.state, answered.answered_at) == (State.ANSWERED, LATER)
    solved = case_saying.solved(tx, hanako, case.id, LATER)
    assert (solved.state, solved.ending, solved.closed_at) == (State.CLOSED, Ending.SOLVED, LATER)
    said = case_talk.talk_of(tx, clerk, case.id, LATER)
    assert [(entry.kind, entry.by_shown, entry.words) for entry in said] == [
        (EntryKind.SAID, "", SAID),
        (EntryKind.TAKEN, "clerk", ""),
        (EntryKind.ANSWERED_LINE, "clerk", "届きます"),
        (EntryKind.SOLVED, "", ""),
    ]
    (due,) = notices.claim_due(tx, LATER)
    assert (due.resident, due.kind) == (hanako, NoticeKind.CASE_ANSWER)
    assert due.about == OfCase(case.id, said[2].id)


def test_the_second_of_two_is_told_who_has_it(tx, clerk, colleague, case):
    case_acts.take(tx, clerk, case.id, LATER)
    for act in (case_acts.take, case_acts.hand_back):
        assert act(tx, colleague, case.id, LATER) == TakenBy("clerk")
    assert case_acts.hand_back(tx, clerk, case.id, LATER).state is State.NEW
    assert case_acts.take(tx, colleague, case.id, LATER).taken_by == colleague.account


def test_what_somebody_did_not_see_is_not_answered(tx, hanako, clerk, case):
    case_saying.say(tx, hanako, case.id, "やはり届きました", LATER)
    old = case_answers.answer(tx, clerk, case.id, case.version, "調べます", In.LINE, LATER)
    assert old == Changed()
    assert kinds(tx, clerk, case) == [EntryKind.SAID, EntryKind.SAID]


def test_a_note_puts_no_answer_out_of_date(tx, clerk, case):
    case_acts.note(tx, clerk, case.id, "番号を確かめた", LATER)
    assert isinstance(
        case_answers.answer(tx, clerk, case.id, case.version, "はい", In.TELEPHONE, LATER), Case
    )


def test_sent_on_it_is_the_others_and_counted(tx, hanako, clerk, case):
    other = person(tx, "other", section=HOKEN)
    assert case_acts.take(tx, other, case.id, LATER) == NotThere()
    sent = case_acts.send_on(tx, clerk, case.id, case.version, HOKEN, "国保は保険課", PROMISED, LATER)
    assert (sent.section, sent.state, sent.moves, sent.taken_by) == (HOKEN, State.NEW, 1, None)
    assert cases.find(tx, clerk, case.id) is None
    assert cases.find(tx, other, case.id).subject == SUBJECT
    assert kinds(tx, other, case) == [EntryKind.SAID, EntryKind.SENT_ON]
    assert case_talk.told_to(tx, hanako, case.id)[1].words == "", "why is a matter of staff's"


def test_who_cannot_be_told_is_not_answered_in_line(tx, hanako, clerk, case):
    from store import residents

    residents.follow(tx, hanako, follows=False)
    for how in (In.LINE, In.PAGE):
        told = case_answers.answer(tx, clerk, case.id, case.version, "はい", how, LATER)
        assert told == CannotBeTold()
    closed = case_acts.close(tx, clerk, case.id, case.version, Ending.GIVEN_UP, "不通", LATER)
    assert closed.ending is Ending.GIVEN_UP
    assert case_acts.take(tx, clerk, case.id, LATER) == AlreadyClosed(LATER)
