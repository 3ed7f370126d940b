"""Of which dangers staff are told at once, and which section: of none, until an administrator says so."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from faq.counters import SectionId
from nlp.danger import DangerKind, Severity
from store import audit
from store.audit import ByAccount, Kind
from store.db import Tx
from store.sight import Viewer
from store.tables import alarm_rules


@dataclass(frozen=True, slots=True)
class AlarmRule:
    """Who is told of a kind of danger."""

    section: SectionId
    talks: bool
    """Also of a question about help, or of distress that may be harmless; else of a present danger alone."""

    def tells(self, severity: Severity) -> bool:
        return self.talks or severity is Severity.NOW


def all_rules(tx: Tx) -> dict[DangerKind, AlarmRule]:
    """Those that are switched on."""
    rows = tx.connection.execute(sa.select(alarm_rules))
    known = set(DangerKind)
    return {
        DangerKind(row.danger): AlarmRule(SectionId(row.section), row.talks)
        for row in rows
        if row.danger in known
    }


def find(tx: Tx, danger: DangerKind) -> AlarmRule | None:
    """None where nobody is told."""
    row = tx.connection.execute(sa.select(alarm_rules).where(alarm_rules.c.danger == danger.value)).first()
    return None if row is None else AlarmRule(SectionId(row.section), row.talks)


def change(tx: Tx, viewer: Viewer, rules: Mapping[DangerKind, AlarmRule | None], now: datetime) -> int:
    """Switches kinds on (a rule) or off (None); how many were otherwise. Who may, the page decides (`ADMINS`)."""
    before = all_rules(tx)
    changed = {danger: rule for danger, rule in rules.items() if before.get(danger) != rule}
    for danger, rule in changed.items():
        tx.connection.execute(alarm_rules.delete().where(alarm_rules.c.danger == danger.value))
        if rule is not None:
            values = {"danger": danger.value, "section": rule.section, "talks": rule.talks}
            tx.connection.execute(alarm_rules.insert().values(values))
        act, detail = ("alarm.switched_on", {"section": rule.section}) if rule else ("alarm.switched_off", {})
        audit.record(tx, ByAccount(viewer.account), act, Kind.ALARM, danger.value, now, **detail)
    return len(changed)
