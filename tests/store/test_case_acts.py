"""What a section does about a case, and what it is refused."""

from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa

from nlp.japan import JAPAN
from store import case_acts, case_answers, case_saying, case_talk, cases, notices, residents
from store.case_answers import In
from store.case_refusals import AlreadyClosed, CannotBeTold, Changed, NotThere, TakenBy
from store.case_talk import EntryKind
from store.cases import Case, Ending, State
from store.notices import NoticeKind, OfCase
from store.sight import Role
from store.tables import staff_notices as staff_notices_table
from tests.conftest import NOON
from tests.store.cases import HOKEN, KUMIN, PROMISED, SAID, SUBJECT, called, handed, person

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
    residents.follow(tx, hanako, follows=False)
    for how in (In.LINE, In.PAGE):
        told = case_answers.answer(tx, clerk, case.id, case.version, "はい", how, LATER)
        assert told == CannotBeTold()
    closed = case_acts.close(tx, clerk, case.id, case.version, Ending.GIVEN_UP, "不通", LATER)
    assert closed.ending is Ending.GIVEN_UP
    assert case_acts.take(tx, clerk, case.id, LATER) == AlreadyClosed(LATER)


def test_an_answer_on_the_page_is_its_residents_alone(tx, hanako, taro, clerk, case):
    answered = case_answers.answer(tx, clerk, case.id, case.version, "還付は3万円です", In.PAGE, LATER)
    (due,) = notices.claim_due(tx, LATER)
    assert (due.kind, due.about.case) == (NoticeKind.CASE_PAGE, case.id)
    entry = due.about.entry
    found = case_talk.answer_of(tx, hanako, entry)
    assert (found.case, found.words, found.at) == (answered.id, "還付は3万円です", LATER)
    assert case_talk.answer_of(tx, taro, entry) is None
    case_talk.was_read(tx, taro, entry, LATER)
    assert case_talk.find(tx, entry).read_at is None
    for minutes in (1, 2):
        case_talk.was_read(tx, hanako, entry, LATER + timedelta(minutes=minutes))
    assert case_talk.find(tx, entry).read_at == LATER + timedelta(minutes=1)


def test_only_answers_on_the_page_are_on_the_page(tx, hanako, clerk, case):
    first = case_talk.told_to(tx, hanako, case.id)[0]
    case_answers.answer(tx, clerk, case.id, case.version, "はい", In.LINE, LATER)
    second = case_talk.told_to(tx, hanako, case.id)[1]
    assert [case_talk.answer_of(tx, hanako, each.id) for each in (first, second)] == [None, None]


def test_what_is_anothers_authority_is_named_and_over(tx, hanako, clerk, case):
    over = case_answers.elsewhere(tx, clerk, case.id, case.version, "tax-office", "国税です", LATER)
    assert (over.state, over.ending) == (State.CLOSED, Ending.ELSEWHERE)
    (_, named) = case_talk.told_to(tx, hanako, case.id)
    assert (named.kind, named.neighbour, named.words) == (EntryKind.ELSEWHERE, "tax-office", "国税です")
    (due,) = notices.claim_due(tx, LATER)
    assert (due.kind, due.about) == (NoticeKind.CASE_ELSEWHERE, OfCase(case.id, named.id))


def test_a_callers_case_is_answered_by_telephone_alone(tx, clerk):
    made = called(tx, person(tx, "operator", Role.OPERATOR))
    for how in (In.LINE, In.PAGE):
        assert case_answers.answer(tx, clerk, made.id, made.version, "x", how, LATER) == CannotBeTold()
    over = case_answers.elsewhere(tx, clerk, made.id, made.version, "tax-office", "", LATER)
    assert over.ending is Ending.ELSEWHERE
    assert notices.claim_due(tx, LATER) == (), "nobody is told in LINE"


def test_an_answer_may_be_the_end(tx, hanako, clerk, case):
    over = case_answers.answer(tx, clerk, case.id, case.version, "はい", In.LINE, LATER, also_closes=True)
    assert (over.state, over.ending, over.answered_at) == (State.CLOSED, Ending.SOLVED, LATER)
    (due,) = notices.claim_due(tx, LATER)
    assert due.kind is NoticeKind.CASE_ANSWER
    assert case_answers.answer(tx, clerk, case.id, over.version, "x", In.LINE, LATER) == AlreadyClosed(LATER)


def test_who_answers_has_read_all_and_may_add(tx, hanako, clerk, case):
    said = case_saying.say(tx, hanako, case.id, "まだ", LATER)
    answered = case_answers.answer(tx, clerk, case.id, said.version, "はい", In.LINE, LATER)
    assert answered.unread == 0
    again = case_answers.answer(tx, clerk, case.id, answered.version, "なお", In.LINE, LATER)
    assert again.state is State.ANSWERED
    assert len(notices.claim_due(tx, LATER)) == 2, "each answer is told"


