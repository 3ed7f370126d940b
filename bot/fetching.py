"""Fetches photographs from LINE: each is claimed, asked for and made anew between two transactions, and then kept."""

import logging
from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, assert_never

from faq.photograph import MOST_BYTES, Jpeg, Unfit, reencode
from store import photograph_fetching
from store.db import Database
from store.photograph_fetching import Wanted
from store.photographs import Why

if TYPE_CHECKING:  # the SDK takes 0.7 s to import; only the process that sends pays for it
    from bot.line import LineClient

log = logging.getLogger(__name__)


def fetch_next(
    database: Database, connect: "Callable[[], LineClient]", worker: str, clock: Callable[[], datetime]
) -> bool:
    """Fetches one; False where none waits whose time has come."""
    with database.read() as tx:
        if not photograph_fetching.is_any_ripe(tx, clock()):
            return False
    with database.write() as tx:
        wanted = photograph_fetching.claim(tx, worker, clock())
    if wanted is None:
        return False
    _keep(database, wanted, _had(connect(), wanted), worker, clock())
    return True


def _had(line: "LineClient", wanted: Wanted) -> Jpeg | Why | None:
    """The picture, or why there is none; None where LINE is to be asked again."""
    from bot.line import Content, NoContent

    match line.content(wanted.message_id, MOST_BYTES):
        case Content(data):
            made = reencode(data)
            return Why(made.value) if isinstance(made, Unfit) else made
        case NoContent.TOO_BIG:
            return Why.TOO_BIG
        case NoContent.GONE:
            return Why.GONE
        case NoContent.LATER:
            return None
        case other:
            assert_never(other)


def _keep(database: Database, wanted: Wanted, had: Jpeg | Why | None, worker: str, now: datetime) -> None:
    with database.write() as tx:
        if not photograph_fetching.holds(tx, wanted, worker):
            return  # taken back or erased meanwhile, or another worker has it
        if isinstance(had, Jpeg):
            photograph_fetching.fetched(tx, wanted, had)
        elif had is not None:
            log.warning("photograph %d: refused (%s)", wanted.id, had.value)
            photograph_fetching.refused(tx, wanted, had, now)
        else:
            log.warning("photograph %d: LINE did not give it, trying again", wanted.id)
            photograph_fetching.later(tx, wanted, now)
