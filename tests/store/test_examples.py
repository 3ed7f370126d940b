"""What residents asked, opened to be shown."""

import json

import pytest
import sqlalchemy as sa

from store import accounts, examples, queries
from store.accounts import Draft
from store.audit import COMMAND
from store.examples import Why
from store.queries import Verdict
from store.sight import Role
from store.tables import audit
from tests.conftest import NOON
from tests.line import HANAKO
from tests.store.inbox import asked, cluster_of


@pytest.fixture
def staff(tx):
    return accounts.add(tx, Draft("sato", "佐藤さん", Role.STAFF), COMMAND, NOON).viewer


def looks(tx):
    rows = tx.connection.execute(sa.select(audit).where(audit.c.act == "cluster.read"))
    return [(row.actor_id, row.subject, json.loads(row.detail)) for row in rows]


def test_they_are_masked_but_for_what_is_public(tx, staff):
    text = "山田太郎と申します。096-123-4567です。096-334-1500に電話しました"
    cluster = cluster_of(tx, [asked(tx, text, HANAKO)])
    (found,) = examples.opened(tx, staff, [cluster], {"096-334-1500"}, NOON)
    assert found.text == "［お名前］と申します。［電話番号］です。096-334-1500に電話しました"


def test_every_look_is_in_the_audit_without_the_words(tx, staff):
    cluster = cluster_of(tx, [asked(tx, "ドローン"), asked(tx, "飛ばす")])
    examples.opened(tx, staff, [cluster], (), NOON)
    assert looks(tx) == [(staff.account, str(cluster), {"clusters": str(cluster), "count": "2"})]


def test_where_nothing_is_left_nothing_was_looked_at(tx, staff):
    cluster = cluster_of(tx, [asked(tx, "ドローン", HANAKO)])
    tx.connection.execute(sa.text("UPDATE queries SET text = NULL"))
    assert examples.opened(tx, staff, [cluster], (), NOON) == ()
    assert looks(tx) == []


def test_the_latest_of_each_and_a_page_at_a_time(tx, staff):
    one = [asked(tx, f"質問{number}") for number in range(3)]
    two = [asked(tx, "別")]
    clusters = [cluster_of(tx, one), cluster_of(tx, two)]
    found = examples.opened(tx, staff, clusters, (), NOON, most=2)
    assert [each.query for each in found] == [*two, one[2], one[1]]
    found = examples.opened(tx, staff, clusters, (), NOON, most=2, page=2)
    assert [each.query for each in found] == [one[0]]


@pytest.mark.parametrize(
    ("verdict", "why"),
    [
        (None, Why.NO_ANSWER),
        (Verdict.NONE_OF_THESE, Why.NONE_OF_THESE),
        (Verdict.DID_NOT_HELP, Why.DID_NOT_HELP),
    ],
)
def test_why_it_is_there(tx, staff, verdict, why):
    query = asked(tx, "ドローン", outcome="choose")
    if verdict:
        queries.judge(tx, query, verdict)
    (found,) = examples.opened(tx, staff, [cluster_of(tx, [query])], (), NOON)
    assert found.why is why
