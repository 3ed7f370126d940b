"""Opinions are grouped, answered, approved by another and published; who asked is told once."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from faq.counters import SectionId
from store import knowledge, notices, opinion_groups, opinion_results, opinions, residents
from store.audit import ByAccount, ByResident
from store.db import Tx
from store.notices import NoticeKind, OfOpinion
from store.opinion_groups import Answer, Changed, Done, Published, Treatment, is_theirs
from store.opinion_results import Refusal, Results, State
from store.opinions import Opinion, OpinionDraft, OpinionId, Way
from store.sight import Role, Viewer
from tests.conftest import NOON
from tests.handlers.opinions_town import CLOSES, PARKS
from tests.line import HANAKO, TARO
from tests.store.cases import person

BEFORE, AFTER = CLOSES - timedelta(hours=1), CLOSES + timedelta(days=1)
DESK = SectionId("honcho-kocho")
ANSWERED = Answer("ベンチ", "ベンチを増やしてほしい。", Treatment.AMENDED, "案に書き足しました。")


@pytest.fixture
def sent(tx: Tx) -> tuple[OpinionId, ...]:
    """Four opinions: two of one resident, who wants to be told, one of another, who does not, one of the open form."""
    knowledge.take_in(tx, [PARKS], NOON)
    hanako, taro = (residents.meet(tx, who, NOON).id for who in (HANAKO, TARO))
    made = []
    for number, (who, told) in enumerate(((hanako, True), (hanako, True), (taro, False), (None, False))):
        draft = OpinionDraft(str(number), PARKS.id, f"意見{number}", Way.LINE, told)
        by = ByResident(who) if who is not None else opinions.OPEN_FORM
        opinion = opinions.send(tx, draft, by, BEFORE, BEFORE)
        assert isinstance(opinion, Opinion)
        made.append(opinion.id)
    return tuple(made)


@pytest.fixture
def clerk(tx: Tx) -> Viewer:
    return person(tx, "clerk")


def version(tx: Tx) -> int:
    found = opinion_results.find(tx, PARKS.id)
    assert found is not None
    return found.version


def sizes(tx: Tx) -> list[int]:
    return [group.opinions for group in opinion_groups.of_plan(tx, PARKS.id)]


def sort(tx: Tx, clerk: Viewer, sent: tuple[OpinionId, ...]) -> None:
    """Three alike, and one of its own."""
    places = dict(zip(sent, (0, 0, 0, 1), strict=True))
    assert isinstance(opinion_groups.suggest(tx, clerk, PARKS.id, version(tx), places, AFTER), Done)


def answer(tx: Tx, clerk: Viewer) -> None:
    for group in opinion_groups.of_plan(tx, PARKS.id):
        opinion_groups.write(tx, clerk, PARKS.id, version(tx), group.id, ANSWERED, AFTER)


def submit(tx: Tx, clerk: Viewer, *, is_closed: bool = True) -> Results | Refusal:
    return opinion_results.submit(tx, clerk, PARKS.id, version(tx), is_closed=is_closed, now=AFTER)


def test_groups_are_moved_split_merged_and_each_act_taken_back(tx, sent, clerk):
    sort(tx, clerk, sent)
    assert sizes(tx) == [3, 1]
    large, small = (group.id for group in opinion_groups.of_plan(tx, PARKS.id))
    acts = (
        (lambda: opinion_groups.move(tx, clerk, PARKS.id, version(tx), sent[:1], small, AFTER), [2, 2]),
        (lambda: opinion_groups.move(tx, clerk, PARKS.id, version(tx), sent[:2], None, AFTER), [2, 1, 1]),
        (lambda: opinion_groups.merge(tx, clerk, PARKS.id, version(tx), small, large, AFTER), [4]),
    )
    for act, then in acts:
        before = {each.id: each.group for each in opinions.of_plan(tx, PARKS.id)}
        assert isinstance(act(), Done)
        assert sizes(tx) == then
        assert isinstance(opinion_groups.undo(tx, clerk, PARKS.id, version(tx), AFTER), Done)
        assert {each.id: each.group for each in opinions.of_plan(tx, PARKS.id)} == before
        assert sizes(tx) == [3, 1]
    assert opinion_groups.undo(tx, clerk, PARKS.id, version(tx), AFTER) == Changed(), "only the last act"


def test_who_saw_an_older_version_changes_nothing(tx, sent, clerk):
    seen = version(tx)
    sort(tx, clerk, sent)
    assert opinion_groups.move(tx, clerk, PARKS.id, seen, sent[:1], None, AFTER) == Changed()
    assert sizes(tx) == [3, 1]


def test_published_by_another_once_all_is_answered_and_told_once(tx, sent, clerk):
    approver = person(tx, "approver", Role.APPROVER)
    assert submit(tx, clerk, is_closed=False) is Refusal.NOT_CLOSED
    assert submit(tx, clerk) is Refusal.UNSORTED
    sort(tx, clerk, sent)
    assert submit(tx, clerk) is Refusal.UNANSWERED
    answer(tx, clerk)
    assert isinstance(submit(tx, clerk), Results)
    publish = opinion_results.publish
    assert publish(tx, clerk, PARKS.id, version(tx), AFTER) is Refusal.NOT_APPROVER
    assert publish(tx, approver, PARKS.id, version(tx) - 1, AFTER) is Refusal.CHANGED
    public = publish(tx, approver, PARKS.id, version(tx), AFTER)
    assert isinstance(public, Results)
    assert (public.state, public.opinions, public.people) == (State.PUBLISHED, 4, 3)
    assert publish(tx, approver, PARKS.id, version(tx), AFTER) is Refusal.CHANGED, "once"
    due = notices.claim_due(tx, AFTER + timedelta(days=1))
    assert [(each.kind, each.about) for each in due] == [(NoticeKind.OPINION_ANSWERED, OfOpinion(sent[1]))], (
        "one resident asked, and hears once of two opinions"
    )
    moved = opinion_groups.move(tx, clerk, PARKS.id, version(tx), sent[:1], None, AFTER)
    assert moved == Published()
    assert opinions.past(tx, AFTER, 10) == ()
    assert opinions.past(tx, AFTER + timedelta(seconds=1), 10) == sent


def test_nobody_publishes_what_they_submitted_and_what_is_changed_is_submitted_anew(tx, sent):
    one, other = (person(tx, name, Role.APPROVER) for name in ("one", "other"))
    sort(tx, one, sent)
    answer(tx, one)
    submit(tx, one)
    assert opinion_results.publish(tx, one, PARKS.id, version(tx), AFTER) is Refusal.OWN
    back = opinion_results.send_back(tx, other, PARKS.id, version(tx), "件数を確かめてください", AFTER)
    assert isinstance(back, Results)
    assert (back.state, back.reason) == (State.DRAFT, "件数を確かめてください")
    submit(tx, one)
    answer(tx, one)
    assert opinion_results.publish(tx, other, PARKS.id, version(tx), AFTER) is Refusal.CHANGED
    with pytest.raises(sa.exc.IntegrityError), tx.connection.begin_nested():
        tx.connection.execute(
            sa.text("UPDATE opinion_results SET state = 'published', published_at = :at"),
            {"at": "2026-07-01"},
        )


def test_what_came_in_time_and_is_entered_after_the_answers_were_submitted_is_answered_too(tx, sent, clerk):
    approver = person(tx, "approver", Role.APPROVER)
    sort(tx, clerk, sent)
    answer(tx, clerk)
    submit(tx, clerk)
    letter = OpinionDraft("letter", PARKS.id, "郵便で届いた意見", Way.MAIL)
    entered = opinions.send(tx, letter, ByAccount(clerk.account), BEFORE, AFTER)
    assert isinstance(entered, Opinion)
    assert opinion_results.publish(tx, approver, PARKS.id, version(tx), AFTER) is Refusal.UNSORTED
    large = opinion_groups.of_plan(tx, PARKS.id)[0].id
    opinion_groups.move(tx, clerk, PARKS.id, version(tx), [entered.id], large, AFTER)
    submit(tx, clerk)
    public = opinion_results.publish(tx, approver, PARKS.id, version(tx), AFTER)
    assert isinstance(public, Results)
    assert (public.opinions, sum(sizes(tx))) == (5, 5)


@pytest.mark.parametrize(
    ("role", "section", "theirs"),
    [
        (Role.STAFF, "parks", True),
        (Role.STAFF, DESK, True),
        (Role.STAFF, "roads", False),
        (Role.STAFF, None, False),
        (Role.APPROVER, None, True),
        (Role.ADMIN, None, True),
        (Role.OPERATOR, "parks", False),
    ],
)
def test_the_section_the_desk_and_who_approves_read_opinions(role, section, theirs):
    from dataclasses import replace

    viewer = Viewer(1, "x", role, section, personal=False)
    plan = replace(PARKS, section=SectionId("parks"))
    assert is_theirs(viewer, plan, DESK) is theirs
    assert not is_theirs(replace(viewer, outside=True), plan, DESK)
