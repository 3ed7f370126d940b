"""Settings that an administrator may change while the service runs.

They are read in the transaction that needs them, so a change counts for every process from the next one on.
Only what differs from the default is kept: a default that a later version changes reaches every city that
never chose otherwise.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import datetime, time, timedelta
from types import MappingProxyType
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from nlp.japan import JAPAN
from store import audit
from store.audit import Actor, Kind
from store.db import Tx
from store.tables import run_settings

HELP_LINE_MOST = 200
"""Characters: a line at the foot of a page, on a telephone three."""
LINE_QUOTA_MOST = 10_000_000


@dataclass(frozen=True, slots=True)
class RunSettings:
    """How the service runs at present."""

    help_line: str = ""
    """Whom the people at the city ask: stands at the foot of each of their pages; empty: nothing does."""
    idle: timedelta = timedelta(minutes=30)
    """After how long without a request a session ends; whole minutes."""
    password_sign_in: bool = True
    """Whether a password may be used although there is single sign-on. Administrators always may."""
    reminders_from: int = 8
    """The hour in Japan from which reminders and offers go out."""
    reminders_until: int = 20
    """The hour in Japan from which they wait for the next day; after `reminders_from`, at most 24."""
    open_data: bool = True
    """Whether everybody may fetch what is published, as files."""
    line_quota: int = 0
    """Pushes that LINE's plan gives for a month; 0: there is no limit, or nobody said."""

    def may_remind(self, now: datetime) -> bool:
        """Whether reminders and offers may go out at this moment."""
        return self.reminders_from <= now.astimezone(JAPAN).hour < self.reminders_until

    def may_remind_from(self, now: datetime) -> datetime:
        """The first moment, not before `now`, at which they may."""
        if self.may_remind(now):
            return now
        local = now.astimezone(JAPAN)
        day = local.date() + timedelta(days=local.hour >= self.reminders_until)
        return datetime.combine(day, time(self.reminders_from), JAPAN).astimezone(now.tzinfo)


DEFAULTS: Final = RunSettings()


def read(tx: Tx) -> RunSettings:
    """The settings as they are in this transaction."""
    kept = tx.connection.execute(sa.select(run_settings.c.name, run_settings.c.value))
    # A row of another version of the program is none of ours.
    return replace(DEFAULTS, **{name: _PARSE[name](value) for name, value in kept if name in _PARSE})


IDLE: Final = sa.select(run_settings.c.value).where(run_settings.c.name == "idle").scalar_subquery()
"""For statements that need nothing else of the settings; `idle_of` reads what it gives."""


def idle_of(kept: str | None) -> timedelta:
    """After how long without a request a session ends; `kept` is what `IDLE` gave."""
    return DEFAULTS.idle if kept is None else timedelta(minutes=int(kept))


def change(tx: Tx, to: RunSettings, by: Actor, now: datetime) -> tuple[str, ...]:
    """Takes these settings; the names of those that are new. Each is audited with what it was and is."""
    before = read(tx)
    changed = tuple(name for name in _PARSE if getattr(before, name) != getattr(to, name))
    for name in changed:
        was, becomes = told(before, name), told(to, name)
        audit.record(tx, by, "change", Kind.SETTING, name, now, was=was, becomes=becomes)
        if getattr(to, name) == getattr(DEFAULTS, name):
            tx.connection.execute(run_settings.delete().where(run_settings.c.name == name))
        else:
            _keep(tx, name, becomes, now)
    return changed


def _keep(tx: Tx, name: str, value: str, now: datetime) -> None:
    # Two administrators may change the same setting at one moment: the later one's counts.
    insert = postgresql.insert if tx.connection.dialect.name == "postgresql" else sqlite.insert
    new = {"value": value, "changed_at": now}
    kept = insert(run_settings).values(name=name, **new)
    tx.connection.execute(kept.on_conflict_do_update(index_elements=["name"], set_=new))


def told(settings: RunSettings, name: str) -> str:
    """The value of the setting of that name, as it is kept."""
    value: object = getattr(settings, name)
    match value:
        case bool():
            return "yes" if value else "no"
        case timedelta():
            return str(value // timedelta(minutes=1))
        case _:
            return str(value)


_PARSE: Final[Mapping[str, Callable[[str], Any]]] = MappingProxyType(
    {
        "help_line": str,
        "idle": lambda text: timedelta(minutes=int(text)),
        "password_sign_in": lambda text: text == "yes",
        "reminders_from": int,
        "reminders_until": int,
        "open_data": lambda text: text == "yes",
        "line_quota": int,
    }
)
assert set(_PARSE) == {field.name for field in fields(RunSettings)}
