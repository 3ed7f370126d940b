"""Who changed what, when and why, and the way back."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.files import take_in
from faq.changes import Change, Sort
from faq.kinds import FAQ
from faq.models import EntryId
from faq.record_cells import CellChange
from faq.writing import write
from store import history, knowledge, proposals, publishing, records, rolling_back
from store.audit import COMMAND, SERVICE
from store.changing import Counted
from store.db import Database, Tx
from store.objections import NothingChanges, NotYours, TooManyChanges
from store.proposals import HOLDS, Conflict
from store.publishing import Published
from store.sight import Role, Viewer
from tests.conftest import NOON
from tests.store.editors import ENTRY, LATER, NEW, WHY, change, editor, made, submitted
from tests.store.untranslated import untranslate

HOUR = timedelta(hours=1)


@pytest.fixture
def hana(tx: Tx) -> Viewer:
    return editor(tx, "hana")


@pytest.fixture
def chief(tx: Tx) -> Viewer:
    return editor(tx, "chief", Role.APPROVER)


def published(tx: Tx, by: Viewer, chief: Viewer, *changes: Change, now=NOON) -> Published:
    mine = submitted(tx, by, *changes)
    made(proposals.approve(tx, chief, mine.id, 1, None, HOLDS, now))
    found = publishing.publish(tx, mine.id, SERVICE, now)
    assert isinstance(found, Published), found
    return found


def test_who_what_and_why(tx: Tx, hana: Viewer, chief: Viewer) -> None:
    published(tx, hana, chief, NEW)
    done = published(tx, hana, chief, change(ENTRY, LATER), now=NOON + HOUR)
    last, first = history.of_record(tx, chief, "faq", ENTRY.id)
    assert (first.sort, last.sort) == (Sort.NEW, Sort.CHANGED)
    assert last.differences == (CellChange("answer", ENTRY.answer, LATER.answer),)
    edition = last.edition
    assert (edition.by, edition.by_shown, edition.approved_by_shown) == (hana.account, "hana", "chief")
    assert (edition.at, edition.why, edition.version) == (NOON + HOUR, WHY, done.version)
    assert edition.proposal == done.proposal.id
    assert history.find(tx, chief, last.id) == last


def test_the_newest_first_by_page_kind_and_time(tx: Tx, hana: Viewer, chief: Viewer) -> None:
    published(tx, hana, chief, NEW)
    group = replace(knowledge.all_synonyms(tx)[0], source="変えた出典")
    words = change(knowledge.all_synonyms(tx)[0], group, "synonyms")
    published(tx, hana, chief, words, change(ENTRY, LATER), now=NOON + HOUR)
    second, first = history.recent(tx, chief, 10)
    assert second.counts == (Counted("faq", 0, 1, 0), Counted("synonyms", 0, 1, 0))
    assert first.counts == (Counted("faq", 1, 0, 0),)
    assert history.recent(tx, chief, 1) == (second,)
    assert history.recent(tx, chief, 10, before=second.id) == (first,)
    assert history.recent(tx, chief, 10, since=NOON + HOUR) == (second,)
    assert history.recent(tx, chief, 10, kind="synonyms") == (second,)
    one, other = history.of_edition(tx, chief, second.id)
    assert (one.kind, other.kind) == ("synonyms", "faq")
    assert history.of_edition(tx, chief, second.id, 1, after=one.id) == (other,)


def test_the_history_is_for_staff(tx: Tx, hana: Viewer, chief: Viewer) -> None:
    done = published(tx, hana, chief, NEW)
    operator = editor(tx, "op", Role.OPERATOR)
    assert history.recent(tx, operator, 10) == ()
    assert history.of_record(tx, operator, "faq", ENTRY.id) == ()
    assert history.of_edition(tx, operator, done.edition) == ()
    assert rolling_back.roll_back_all(tx, operator, done.edition, WHY, NOON) == NotYours()


# The way back ---------------------------------------------------------------------------------------


def test_the_way_back_is_a_proposal(tx: Tx, hana: Viewer, chief: Viewer) -> None:
    published(tx, hana, chief, NEW)
    published(tx, hana, chief, change(ENTRY, LATER))
    last = history.of_record(tx, chief, "faq", ENTRY.id)[0]
    back = made(rolling_back.roll_back(tx, hana, last.id, "戻します", NOON))
    assert back.changes == (change(LATER, ENTRY),)
    assert records.find(tx, "faq", ENTRY.id) == LATER, "nothing changes until somebody else approves"
    made(proposals.submit(tx, hana, back.id, 1, NOON))
    made(proposals.approve(tx, chief, back.id, 1, None, HOLDS, NOON))
    assert isinstance(publishing.publish(tx, back.id, SERVICE, NOON), Published)
    assert records.find(tx, "faq", ENTRY.id) == ENTRY
    assert rolling_back.roll_back(tx, hana, last.id, "もう一度", NOON) == NothingChanges()


def test_what_was_new_goes_and_what_went_comes_back(tx: Tx, hana: Viewer, chief: Viewer) -> None:
    came = published(tx, hana, chief, NEW)
    assert made(rolling_back.roll_back_all(tx, hana, came.edition, WHY, NOON)).changes == (
        change(ENTRY, None),
    )
    went = published(tx, hana, chief, change(ENTRY, None))
    assert made(rolling_back.roll_back_all(tx, hana, went.edition, WHY, NOON)).changes == (NEW,)


def test_the_way_back_leads_from_what_is_there_now(tx: Tx, hana: Viewer, chief: Viewer) -> None:
    published(tx, hana, chief, NEW)
    published(tx, hana, chief, change(ENTRY, LATER))
    changed = history.of_record(tx, chief, "faq", ENTRY.id)[0]
    other = replace(LATER, link="https://example.jp/new")
    published(tx, hana, chief, change(LATER, other))
    assert made(rolling_back.roll_back(tx, hana, changed.id, WHY, NOON)).changes == (change(other, ENTRY),)


# Files ----------------------------------------------------------------------------------------------


def imported(database: Database, folder: Path, *entries, now=NOON, replace_all=False, check=False) -> None:
    file = folder / "faq.csv"
    write(FAQ, entries, file)
    assert take_in(database, "faq", file, now, check=check, replace_all=replace_all) == 0


def test_an_import_is_one_entry_of_the_history(database: Database, tmp_path: Path, capsys) -> None:
    with database.write() as tx:
        untranslate(tx)
    twin = replace(ENTRY, id=EntryId("trial-twin"), question="別の質問ですか", phrasings=())
    imported(database, tmp_path, ENTRY, twin, check=True)
    imported(database, tmp_path, ENTRY, twin)
    imported(database, tmp_path, ENTRY, twin)
    imported(database, tmp_path, LATER, replace_all=True, now=NOON + HOUR)
    with database.write() as tx:
        chief = editor(tx, "chief", Role.APPROVER)
        second, first = history.recent(tx, chief, 10)
        assert first.counts == (Counted("faq", 2, 0, 0),)
        assert (first.by, first.by_shown, first.why) == (COMMAND, "", "ファイル（faq.csv）の取り込み")
        (counted,) = second.counts
        assert (counted.new, counted.changed) == (0, 1)
        assert counted.removed > 100
        assert len(history.of_edition(tx, chief, second.id)) == counted.removed + 1
        mine = proposals.draft(tx, editor(tx, "hana"), [change(ENTRY, None)], WHY, None, NOON)
        assert mine == Conflict(NEW.what, None, "", NOON + HOUR), "who it was is not known, but when"


def test_what_a_file_did_is_taken_back_at_once(database: Database, tmp_path: Path, capsys) -> None:
    with database.write() as tx:
        untranslate(tx)
        before = knowledge.all_entries(tx)
    imported(database, tmp_path, ENTRY, replace_all=True)
    with database.write() as tx:
        hana, chief = editor(tx, "hana"), editor(tx, "chief", Role.APPROVER)
        back = made(rolling_back.roll_back_all(tx, hana, history.recent(tx, chief, 1)[0].id, WHY, NOON))
        made(proposals.submit(tx, hana, back.id, 1, NOON))
        made(proposals.approve(tx, chief, back.id, 1, None, HOLDS, NOON))
        assert isinstance(publishing.publish(tx, back.id, SERVICE, NOON), Published)
        assert knowledge.all_entries(tx) == before


def test_what_a_large_file_did_is_for_another_file_to_take_back(
    database: Database, tmp_path: Path, capsys, monkeypatch: pytest.MonkeyPatch
) -> None:
    with database.write() as tx:
        untranslate(tx)
    imported(database, tmp_path, ENTRY, replace_all=True)
    monkeypatch.setattr("store.drafting.MOST_CHANGES", 1)
    with database.write() as tx:
        hana = editor(tx, "hana")
        (edition,) = history.recent(tx, hana, 1)
        came = rolling_back.roll_back_all(tx, hana, edition.id, WHY, NOON)
    assert isinstance(came, TooManyChanges)
    assert came.count > came.most == 1


def test_filling_an_empty_store_leaves_no_history(database: Database) -> None:
    with database.write() as tx:
        assert history.recent(tx, editor(tx, "chief", Role.APPROVER), 10) == ()
