"""From a draft to an approval; many at once are in `test_proposal_race.py`, any order in `test_proposal_machine.py`."""

from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa

from faq.counters import SectionId
from faq.kinds import KINDS
from faq.models import Synonyms
from store import knowledge, proposals, records
from store.audit import Kind
from store.changing import Counted
from store.db import Tx
from store.proposals import (
    HOLDS,
    NOT_YET,
    AuthorCannotApprove,
    BelowFloor,
    Broken,
    Conflict,
    Floor,
    NeedsApprover,
    NeedsWhy,
    NothingChanges,
    NotNow,
    NotReplayedYet,
    NotYours,
    Proposal,
    RecordName,
    Refusal,
    Sort,
    State,
    TooManyChanges,
)
from store.sight import Role, Viewer
from store.tables import audit
from tests.conftest import NOON
from tests.store.editors import ENTRY, HEALTH, LATER, NEW, TAX, WHY, change, drafted, editor, made, submitted
from tests.store.test_unmatched import cluster_of

HOUR = timedelta(hours=1)


@pytest.fixture
def hana(tx: Tx) -> Viewer:
    return editor(tx, "hana")


@pytest.fixture
def taro(tx: Tx) -> Viewer:
    return editor(tx, "taro")


@pytest.fixture
def chief(tx: Tx) -> Viewer:
    return editor(tx, "chief", Role.APPROVER, HEALTH)


@pytest.fixture
def admin(tx: Tx) -> Viewer:
    return editor(tx, "admin", Role.ADMIN, None)


def approve(tx: Tx, by: Viewer, mine: Proposal, floor: Floor = HOLDS) -> Proposal | Refusal:
    return proposals.approve(tx, by, mine.id, mine.version, None, floor, NOON)


# Writing --------------------------------------------------------------------------------------------


def test_from_a_draft_to_an_approval(tx: Tx, hana: Viewer, chief: Viewer) -> None:
    mine = drafted(tx, hana)
    assert (mine.state, mine.version, mine.changes, mine.section) == (State.DRAFT, 1, (NEW,), TAX)
    assert (mine.by, mine.by_shown, mine.authors) == (hana.account, "hana", {hana.account})
    handed_in = made(proposals.submit(tx, hana, mine.id, 1, NOON + HOUR))
    assert (handed_in.state, handed_in.submitted_at) == (State.SUBMITTED, NOON + HOUR)
    approved = made(proposals.approve(tx, chief, mine.id, 1, NOON + 9 * HOUR, HOLDS, NOON + 2 * HOUR))
    assert (approved.state, approved.publish_at) == (State.APPROVED, NOON + 9 * HOUR)
    assert (approved.decided_by, approved.decided_by_shown, approved.decided_at) == (
        chief.account, "chief", NOON + 2 * HOUR,
    )  # fmt: skip
    acts = sa.select(audit.c.act, audit.c.actor_id).where(audit.c.kind == Kind.PROPOSAL.value)
    done = [("drafted", hana.account), ("submitted", hana.account), ("approved", chief.account)]
    assert [tuple(row) for row in tx.connection.execute(acts.order_by(audit.c.id))] == done


def test_what_is_approved_at_once_or_for_a_time_that_is_past_is_due_now(
    tx: Tx, hana: Viewer, chief: Viewer
) -> None:
    for at in (None, NOON - HOUR):
        mine = submitted(tx, hana)
        approved = made(proposals.approve(tx, chief, mine.id, 1, at, HOLDS, NOON))
        assert approved.publish_at == NOON


def test_a_record_that_gets_another_name_goes_and_comes(tx: Tx, hana: Viewer) -> None:
    known = knowledge.all_entries(tx)[0]
    renamed = replace(known, id=ENTRY.id)
    mine = drafted(tx, hana, change(known, renamed))
    assert [(each.key, each.sort) for each in mine.changes] == [
        (known.id, Sort.REMOVED),
        (ENTRY.id, Sort.NEW),
    ]


def test_two_records_that_change_names(tx: Tx, hana: Viewer) -> None:
    one, other = knowledge.all_entries(tx)[:2]
    crossed = replace(one, id=other.id), replace(other, id=one.id)
    mine = drafted(tx, hana, change(one, crossed[0]), change(other, crossed[1]))
    assert set(mine.changes) == {change(one, crossed[1]), change(other, crossed[0])}


def test_a_record_cannot_become_two_things(tx: Tx, hana: Viewer) -> None:
    with pytest.raises(ValueError, match="two changes"):
        drafted(tx, hana, NEW, change(None, LATER))


