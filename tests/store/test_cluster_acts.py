"""What staff do with clusters, and how it is taken back; the second of two is told."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from faq.models import EntryId
from store import accounts, cluster_acts, unmatched
from store.accounts import Draft
from store.audit import COMMAND
from store.cluster_acts import Act, Changed, Done, NotThere
from store.sight import Role
from store.tables import audit, clustered
from store.unmatched import State
from tests.conftest import NOON
from tests.store.inbox import asked, cluster_of

SECTION = "chuo-kumin"


@pytest.fixture
def staff(tx):
    return accounts.add(tx, Draft("sato", "佐藤さん", Role.APPROVER), COMMAND, NOON).viewer


@pytest.fixture
def other(tx):
    return accounts.add(tx, Draft("mori", "森さん", Role.APPROVER), COMMAND, NOON).viewer


def members(tx, cluster):
    mine = sa.select(clustered.c.query_id).where(clustered.c.cluster_id == cluster)
    return tx.connection.scalars(mine.order_by(clustered.c.query_id)).all()


ACTS = {
    "name": lambda tx, who, of, version: cluster_acts.name(tx, who, of, version, "ドローン", NOON),
    "assign": lambda tx, who, of, version: cluster_acts.assign(tx, who, of, version, SECTION, NOON),
    "set aside": lambda tx, who, of, version: cluster_acts.out_of_scope(
        tx, who, of, version, "国の仕事", NOON
    ),
    "reopen": lambda tx, who, of, version: cluster_acts.reopen(tx, who, of, version, NOON),
    "split": lambda tx, who, of, version: cluster_acts.split(tx, who, of, version, members(tx, of)[:1], NOON),
    "merge": lambda tx, who, of, version: cluster_acts.merge(
        tx, who, of, version, cluster_of(tx, [asked(tx, "別")]), NOON
    ),
}


def shown(tx, viewer, cluster):
    found = unmatched.find(tx, viewer, cluster)
    return (found.label, found.state, found.section, found.reason, found.entry, found.count)


@pytest.mark.parametrize("act", ACTS.values(), ids=ACTS)
def test_every_act_can_be_taken_back(tx, staff, act):
    cluster = cluster_of(tx, [asked(tx, "一"), asked(tx, "二")])
    before = shown(tx, staff, cluster), members(tx, cluster)
    assert act(tx, staff, cluster, 1) == Done(cluster)
    assert act is ACTS["reopen"] or (shown(tx, staff, cluster), members(tx, cluster)) != before
    assert cluster_acts.undo(tx, staff, cluster, 2, NOON) == Done(cluster)
    assert (shown(tx, staff, cluster), members(tx, cluster)) == before


@pytest.mark.parametrize("act", ACTS.values(), ids=ACTS)
def test_the_second_of_two_is_told_and_changes_nothing(tx, staff, other, act):
    cluster, later = cluster_of(tx, [asked(tx, "一"), asked(tx, "二")]), NOON + timedelta(minutes=5)
    cluster_acts.name(tx, other, cluster, 1, "先", later)
    before = shown(tx, staff, cluster), members(tx, cluster)
    assert act(tx, staff, cluster, 1) == Changed("森さん", later)
    assert (shown(tx, staff, cluster), members(tx, cluster)) == before


@pytest.mark.parametrize("act", ACTS.values(), ids=ACTS)
def test_what_is_anothers_section_is_not_there(tx, act):
    clerk = accounts.add(tx, Draft("abe", "阿部さん", Role.STAFF), COMMAND, NOON).viewer
    cluster = cluster_of(tx, [asked(tx, "一"), asked(tx, "二")], SECTION)
    assert act(tx, clerk, cluster, 1) == NotThere()


def test_who_merges_what_somebody_has_merged_is_told(tx, staff, other):
    here, there, third = (cluster_of(tx, [asked(tx, text)]) for text in "一二三")
    cluster_acts.merge(tx, other, here, 1, there, NOON)
    assert cluster_acts.name(tx, staff, there, 1, "名", NOON) == Changed("森さん", NOON)
    assert cluster_acts.merge(tx, staff, third, 1, there, NOON) == NotThere()
    assert unmatched.find(tx, staff, there).id == here


def test_a_cluster_is_not_merged_with_itself(tx, staff):
    cluster = cluster_of(tx, [asked(tx, "一")])
    assert cluster_acts.merge(tx, staff, cluster, 1, cluster, NOON) == NotThere()


@pytest.mark.parametrize("which", [[], [0, 1], [0, 9]], ids=["none", "all", "what is elsewhere"])
def test_a_part_and_no_more_is_split_off(tx, staff, which):
    cluster = cluster_of(tx, [asked(tx, "一"), asked(tx, "二")])
    chosen = [(*members(tx, cluster), *[10**9] * 8)[at] for at in which]
    assert cluster_acts.split(tx, staff, cluster, 1, chosen, NOON) == NotThere()
    assert len(members(tx, cluster)) == 2


def test_a_split_is_not_taken_back_over_somebody_elses_work(tx, staff, other):
    cluster = cluster_of(tx, [asked(tx, "一"), asked(tx, "二")])
    cluster_acts.split(tx, staff, cluster, 1, members(tx, cluster)[:1], NOON)
    made = cluster + 1
    cluster_acts.name(tx, other, made, 1, "大事", NOON)
    assert isinstance(cluster_acts.undo(tx, staff, cluster, 2, NOON), Changed)
    assert members(tx, made)


def test_what_waits_opens_an_answered_cluster_that_it_is_merged_into(tx, staff):
    cluster, waits = cluster_of(tx, [asked(tx, "一")]), cluster_of(tx, [asked(tx, "二")])
    unmatched.answered(tx, cluster, EntryId("garbage"), NOON)
    cluster_acts.merge(tx, staff, cluster, 2, waits, NOON)
    assert shown(tx, staff, cluster)[1] is State.OPEN
    assert shown(tx, staff, cluster)[-1] == 1


def test_reopening_counts_all_of_it_again_and_can_be_taken_back(tx, staff):
    cluster = cluster_of(tx, [asked(tx, "一"), asked(tx, "二")])
    unmatched.answered(tx, cluster, EntryId("garbage"), NOON)
    cluster_acts.reopen(tx, staff, cluster, 2, NOON)
    assert shown(tx, staff, cluster)[1:] == (State.OPEN, None, "", "garbage", 2)
    cluster_acts.undo(tx, staff, cluster, 3, NOON)
    assert shown(tx, staff, cluster)[1] is State.ANSWERED
    assert unmatched.answered(tx, cluster, EntryId("garbage"), NOON) == (), "and nobody is told again"


def test_only_the_last_act_can_be_taken_back_and_only_once(tx, staff, other):
    cluster = cluster_of(tx, [asked(tx, "一")])
    assert cluster_acts.last_act(tx, cluster, 1) is None
    cluster_acts.name(tx, other, cluster, 1, "名", NOON)
    past = cluster_acts.last_act(tx, cluster, 2)
    assert (past.act, past.by, past.at) == (Act.NAMED, "森さん", NOON)
    cluster_acts.undo(tx, staff, cluster, 2, NOON)
    assert cluster_acts.last_act(tx, cluster, 3) is None
    assert cluster_acts.undo(tx, staff, cluster, 3, NOON) == Changed("", None)


def test_every_act_is_in_the_audit(tx, staff):
    cluster = cluster_of(tx, [asked(tx, "一"), asked(tx, "二")])
    cluster_acts.out_of_scope(tx, staff, cluster, 1, "山田さんの件", NOON)
    cluster_acts.undo(tx, staff, cluster, 2, NOON)
    rows = tx.connection.execute(sa.select(audit).where(audit.c.kind == "cluster")).all()
    assert [row.act for row in rows] == ["cluster.out_of_scope", "cluster.undone"]
    assert not any("山田" in row.detail for row in rows)
