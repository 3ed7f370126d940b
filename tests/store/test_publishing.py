"""What is approved becomes what the service knows, or goes back to who wrote it."""

from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa

from faq.changes import Change
from faq.counters import Section, SectionId
from faq.fitting import Admitted
from faq.kinds import KINDS
from faq.models import EntryId, Office, OfficeId, Synonyms
from faq.sentences import Fault
from store import checking, knowledge, obstacles, proposals, publishing, records, unmatched
from store.audit import SERVICE, Kind
from store.db import Tx
from store.proposals import (
    HOLDS,
    Conflict,
    InvalidRecord,
    NotNow,
    NotYours,
    Proposal,
    ProposalId,
    RecordName,
    State,
)
from store.publishing import Published
from store.residents import ResidentId
from store.sight import AccountId, Role, Viewer
from store.tables import audit
from store.unmatched import ClusterId
from tests.conftest import NOON
from tests.store.editors import ENTRY, LATER, NEW, WHY, change, editor, made, submitted
from tests.store.test_unmatched import asked, cluster_of
from tests.store.untranslated import untranslate

HOUR = timedelta(hours=1)


@pytest.fixture
def hana(tx: Tx) -> Viewer:
    return editor(tx, "hana")


@pytest.fixture
def chief(tx: Tx) -> Viewer:
    return editor(tx, "chief", Role.APPROVER)


def approved(tx: Tx, by: Viewer, chief: Viewer, *changes: Change, at=None) -> Proposal:
    mine = submitted(tx, by, *changes)
    return made(proposals.approve(tx, chief, mine.id, 1, at, HOLDS, NOON))


def published(tx: Tx, by: Viewer, chief: Viewer, *changes: Change) -> Published:
    found = publishing.publish(tx, approved(tx, by, chief, *changes).id, SERVICE, NOON)
    assert isinstance(found, Published), found
    return found


def test_a_record_comes_changes_and_goes(tx: Tx, hana: Viewer, chief: Viewer) -> None:
    version = knowledge.version(tx)
    first = published(tx, hana, chief, NEW)
    assert records.find(tx, "faq", ENTRY.id) == ENTRY
    assert (first.version, first.proposal.state) == (version + 1, State.PUBLISHED)
    assert first.proposal.published_at == NOON
    published(tx, hana, chief, change(ENTRY, LATER))
    assert records.find(tx, "faq", ENTRY.id) == LATER
    published(tx, hana, chief, change(LATER, None))
    assert records.find(tx, "faq", ENTRY.id) is None
    acts = sa.select(audit.c.act, audit.c.actor).where(audit.c.kind == Kind.PROPOSAL.value)
    assert tx.connection.execute(acts.order_by(audit.c.id.desc())).first() == ("published", "service")


def test_every_kind_can_be_changed_and_changed_back(tx: Tx, hana: Viewer, chief: Viewer) -> None:
    """As far as one can do without the record for a while, or it is written anew as it was."""
    for kind, schema in KINDS.items():
        before = records.all_of(tx, kind)
        if not before:
            continue
        source = schema.columns[-1].field if kind in ("synonyms", "questions") else "provenance"
        other = _otherwise(before[0], source)
        published(tx, hana, chief, change(before[0], other, kind))
        assert set(records.all_of(tx, kind)) - set(before) == {other}
        published(tx, hana, chief, change(other, before[0], kind))
        assert records.all_of(tx, kind) == before


def _otherwise(record, field: str):
    if field == "provenance":
        return replace(record, provenance=replace(record.provenance, source="変えた出典"))
    return replace(record, **({"query": "別の聞き方"} if field == "handler" else {field: "変えた出典"}))


def test_changes_of_several_kinds_that_need_each_other(tx: Tx, hana: Viewer, chief: Viewer) -> None:
    office, section = new_office_and_section(tx)
    found = published(tx, hana, chief, change(None, section, "sections"), change(None, office, "offices"))
    assert len(found.proposal.changes) == 2
    assert records.find(tx, "sections", section.id) == section