def test_what_changes_nothing_is_no_proposal(tx: Tx, hana: Viewer) -> None:
    known = knowledge.all_entries(tx)[0]
    for nothing in ([], [change(known, known)]):
        assert proposals.draft(tx, hana, nothing, WHY, None, NOON) == NothingChanges()


def test_a_cluster_of_another_section_is_nobodys(tx: Tx, hana: Viewer) -> None:
    for section, theirs in ((HEALTH, False), (TAX, True)):
        found = proposals.draft(tx, hana, [NEW], WHY, cluster_of(tx, section=section), NOON)
        assert (found != NotYours()) == theirs


def test_an_operator_writes_nothing_and_sees_nothing(tx: Tx, hana: Viewer) -> None:
    operator = editor(tx, "op", Role.OPERATOR)
    assert proposals.draft(tx, operator, [NEW], WHY, None, NOON) == NotYours()
    assert proposals.find(tx, operator, drafted(tx, hana).id) is None


# Writing at it again --------------------------------------------------------------------------------


def test_the_second_of_two_editors_is_told(tx: Tx, hana: Viewer, taro: Viewer) -> None:
    mine = drafted(tx, hana)
    theirs = made(proposals.revise(tx, taro, mine.id, 1, [change(None, LATER)], WHY, NOON + HOUR))
    assert (theirs.version, theirs.authors) == (2, {hana.account, taro.account})
    again = proposals.revise(tx, hana, mine.id, 1, [NEW], "ほか", NOON + 2 * HOUR)
    assert again == Conflict(None, taro.account, "taro", NOON + HOUR)
    assert proposals.find(tx, hana, mine.id) == theirs


@pytest.mark.parametrize("verb", [proposals.submit, proposals.withdraw])
def test_nobody_decides_about_what_they_have_not_seen(tx: Tx, hana: Viewer, verb) -> None:
    mine = drafted(tx, hana)
    made(proposals.revise(tx, hana, mine.id, 1, [change(None, LATER)], WHY, NOON))
    assert isinstance(verb(tx, hana, mine.id, 1, NOON), Conflict)


def test_an_approver_approves_what_they_read(tx: Tx, hana: Viewer, taro: Viewer, chief: Viewer) -> None:
    read = submitted(tx, hana)
    made(proposals.revise(tx, taro, read.id, 1, [change(None, LATER)], WHY, NOON))
    made(proposals.submit(tx, taro, read.id, 2, NOON))
    assert approve(tx, chief, read) == Conflict(None, taro.account, "taro", NOON)


def test_what_is_revised_is_to_be_submitted_anew(tx: Tx, hana: Viewer, chief: Viewer) -> None:
    mine = submitted(tx, hana)
    revised = made(proposals.revise(tx, hana, mine.id, 1, [change(None, LATER)], WHY, NOON))
    assert (revised.state, revised.submitted_at) == (State.DRAFT, None)
    assert approve(tx, chief, revised) == NotNow(State.DRAFT)


# The record itself ----------------------------------------------------------------------------------


def publish_by_hand(tx: Tx, *entries: object) -> None:
    knowledge.take_in(tx, entries, NOON)


def test_whoever_writes_upon_an_older_record_is_told(tx: Tx, hana: Viewer, chief: Viewer) -> None:
    publish_by_hand(tx, ENTRY)
    mine = submitted(tx, hana, change(ENTRY, LATER))
    publish_by_hand(tx, replace(ENTRY, answer="別の答え"))
    told = Conflict(RecordName("faq", ENTRY.id), None, "", None)
    assert proposals.draft(tx, hana, mine.changes, WHY, None, NOON) == told
    assert proposals.revise(tx, hana, mine.id, 1, [change(ENTRY, None)], WHY, NOON) == told
    assert approve(tx, chief, mine) == told
    assert proposals.find(tx, hana, mine.id) == mine


def test_a_new_record_whose_name_is_taken(tx: Tx, hana: Viewer) -> None:
    mine = drafted(tx, hana)
    publish_by_hand(tx, LATER)
    assert isinstance(proposals.submit(tx, hana, mine.id, 1, NOON), Conflict)


def test_a_record_that_is_gone(tx: Tx, hana: Viewer) -> None:
    assert isinstance(proposals.draft(tx, hana, [change(ENTRY, LATER)], WHY, None, NOON), Conflict)


# Deciding -------------------------------------------------------------------------------------------


