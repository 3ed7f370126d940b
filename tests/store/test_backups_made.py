from datetime import timedelta

import sqlalchemy as sa

from store import backups_made
from store.backups_made import Made, Missed
from store.tables import backups
from tests.conftest import NOON

WELL = Made(NOON, NOON + timedelta(seconds=2), "b.db", 1, 1)


def test_the_newest_that_went_well_outlasts_all_that_failed_since(database, monkeypatch):
    monkeypatch.setattr(backups_made, "_KEPT", 3)
    with database.write() as tx:
        backups_made.record(tx, WELL)
        for minute in range(10):
            backups_made.record(tx, Missed(NOON + timedelta(minutes=minute), "b.db", "no room"))
        assert backups_made.newest(tx) == WELL
        assert tx.connection.scalar(sa.select(sa.func.count()).select_from(backups)) == 1 + 3
