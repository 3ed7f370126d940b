"""Nothing is published that a second person has not seen to the letter: by the service, and by the database alone."""

from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa

from faq.marks import Decision
from store import (
    audit,
    case_erasing,
    case_saying,
    published_voices,
    voice_confirming,
    voice_preparations,
    voice_search,
    voices,
)
from store.audit import COMMAND
from store.cases import CaseId
from store.db import Tx
from store.published_voices import PublishedVoice, Why
from store.residents import ResidentId
from store.sight import Role
from store.tables import published_voices as table
from store.tables import voice_preparations as preparations
from store.tables import voices as voices_table
from store.voice_preparations import Part, Preparation
from store.voice_refusals import (
    AlreadyPublished,
    Changed,
    Joined,
    NotAnswered,
    NotReady,
    NotThere,
    NotWished,
    OwnWork,
    WentOn,
)
from store.voice_search import Step
from tests.conftest import NOON
from tests.store.answered_voices import ANSWER, Desk, answered, find_in, left, told
from tests.store.cases import HOKEN, person

HIDDEN = "江津湖の東側のベンチがこわれています。（個人名）さんが座ってけがをしました。"


@pytest.fixture
def desk(tx: Tx) -> Desk:
    return Desk.of(tx)


@pytest.fixture
def case(tx: Tx, desk: Desk, hanako: ResidentId) -> CaseId:
    return answered(tx, desk, told(tx, hanako))


def test_from_the_first_suggestion_to_everybody(tx: Tx, desk: Desk, case: CaseId):
    begun = desk.prepared(tx, case)
    assert (begun.undecided, begun.shown.words) == (2, HIDDEN)
    assert (begun.shown.month, begun.shown.ward, begun.shown.fiscal_year) == (11, "", 2026)
    kept = left(tx, desk, begun, Part.ANSWER, 0)
    assert kept.shown.answer == ANSWER, "the member of staff who answered may be named, if somebody says so"
    taken = voice_preparations.decide(
        tx, desk.clerk, case, kept.version, (Part.WORDS, 0), Decision.REPLACED, "通りがかりの人", NOON
    )
    assert isinstance(taken, Preparation)
    ready = voice_preparations.make_ready(tx, desk.clerk, case, taken.version, NOON)
    assert isinstance(ready, Preparation)
    made = voice_confirming.confirm(tx, desk.approver, case, ready.version, ready.shown.digest, NOON)
    assert isinstance(made, PublishedVoice)
    assert "通りがかりの人さんが" in made.shown.words
    assert published_voices.latest(tx)[0] == made
    again = voice_preparations.prepare(tx, desk.clerk, case, find_in, NOON)
    assert again == AlreadyPublished(made.id)


def test_nobody_publishes_what_is_undecided_or_their_own_or_not_what_they_saw(
    tx: Tx, desk: Desk, case: CaseId
):
    begun = desk.prepared(tx, case)
    early = voice_preparations.make_ready(tx, desk.clerk, case, begun.version, NOON)
    assert early == NotReady(2)
    early = voice_confirming.confirm(tx, desk.approver, case, begun.version, begun.shown.digest, NOON)
    assert early == NotReady(2)
    ready = desk.ready(tx, case)

    def tried(viewer: object = desk.approver, version: int = ready.version, digest: str = ready.shown.digest):
        return voice_confirming.confirm(tx, viewer, case, version, digest, NOON)  # type: ignore[arg-type]

    assert tried(viewer=desk.clerk) == NotThere(), "staff make ready, and do not confirm"
    assert tried(version=ready.version - 1) == Changed("chuo-kumin-clerk")
    assert tried(digest=begun.shown.digest[::-1]) == Changed("chuo-kumin-clerk")
    assert tried(viewer=person(tx, "other", Role.APPROVER, HOKEN)) == NotThere()
    by_approver = voice_preparations.show_details(
        tx, desk.approver, case, ready.version, month=False, ward=True, now=NOON
    )
    assert isinstance(by_approver, Preparation)
    assert (by_approver.shown.month, by_approver.shown.ward) == (None, "東区")
    own = tried(version=by_approver.version, digest=by_approver.shown.digest)
    assert own == OwnWork()
    assert published_voices.latest(tx) == ()


