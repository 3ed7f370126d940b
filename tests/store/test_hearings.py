"""Hearings and ways are read back as they were taken in."""

from dataclasses import replace

from faq.hearings import HearingId
from faq.ways import WayId
from store import hearings, knowledge, ways
from tests.conftest import NOON
from tests.faq.place_files import HEARING, WAY


def test_hearings_are_kept_as_they_are(tx):
    undated = replace(HEARING, id=HearingId("undated"), day=None, dates="平成27年8月", starts=None, ends=None)
    knowledge.take_in(tx, [HEARING, undated], NOON)
    assert {HEARING, undated} <= set(hearings.all_hearings(tx))
    assert knowledge.take_in(tx, [HEARING], NOON).same == 1


def test_ways_are_kept_in_their_order(tx):
    first, last = replace(WAY, id=WayId("first"), place=0), replace(WAY, id=WayId("last"), place=999)
    knowledge.take_in(tx, [last, WAY, first], NOON)
    found = ways.all_ways(tx)
    assert WAY in found
    assert (found[0], found[-1]) == (first, last)
