"""The command `export audit`: the whole audit as CSV, and whether it is as it was written."""

import sys
from datetime import datetime
from pathlib import Path

from bot.city import read_pages_wording
from bot.progress import Progress
from faq import writing
from faq.problems import Refused
from store import audit, chain, trail
from store.audit import COMMAND, Kind
from store.chain import BrokenAt
from store.db import Database
from web import acts


def give_out(database: Database, data_dir: Path, file: Path, now: datetime) -> int:
    """Looks at the whole chain, and writes the file whole or not at all; the exit code."""
    say = read_pages_wording(data_dir).say
    with database.read() as tx:
        found = chain.verify(tx, progress=Progress())
        rows = trail.count(tx)
        lines = (line for line in acts.rows(say, trail.every(tx)))
        written = writing.saved(file, lambda place: writing.write_delimited(place, lines, ","), rows)
    if isinstance(written, Refused):
        sys.stderr.write("".join(f"{problem}\n" for problem in written.problems))
        return 1
    with database.write() as tx:
        audit.record(tx, COMMAND, "audit.exported", Kind.AUDIT, "", now, count=str(rows))
    sys.stdout.write(f"{file}: {rows} rows\n")
    if isinstance(found, BrokenAt):
        sys.stderr.write(f"Row {found.place} was changed, deleted or put in by hand: docs/privacy.md\n")
        return 1
    sys.stdout.write("All are as they were written.\n")
    return 0
