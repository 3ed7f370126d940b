"""Shows residents the menu that is theirs, and everybody the one of the mode; LINE is called between transactions."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from store import disaster, rich_menus, work
from store.db import Database
from store.rich_menus import OF_ALL, Batch

if TYPE_CHECKING:
    from bot.line import LineClient, Sent

log = logging.getLogger(__name__)
_A_DAY = timedelta(days=1)


def link_next(
    database: Database, connect: "Callable[[], LineClient]", worker: str, clock: Callable[[], datetime]
) -> bool:
    """Changes everybody's menu, or that of up to 500 people; False where all see what they should."""
    now = clock()
    with database.read() as tx:
        in_disaster = disaster.present(tx, now) is not None
        if not rich_menus.is_due(tx, in_disaster=in_disaster, now=now):
            return False
    return _default(database, connect(), worker, in_disaster, clock) or _batch(
        database, connect(), worker, in_disaster, clock
    )


def _default(
    database: Database, line: "LineClient", worker: str, in_disaster: bool, clock: Callable[[], datetime]
) -> bool:
    with database.write() as tx:
        default = rich_menus.claim_default(tx, worker, in_disaster=in_disaster, now=clock())
    if default is None:
        return False
    status = _status(line.show_menu_to_all(default.menu))
    with database.write() as tx:
        if 200 <= status < 300:
            rich_menus.default_shown(tx, default, worker)
        else:
            log.warning("rich menu: not shown to all (status %d), trying again", status)
            rich_menus.default_later(tx, worker, clock() + work.backoff(default.attempts))
    return True


def _batch(
    database: Database, line: "LineClient", worker: str, in_disaster: bool, clock: Callable[[], datetime]
) -> bool:
    with database.write() as tx:
        batch = rich_menus.claim(tx, worker, in_disaster=in_disaster, now=clock())
    if batch is None:
        return False
    if batch.menu == OF_ALL:
        status = _status(line.unlink_menu(batch.addresses))
    else:
        status = _status(line.link_menu(batch.menu, batch.addresses))
    with database.write() as tx:
        if 200 <= status < 300:
            rich_menus.shown(tx, batch, worker)
        else:
            rich_menus.later(tx, batch, worker, clock() + _wait(batch, status))
    return True


def _wait(batch: Batch, status: int) -> timedelta:
    """Where LINE does not take one of many, half as many are tried at once; one alone is left until tomorrow."""
    log.warning("rich menu: %d people not linked (status %d), trying again", len(batch.residents), status)
    if status == 400:
        return _A_DAY if len(batch.residents) == 1 else timedelta()
    return work.backoff(batch.attempts)


def _status(sent: "Sent") -> int:
    """0 where no answer came."""
    from bot.line import Answered

    return sent.status if isinstance(sent, Answered) else 0
