"""Every term is read back as it was taken in."""

from dataclasses import replace
from datetime import time

import pytest

from faq.terms import Ages, Allocation, Before, Terms
from store import knowledge, terms
from store.db import Database
from tests.conftest import NOON
from tests.faq.place_files import TERMS

LOTS = replace(TERMS, allocation=Allocation.LOTTERY, draw=Before(7, time(10)))
UNKNOWN = replace(
    TERMS,
    section=None, open=False, modes=(), minutes=None, seats=None, opens=None, line_until=None, phone_until=None,
    line_share=None, residence=(), ages=None, insurance=(), limit=None, exclusions=(), accommodations=(),
    allocation=Allocation.FIRST_COME, draw=None,
)  # fmt: skip


@pytest.mark.parametrize(
    "kept", [TERMS, LOTS, UNKNOWN, replace(LOTS, ages=Ages(None, 39), draw=Before(0, time(0)))]
)
def test_terms_are_kept_as_they_are(database: Database, kept: Terms) -> None:
    with database.write() as tx:
        knowledge.take_in(tx, [kept], NOON)
        assert knowledge.take_in(tx, [kept], NOON).same == 1
    with database.read() as tx:
        assert [each for each in terms.all_terms(tx) if each.programme == TERMS.programme] == [kept]
