"""LINE gets its answer in time: at a steady rate, in a burst, and while LINE itself takes no answer of ours.

In short nothing is timed: what counts is that each event is acknowledged while LINE hangs, and answered once. At full
length the acknowledgments are held against 100 ms (99 of 100) and a second (all).
"""

import sys
from pathlib import Path

import pytest

from store.db import Database
from tests.loaded import Outcome, Town, town
from tests.promises.length import FULL, at_length
from tests.service import Program

RATE = 50
pytestmark = pytest.mark.slow


def address(database: Database) -> str:
    return database.url.render_as_string(hide_password=False)


def test_in_time_and_all_answered_also_while_line_hangs(database: Database, tmp_path: Path) -> None:
    with town(address(database), database.keyring, tmp_path) as people:
        people.hears(RATE, at_length(20, 150))  # the SDK is loaded, the residents are met
        hold(people.hears(RATE, at_length(50, 30_000)))
        hold(people.hears(100, at_length(50, 500)))
        hold(while_line_hangs(people, at_length(40, 500)))


def while_line_hangs(people: Town, events: int) -> Outcome:
    taken, used = len(people.line.taken), len(people.line.used)
    with people.line.hanging():
        told = people.post(RATE, events)
    people.wait_until_quiet()
    return Outcome(told, len(people.line.taken) - taken, len(people.line.used) - used, told.seconds)


def hold(outcome: Outcome) -> None:
    sys.stdout.write(f"{outcome}\n")
    assert outcome.exact, outcome
    if FULL:
        assert outcome.within(0.99) <= 0.1, outcome
        assert max(outcome.told.took) <= 1, outcome


def test_a_call_to_line_within_the_webhook_holds_up_acknowledgments(sqlite: Database, tmp_path: Path) -> None:
    off: Program = ("-m", "tests.unguarded", "answered_within_the_webhook")
    with town(address(sqlite), sqlite.keyring, tmp_path, program=off) as people:
        with people.line.hanging():
            told = people.post(RATE, events := 60, patience=2)
        assert len(told.took) < events