def test_who_approves_is_an_approver_and_no_author(tx: Tx, hana: Viewer, taro: Viewer, chief: Viewer) -> None:
    mine = submitted(tx, hana)
    assert approve(tx, taro, mine) == NeedsApprover()
    own = submitted(tx, chief)
    assert approve(tx, chief, own) == AuthorCannotApprove()
    assert proposals.send_back(tx, chief, own.id, 1, "なし", NOON) == AuthorCannotApprove()


def test_who_wrote_a_part_does_not_approve_either(tx: Tx, hana: Viewer, chief: Viewer, admin: Viewer) -> None:
    mine = drafted(tx, hana)
    made(proposals.revise(tx, chief, mine.id, 1, [change(None, LATER)], WHY, NOON))
    both = made(proposals.submit(tx, hana, mine.id, 2, NOON))
    assert approve(tx, chief, both) == AuthorCannotApprove()
    assert made(approve(tx, admin, both)).decided_by == admin.account


@pytest.mark.parametrize(
    ("role", "floor", "told"),
    [
        (Role.APPROVER, HOLDS, None),
        (Role.ADMIN, NOT_YET, NotReplayedYet()),
        (Role.APPROVER, Broken("要る"), BelowFloor()),
        (Role.ADMIN, Broken(), BelowFloor()),
        (Role.ADMIN, Broken("  "), BelowFloor()),
        (Role.ADMIN, Broken("法律が変わった"), None),
    ],
)
def test_the_floor(tx: Tx, hana: Viewer, role: Role, floor: Floor, told: Refusal | None) -> None:
    mine = submitted(tx, hana)
    found = approve(tx, editor(tx, "decider", role), mine, floor)
    if told is not None:
        assert found == told
    else:
        assert made(found).override == (floor.reason if isinstance(floor, Broken) else None)


def test_sent_back_and_handed_in_again(tx: Tx, hana: Viewer, chief: Viewer) -> None:
    mine = submitted(tx, hana)
    assert proposals.send_back(tx, chief, mine.id, 1, " ", NOON) == NeedsWhy()
    back = made(proposals.send_back(tx, chief, mine.id, 1, "出典がありません", NOON))
    assert (back.state, back.returned, back.decided_by) == (State.RETURNED, "出典がありません", chief.account)
    better = made(proposals.revise(tx, hana, mine.id, 1, [change(None, LATER)], WHY, NOON))
    assert (better.returned, better.decided_by) == (None, None)
    made(approve(tx, chief, made(proposals.submit(tx, hana, mine.id, 2, NOON))))


def test_what_is_approved_for_later_can_be_stopped(
    tx: Tx, hana: Viewer, chief: Viewer, admin: Viewer
) -> None:
    mine, other = submitted(tx, hana), submitted(tx, hana)
    for each in (mine, other):
        made(proposals.approve(tx, chief, each.id, 1, NOON + HOUR, HOLDS, NOON))
    assert made(proposals.withdraw(tx, hana, mine.id, 1, NOON)).state is State.WITHDRAWN
    back = made(proposals.send_back(tx, admin, other.id, 1, "待ってください", NOON))
    assert (back.state, back.publish_at) == (State.RETURNED, None)


def test_it_says_why(tx: Tx, hana: Viewer) -> None:
    mine = made(proposals.draft(tx, hana, [NEW], "　", None, NOON))
    assert proposals.submit(tx, hana, mine.id, 1, NOON) == NeedsWhy()


def test_what_is_over_stays_over(tx: Tx, hana: Viewer, chief: Viewer) -> None:
    mine = drafted(tx, hana)
    made(proposals.withdraw(tx, hana, mine.id, 1, NOON))
    told = NotNow(State.WITHDRAWN)
    assert proposals.withdraw(tx, hana, mine.id, 1, NOON) == told
    assert proposals.submit(tx, hana, mine.id, 1, NOON) == told
    assert proposals.revise(tx, hana, mine.id, 1, [NEW], WHY, NOON) == told
    assert approve(tx, chief, mine) == told
    assert proposals.send_back(tx, chief, mine.id, 1, "なし", NOON) == told


# Who sees it ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("role", "section", "sees"),
    [
        (Role.STAFF, TAX, True),
        (Role.STAFF, HEALTH, False),
        (Role.STAFF, None, False),
        (Role.APPROVER, HEALTH, True),
        (Role.ADMIN, None, True),
        (Role.OPERATOR, TAX, False),
    ],
)
def test_sections_see_their_own(
    tx: Tx, hana: Viewer, role: Role, section: SectionId | None, sees: bool
) -> None:
    mine = drafted(tx, hana)
    viewer = editor(tx, "other", role, section)
    assert (proposals.find(tx, viewer, mine.id) is not None) == sees
    assert bool(proposals.open_of(tx, viewer, "faq", ENTRY.id)) == sees
    found = proposals.withdraw(tx, viewer, mine.id, 1, NOON)
    assert (found != NotYours()) == sees