def new_office_and_section(tx: Tx) -> tuple[Office, Section]:
    office = replace(records.all_of(tx, "offices")[0], id=OfficeId("NEW01"), name="新しい区役所")
    section = replace(records.all_of(tx, "sections")[0], id=SectionId("new-kumin"), office=office.id)
    return office, section


def test_its_time_has_to_come(tx: Tx, hana: Viewer, chief: Viewer) -> None:
    mine = approved(tx, hana, chief, at=NOON + HOUR)
    assert publishing.due(tx, NOON) == ()
    assert publishing.publish(tx, mine.id, SERVICE, NOON) == NotNow(State.APPROVED)
    later = NOON + HOUR
    assert publishing.due(tx, later) == (mine.id,)
    assert isinstance(publishing.publish(tx, mine.id, SERVICE, later), Published)
    assert publishing.due(tx, later) == ()
    assert publishing.publish(tx, mine.id, SERVICE, later) == NotNow(State.PUBLISHED)


def test_what_nobody_approved_is_not_published(tx: Tx, hana: Viewer) -> None:
    assert publishing.publish(tx, submitted(tx, hana).id, SERVICE, NOON) == NotNow(State.SUBMITTED)
    assert publishing.publish(tx, ProposalId(0), SERVICE, NOON) == NotYours()


def test_what_was_changed_meanwhile_is_not_overwritten(tx: Tx, hana: Viewer, chief: Viewer) -> None:
    published(tx, hana, chief, NEW)
    mine = approved(tx, hana, chief, change(ENTRY, LATER))
    taro = editor(tx, "taro")
    other = replace(ENTRY, answer="8月末までに納めてください。")
    published(tx, taro, chief, change(ENTRY, other))
    told = Conflict(RecordName("faq", ENTRY.id), taro.account, "taro", NOON)
    version = knowledge.version(tx)
    assert publishing.publish(tx, mine.id, SERVICE, NOON + HOUR) == told
    assert records.find(tx, "faq", ENTRY.id) == other
    assert knowledge.version(tx) == version
    back = proposals.find(tx, hana, mine.id)
    assert back is not None
    assert (back.state, back.returned, back.publish_at) == (State.RETURNED, told, None)
    mended = made(proposals.revise(tx, hana, mine.id, 1, [change(other, LATER)], WHY, NOON + HOUR))
    assert (mended.state, mended.returned) == (State.DRAFT, None)


def test_what_does_not_fit_any_more_goes_back_with_the_reason(tx: Tx, hana: Viewer, chief: Viewer) -> None:
    office, section = new_office_and_section(tx)
    published(tx, hana, chief, change(None, office, "offices"))
    mine = approved(tx, hana, chief, change(None, section, "sections"))
    published(tx, hana, chief, change(office, None, "offices"))
    found = publishing.publish(tx, mine.id, SERVICE, NOON)
    assert isinstance(found, InvalidRecord)
    assert found.problems[0].problem.reason == Fault.UNKNOWN_OFFICE
    back = proposals.find(tx, hana, mine.id)
    assert back is not None
    assert (back.state, back.returned) == (State.RETURNED, found)


# The questions that it answers ----------------------------------------------------------------------


def answering(tx: Tx, by: Viewer, chief: Viewer, cluster: ClusterId, *changes: Change) -> Published:
    mine = made(proposals.draft(tx, by, changes, WHY, cluster, NOON))
    made(proposals.submit(tx, by, mine.id, 1, NOON))
    made(proposals.approve(tx, chief, mine.id, 1, None, HOLDS, NOON))
    found = publishing.publish(tx, mine.id, SERVICE, NOON)
    assert isinstance(found, Published)
    return found


def test_questions_that_had_no_answer_have_one(
    tx: Tx, hana: Viewer, chief: Viewer, hanako: ResidentId
) -> None:
    query = asked(tx, hanako)
    cluster = cluster_of(tx, query, section=hana.section)
    assert answering(tx, hana, chief, cluster, NEW).answered == (query,)
    found = unmatched.find(tx, chief, cluster)
    assert found is not None
    assert (found.state, found.entry) == (unmatched.State.ANSWERED, ENTRY.id)


