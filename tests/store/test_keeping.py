"""What the store keeps of files, as two processes that start at once write it."""

import threading

import pytest

from store import keeping
from store.db import Database, Tx
from tests.conftest import NOON
from tests.store.test_case_race import at_once


def test_two_processes_that_start_both_note_a_kind(
    postgres: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both have looked before either writes; on SQLite there is one writer at a time."""
    both_have_looked, looked = threading.Barrier(2), keeping.owned

    def owned(tx: Tx) -> frozenset[str]:
        found = looked(tx)
        both_have_looked.wait(10)
        return found

    monkeypatch.setattr(keeping, "owned", owned)
    at_once(postgres, *[lambda tx: keeping.own(tx, "trial", NOON)] * 2)
    with postgres.read() as tx:
        assert "trial" in looked(tx)
