"""The commands `import` and `export`: knowledge in and out by file."""

import sys
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from faq import exchange, fitting, snapshot, writing
from faq.changes import Change, Sort
from faq.exchange import Records
from faq.fitting import Admitted
from faq.kinds import KINDS
from faq.opendata import write_faqpage
from faq.problems import Refused, of_file
from faq.references import registers
from faq.schemas import Schema
from faq.sentences import Notice
from faq.writing import Written
from store import (
    audit,
    checking,
    danger_texts,
    editions,
    hearings,
    keeping,
    knowledge,
    neighbours,
    places,
    plans,
    readings,
    terms,
    topics,
    translations,
    voice_categories,
    ways,
)
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
    "readings": readings.all_readings,
    "neighbours": neighbours.all_neighbours,
    "danger-lines": danger_texts.all_lines,
    "danger-texts": danger_texts.all_texts,
    "topics": topics.all_topics,
    "danger-translations": danger_texts.all_translations,
    "danger-line-names": danger_texts.all_line_names,
    "voice-categories": voice_categories.all_categories,
    "plans": plans.all_plans,
    "hearings": hearings.all_hearings,
    "ways": ways.all_ways,
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
        kept = knowledge.kept_of(kind)
        changes = keeping.difference(tx, kept, read.records, replace_all=removes)
        if not check:
            keeping.amend(tx, kept, changes, now)
            _note(tx, kind, changes, file, now)
    sys.stderr.write("".join(f"{note}\n" for note in (*read.notes, *admitted.notes)))
    told, rows = Notice.CHECKED if check else Notice.TAKEN_IN, len(read.records)
    counts = _told(keeping.counted(changes, rows))
    sys.stdout.write(told.format(file=file, rows=rows, changes=counts) + "\n")
    return 0


def _admit(
    tx: Tx, schema: Schema[Any], read: Records[Any], now: datetime, *, replace_all: bool
) -> Admitted | Refused:
    """Refused also where terms go that bookings still depend on."""
    before = knowledge.everything(tx)
    admitted = fitting.admit(schema, read, before, replace_all=replace_all)
    if isinstance(admitted, Refused):
        return admitted
    left = checking.still_booked(tx, before, admitted.holdings, now)
    problems = [of_file(reason) for _, reason in left]
    return Refused.because(problems) if problems else admitted


def _note(tx: Tx, kind: str, changes: Sequence[Change], file: Path, now: datetime) -> None:
    counts = Counter(each.sort for each in changes)
    if counts:
        editions.note(tx, changes, COMMAND, Notice.FROM_FILE.format(file=file.name), None, now)
        detail = {sort.value: str(counts[sort]) for sort in Sort}
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
