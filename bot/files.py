"""The commands `import` and `export`: knowledge in and out by file."""

import sys
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from faq import exchange, fitting, snapshot, writing
from faq.exchange import Records
from faq.fitting import Admitted
from faq.holdings import Holdings
from faq.kinds import KINDS
from faq.opendata import write_faqpage
from faq.problems import Refused, of_file
from faq.programmes import ProgrammeId
from faq.references import registers
from faq.schemas import Schema
from faq.sentences import Fault, Notice
from faq.writing import Written
from store import audit, booked, keeping, knowledge, places, terms, translations
from store.audit import COMMAND, Kind
from store.db import Database, Tx
from store.keeping import Changes

ALL: Mapping[str, Callable[[Tx], Sequence[Any]]] = {
    "faq": knowledge.all_entries,
    "offices": places.all_offices,
    "shelters": places.all_shelters,
    "synonyms": knowledge.all_synonyms,
    "questions": knowledge.all_questions,
    "sections": places.all_sections,
    "procedures": places.all_procedures,
    "hours": places.all_hours,
    "closures": places.all_closures,
    "programmes": places.all_programmes,
    "programme-days": places.all_programme_days,
    "booking-terms": terms.all_terms,
    "translations": translations.all_translations,
}
"""How the records of each kind are read from the store."""


def take_in(
    database: Database, kind: str, file: Path, now: datetime, *, check: bool, replace_all: bool
) -> int:
    """Imports a file, or only checks it; the exit code. With one bad row, nothing changes."""
    schema = KINDS[kind]
    with database.read() as tx:
        known = registers(knowledge.everything(tx))
    read = exchange.read(schema, file, known)
    if isinstance(read, Refused):
        return _list(read)
    removes = replace_all and bool(read.records or schema.may_be_empty)
    with database.write() as tx:
        keeping.claim(tx)
        admitted = _admit(tx, schema, read, now, replace_all=removes)
        if isinstance(admitted, Refused):
            return _list(admitted)
        changes = knowledge.take_in_kind(tx, kind, read.records, now, replace_all=removes)
        if check:
            tx.connection.rollback()
        else:
            _note(tx, kind, changes, now)
    sys.stderr.write("".join(f"{note}\n" for note in (*read.notes, *admitted.notes)))
    told = Notice.CHECKED if check else Notice.TAKEN_IN
    sys.stdout.write(told.format(file=file, rows=len(read.records), changes=_told(changes)) + "\n")
    return 0


def _admit(
    tx: Tx, schema: Schema[Any], read: Records[Any], now: datetime, *, replace_all: bool
) -> Admitted | Refused:
    """Refused also where terms go that bookings still depend on: nobody could work on those, or would see them."""
    before = knowledge.everything(tx)
    admitted = fitting.admit(schema, read, before, replace_all=replace_all)
    if isinstance(admitted, Refused):
        return admitted
    gone = _programmes(before) - _programmes(admitted.holdings)
    left = booked.ahead(tx, now) if gone else {}
    problems = [
        of_file(Fault.STILL_BOOKED.format(programme=each, count=left[each]))
        for each in sorted(gone & left.keys())
    ]
    return Refused.because(problems) if problems else admitted


def _programmes(holdings: Holdings) -> set[ProgrammeId]:
    """Those that have terms."""
    return {each.programme for each in holdings.booking_terms}


def _note(tx: Tx, kind: str, changes: Changes, now: datetime) -> None:
    counts = {"new": changes.new, "changed": changes.changed, "removed": changes.removed}
    if any(counts.values()):
        detail = {name: str(count) for name, count in counts.items()}
        audit.record(tx, COMMAND, "knowledge.imported", Kind.KNOWLEDGE, kind, now, **detail)


def _told(changes: Changes) -> str:
    return Notice.CHANGES.format(
        new=changes.new, changed=changes.changed, same=changes.same, removed=changes.removed
    )


def _list(refused: Refused) -> int:
    """Says all that has to be mended; the exit code."""
    for problem in refused.problems:
        sys.stderr.write(f"{problem}\n")
    sys.stderr.write(Notice.REFUSED.format(total=refused.total) + "\n")
    return 1


def give_out(database: Database, kind: str, file: Path) -> int:
    """Exports a kind, a snapshot or open data; the exit code."""
    with database.read() as tx:
        written = _write(tx, kind, file)
    if isinstance(written, Refused):
        return _list(written)
    sys.stdout.write(Notice.WRITTEN.format(file=written.path, rows=written.rows) + "\n")
    return 0


def _write(tx: Tx, kind: str, file: Path) -> Written | Refused:
    if kind == "snapshot":
        return snapshot.write_snapshot(knowledge.everything(tx), file)
    if kind == "faqpage":
        return write_faqpage(knowledge.all_entries(tx), file)
    return writing.write(KINDS[kind], ALL[kind](tx), file)
