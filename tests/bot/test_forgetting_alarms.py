"""The clock takes out the words of an alarm after a day, also where SQLite's log still has them."""

from datetime import timedelta

import sqlalchemy as sa

from bot.city import LiveCity
from bot.due import Due
from nlp.danger import DangerKind, Severity
from store import alarm_rules, alarms, residents
from store.alarm_rules import AlarmRule
from store.alarms import WORDS_FOR
from store.db import Database
from store.sight import Role
from store.tables import alarms as alarms_table
from tests.conftest import NOON
from tests.line import HANAKO
from tests.store.cases import KUMIN, person


def test_words_go_after_a_day_and_the_rest_stays(sqlite: Database, city: LiveCity) -> None:
    with sqlite.write() as tx:
        rule = {DangerKind.SEA: AlarmRule(KUMIN, talks=False)}
        alarm_rules.change(tx, person(tx, "chief", Role.ADMIN), rule, NOON)
        hanako = residents.meet(tx, HANAKO, NOON).id
        assert alarms.report(tx, hanako, DangerKind.SEA, Severity.NOW, "船が沈む", NOON)
        sealed: bytes = tx.connection.execute(sa.select(alarms_table.c.words)).scalar_one()
    due = Due(sqlite, city, lambda: NOON, lambda _, error: None)
    for passed, has_words in ((WORDS_FOR - timedelta(seconds=1), True), (WORDS_FOR, False)):
        due.forget_alarms(NOON + passed)
        with sqlite.read() as tx:
            kept = tx.connection.execute(sa.select(alarms_table.c.words)).scalar_one()
        assert (kept is not None) is has_words
    assert sqlite.file is not None
    files = [each for each in sqlite.file.parent.glob(f"{sqlite.file.name}*") if each.suffix != ".lock"]
    assert files
    assert not any(sealed in each.read_bytes() for each in files)
