"""Which menu LINE shows below the talk: everybody's, by the mode, and their own to who reads another language.

Whoever sees another menu than they should is claimed in a batch under a lease and linked between transactions. To link
is idempotent, so after a kill, or an answer that never came, it is done again.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final, NewType

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from nlp.language import Language
from store import residents, work
from store.db import Tx
from store.inserting import unless_there
from store.residents import ResidentId
from store.tables import menu_of_all, menus_shown, menus_uploaded
from store.tables import residents as residents_table

MenuId = NewType("MenuId", str)
"""LINE's; empty: everybody's menu."""
OF_ALL: Final = MenuId("")
MOST: Final = 500
"""People that LINE links in one request."""
_ONE: Final = 1
_UNLEASED: Final = {"leased_by": None, "leased_until": None}


@dataclass(frozen=True, slots=True)
class Menu:
    """A menu by what it is for."""

    language: Language
    in_disaster: bool = False

    @property
    def name(self) -> str:
        return f"{self.language}-disaster" if self.in_disaster else self.language.value


MENUS: Final = tuple(Menu(language, mode) for mode in (False, True) for language in Language)


@dataclass(frozen=True, slots=True)
class Batch:
    """People who are to see one menu."""

    menu: MenuId
    residents: tuple[ResidentId, ...]
    addresses: tuple[str, ...]
    attempts: int


@dataclass(frozen=True, slots=True)
class Default:
    """What everybody is to see."""

    menu: MenuId
    attempts: int


def uploaded(tx: Tx) -> Mapping[str, MenuId]:
    """The menus that LINE keeps, by name."""
    return {row.name: MenuId(row.menu_id) for row in tx.connection.execute(sa.select(menus_uploaded))}


def keep_uploaded(tx: Tx, menus: Mapping[str, MenuId], now: datetime) -> None:
    """Notes what LINE keeps, in place of what it kept before."""
    tx.connection.execute(menus_uploaded.delete())
    rows = [{"name": name, "menu_id": menu, "uploaded_at": now} for name, menu in menus.items()]
    if rows:
        tx.connection.execute(menus_uploaded.insert(), rows)


def forget_shown(tx: Tx) -> None:
    """What is shown to whom is not known any more: it is another LINE."""
    tx.connection.execute(menu_of_all.delete())
    tx.connection.execute(menus_shown.delete())


def of_everybody(menus: Mapping[str, MenuId], *, in_disaster: bool) -> MenuId:
    """Everybody's menu in this mode; that of ordinary days where there is none for a disaster."""
    return _of(menus, Language.JAPANESE, in_disaster)


def own(menus: Mapping[str, MenuId], language: Language, *, in_disaster: bool) -> MenuId:
    """Whose menu people who read the language see; `OF_ALL` for Japanese, and where there is none in theirs."""
    return OF_ALL if language is Language.JAPANESE else _of(menus, language, in_disaster)


def _of(menus: Mapping[str, MenuId], language: Language, in_disaster: bool) -> MenuId:
    usual = menus.get(Menu(language).name, OF_ALL)
    return menus.get(Menu(language, True).name, usual) if in_disaster else usual


def is_due(tx: Tx, *, in_disaster: bool, now: datetime) -> bool:
    """Whether somebody sees another menu than they should: a look that writes nothing."""
    menus = uploaded(tx)
    if not menus:
        return False
    return _default_is_due(tx, menus, in_disaster, now) or _first(tx, menus, in_disaster, now, 1) is not None


def claim_default(tx: Tx, worker: str, *, in_disaster: bool, now: datetime) -> Default | None:
    """Takes it upon this worker to change everybody's menu; None where that is as it should be, or another does."""
    menus = uploaded(tx)
    unless_there(tx, menu_of_all, {"id": _ONE, "menu_id": OF_ALL, "attempts": 0, "not_before": now})
    if not _default_is_due(tx, menus, in_disaster, now):
        return None
    lease = {"leased_by": worker, "leased_until": now + work.LEASE}
    claimed = menu_of_all.update().where(_is_free(menu_of_all, now)).values(lease)
    attempts = tx.connection.scalar(claimed.returning(menu_of_all.c.attempts))
    wanted = of_everybody(menus, in_disaster=in_disaster)
    return None if attempts is None else Default(wanted, attempts)


def _default_is_due(tx: Tx, menus: Mapping[str, MenuId], in_disaster: bool, now: datetime) -> bool:
    wanted = of_everybody(menus, in_disaster=in_disaster)
    row = tx.connection.execute(sa.select(menu_of_all.c.menu_id, _is_free(menu_of_all, now))).first()
    return wanted != OF_ALL and (row is None or (row[0] != wanted and bool(row[1])))


