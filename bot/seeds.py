"""Fills an empty store from `data/`. Afterwards the store is the truth."""

import logging
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from bot.settings import SettingsError
from faq import exchange
from faq.kinds import KINDS
from faq.problems import Refused
from store import knowledge
from store.db import Database, Tx

log = logging.getLogger(__name__)
FILES = ("faq", "offices", "shelters", "synonyms", "questions")


class BadSeeds(SettingsError):
    """A file of DATA_DIR has errors; the message lists them."""


def fill_if_empty(database: Database, data_dir: Path, now: datetime, kinds: Sequence[str] = FILES) -> bool:
    """Takes in the files of the data folder in one transaction; False where the store knows something.

    Raises BadSeeds, and then nothing has changed.
    """
    with database.write() as tx:
        if knowledge.version(tx):
            return False
        for kind in kinds:
            _fill(tx, kind, data_dir / f"{kind}.csv", now)
    return True


def _fill(tx: Tx, kind: str, file: Path, now: datetime) -> None:
    if not file.exists():
        return
    read = exchange.read(KINDS[kind], file)
    if isinstance(read, Refused):
        raise BadSeeds("\n".join(f"{file}: {problem}" for problem in read.problems))
    changes = knowledge.take_in(tx, read.records, now)
    log.info("%s: %d records", file, changes.new)
