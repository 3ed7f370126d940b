"""Voices of one matter: joined, they follow the head, and what it is answered in general is told to each."""

from datetime import timedelta

import pytest

from store import case_acts, case_answers, case_erasing, case_saying, case_talk, cases, residents, voices
from store import voice_joining as joining
from store.audit import SERVICE, ByAccount
from store.case_answers import In
from store.case_refusals import NotThere
from store.case_talk import EntryKind
from store.cases import Case, Ending, State
from store.notices import NoticeKind, claim_due
from store.voices import Way
from tests.conftest import NOON
from tests.store.cases import HOKEN, handed, person
from tests.store.told import told, told_by

LATER = NOON + timedelta(hours=1)


@pytest.fixture
def clerk(tx):
    return person(tx, "clerk")


@pytest.fixture
def taro(tx):
    return residents.meet(tx, "taro", NOON).id


@pytest.fixture
def head(tx, hanako):
    return told(tx, hanako).case


@pytest.fixture
def joined(tx, clerk, taro, head):
    case = told(tx, taro).case
    made = joining.join(tx, clerk, case.id, case.version, head.id, NOON)
    assert isinstance(made, Case), made
    return made


def now_of(tx, case):
    return cases.read(tx, case.id)


def heard(tx, resident, case):
    return [(each.kind, each.words) for each in case_talk.told_to(tx, resident, case.id)][1:]


def test_an_answer_to_the_head_is_told_to_each_in_their_own_talk(tx, clerk, hanako, taro, head, joined):
    answered = case_answers.answer(tx, clerk, head.id, head.version, "直します", In.LINE, LATER)
    assert isinstance(answered, Case)
    assert heard(tx, hanako, head) == heard(tx, taro, joined) == [(EntryKind.ANSWERED_LINE, "直します")]
    assert now_of(tx, joined).state is State.ANSWERED
    told_now = claim_due(tx, LATER), claim_due(tx, LATER)
    assert {(due.resident, due.kind) for each in told_now for due in each} >= {
        (hanako, NoticeKind.CASE_ANSWER)
    }


@pytest.mark.parametrize("how", [In.PAGE, In.TELEPHONE])
def test_what_is_for_one_person_alone_is_told_to_nobody_else(tx, clerk, taro, head, joined, how):
    case_answers.answer(tx, clerk, head.id, head.version, "あなたの件", how, LATER)
    assert heard(tx, taro, joined) == []
    assert now_of(tx, joined).state is State.NEW


@pytest.mark.parametrize(("general", "state"), [(True, State.ANSWERED), (False, State.NEW)])
def test_by_post_staff_say_whether_it_is_general(tx, clerk, taro, general, state):
    head = told_by(tx, ByAccount(clerk.account), way=Way.LETTER).case
    case = told(tx, taro).case
    joining.join(tx, clerk, case.id, case.version, head.id, NOON)
    answered = case_answers.answer(
        tx, clerk, head.id, head.version, "直します", In.LETTER, LATER, to_joined=general
    )
    assert isinstance(answered, Case)
    assert now_of(tx, case).state is state


def test_the_form_of_who_has_no_line_shows_it_on_their_page(tx, clerk, head):
    case = told_by(tx, SERVICE, way=Way.FORM).case
    joining.join(tx, clerk, case.id, case.version, head.id, NOON)
    case_answers.answer(tx, clerk, head.id, head.version, "直します", In.LINE, LATER)
    kinds = [each.kind for each in case_talk.talk_of(tx, clerk, case.id, LATER)]
    assert kinds[-1] is EntryKind.ANSWERED_PAGE


def test_who_looks_after_the_head_looks_after_all(tx, clerk, head, joined):
    case_acts.take(tx, clerk, head.id, LATER)
    assert (now_of(tx, joined).state, now_of(tx, joined).taken_by) == (State.TAKEN, clerk.account)
    case_acts.hand_back(tx, clerk, head.id, LATER)
    assert now_of(tx, joined).state is State.NEW
    case_acts.send_on(tx, clerk, head.id, now_of(tx, head).version, HOKEN, "担当違い", None, LATER)
    assert now_of(tx, joined).section == HOKEN


def test_what_is_done_ends_for_all(tx, clerk, head, joined):
    case_acts.close(tx, clerk, head.id, head.version, Ending.SOLVED, "", LATER)
    assert now_of(tx, joined).ending is Ending.SOLVED


def test_the_one_who_cannot_be_reached_takes_nobody_along(tx, clerk, head, joined):
    case_acts.close(tx, clerk, head.id, head.version, Ending.GIVEN_UP, "", LATER)
    assert now_of(tx, joined).is_open
    assert voices.read(tx, joined.id).joined_to is None


def test_another_authority_is_named_to_each(tx, clerk, taro, head, joined):
    case_answers.elsewhere(tx, clerk, head.id, head.version, "police", "県の道路です", LATER)
    assert heard(tx, taro, joined) == [(EntryKind.ELSEWHERE, "県の道路です")]


@pytest.mark.parametrize("goes", ["withdrawn", "erased"])
def test_when_the_head_goes_the_oldest_of_the_others_is_head(tx, clerk, hanako, taro, head, joined, goes):
    third = told(tx, taro, "3").case
    joining.join(tx, clerk, third.id, third.version, joined.id, NOON)
    assert voices.read(tx, third.id).joined_to == head.id
    if goes == "withdrawn":
        case_saying.withdraw(tx, hanako, head.id, LATER)
    else:
        case_erasing.erase(tx, head.id, SERVICE, LATER)
    assert now_of(tx, joined).is_open
    assert voices.read(tx, joined.id).joined_to is None
    assert voices.read(tx, third.id).joined_to == joined.id


def test_joined_to_its_own_head_those_of_a_head_go_along(tx, clerk, taro, head, joined):
    other = told(tx, taro, "other").case
    case_acts_version = now_of(tx, head).version
    assert isinstance(joining.join(tx, clerk, head.id, case_acts_version, other.id, NOON), Case)
    assert {voices.read(tx, each.id).joined_to for each in (head, joined)} == {other.id}


def test_parted_it_is_answered_on_its_own(tx, clerk, taro, head, joined):
    assert isinstance(joining.part(tx, clerk, joined.id, NOON), Case)
    case_answers.answer(tx, clerk, head.id, head.version, "直します", In.LINE, LATER)
    assert heard(tx, taro, joined) == []
    assert isinstance(joining.part(tx, clerk, joined.id, NOON), NotThere)


def test_what_cannot_be_joined(tx, clerk, hanako, taro, head):
    voice, case = told(tx, taro).case, handed(tx, hanako, "case")
    stranger = person(tx, "stranger", section=HOKEN)
    for viewer, one, to in (
        (clerk, voice, voice),
        (clerk, voice, case),
        (clerk, case, voice),
        (stranger, voice, head),
    ):
        assert isinstance(joining.join(tx, viewer, one.id, one.version, to.id, NOON), NotThere)
    case_saying.withdraw(tx, hanako, head.id, NOON)
    assert isinstance(joining.join(tx, clerk, voice.id, voice.version, head.id, NOON), NotThere)
