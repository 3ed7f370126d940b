"""Proposals lie where somebody can do something about them."""

from datetime import timedelta

from store import boxes, proposals
from store.boxes import Box
from store.db import Database
from store.proposals import HOLDS
from store.sight import Role
from tests.store.editors import HEALTH, drafted, editor, made, submitted
from tests.store.town import NOON


def where(database: Database, viewer: object) -> dict[Box, int]:
    with database.read() as tx:
        counts = boxes.counts(tx, viewer)  # type: ignore[arg-type]
        for box, count in counts.items():
            page = boxes.page_of(tx, viewer, box)  # type: ignore[arg-type]
            assert (len(page.proposals), page.total) == (count, count)
    return {box: count for box, count in counts.items() if count}


def test_from_box_to_box(database: Database) -> None:
    with database.write() as tx:
        hana, boss, stranger = (
            editor(tx, "hana"),
            editor(tx, "boss", Role.APPROVER),
            editor(tx, "stranger", section=HEALTH),
        )
        mine = drafted(tx, hana)
    assert where(database, hana) == {Box.MINE: 1}
    assert where(database, boss) == {}
    with database.write() as tx:
        made(proposals.submit(tx, hana, mine.id, mine.version, NOON))
    assert where(database, hana) == {Box.MINE: 1}
    assert where(database, boss) == {Box.TO_APPROVE: 1}
    assert where(database, stranger) == {}
    with database.write() as tx:
        later = NOON + timedelta(days=1)
        made(proposals.approve(tx, boss, mine.id, mine.version, later, HOLDS, NOON))
    assert where(database, boss) == where(database, hana) == {Box.WAITING: 1}
    with database.write() as tx:
        made(proposals.send_back(tx, boss, mine.id, mine.version, "出典", NOON))
    assert where(database, hana) == {Box.RETURNED: 1}
    assert where(database, boss) == {}
    with database.write() as tx:
        made(proposals.withdraw(tx, hana, mine.id, mine.version, NOON))
    assert where(database, boss) == where(database, hana) == {Box.DONE: 1}
    assert where(database, stranger) == {}


def test_what_waits_longest_is_first_and_pages_follow(database: Database) -> None:
    with database.write() as tx:
        hana, boss = editor(tx, "hana"), editor(tx, "boss", Role.APPROVER)
        all_of_them = [submitted(tx, hana).id for _ in range(boxes.PAGE + 1)]
    with database.read() as tx:
        first, second = (boxes.page_of(tx, boss, Box.TO_APPROVE, page) for page in (0, 1))
    assert [each.id for each in (*first.proposals, *second.proposals)] == all_of_them
    assert first.total == second.total == boxes.PAGE + 1


def test_records_of_which_a_change_is_under_way(database: Database) -> None:
    with database.write() as tx:
        hana, stranger = editor(tx, "hana"), editor(tx, "stranger", section=HEALTH)
        mine = drafted(tx, hana)
        names = ["trial-tax", "moving-in"]
        assert boxes.changing(tx, hana, "faq", names) == {"trial-tax"}
        assert boxes.changing(tx, hana, "offices", names) == frozenset()
        assert boxes.changing(tx, stranger, "faq", names) == frozenset()
        made(proposals.withdraw(tx, hana, mine.id, mine.version, NOON))
        assert boxes.changing(tx, hana, "faq", names) == frozenset()
