"""Who finds which case, and who may read its words."""

from datetime import timedelta

import pytest

from store import (
    case_acts,
    case_answers,
    case_lists,
    case_opening,
    case_saying,
    case_talk,
    cases,
    particulars,
)
from store.audit import SERVICE, ByAccount, ByResident
from store.case_answers import In
from store.case_opening import MOST
from store.case_refusals import NotThere, TooMany
from store.cases import Ending, Origin, Reach, State
from store.particulars import Field, Purpose
from store.receipts import parse
from store.sight import Role
from tests.conftest import NOON
from tests.store.cases import HOKEN, KUMIN, PROMISED, SAID, SUBJECT, called, draft, handed, person

LATER = NOON + timedelta(hours=1)
NOTHING, STANDS, WORDS = range(3)
"""What somebody sees of a case: not that it is there, that it stands, or its words."""
EYES = {
    "staff": (Role.STAFF, KUMIN, {}),
    "approver": (Role.APPROVER, KUMIN, {}),
    "another section's": (Role.STAFF, HOKEN, {}),
    "another section's approver": (Role.APPROVER, HOKEN, {}),
    "of no section": (Role.STAFF, None, {}),
    "admin": (Role.ADMIN, None, {}),
    "operator": (Role.OPERATOR, None, {}),
    "operator of the section": (Role.OPERATOR, KUMIN, {}),
    "lead": (Role.OPERATOR, None, {"leads": True}),
    "lead of another section": (Role.STAFF, HOKEN, {"leads": True}),
    "contractor": (Role.OPERATOR, None, {"outside": True}),
    "contractor who leads": (Role.OPERATOR, None, {"outside": True, "leads": True}),
    "contractor of the section": (Role.STAFF, KUMIN, {"outside": True, "personal": True}),
    "contractor admin": (Role.ADMIN, None, {"outside": True, "personal": True}),
}


def eyes(tx, name):
    role, section, rights = EYES[name]
    return person(tx, "eyes", role, section, **rights)


def seen(tx, viewer, case):
    found = cases.find(tx, viewer, case.id)
    assert cases.by_receipt(tx, viewer, case.receipt) == found
    assert (case.id in [each.id for each in case_lists.open_of(tx, viewer)]) is (found is not None)
    if found is None:
        return NOTHING
    readable = [bool(found.subject), cases.is_kept_by(tx, viewer, case.id)]
    readable.append(bool(case_talk.talk_of(tx, viewer, case.id, NOON)))
    assert len(set(readable)) == 1, readable
    return WORDS if readable[0] else STANDS


@pytest.mark.parametrize(
    ("who", "sees", "sees_own"),
    [
        ("staff", WORDS, WORDS),
        ("approver", WORDS, WORDS),
        ("another section's", NOTHING, STANDS),
        ("another section's approver", NOTHING, STANDS),
        ("of no section", NOTHING, STANDS),
        ("admin", WORDS, WORDS),
        ("operator", NOTHING, STANDS),
        ("operator of the section", NOTHING, STANDS),
        ("lead", STANDS, STANDS),
        ("lead of another section", STANDS, STANDS),
        ("contractor", NOTHING, STANDS),
        ("contractor who leads", NOTHING, STANDS),
        ("contractor of the section", NOTHING, STANDS),
        ("contractor admin", NOTHING, STANDS),
    ],
)
def test_who_sees_what(tx, hanako, who, sees, sees_own):
    viewer = eyes(tx, who)
    other = person(tx, "other", Role.OPERATOR, None)
    for case in (handed(tx, hanako), called(tx, other)):
        assert seen(tx, viewer, case) == sees
    assert seen(tx, viewer, called(tx, viewer)) == sees_own


@pytest.mark.parametrize("who", EYES)
def test_whoever_may_not_read_it_may_do_nothing_to_it(tx, hanako, who):
    """With the very refusal of what is not there, and no word of whether it is."""
    viewer, case = eyes(tx, who), handed(tx, hanako)
    theirs = cases.is_kept_by(tx, viewer, case.id)
    version, id_ = case.version, case.id
    acts = [
        case_acts.take(tx, viewer, id_, LATER),
        case_acts.note(tx, viewer, id_, "x", LATER),
        case_acts.hand_back(tx, viewer, id_, LATER),
        case_acts.assign(tx, viewer, id_, version + 2, viewer.account, LATER),
        case_answers.answer(tx, viewer, id_, version + 3, "x", In.TELEPHONE, LATER),
        case_answers.elsewhere(tx, viewer, id_, version + 4, "x", "", LATER),
    ]
    assert [act == NotThere() for act in acts] == [not theirs] * len(acts)
    if not theirs:
        assert case_acts.send_on(tx, viewer, id_, version, HOKEN, "", None, LATER) == NotThere()
        assert case_acts.close(tx, viewer, id_, version, Ending.SOLVED, "", LATER) == NotThere()
        case_acts.looked(tx, viewer, id_)
        assert cases.latest(tx, hanako) == case


