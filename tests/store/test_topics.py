"""Topics are read back as they were taken in, in their order."""

from dataclasses import replace

from faq.topics import TopicId
from store import knowledge, topics
from store.db import Database
from tests.conftest import NOON
from tests.faq.place_files import TOPIC


def test_topics_are_kept_as_they_are_in_their_order(database: Database) -> None:
    first, last = (
        replace(TOPIC, id=TopicId("first"), place=0),
        replace(TOPIC, id=TopicId("last"), place=999),
    )
    with database.write() as tx:
        knowledge.take_in(tx, [last, TOPIC, first], NOON)
        assert knowledge.take_in(tx, [TOPIC], NOON).same == 1
    with database.read() as tx:
        found = topics.all_topics(tx)
        assert TOPIC in found
        assert (found[0], found[-1]) == (first, last)
