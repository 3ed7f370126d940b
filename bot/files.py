"""The commands `import` and `export`: knowledge in and out by file."""

import sys
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from faq import exchange, snapshot, writing
from faq.kinds import KINDS
from faq.opendata import write_faqpage
from faq.problems import Refused
from faq.snapshot import Holdings
from faq.writing import Written
from store import knowledge
from store.db import Database, Tx

ALL: Mapping[str, Callable[[Tx], Sequence[Any]]] = {
    "faq": knowledge.all_entries,
    "offices": knowledge.all_offices,
    "shelters": knowledge.all_shelters,
    "synonyms": knowledge.all_synonyms,
    "questions": knowledge.all_questions,
}
"""How the records of each kind are read from the store."""


def take_in(
    database: Database, kind: str, file: Path, now: datetime, *, check: bool, replace_all: bool
) -> int:
    """Imports a file, or only checks it; the exit code. With one bad row, nothing changes."""
    with database.read() as tx:
        known = {"faq": {entry.id for entry in knowledge.all_entries(tx)}}
    read = exchange.read(KINDS[kind], file, known)
    if isinstance(read, Refused):
        _list(read)
        return 1
    for note in read.notes:
        sys.stderr.write(f"{note}\n")
    with database.write() as tx:
        changes = knowledge.take_in(tx, read.records, now, replace_all=replace_all)
        if check:
            tx.connection.rollback()
    verb = "would be " if check else ""
    sys.stdout.write(
        f"{file}: {len(read.records)} records; {verb}new {changes.new}, {verb}changed {changes.changed}, "
        f"same {changes.same}, {verb}removed {changes.removed}\n"
    )
    return 0


def _list(refused: Refused) -> None:
    for problem in refused.problems:
        sys.stderr.write(f"{problem}\n")
    sys.stderr.write(f"エラー {refused.total} 件。何も変更していません。\n")


def give_out(database: Database, kind: str, file: Path) -> int:
    """Exports a kind, a snapshot or open data; the exit code."""
    with database.read() as tx:
        written = _write(tx, kind, file)
    if isinstance(written, Refused):
        _list(written)
        return 1
    sys.stdout.write(f"{written.path}: {written.rows} records\n")
    return 0


def _write(tx: Tx, kind: str, file: Path) -> Written | Refused:
    if kind == "snapshot":
        holdings = Holdings(
            knowledge.all_entries(tx),
            knowledge.all_offices(tx),
            knowledge.all_shelters(tx),
            knowledge.all_synonyms(tx),
        )
        return snapshot.write_snapshot(holdings, file)
    if kind == "faqpage":
        return write_faqpage(knowledge.all_entries(tx), file)
    return writing.write(KINDS[kind], ALL[kind](tx), file)