def test_a_colleague_is_put_in_charge_openly(tx, clerk, colleague, case):
    elsewhere, operator = person(tx, "elsewhere", section=HOKEN), person(tx, "operator", Role.OPERATOR)
    outside = person(tx, "outside", outside=True)
    case_acts.take(tx, clerk, case.id, LATER)
    version = case.version + 1
    for nobody in (elsewhere, operator, outside):
        assert case_acts.assign(tx, clerk, case.id, version, nobody.account, LATER) == NotThere()
    assert case_acts.assign(tx, colleague, case.id, case.version, colleague.account, LATER) == Changed()
    theirs = case_acts.assign(tx, colleague, case.id, version, colleague.account, LATER)
    assert (theirs.state, theirs.taken_by_shown) == (State.TAKEN, "colleague")
    assert case_answers.answer(tx, clerk, case.id, version + 1, "x", In.LINE, LATER) == TakenBy("colleague")


def test_an_administrator_takes_it_from_who_is_away(tx, clerk, case):
    admin = person(tx, "admin", Role.ADMIN, None)
    case_acts.take(tx, clerk, case.id, LATER)
    assert case_acts.take(tx, admin, case.id, LATER) == TakenBy("clerk")
    assert case_acts.hand_back(tx, admin, case.id, LATER).state is State.NEW


def test_what_changes_nothing_is_not_written_down(tx, hanako, clerk, case):
    taken = case_acts.take(tx, clerk, case.id, LATER)
    assert case_acts.take(tx, clerk, case.id, LATER) == taken
    same = case_acts.send_on(tx, clerk, case.id, taken.version, KUMIN, "", PROMISED, LATER)
    assert same == taken
    back = case_acts.hand_back(tx, clerk, case.id, LATER)
    assert case_acts.hand_back(tx, clerk, case.id, LATER) == back
    assert kinds(tx, clerk, case) == [EntryKind.SAID, EntryKind.TAKEN, EntryKind.BACK]


def test_a_note_may_be_written_once_it_is_over(tx, hanako, clerk, case):
    case_saying.solved(tx, hanako, case.id, LATER)
    case_acts.note(tx, clerk, case.id, "電話で礼", LATER)
    assert kinds(tx, clerk, case)[-1] is EntryKind.NOTE
    assert EntryKind.NOTE not in {each.kind for each in case_talk.told_to(tx, hanako, case.id)}


@pytest.mark.parametrize("ending", [Ending.ELSEWHERE, Ending.UNHEARD])
def test_staff_close_no_case_as_what_only_happens(tx, clerk, case, ending):
    with pytest.raises(ValueError, match=ending):
        case_acts.close(tx, clerk, case.id, case.version, ending, "", LATER)


@pytest.mark.parametrize(("hour", "told_at"), [(7, 8), (8, 8), (19, 19), (20, 32), (23, 32)])
def test_residents_are_told_while_people_are_up(tx, hanako, clerk, case, hour, told_at):
    midnight = datetime(2026, 11, 24, tzinfo=JAPAN)
    case_answers.answer(tx, clerk, case.id, case.version, "はい", In.LINE, midnight + timedelta(hours=hour))
    due = midnight + timedelta(hours=told_at)
    assert notices.claim_due(tx, due - timedelta(seconds=1)) == ()
    assert len(notices.claim_due(tx, due)) == 1


def test_however_long_the_service_stood_still_an_answer_is_told(tx, hanako, clerk, case):
    case_answers.answer(tx, clerk, case.id, case.version, "はい", In.LINE, LATER)
    assert len(notices.claim_due(tx, LATER + timedelta(days=30))) == 1


def test_that_it_was_sent_on_is_no_news_once_there_is_an_answer(tx, hanako, clerk, case):
    other = person(tx, "other", section=HOKEN)
    evening = LATER + timedelta(hours=10)
    sent = case_acts.send_on(tx, clerk, case.id, case.version, HOKEN, "", PROMISED, evening)
    case_answers.answer(tx, other, case.id, sent.version, "はい", In.LINE, evening)
    told = notices.claim_due(tx, evening + timedelta(hours=12))
    assert [each.kind for each in told] == [NoticeKind.CASE_ANSWER]


def asked(tx, case):
    """What staff are to be told of it, and is not dropped."""
    of = staff_notices_table.c
    waiting = sa.select(of.kind).where(of.case_id == case.id, of.state == "waiting").order_by(of.id)
    return list(tx.connection.scalars(waiting))


def test_staff_are_told_until_somebody_has_it(tx, hanako, clerk, case):
    assert asked(tx, case) == ["new"]
    case_acts.take(tx, clerk, case.id, LATER)
    assert asked(tx, case) == []
    case_saying.say(tx, hanako, case.id, "まだ", LATER)
    assert asked(tx, case) == ["said"]
    case_acts.hand_back(tx, clerk, case.id, LATER)
    assert asked(tx, case) == ["said", "back"]
    back = cases.find(tx, clerk, case.id)
    case_acts.send_on(tx, clerk, case.id, back.version, HOKEN, "", PROMISED, LATER)
    assert asked(tx, case) == ["said", "sent_on"]
    case_saying.withdraw(tx, hanako, case.id, LATER)
    assert asked(tx, case) == ["said"]
    case_saying.reopen(tx, hanako, case.id, PROMISED, "", LATER)
    assert asked(tx, case) == ["said", "reopened"]


def test_who_blocked_the_account_cannot_be_named_another_authority(tx, hanako, clerk, case):
    residents.follow(tx, hanako, follows=False)
    told = case_answers.elsewhere(tx, clerk, case.id, case.version, "tax-office", "国税です", LATER)
    assert told == CannotBeTold()
    assert cases.find(tx, clerk, case.id) == case