def test_an_author_who_goes_to_another_section_still_sees_it(tx: Tx, hana: Viewer) -> None:
    mine = drafted(tx, hana)
    assert proposals.find(tx, replace(hana, section=HEALTH), mine.id) == mine


def test_who_opens_a_record_is_told_what_is_under_way(tx: Tx, hana: Viewer) -> None:
    mine, over = drafted(tx, hana), drafted(tx, hana)
    made(proposals.withdraw(tx, hana, over.id, 1, NOON))
    assert proposals.open_of(tx, hana, "faq", ENTRY.id) == (mine,)


# Lists ----------------------------------------------------------------------------------------------


def test_a_line_for_each_the_newest_first(tx: Tx, hana: Viewer, taro: Viewer, chief: Viewer) -> None:
    words = knowledge.all_synonyms(tx)[0]
    other = change(words, replace(words, source="別の出典"), "synonyms")
    one, two = drafted(tx, hana, other, NEW), submitted(tx, taro)
    second, first = proposals.listed(tx, hana, State, 10)
    assert (first.id, first.first, first.is_author) == (one.id, other.what, True)
    assert first.counts == (Counted("faq", 1, 0, 0), Counted("synonyms", 0, 1, 0))
    assert (second.id, second.by_shown, second.is_author) == (two.id, "taro", False)
    assert proposals.listed(tx, hana, State, 1) == (second,)
    assert proposals.listed(tx, hana, State, 10, before=second.id) == (first,)
    assert [each.id for each in proposals.listed(tx, chief, [State.SUBMITTED], 10)] == [two.id]
    assert proposals.totals(tx, chief) == dict.fromkeys(State, 0) | {State.DRAFT: 1, State.SUBMITTED: 1}


def test_lists_of_other_sections_are_empty(tx: Tx, hana: Viewer) -> None:
    drafted(tx, hana)
    other = editor(tx, "other", Role.STAFF, HEALTH)
    assert proposals.listed(tx, other, State, 10) == ()
    assert set(proposals.totals(tx, other).values()) == {0}


# Files ----------------------------------------------------------------------------------------------


def test_a_file_is_one_proposal_of_all_that_it_changes(tx: Tx, hana: Viewer) -> None:
    known = knowledge.all_synonyms(tx)
    changed, same = replace(known[0], source="別の出典"), known[1]
    added = Synonyms(("試験語", "テスト"), 0.5, "試し")
    given = (changed, same, added)
    mine = proposals.of_file(tx, "synonyms", given, replace_all=False)
    assert set(mine) == {change(known[0], changed, "synonyms"), change(None, added, "synonyms")}
    whole = proposals.of_file(tx, "synonyms", given, replace_all=True)
    assert {each.before for each in whole if each.sort is Sort.REMOVED} == set(known[2:])
    assert made(proposals.draft(tx, hana, mine, WHY, None, NOON)).changes == mine
    assert proposals.of_file(tx, "synonyms", [same], replace_all=False) == ()


def test_a_proposal_has_an_end_and_says_what_takes_more(tx: Tx, hana: Viewer, monkeypatch) -> None:
    monkeypatch.setattr("store.drafting.MOST_CHANGES", 1)
    known = knowledge.all_synonyms(tx)
    both = [change(each, None, "synonyms") for each in known[:2]]
    assert proposals.draft(tx, hana, both, WHY, None, NOON) == TooManyChanges(2, 1)
    mine = made(proposals.draft(tx, hana, both[:1], WHY, None, NOON))
    assert proposals.revise(tx, hana, mine.id, 1, both, WHY, NOON) == TooManyChanges(2, 1)


# Records by their names -----------------------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS)
def test_every_record_is_found_by_its_name(tx: Tx, kind: str) -> None:
    schema, known = KINDS[kind], records.all_of(tx, kind)
    assert records.named(tx, kind, map(schema.name_of, known)) == {
        schema.name_of(each): each for each in known
    }
    for each in known[:3]:
        assert records.find(tx, kind, schema.name_of(each)) == each
    assert records.find(tx, kind, "nowhere 2026-99-99") is None