def claim(tx: Tx, worker: str, *, in_disaster: bool, now: datetime) -> Batch | None:
    """Takes people who are to see one menu, at most `MOST`: half as many after each try that failed.

    So one person whom LINE does not take keeps nobody else waiting for long.
    """
    first = _first(tx, uploaded(tx), in_disaster, now, MOST)
    if first is None:
        return None
    menu, attempts, people = first
    lease = {"leased_by": worker, "leased_until": now + work.LEASE}
    rows = [
        {"resident_id": each, "menu_id": OF_ALL, "attempts": 0, "not_before": now, **lease} for each in people
    ]
    insert = postgresql.insert if tx.connection.dialect.name == "postgresql" else sqlite.insert
    taken = insert(menus_shown).on_conflict_do_update(
        index_elements=[menus_shown.c.resident_id], set_=lease, where=_is_free(menus_shown, now)
    )
    mine = tx.connection.scalars(taken.returning(menus_shown.c.resident_id), rows).all()
    if not mine:
        return None
    found = tuple(ResidentId(each) for each in sorted(mine))
    return Batch(menu, found, tuple(residents.address(tx, each) for each in found), attempts)


def _first(
    tx: Tx, menus: Mapping[str, MenuId], in_disaster: bool, now: datetime, most: int
) -> tuple[MenuId, int, list[int]] | None:
    """Those who are to see the same as the first of all who see another menu than they should."""
    free = sa.or_(menus_shown.c.resident_id.is_(None), _is_free(menus_shown, now))
    rows = tx.connection.execute(_astray(menus, in_disaster).where(free).limit(most)).all()
    if not rows:
        return None
    attempts = rows[0].attempts or 0
    same = [row.id for row in rows if row.wanted == rows[0].wanted and (row.attempts or 0) == attempts]
    return MenuId(rows[0].wanted), attempts, same[: max(1, MOST >> attempts)]


def astray(tx: Tx, *, in_disaster: bool) -> int:
    """How many see another menu than they should, whoever works on it."""
    menus = uploaded(tx)
    wrong = _astray(menus, in_disaster).order_by(None).subquery()
    count = tx.connection.scalar(sa.select(sa.func.count()).select_from(wrong)) or 0
    of_all = of_everybody(menus, in_disaster=in_disaster)
    now_shown = tx.connection.scalar(sa.select(menu_of_all.c.menu_id))
    return count + (of_all not in (OF_ALL, now_shown))


def _astray(menus: Mapping[str, MenuId], in_disaster: bool) -> sa.Select[tuple[int, str, int]]:
    """Who sees another menu than they should, and which they are to see."""
    theirs = {each: own(menus, each, in_disaster=in_disaster) for each in Language}
    theirs = {language: menu for language, menu in theirs.items() if menu != OF_ALL}
    language, shown = residents_table.c.language, sa.func.coalesce(menus_shown.c.menu_id, OF_ALL)
    cases = {each.value: menu for each, menu in theirs.items()}
    wanted = sa.case(cases, value=language, else_=OF_ALL) if cases else sa.literal(OF_ALL)
    concerned = sa.or_(language.in_(list(cases)), menus_shown.c.menu_id != OF_ALL)
    return (
        sa.select(residents_table.c.id, wanted.label("wanted"), menus_shown.c.attempts)
        .select_from(residents_table.outerjoin(menus_shown))
        .where(residents_table.c.follows, concerned, wanted != shown)
        .order_by(residents_table.c.id)
    )


def shown(tx: Tx, batch: Batch, worker: str) -> None:
    """LINE shows it to them now."""
    done = {"menu_id": batch.menu, "attempts": 0, **_UNLEASED}
    tx.connection.execute(menus_shown.update().where(_is_mine(batch, worker)).values(done))


def later(tx: Tx, batch: Batch, worker: str, moment: datetime) -> None:
    """To be tried again at that moment."""
    again = {"attempts": menus_shown.c.attempts + 1, "not_before": moment, **_UNLEASED}
    tx.connection.execute(menus_shown.update().where(_is_mine(batch, worker)).values(again))


def default_shown(tx: Tx, default: Default, worker: str) -> None:
    """LINE shows it to everybody now."""
    done = {"menu_id": default.menu, "attempts": 0, **_UNLEASED}
    tx.connection.execute(menu_of_all.update().where(menu_of_all.c.leased_by == worker).values(done))


def default_later(tx: Tx, worker: str, moment: datetime) -> None:
    """To be tried again at that moment."""
    again = {"attempts": menu_of_all.c.attempts + 1, "not_before": moment, **_UNLEASED}
    tx.connection.execute(menu_of_all.update().where(menu_of_all.c.leased_by == worker).values(again))


def _is_mine(batch: Batch, worker: str) -> sa.ColumnElement[bool]:
    return sa.and_(menus_shown.c.leased_by == worker, menus_shown.c.resident_id.in_(batch.residents))


def _is_free(table: sa.Table, now: datetime) -> sa.ColumnElement[bool]:
    """Rows on which nobody works, and whose time to be tried again has come."""
    free = sa.or_(table.c.leased_until.is_(None), table.c.leased_until < now)
    return sa.and_(free, table.c.not_before <= now)
