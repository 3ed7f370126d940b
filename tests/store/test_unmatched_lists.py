"""The inbox as a list."""

from datetime import timedelta

import pytest

from faq.counters import SectionId
from faq.models import EntryId
from store import queries, unmatched
from store.sight import AccountId, Role, Viewer
from store.unmatched import State
from store.unmatched_lists import NOBODYS, Order, Wanted, listed
from tests.conftest import NOON
from tests.line import HANAKO
from tests.store.inbox import asked, cluster_of

ADMIN = Viewer(AccountId(1), "管理", Role.ADMIN, None, personal=False)
DAY = timedelta(days=1)


@pytest.fixture
def three(tx):
    """One with most questions, one with the latest, and one that is answered."""
    most = cluster_of(tx, [asked(tx, "一", now=NOON - 3 * DAY), asked(tx, "一", HANAKO, now=NOON - 2 * DAY)])
    latest = cluster_of(tx, [asked(tx, "二", channel="fax")], "chuo-kumin")
    answered = cluster_of(tx, [asked(tx, "三")])
    unmatched.answered(tx, answered, EntryId("garbage"), NOON)
    return most, latest, answered


def found(tx, viewer=ADMIN, **wanted):
    return tuple(each.id for each in listed(tx, viewer, Wanted(**wanted)).clusters)


def test_what_is_asked_most_stands_first_or_what_was_asked_last(tx, three):
    most, latest, _ = three
    assert found(tx) == (most, latest)
    assert found(tx, order=Order.RECENT) == (latest, most)


@pytest.mark.parametrize(
    ("wanted", "places"),
    [
        ({"state": None}, {0, 1, 2}),
        ({"state": State.ANSWERED}, {2}),
        ({"section": NOBODYS}, {0}),
        ({"section": SectionId("chuo-kumin")}, {1}),
        ({"channel": "LINE"}, {0}),
        ({"channel": "fax"}, {1}),
        ({"channel": "mail"}, set()),
        ({"since": NOON - DAY}, {1}),
        ({"since": NOON - 2 * DAY}, {0, 1}),
    ],
    ids=str,
)
def test_what_is_left_out(tx, three, wanted, places):
    assert set(found(tx, **wanted)) == {three[place] for place in places}


def test_a_section_lists_its_own(tx, three):
    clerk = Viewer(AccountId(1), "職員", Role.STAFF, SectionId("chuo-kumin"), personal=False)
    assert found(tx, clerk, state=None) == (three[1],)


def test_a_cluster_from_which_a_call_was_taken_back_is_gone(tx):
    query = asked(tx, "一")
    cluster_of(tx, [query])
    queries.take_back(tx, query)
    assert found(tx) == ()


def test_pages(tx, monkeypatch):
    monkeypatch.setattr("store.unmatched_lists.A_PAGE", 2)
    made = [cluster_of(tx, [asked(tx, "一")]) for _ in range(3)]
    assert found(tx) == (made[2], made[1])
    last = listed(tx, ADMIN, Wanted(page=9))
    assert ([each.id for each in last.clusters], last.page, last.pages, last.total) == ([made[0]], 2, 2, 3)
