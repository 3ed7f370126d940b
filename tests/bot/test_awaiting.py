"""What is waited for at a start; `migrate` is in tests/promises/test_upgrade.py, processes in test_machines.py."""

import pytest
import sqlalchemy as sa

from bot.awaiting import wait_until_done
from store.db import Database
from store.keyring import Keyring
from tests.service import free_port


def test_a_database_that_is_away_is_asked_again_and_the_reason_is_said_once(
    database: Database, keyring: Keyring, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = [Database(f"postgresql://127.0.0.1:{free_port()}/helpdesk", keyring)] * 3 + [database]
    rests = list[float]()
    wait_until_done(lambda: _ask(asked.pop(0)), rests.append)
    assert rests == [1.0] * 3
    told = capsys.readouterr().err
    assert told.count("Waiting for the database: ") == 1
    assert "refused" in told
    assert "`python -m bot doctor`" in told


def test_what_waiting_does_not_mend_is_raised(database: Database) -> None:
    def step() -> None:
        with database.read() as tx:
            tx.connection.execute(sa.text("SELECT nothing FROM nowhere"))

    with pytest.raises(sa.exc.DBAPIError):
        wait_until_done(step, lambda _: pytest.fail("it would wait for ever"))


def _ask(database: Database) -> None:
    with database.read() as tx:
        tx.connection.execute(sa.text("SELECT 1"))