def test_what_is_decided_but_not_given_to_a_second_person_stays(tx: Tx, desk: Desk, case: CaseId):
    taken = voice_preparations.take_all(tx, desk.clerk, case, desk.prepared(tx, case).version, NOON)
    assert isinstance(taken, Preparation)
    early = voice_confirming.confirm(tx, desk.approver, case, taken.version, taken.shown.digest, NOON)
    assert early == NotReady(0)


def test_who_does_not_wish_it_is_not_published(tx: Tx, desk: Desk, case: CaseId, taro: ResidentId):
    never = answered(tx, desk, told(tx, taro, may_publish=False))
    assert voice_preparations.prepare(tx, desk.clerk, never, find_in, NOON) == NotWished()
    ready = desk.ready(tx, case)
    tx.connection.execute(voices_table.update().values(may_publish=False))
    came = voice_confirming.confirm(tx, desk.approver, case, ready.version, ready.shown.digest, NOON)
    assert came == NotWished(), "also who changes their mind while it is made ready"


def test_what_was_taken_back_is_not_published(tx: Tx, desk: Desk, case: CaseId, hanako: ResidentId):
    ready = desk.ready(tx, case)
    case_saying.withdraw(tx, hanako, case, NOON)
    came = voice_confirming.confirm(tx, desk.approver, case, ready.version, ready.shown.digest, NOON)
    assert came == NotWished()
    assert voice_preparations.prepare(tx, desk.clerk, case, find_in, NOON) == NotWished()
    assert voice_search.counts(tx, desk.clerk, NOON) == {Step.NOT_WISHED: 1}


def test_what_is_not_answered_or_answered_elsewhere_waits(tx: Tx, desk: Desk, case: CaseId, taro: ResidentId):
    new = told(tx, taro).case.id
    assert voice_preparations.prepare(tx, desk.clerk, new, find_in, NOON) == NotAnswered()
    tx.connection.execute(voices_table.update().where(voices_table.c.case_id == new).values(joined_to=case))
    assert voice_preparations.prepare(tx, desk.clerk, new, find_in, NOON) == Joined(case)


def test_what_the_resident_adds_has_to_be_looked_at(tx: Tx, desk: Desk, case: CaseId, hanako: ResidentId):
    ready = desk.ready(tx, case)
    case_saying.say(tx, hanako, case, "やはり載せないでください", NOON)
    came = voice_confirming.confirm(tx, desk.approver, case, ready.version, ready.shown.digest, NOON)
    assert came == WentOn()
    anew = desk.prepared(tx, case)
    assert anew.shown.words.endswith("載せないでください")


def test_sent_back_it_waits_for_its_writer_with_the_remark(tx: Tx, desk: Desk, case: CaseId):
    ready = desk.ready(tx, case)
    back = voice_preparations.send_back(tx, desk.approver, case, ready.version, "けがの話は要りません", NOON)
    assert isinstance(back, Preparation)
    assert (back.ready_at, back.remark) == (None, "けがの話は要りません")
    own = voice_preparations.mark(
        tx, desk.clerk, case, back.version, "山田太郎さんが座ってけがをしました。", "", NOON
    )
    assert isinstance(own, Preparation)
    assert own.shown.words == "江津湖の東側のベンチがこわれています。"
    assert voice_preparations.mark(tx, desk.clerk, case, own.version, "どこにもない", "", NOON) == NotThere()


def test_two_who_write_at_once_overwrite_nothing(tx: Tx, desk: Desk, case: CaseId):
    begun = desk.prepared(tx, case)
    left(tx, desk, begun, Part.ANSWER, 0)
    second = voice_preparations.take_all(tx, desk.approver, case, begun.version, NOON)
    assert second == Changed("chuo-kumin-clerk")


def test_withdrawn_it_is_gone_at_once_with_its_words_and_can_come_back(tx: Tx, desk: Desk, case: CaseId):
    made = desk.published(tx, case)
    before = published_voices.changed(tx)
    assert published_voices.withdraw(tx, desk.clerk, made.id, Why.ASKED, NOON)
    assert not published_voices.withdraw(tx, desk.clerk, made.id, Why.ASKED, NOON)
    assert published_voices.latest(tx) == ()
    assert published_voices.find(tx, made.id) is None
    assert published_voices.was_withdrawn(tx, made.id)
    assert published_voices.changed(tx) != before
    row = tx.connection.execute(sa.select(table).where(table.c.id == made.id)).one()
    assert (row.title, row.words, row.answer, row.sought) == (None, None, None, None)
    [kept], total = published_voices.for_staff(tx)
    assert (kept.why, kept.withdrawn_by_shown, total) == (Why.ASKED, "chuo-kumin-clerk", 1)
    assert desk.published(tx, case).id != made.id