def test_without_an_entry_nothing_is_answered(
    tx: Tx, hana: Viewer, chief: Viewer, hanako: ResidentId
) -> None:
    words = knowledge.all_synonyms(tx)[0]
    cluster = cluster_of(tx, asked(tx, hanako), section=hana.section)
    other = change(words, replace(words, source="別の出典"), "synonyms")
    assert answering(tx, hana, chief, cluster, other).answered == ()
    found = unmatched.find(tx, chief, cluster)
    assert found is not None
    assert found.state is unmatched.State.OPEN


# What a file is held against ------------------------------------------------------------------------


def refused(tx: Tx, by: Viewer, *changes: Change) -> list[tuple[RecordName, str]]:
    mine = made(proposals.draft(tx, by, changes, WHY, None, NOON))
    found = proposals.submit(tx, by, mine.id, 1, NOON)
    assert isinstance(found, InvalidRecord), found
    return [(each.what, each.problem.reason) for each in found.problems]


def test_a_record_that_others_name_is_not_removed(tx: Tx, hana: Viewer) -> None:
    section = records.all_of(tx, "sections")[0]
    office = records.find(tx, "offices", section.office)
    found = refused(tx, hana, change(office, None, "offices"))
    assert RecordName("sections", section.id) in [what for what, _ in found]
    assert all("合わなくなります" in reason for _, reason in found)


def test_terms_that_bookings_depend_on_are_not_removed(tx: Tx, hana: Viewer, monkeypatch) -> None:
    terms = records.all_of(tx, "booking-terms")[0]
    monkeypatch.setattr(checking.booked, "ahead", lambda tx, now: {terms.programme: 3})
    found = refused(tx, hana, change(terms, None, "booking-terms"))
    assert found == [
        (
            RecordName("booking-terms", terms.programme),
            Fault.STILL_BOOKED.format(programme=terms.programme, count=3),
        )
    ]


def test_what_another_entry_is_asked_by_is_not_asked_twice(tx: Tx, hana: Viewer) -> None:
    other = knowledge.all_entries(tx)[0]
    twice = replace(ENTRY, phrasings=(other.question,))
    reason = Fault.DOUBLE_ELSEWHERE.format(id=other.id)
    assert refused(tx, hana, change(None, twice)) == [(RecordName("faq", ENTRY.id), reason)]


def test_what_was_asked_twice_before_is_no_matter(tx: Tx, hana: Viewer) -> None:
    knowledge.take_in(tx, [ENTRY, replace(ENTRY, id=EntryId("trial-twin"))], NOON)
    submitted(tx, hana, change(ENTRY, LATER))


def test_a_question_that_names_no_entry(tx: Tx, hana: Viewer) -> None:
    question = replace(
        next(each for each in knowledge.all_questions(tx) if each.faq_id), faq_id=EntryId("no")
    )
    assert [reason for _, reason in refused(tx, hana, change(None, question, "questions"))] == [
        Fault.UNKNOWN_REFERENCE
    ]


def test_what_staff_should_know_all_the_same(tx: Tx) -> None:
    untranslate(tx)
    procedure = next(each for each in records.all_of(tx, "procedures") if each.faq)
    entry = records.find(tx, "faq", procedure.faq)
    found = checking.admit(tx, [change(entry, None)], NOON)
    assert isinstance(found, Admitted)
    assert any(procedure.id in note for note in found.notes)


def test_words_are_kept_by_the_first(tx: Tx, hana: Viewer, chief: Viewer) -> None:
    words = Synonyms(("試験語", "テスト"), 0.5, "試し")
    more = replace(words, words=("試験語", "テスト", "試し"))
    published(tx, hana, chief, change(None, words, "synonyms"))
    published(tx, hana, chief, change(words, more, "synonyms"))
    assert records.find(tx, "synonyms", "試験語") == more


# What was in the way --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "obstacle",
    [Conflict(None, None, "", None), Conflict(RecordName("faq", "x"), AccountId(3), "はな", NOON)],
    ids=["nobody", "somebody"],
)
def test_a_conflict_is_kept(obstacle: Conflict) -> None:
    assert obstacles.read(obstacles.write(obstacle)) == obstacle
