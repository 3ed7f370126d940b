"""Who asked to be told an answer later is told it once."""

from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from faq.models import EntryId
from store import erasure, notices, queries, residents, told, unmatched
from store.audit import ByResident
from store.db import Tx
from store.notices import Answered, NoticeKind
from store.queries import Query, QueryId
from store.residents import ResidentId
from store.tables import clustered, clusters
from store.tables import notices as notices_table
from tests.conftest import NOON
from tests.store.town import japan

ENTRY, OTHER = EntryId("dog-registration"), EntryId("bulky-waste")
MINUTE = timedelta(minutes=1)


def asked(tx: Tx, resident: ResidentId, text: str = "犬の散歩の決まりは") -> QueryId:
    query = Query(text, "question", queries.UNANSWERED)
    return queries.record(tx, resident, query, NOON, channel="LINE", message_ids=())


def wished(tx: Tx, resident: ResidentId) -> QueryId:
    query = asked(tx, resident)
    assert told.ask(tx, resident, query, NOON)
    return query


def due(tx: Tx, now=NOON) -> list[tuple[ResidentId, notices.About]]:
    return [(each.resident, each.about) for each in notices.claim_due(tx, now)]


def test_who_asked_is_told(tx: Tx, hanako: ResidentId, taro: ResidentId) -> None:
    mine, others = wished(tx, hanako), asked(tx, taro)
    assert told.tell(tx, [mine, others], ENTRY, NOON) == 1
    (notice,) = notices.claim_due(tx, NOON)
    assert (notice.resident, notice.kind) == (hanako, NoticeKind.ANSWERED)
    assert notice.about == Answered(mine, ENTRY)


def test_a_wish_is_for_one_s_own_question(tx: Tx, hanako: ResidentId, taro: ResidentId) -> None:
    assert not told.ask(tx, taro, asked(tx, hanako), NOON)
    assert told.of_resident(tx, taro) == ()


def test_asking_again_is_the_same_wish(tx: Tx, hanako: ResidentId) -> None:
    query = wished(tx, hanako)
    assert told.ask(tx, hanako, query, NOON + MINUTE)
    assert told.of_resident(tx, hanako) == (told.ToTell(query, NOON),)


def test_only_one_hands_it_over(tx: Tx, hanako: ResidentId) -> None:
    query = wished(tx, hanako)
    assert [told.settle(tx, query) for _ in range(2)] == [True, False]
    assert told.tell(tx, [query], ENTRY, NOON) == 0


def test_who_asked_twice_is_told_once(tx: Tx, hanako: ResidentId) -> None:
    both = [wished(tx, hanako), wished(tx, hanako)]
    told.tell(tx, both, ENTRY, NOON)
    assert due(tx) == [(hanako, Answered(both[1], ENTRY))]
    assert [each.query for each in told.of_resident(tx, hanako)] == both[1:]


def test_a_better_answer_replaces_one_that_waits_for_the_morning(tx: Tx, hanako: ResidentId) -> None:
    query, night, morning = (
        wished(tx, hanako),
        japan(22, 0, date(2026, 11, 24)),
        japan(8, 0, date(2026, 11, 25)),
    )
    told.tell(tx, [query], ENTRY, night)
    told.tell(tx, [query], OTHER, night + MINUTE)
    assert due(tx, night + 2 * MINUTE) == []
    assert due(tx, morning) == [(hanako, Answered(query, OTHER))]


def test_an_answer_that_is_never_handed_over_leaves_the_wish(tx: Tx, hanako: ResidentId) -> None:
    query = wished(tx, hanako)
    told.tell(tx, [query], ENTRY, NOON)
    due(tx)
    assert told.tell(tx, [query], OTHER, NOON + MINUTE) == 1
    assert due(tx, NOON + MINUTE) == [(hanako, Answered(query, OTHER))]


def test_a_wish_taken_back_takes_its_notice_along(tx: Tx, hanako: ResidentId) -> None:
    query = wished(tx, hanako)
    told.tell(tx, [query], ENTRY, NOON)
    assert told.take_back(tx, hanako) == 1
    assert due(tx) == []
    assert told.take_back(tx, hanako) == 0
    assert told.tell(tx, [query], ENTRY, NOON) == 0


def test_taking_back_is_for_one_s_own(tx: Tx, hanako: ResidentId, taro: ResidentId) -> None:
    query = wished(tx, hanako)
    told.take_back(tx, taro)
    assert told.tell(tx, [query], ENTRY, NOON) == 1


def test_who_left_is_not_told_and_hears_it_after_coming_back(tx: Tx, hanako: ResidentId) -> None:
    query = wished(tx, hanako)
    residents.follow(tx, hanako, follows=False)
    assert told.tell(tx, [query], ENTRY, NOON) == 0
    residents.follow(tx, hanako, follows=True)
    assert told.tell(tx, [query], ENTRY, NOON) == 1


def test_erasing_takes_wishes_and_notices(tx: Tx, hanako: ResidentId) -> None:
    query = wished(tx, hanako)
    told.tell(tx, [query], ENTRY, NOON)
    erasure.erase(tx, hanako, ByResident(hanako), NOON)
    assert told.tell(tx, [query], ENTRY, NOON) == 0
    assert due(tx) == []


@pytest.mark.parametrize("hour", [20, 23, 0, 7])
def test_nobody_is_woken(tx: Tx, hanako: ResidentId, hour: int) -> None:
    day = date(2026, 11, 25 if hour < 8 else 24)
    night = japan(hour, 30, day)
    told.tell(tx, [wished(tx, hanako)], ENTRY, night)
    assert due(tx, night) == []
    morning = japan(8, 0, date(2026, 11, 25))
    assert [each.due_at for each in notices.claim_due(tx, morning)] == [morning]


def test_who_wishes_after_the_answer_has_come_is_told_at_once(tx: Tx, hanako: ResidentId) -> None:
    query = asked(tx, hanako)
    cluster = tx.connection.scalar(
        clusters.insert().values(version=1, state="open", made_at=NOON).returning(clusters.c.id)
    )
    tx.connection.execute(clustered.insert().values(query_id=query, cluster_id=cluster))
    assert unmatched.answered(tx, unmatched.ClusterId(cluster), ENTRY, NOON) == (query,)
    told.ask(tx, hanako, query, NOON + MINUTE)
    assert due(tx, NOON + MINUTE) == [(hanako, Answered(query, ENTRY))]


def test_a_notice_is_about_one_thing(tx: Tx, hanako: ResidentId) -> None:
    both = {"resident_id": hanako, "occasion": "", "due_at": NOON, "state": "planned", "kind": "answered"}
    query = asked(tx, hanako)
    for wrong in ({}, {"query_id": query}, {"entry_id": ENTRY}):
        with pytest.raises(sa.exc.IntegrityError), tx.connection.begin_nested():
            tx.connection.execute(notices_table.insert().values(both | wrong))


def test_more_than_one_statement_takes(tx: Tx, hanako: ResidentId) -> None:
    query = wished(tx, hanako)
    many = [QueryId(number) for number in range(10_000, 10_000 + 2 * told.AT_ONCE)]
    assert told.tell(tx, [*many, query], ENTRY, NOON) == 1