def test_erasure_leaves_what_is_public_and_nobody_sees_whose_it_was(tx: Tx, desk: Desk, case: CaseId):
    made = desk.published(tx, case)
    case_erasing.erase(tx, case, COMMAND, NOON)
    assert published_voices.find(tx, made.id) == made
    [kept], _ = published_voices.for_staff(tx)
    assert kept.case is None
    assert tx.connection.scalar(sa.select(sa.func.count()).select_from(preparations)) == 0
    assert published_voices.withdraw(tx, desk.clerk, made.id, Why.ASKED, NOON)


BROKEN: list[tuple[str, dict[str, Any]]] = [
    ("as_seen", {"seen_digest": "0" * 64}),
    ("decided", {"undecided": 1}),
    ("second", {"confirmed_by": sa.literal_column("written_by")}),
    ("words", {"words": None}),
]


@pytest.mark.parametrize(("guard", "values"), BROKEN, ids=[guard for guard, _ in BROKEN])
def test_the_database_itself_refuses_what_nobody_confirmed(
    tx: Tx, desk: Desk, case: CaseId, guard: str, values: dict[str, Any]
):
    made = desk.published(tx, case)
    with (
        pytest.raises(sa.exc.IntegrityError, match=f"ck_published_voices_{guard}"),
        tx.connection.begin_nested(),
    ):
        tx.connection.execute(table.update().where(table.c.id == made.id).values(values))


def test_without_our_own_guards_the_database_still_refuses(
    tx: Tx, desk: Desk, case: CaseId, monkeypatch: pytest.MonkeyPatch
):
    """As it would be if somebody broke the code: an undecided text, confirmed by its writer, that nobody saw."""
    begun = desk.prepared(tx, case)
    monkeypatch.setattr(voice_preparations, "unready", lambda *_: None)
    monkeypatch.setattr(voice_confirming, "_unconfirmed", lambda *_: None)
    seen = begun.shown.digest
    for viewer, digest in ((desk.approver, seen), (desk.clerk, seen), (desk.approver, "f" * 64)):
        with pytest.raises(sa.exc.IntegrityError, match="ck_published_voices_"), tx.connection.begin_nested():
            voice_confirming.confirm(tx, viewer, case, begun.version, digest, NOON)
    assert published_voices.latest(tx) == ()


def test_ready_with_an_open_mark_is_refused_by_the_database(tx: Tx, desk: Desk, case: CaseId):
    desk.prepared(tx, case)
    with (
        pytest.raises(sa.exc.IntegrityError, match="ck_voice_preparations_ready"),
        tx.connection.begin_nested(),
    ):
        tx.connection.execute(preparations.update().values(ready_at=NOON))


def test_what_was_changed_past_the_service_is_not_shown(tx: Tx, desk: Desk, case: CaseId):
    made = desk.published(tx, case)
    tx.connection.execute(table.update().where(table.c.id == made.id).values(words="山田太郎さんが"))
    assert published_voices.find(tx, made.id) is None
    assert published_voices.latest(tx) == ()


def test_every_step_is_in_the_audit_without_words(tx: Tx, desk: Desk, case: CaseId):
    made = desk.published(tx, case)
    rows = tx.connection.execute(sa.select(audit.audit).where(audit.audit.c.act.like("voice.%"))).all()
    assert [row.act for row in rows] == ["voice.read", "voice.prepared", "voice.ready", "voice.published"]
    assert (rows[-1].subject, rows[-1].detail) == (str(made.id), "{}"), "it does not lead back to the case"


def test_the_year_goes_with_the_month(tx: Tx, desk: Desk, hanako: ResidentId):
    spring = answered(tx, desk, told(tx, hanako, received_on=date(2026, 2, 3)))
    shown = desk.published(tx, spring).shown
    assert (shown.fiscal_year, shown.year, shown.month) == (2025, 2026, 2)
    assert voices.read(tx, spring).received_on == date(2026, 2, 3)
