"""What residents may choose to hear of."""

from collections.abc import Mapping
from typing import Final

from faq.topics import Topic
from store import keeping
from store.db import Tx
from store.keeping import Kept, Row, rows
from store.tables import topics


def all_topics(tx: Tx) -> tuple[Topic, ...]:
    """In their order."""
    return tuple(sorted(map(_topic, rows(tx, topics)), key=lambda topic: (topic.place, topic.id)))


def _topic(row: Row) -> Topic:
    return keeping.read(Topic, row, words=tuple(row["words"]))


KEPT: Final[Mapping[type, Kept]] = {
    Topic: Kept("topics", topics, lambda each: (each.id,), keeping.write, _topic)
}
"""Every kind of record."""
