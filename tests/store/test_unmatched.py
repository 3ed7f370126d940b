"""The inbox of questions that nobody could answer."""

import pytest
import sqlalchemy as sa

from faq.counters import SectionId
from faq.models import EntryId
from store import erasure, queries, unmatched
from store.audit import COMMAND
from store.queries import Query
from store.sight import AccountId, Role, Viewer
from store.tables import clustered, clusters
from store.unmatched import Share, State
from tests.conftest import NOON

ADMIN = Viewer(AccountId(1), "管理", Role.ADMIN, None, personal=False)


def asked(tx, resident, text="犬を飼いたい", channel="LINE", now=NOON):
    query = Query(text, "question", "none")
    if resident is None:
        return queries.record_of_nobody(tx, query, now, channel=channel)
    return queries.record(tx, resident, query, now, channel=channel, message_ids=["1"])


def cluster_of(tx, *members, section=None):
    made = tx.connection.execute(
        clusters.insert().values(version=1, state="open", section=section, made_at=NOON)
    ).inserted_primary_key[0]
    for each in members:
        tx.connection.execute(clustered.insert().values(query_id=each, cluster_id=made))
    return unmatched.ClusterId(made)


def test_a_cluster_counts_what_it_has_by_channel(tx, hanako, taro):
    cluster = cluster_of(tx, asked(tx, hanako), asked(tx, taro), asked(tx, None, channel="phone"))
    found = unmatched.find(tx, ADMIN, cluster)
    assert (found.count, found.channels) == (3, (Share("LINE", 2), Share("phone", 1)))
    assert (found.first_at, found.last_at, found.state) == (NOON, NOON, State.OPEN)


def test_an_answer_settles_what_waited_for_it_once(tx, hanako, taro):
    first, second = asked(tx, hanako), asked(tx, taro)
    cluster = cluster_of(tx, first, second)
    assert unmatched.answered(tx, cluster, EntryId("dogs"), NOON) == (first, second)
    assert unmatched.answered(tx, cluster, EntryId("dogs"), NOON) == ()
    found = unmatched.find(tx, ADMIN, cluster)
    assert (found.state, found.entry, found.count) == (State.ANSWERED, "dogs", 2)


def test_what_was_merged_is_answered_where_it_went(tx, hanako, taro):
    first, second = asked(tx, hanako), asked(tx, taro)
    here, gone = cluster_of(tx, first, second), cluster_of(tx)
    tx.connection.execute(clusters.update().where(clusters.c.id == gone).values(merged_into=here))
    assert unmatched.find(tx, ADMIN, gone).id == here
    assert unmatched.answered(tx, gone, EntryId("dogs"), NOON) == (first, second)


@pytest.mark.parametrize(
    ("role", "section", "sees"),
    [
        (Role.STAFF, "chuo-kumin", True),
        (Role.STAFF, "higashi-kumin", False),
        (Role.STAFF, None, False),
        (Role.OPERATOR, "chuo-kumin", False),
        (Role.APPROVER, None, True),
        (Role.ADMIN, None, True),
    ],
)
def test_a_section_sees_its_own(tx, hanako, role, section, sees):
    cluster = cluster_of(tx, asked(tx, hanako), section=SectionId("chuo-kumin"))
    viewer = Viewer(AccountId(1), "職員", role, section and SectionId(section), personal=False)
    assert (unmatched.find(tx, viewer, cluster) is not None) is sees


def test_what_nobody_was_given_is_seen_by_staff_of_no_section(tx, hanako):
    cluster = cluster_of(tx, asked(tx, hanako))
    anybody = Viewer(AccountId(1), "職員", Role.STAFF, None, personal=False)
    of_a_section = Viewer(AccountId(1), "職員", Role.STAFF, SectionId("chuo-kumin"), personal=False)
    assert unmatched.find(tx, anybody, cluster) is not None
    assert unmatched.find(tx, of_a_section, cluster) is None


def test_erasing_leaves_the_count(tx, hanako):
    cluster = cluster_of(tx, asked(tx, hanako))
    erasure.erase(tx, hanako, COMMAND, NOON)
    assert unmatched.find(tx, ADMIN, cluster).count == 1
    assert tx.connection.scalars(sa.text("SELECT text FROM queries")).all() == [None]
