"""Proposals to work together with the city: their stages, who may move them, and what becomes of their words."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nlp.japan import today
from store import (
    collaboration_acts,
    collaboration_agreements,
    collaboration_erasing,
    collaboration_evaluations,
    collaboration_opening,
    collaboration_publishing,
    collaboration_steps,
    collaborations,
    notices,
    residents,
)
from store.audit import SERVICE
from store.collaboration_evaluations import EvaluationDraft
from store.collaboration_opening import CollaborationDraft
from store.collaboration_refusals import (
    CannotFollow,
    Missing,
    No,
    NotOver,
    NotThere,
    TooMany,
    WrongDay,
    Yours,
)
from store.collaboration_stages import MOVES, NEW, OVER, TAKEN_BACK_FROM, Stage
from store.collaboration_steps import StepDraft
from store.collaboration_words import Words
from store.collaborations import Collaboration
from store.db import Tx
from store.notices import NoticeKind
from store.sight import Role, Viewer
from store.tables import collaboration_keys, collaboration_moves
from tests.conftest import NOON
from tests.line import HANAKO, TARO
from tests.store.cases import HOKEN, person
from tests.store.collaborations import AGREED, KOCHO, WORDS, agreed, moved, proposed

WHOLE = EvaluationDraft("花壇が3つ", "続けたい", "楽しかった")
LAST_DAY = datetime(2027, 3, 31, 3, tzinfo=UTC)
LATER = NOON + timedelta(minutes=10)


@pytest.fixture
def hanako(tx: Tx):
    return residents.meet(tx, HANAKO, NOON).id


@pytest.fixture
def clerk(tx: Tx) -> Viewer:
    return person(tx, "clerk", section=KOCHO)


@pytest.fixture
def approver(tx: Tx) -> Viewer:
    return person(tx, "approver", Role.APPROVER, KOCHO)


def stages(tx: Tx, found: Collaboration) -> list[Stage]:
    return [step.stage for step in collaboration_steps.of_collaboration(tx, found.id)]


def test_the_database_holds_the_same_moves_as_the_program(database):
    with database.read() as tx:
        held = {tuple(row) for row in tx.connection.execute(sa.select(collaboration_moves))}
    allowed = {(before.value, after.value) for before, following in MOVES.items() for after in following}
    assert held == allowed | {(NEW, Stage.SUBMITTED.value)}


@pytest.mark.parametrize("before", [Stage.SUBMITTED, Stage.AGREED], ids=str)
def test_the_database_refuses_what_may_not_follow(database, before):
    with database.write() as tx:
        hanako = residents.meet(tx, HANAKO, NOON).id
        chief = person(tx, "chief", Role.ADMIN, None)
        found = proposed(tx, hanako)
        if before is Stage.AGREED:
            found = agreed(tx, chief, found)
        for stage in set(Stage) - set(MOVES[before]):
            with pytest.raises(sa.exc.IntegrityError), tx.connection.begin_nested():
                collaboration_steps.add(
                    tx, found.id, found.steps + 1, StepDraft(stage, today(NOON)), None, NOON
                )
        draft = StepDraft(MOVES[before][0], today(NOON))
        with pytest.raises(sa.exc.IntegrityError), tx.connection.begin_nested():
            collaboration_steps.add(tx, found.id, found.steps, draft, None, NOON)
        tx.connection.rollback()


def test_it_is_sealed_and_shown_to_its_section_alone(tx, hanako, clerk):
    found = proposed(tx, hanako)
    assert found.words == WORDS
    assert (found.stage, found.steps, found.since) == (Stage.SUBMITTED, 1, today(NOON))
    assert collaborations.find(tx, clerk, found.id) == found
    assert collaborations.find(tx, person(tx, "other", section=HOKEN), found.id) is None
    assert collaborations.find(tx, person(tx, "operator", Role.OPERATOR, None), found.id) is None
    assert collaborations.find(tx, replace(clerk, outside=True), found.id) is None
    raw = tx.connection.exec_driver_sql("SELECT * FROM collaborations").one()
    assert not any("花壇".encode() in bytes(each) for each in raw if isinstance(each, bytes | memoryview))


def test_sent_twice_it_is_one_and_five_can_stand(tx, hanako):
    first = proposed(tx, hanako, "1")
    assert proposed(tx, hanako, "1").id == first.id
    for once in "2345":
        proposed(tx, hanako, once)
    draft = CollaborationDraft("6", KOCHO, WORDS, may_be_named=False)
    assert collaboration_opening.submit(tx, hanako, draft, NOON) == TooMany(5)
    assert collaboration_opening.withdraw(tx, hanako, first.id, NOON).stage is Stage.WITHDRAWN
    assert isinstance(collaboration_opening.submit(tx, hanako, draft, NOON), Collaboration)


def test_a_step_is_told_once_ten_minutes_later(tx, hanako, clerk):
    found = proposed(tx, hanako)
    (received,) = notices.claim_due(tx, NOON)
    assert received.kind is NoticeKind.COLLABORATION_STAGE
    moved(tx, clerk, found, Stage.ADVISED, words="よい考えです。")
    assert notices.claim_due(tx, LATER - timedelta(seconds=1)) == ()
    (told,) = notices.claim_due(tx, LATER)
    step = collaboration_steps.find(tx, told.about.step)
    assert (step.stage, step.words, step.by_shown) == (Stage.ADVISED, "よい考えです。", "clerk")
    assert notices.claim_due(tx, LATER) == ()


def test_the_last_step_is_taken_back_until_it_was_told(tx, hanako, clerk):
    found = proposed(tx, hanako)
    notices.claim_due(tx, NOON)
    for words in ("まちがい", "まちがい"):
        found = moved(tx, clerk, found, Stage.DECLINED, words=words)
        assert found.closed_at == NOON
        found = collaboration_acts.undo(tx, clerk, found.id, found.version, LATER)
        assert (found.stage, found.steps, found.closed_at) == (Stage.SUBMITTED, 1, None)
    assert notices.claim_due(tx, LATER) == ()
    found = moved(tx, clerk, found, Stage.ADVISED)
    notices.claim_due(tx, LATER)
    assert collaboration_acts.undo(tx, clerk, found.id, found.version, LATER) is No.ALREADY_TOLD


def test_what_the_proposer_did_is_not_undone(tx, hanako, clerk):
    found = proposed(tx, hanako)
    assert collaboration_acts.undo(tx, clerk, found.id, found.version, NOON) is No.ALREADY_TOLD
    back = collaboration_opening.withdraw(tx, hanako, found.id, NOON)
    assert collaboration_acts.undo(tx, clerk, found.id, back.version, NOON) is No.ALREADY_TOLD


@pytest.mark.parametrize(
    ("days", "came"),
    [(1, WrongDay(today(NOON), today(NOON))), (-1, WrongDay(today(NOON), today(NOON)))],
)
def test_a_step_is_of_a_day_that_fits(tx, hanako, clerk, days, came):
    found = proposed(tx, hanako)
    draft = StepDraft(Stage.ADVISED, today(NOON) + timedelta(days=days))
    assert collaboration_acts.move(tx, clerk, found.id, found.version, draft, NOON) == came


def test_who_decides_next_is_said_without_a_step_and_goes_with_the_next(tx, hanako, clerk):
    found = proposed(tx, hanako)
    due = today(NOON) + timedelta(days=3)
    found = collaboration_acts.plan(tx, clerk, found.id, found.version, "広聴課長", due, NOON)
    assert (found.decides, found.due_on, found.steps) == ("広聴課長", due, 1)
    assert not found.is_late(due)
    assert found.is_late(due + timedelta(days=1))
    late = proposed(tx, residents.meet(tx, TARO, NOON).id)
    assert [each.id for each in collaborations.seen(tx, clerk, [Stage.SUBMITTED])] == [found.id, late.id]
    found = moved(tx, clerk, found, Stage.ADVISED)
    assert (found.decides, found.due_on) == ("", None)


def test_an_old_form_and_another_section_change_nothing(tx, hanako, clerk):
    found = proposed(tx, hanako)
    draft = StepDraft(Stage.ADVISED, today(NOON))
    other = person(tx, "other", section=HOKEN)
    assert collaboration_acts.move(tx, other, found.id, found.version, draft, NOON) == NotThere()
    collaboration_acts.plan(tx, clerk, found.id, found.version, "市長", None, NOON)
    assert collaboration_acts.move(tx, clerk, found.id, found.version, draft, NOON) is No.CHANGED
    found = collaborations.read(tx, found.id)
    collaboration_acts.hand_over(tx, clerk, found.id, found.version, HOKEN, NOON)
    assert collaborations.find(tx, clerk, found.id) is None
    assert collaborations.find(tx, other, found.id) is not None


def test_an_agreement_is_written_first_and_noted_by_who_approves(tx, hanako, clerk, approver):
    found = moved(tx, clerk, moved(tx, clerk, proposed(tx, hanako), Stage.ADVISED), Stage.DECIDED)
    draft = StepDraft(Stage.AGREED, today(NOON))

    def move(who):
        return collaboration_acts.move(tx, who, found.id, found.version, draft, NOON)

    assert move(clerk) is No.NEEDS_APPROVER
    assert move(approver) is No.NO_AGREEMENT
    named = replace(AGREED, partner="花の会")
    write = collaboration_agreements.write
    assert write(tx, clerk, found.id, found.version, named, NOON) is No.NOT_TO_BE_NAMED
    found = write(tx, clerk, found.id, found.version, AGREED, NOON)
    assert isinstance(move(approver), Collaboration)
    assert collaboration_agreements.of_collaboration(tx, found.id) == AGREED


def test_it_is_public_once_the_agreement_was_told(tx, hanako, approver):
    notices.claim_due(tx, NOON)
    found = agreed(tx, approver, proposed(tx, hanako))
    assert collaboration_publishing.public(tx, LATER) == ()
    notices.claim_due(tx, LATER)
    (public,) = collaboration_publishing.public(tx, LATER)
    assert (public.id, public.stage, public.agreement) == (found.id, Stage.AGREED, AGREED)


def test_the_year_is_published_together_by_somebody_else(tx, hanako, clerk, approver):
    found = agreed(tx, approver, proposed(tx, hanako))
    found = moved(tx, clerk, found, Stage.CARRIED_OUT)
    publish, write = collaboration_publishing.publish, collaboration_evaluations.write
    assert publish(tx, clerk, 2026, LAST_DAY) is No.NEEDS_APPROVER
    assert publish(tx, approver, 2026, LAST_DAY) is No.NOTHING
    assert write(tx, clerk, found.id, found.version, 2025, WHOLE, NOON) is No.NOT_NOW
    half = replace(WHOLE, by_partner="")
    found = write(tx, clerk, found.id, found.version, 2026, half, NOON)
    assert publish(tx, approver, 2026, LAST_DAY - timedelta(days=1)) == NotOver(date(2027, 3, 31))
    assert publish(tx, approver, 2026, LAST_DAY) == Missing((found.receipt,))
    found = write(tx, approver, found.id, found.version, 2026, WHOLE, NOON)
    assert publish(tx, approver, 2026, LAST_DAY) == Yours((found.receipt,))
    found = write(tx, clerk, found.id, found.version, 2026, WHOLE, NOON)
    assert len(publish(tx, approver, 2026, LAST_DAY)) == 1
    found = collaborations.read(tx, found.id)
    assert found.stage is Stage.EVALUATED
    assert write(tx, clerk, found.id, found.version, 2026, WHOLE, LAST_DAY) is No.NOT_NOW
    notices.claim_due(tx, LAST_DAY)
    (public,) = collaboration_publishing.public(tx, LAST_DAY)
    assert [(each.year, each.what) for each in public.evaluations] == [(2026, WHOLE)]


def test_the_database_lets_nobody_publish_their_own(database):
    with database.write() as tx:
        chief = person(tx, "chief", Role.ADMIN, None)
        found = agreed(tx, chief, proposed(tx, residents.meet(tx, HANAKO, NOON).id))
        collaboration_evaluations.write(tx, chief, found.id, found.version, 2026, WHOLE, NOON)
        own = "UPDATE collaboration_evaluations SET published_by = written_by, published_at = written_at"
        with pytest.raises(sa.exc.IntegrityError, match="by_another"), tx.connection.begin_nested():
            tx.connection.exec_driver_sql(own)
        tx.connection.rollback()


@pytest.mark.parametrize("is_agreed", [False, True])
def test_erased_it_keeps_what_was_published_and_no_word_besides(tx, hanako, approver, is_agreed):
    found = proposed(tx, hanako)
    if is_agreed:
        found = agreed(tx, approver, found)
    assert collaboration_erasing.erase(tx, found.id, SERVICE, NOON)
    assert not collaboration_erasing.erase(tx, found.id, SERVICE, NOON)
    gone = collaborations.read(tx, found.id)
    assert (gone.words, gone.resident, gone.erased_at) == (Words(), None, NOON)
    assert gone.stage is (Stage.AGREED if is_agreed else Stage.WITHDRAWN)
    assert all(not step.words for step in collaboration_steps.of_collaboration(tx, found.id))
    assert tx.connection.scalar(sa.select(sa.func.count()).select_from(collaboration_keys)) == 0
    assert notices.claim_due(tx, LATER) == ()
    assert len(collaboration_publishing.public(tx, LATER)) == is_agreed


@settings(max_examples=60, deadline=None, database=None, suppress_health_check=list(HealthCheck))
@given(
    st.lists(
        st.tuples(st.sampled_from(["move", "undo", "back", "tell"]), st.sampled_from(Stage)), max_size=14
    )
)
def test_a_walk_at_random_never_leaves_the_table_of_moves(sqlite, acts):
    with sqlite.write() as tx:
        hanako = residents.meet(tx, HANAKO, NOON).id
        chief = person(tx, "chief", Role.ADMIN, None)
        found, model, untold = proposed(tx, hanako), [Stage.SUBMITTED], False
        collaboration_agreements_ready(tx, chief, found)
        for minute, (act, stage) in enumerate(acts):
            now = NOON + timedelta(minutes=20 * minute)
            found = collaborations.read(tx, found.id)
            if act == "move":
                came = collaboration_acts.move(
                    tx, chief, found.id, found.version, StepDraft(stage, found.since), now
                )
                if stage in MOVES[model[-1]] and stage is not Stage.EVALUATED:
                    assert isinstance(came, Collaboration)
                    model.append(stage)
                    untold = True
                else:
                    assert came == CannotFollow(model[-1])
            elif act == "undo":
                came = collaboration_acts.undo(tx, chief, found.id, found.version, now)
                assert isinstance(came, Collaboration) is untold
                if untold:
                    model.pop()
                    untold = False
            elif act == "back":
                came = collaboration_opening.withdraw(tx, hanako, found.id, now)
                assert isinstance(came, Collaboration) is (model[-1] in TAKEN_BACK_FROM)
                if isinstance(came, Collaboration):
                    model.append(Stage.WITHDRAWN)
                    untold = False
            else:
                notices.claim_due(tx, now + timedelta(minutes=15))
                untold = False
            found = collaborations.read(tx, found.id)
            assert stages(tx, found) == model
            assert (found.stage, found.steps) == (model[-1], len(model))
            assert (found.closed_at is not None) is (model[-1] in OVER)
        tx.connection.rollback()


def collaboration_agreements_ready(tx: Tx, chief: Viewer, found: Collaboration) -> None:
    """An agreement is written already, so that no walk stops for want of it."""
    values = dict.fromkeys(("title", "summary", "partner", "citys_part", "partners_part"), "x")
    values |= {"collaboration_id": found.id, "begins": today(NOON), "ends": today(NOON)}
    values |= {"written_by": chief.account, "written_at": NOON}
    tx.connection.execute(
        sa.table("collaboration_agreements", *map(sa.column, values)).insert().values(values)
    )
