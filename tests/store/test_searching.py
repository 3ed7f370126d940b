"""Records are found by their words, also within lists, and filtered by section, confirmation and date."""

from dataclasses import replace
from datetime import date

import pytest

from faq.kinds import KINDS
from faq.models import EntryId, Status
from store import knowledge, searching
from store.db import Database
from store.searching import Wanted
from tests.conftest import NOON
from tests.faq.staff_files import ENTRY, SOURCE

TODAY = date(2026, 11, 24)
DOG = replace(
    ENTRY,
    id=EntryId("dog-lost"),
    question="犬がいなくなりました",
    phrasings=("ワンちゃんが100%_逃げた", "Dog is gone"),
    section="動物愛護センター",
    provenance=replace(SOURCE, status=Status.UNCONFIRMED, valid_until=date(2026, 11, 23)),
)


def found(database: Database, wanted: Wanted, kind: str = "faq") -> list[str]:
    with database.read() as tx:
        listed = searching.listed(tx, kind, wanted, TODAY)
        assert listed.total >= len(listed.records)
        assert searching.matching(tx, kind, wanted, TODAY)[: len(listed.records)] == listed.records
    return [KINDS[kind].name_of(each) for each in listed.records]


@pytest.mark.parametrize(
    ("text", "is_found"),
    [
        ("いなくなりました", True),
        ("ワンちゃん", True),
        ("犬 ワンちゃん", True),
        ("犬 猫の国", False),
        ("dog IS", True),
        ("100%_", True),
        ("100_%", False),
        ("dog-lost", True),
        ('"', False),
        ("", True),
    ],
)
def test_words_are_found_wherever_they_stand(database: Database, text: str, is_found: bool) -> None:
    with database.write() as tx:
        knowledge.take_in(tx, [DOG], NOON)
    wanted = Wanted(text, section="動物愛護センター", status=Status.UNCONFIRMED)
    assert ("dog-lost" in found(database, wanted)) is is_found


def test_what_is_past_its_day_is_found_as_such(database: Database) -> None:
    with database.write() as tx:
        knowledge.take_in(tx, [DOG], NOON)
    assert "dog-lost" in found(database, Wanted(is_past=True))
    with database.write() as tx:
        today = replace(DOG, provenance=replace(DOG.provenance, valid_until=TODAY))
        knowledge.take_in(tx, [today], NOON)
    assert "dog-lost" not in found(database, Wanted(is_past=True)), "it holds for the whole day"


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_searched(database: Database, kind: str) -> None:
    assert found(database, Wanted("そのような言葉はありません", "none", Status.CONFIRMED, True), kind) == []
    with database.read() as tx:
        assert searching.counts(tx)[kind] == searching.listed(tx, kind, Wanted(), TODAY).total


def test_pages_follow_one_another(database: Database) -> None:
    with database.read() as tx:
        first, second = (searching.listed(tx, "faq", Wanted(), TODAY, page) for page in (0, 1))
    assert len(first.records) == searching.PAGE
    assert first.records[-1].id < second.records[0].id


def test_what_stands_in_a_field_can_be_suggested(database: Database) -> None:
    with database.read() as tx:
        categories = searching.values_of(tx, "faq", "category")
        assert len(categories) > 5
        assert len(set(categories)) == len(categories)
        assert searching.values_of(tx, "faq", "id") == (), "too many to look through"
        assert searching.values_of(tx, "faq", "phrasings") == ()
        assert searching.values_of(tx, "faq", "nothing") == ()
