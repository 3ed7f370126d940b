"""What residents chose, and whom that reaches."""

import pytest

from faq.topics import TopicId
from nlp.language import Language
from store import leaving, residents, subscriptions
from store.subscriptions import NOTHING, Subscription
from tests.conftest import NOON
from tests.mailings import CHILDCARE, WASTE, follow


def test_nothing_is_chosen_until_somebody_chooses(tx):
    hanako = residents.meet(tx, "U" + "1" * 32, NOON).id
    assert subscriptions.of_resident(tx, hanako) == NOTHING
    for _ in range(2):
        subscriptions.choose(tx, hanako, [CHILDCARE, WASTE], NOON)
    subscriptions.live_in(tx, hanako, "東区", NOON)
    assert subscriptions.of_resident(tx, hanako) == Subscription(frozenset({CHILDCARE, WASTE}), "東区")
    assert subscriptions.give_up(tx, hanako, [WASTE, TopicId("other")]) == 1
    assert subscriptions.give_up_all(tx, hanako)
    assert not subscriptions.give_up_all(tx, hanako)
    assert subscriptions.of_resident(tx, hanako) == NOTHING


@pytest.mark.parametrize(
    ("topics", "wards", "people"),
    [
        ([CHILDCARE], [], 3),
        ([CHILDCARE, WASTE], [], 4),
        ([CHILDCARE], ["東区"], 2),
        ([CHILDCARE], ["北区"], 1),
        ([TopicId("other")], [], 0),
    ],
)
def test_whom_a_notice_reaches(tx, topics, wards, people):
    follow(tx, [1])
    follow(tx, [2], ward="東区")
    follow(tx, [3], ward="西区", language=lambda _: Language.ENGLISH)
    follow(tx, [4], topics=[WASTE], ward="南区")
    blocked, leaves = follow(tx, [5, 6])
    residents.follow(tx, blocked, follows=False)
    leaving.ask(tx, leaves, NOON, waits=True)
    found = subscriptions.count(tx, topics, wards)
    assert found.total() == people
    assert found[Language.ENGLISH] == (people >= 3)


def test_how_many_hear_of_each_topic(tx):
    follow(tx, [1, 2], topics=[CHILDCARE, WASTE])
    (blocked,) = follow(tx, [3])
    residents.follow(tx, blocked, follows=False)
    assert subscriptions.by_topic(tx) == {CHILDCARE: 2, WASTE: 2}
