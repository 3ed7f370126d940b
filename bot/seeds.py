"""Fills the store from `data/`, each kind of file once. Afterwards the store is the truth."""

import logging
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from bot.settings import SettingsError
from faq import exchange, fitting
from faq.holdings import Holdings
from faq.kinds import KINDS
from faq.problems import Refused
from faq.references import registers
from store import keeping, knowledge
from store.db import Database, Tx

log = logging.getLogger(__name__)
FILES = tuple(KINDS)


class BadSeeds(SettingsError):
    """A file of DATA_DIR has errors; the message lists them."""


def fill_if_empty(database: Database, data_dir: Path, now: datetime, kinds: Sequence[str] = FILES) -> bool:
    """Takes in the files of the data folder in one transaction; False where the store knew something.

    A store that knew something gets the kinds that it has never had, as a new version of the program brings
    them; where these do not fit to what staff have made of the others, they are left out and logged.
    Raises BadSeeds where the store is empty and a file has errors; then nothing has changed.
    """
    with database.read() as tx:
        was_empty, waiting = not knowledge.version(tx), missing(tx, data_dir, kinds)
    if not waiting:
        return False
    with database.write() as tx:
        keeping.claim(tx)
        holdings = knowledge.everything(tx)
        for kind in missing(tx, data_dir, kinds):
            filled = _fill(tx, kind, data_dir, now, holdings)
            if isinstance(filled, Holdings):
                holdings = filled
            elif was_empty:
                raise BadSeeds("\n".join(f"{data_dir / kind}.csv: {problem}" for problem in filled.problems))
            else:
                where, first = data_dir / f"{kind}.csv", filled.problems[0]
                log.warning("%s is left out, %d problems: mend and import it. %s", where, filled.total, first)
    return was_empty


def missing(tx: Tx, data_dir: Path, kinds: Sequence[str] = FILES) -> list[str]:
    """The kinds that the data folder has and the store has never had."""
    owned = keeping.owned(tx)
    return [kind for kind in kinds if kind not in owned and (data_dir / f"{kind}.csv").exists()]


def _fill(tx: Tx, kind: str, data_dir: Path, now: datetime, holdings: Holdings) -> Holdings | Refused:
    file, schema = data_dir / f"{kind}.csv", KINDS[kind]
    read = exchange.read(schema, file, registers(holdings))
    if isinstance(read, Refused):
        return read
    admitted = fitting.admit(schema, read, holdings, replace_all=False)
    if isinstance(admitted, Refused):
        return admitted
    changes = knowledge.take_in_kind(tx, kind, read.records, now)
    log.info("%s: %d records", file, changes.new)
    return admitted.holdings