def test_a_case_as_it_was_handed_over(tx, hanako):
    clerk = person(tx, "clerk")
    case = handed(tx, hanako)
    assert cases.find(tx, clerk, case.id) == case
    assert (case.origin, case.section, case.subject, case.reach) == (Origin.LINE, KUMIN, SUBJECT, Reach.LINE)
    assert (case.resident, case.made_by, case.opened_at) == (hanako, None, NOON)
    assert (case.state, case.promised_at, case.waits_since) == (State.NEW, PROMISED, NOON)
    assert (case.moves, case.reopened, case.unread, case.taken_by_shown) == (0, 0, 0, "")
    assert parse(case.receipt) == case.receipt
    (said,) = case_talk.told_to(tx, hanako, case.id)
    assert (said.words, said.at) == (SAID, NOON)


def test_sent_twice_is_one(tx, hanako, taro):
    first = handed(tx, hanako)
    assert handed(tx, hanako) == first
    assert len(case_talk.told_to(tx, hanako, first.id)) == 1, "what was said is not doubled either"
    assert handed(tx, taro).id != first.id, "the same word of another's is another case"
    operator, other = (person(tx, name, Role.OPERATOR) for name in ("operator", "other"))
    made = called(tx, operator)
    assert called(tx, operator) == made
    assert called(tx, other).id != made.id


def test_of_one_resident_only_so_many_stand(tx, hanako, taro):
    made = [handed(tx, hanako, str(number)) for number in range(MOST)]
    one_more = case_opening.open_case(tx, draft("more"), PROMISED, ByResident(hanako), NOON)
    assert one_more == TooMany(MOST)
    again = case_opening.open_case(tx, draft("0"), PROMISED, ByResident(hanako), NOON)
    assert again == made[0], "sent twice is no more"
    handed(tx, taro)
    case_saying.solved(tx, hanako, made[0].id, NOON)
    handed(tx, hanako, "more")
    operator = person(tx, "operator", Role.OPERATOR)
    assert len({called(tx, operator, str(number)).id for number in range(MOST + 1)}) == MOST + 1


def test_what_a_resident_finds_of_theirs(tx, hanako, taro):
    assert (cases.standing(tx, hanako), cases.latest(tx, hanako)) == (None, None)
    first, second, _ = handed(tx, hanako, "1"), handed(tx, hanako, "2"), handed(tx, taro)
    assert cases.standing(tx, hanako) == second
    assert cases.of_resident(tx, hanako) == (second, first)
    case_saying.withdraw(tx, hanako, second.id, LATER)
    assert cases.standing(tx, hanako) == first
    assert cases.latest(tx, hanako).id == second.id
    case_saying.withdraw(tx, hanako, first.id, LATER)
    assert cases.standing(tx, hanako) is None


def test_a_promise_is_broken_only_while_somebody_waits(tx, hanako):
    clerk = person(tx, "clerk")
    case = handed(tx, hanako)
    after = PROMISED + timedelta(seconds=1)
    assert case.is_late(after)
    assert not case.is_late(PROMISED)
    answered = case_answers.answer(tx, clerk, case.id, case.version, "x", In.TELEPHONE, LATER)
    assert not answered.is_late(after)


def test_how_to_be_answered_can_be_told_later(tx, hanako):
    case = handed(tx, hanako)
    told = {Field.NAME: "熊本花子", Field.TELEPHONE: "090-1234-5678"}
    kept = particulars.keep(tx, Purpose.CASE, told, hanako, NOON.date(), ByResident(hanako), NOON)
    by_telephone = case_saying.reach_by(tx, hanako, case.id, Reach.TELEPHONE, kept, LATER)
    assert (by_telephone.reach, by_telephone.particulars) == (Reach.TELEPHONE, kept)
    particulars.erase(tx, kept, SERVICE, LATER)
    assert cases.latest(tx, hanako).particulars is None, "on their day they go by themselves"


def test_an_operator_hands_over_for_a_caller(tx):
    operator = person(tx, "operator", Role.OPERATOR, None)
    case = called(tx, operator)
    assert (case.origin, case.resident, case.made_by) == (Origin.DESK, None, operator.account)
    (said,) = case_talk.talk_of(tx, person(tx, "clerk"), case.id, NOON)
    assert (said.by_shown, said.words) == ("operator", SAID)
    by = ByAccount(operator.account)
    assert case_opening.open_case(tx, draft(), PROMISED, by, LATER).id == case.id
