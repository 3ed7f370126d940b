"""The command `report`: a month's figures of the operators' log, of LINE's questions and of bookings."""

import csv
import json
import sys
from datetime import date

from faq.guard import guarded
from store.db import Database
from store.figures import Figures, figures
from web.figure_rows import rows
from web.figures import last_of
from web.section_names import section_names
from web.site import Say


def report(database: Database, say: Say, first: date, *, as_json: bool) -> int:
    """Prints the figures of the month that begins on `first`, as CSV or one JSON object; the exit code."""
    with database.read() as tx:
        found, sections = figures(tx, first, last_of(first)), section_names(tx)
    if as_json:
        sys.stdout.write(json.dumps(_as_json(found), ensure_ascii=False) + "\n")
    else:
        lines = ([guarded(cell) for cell in row] for row in rows(say, found, sections))
        csv.writer(sys.stdout, lineterminator="\n").writerows(lines)
    return 0


def _as_json(of: Figures) -> dict[str, object]:
    """By the program's own words, which stay as they are where the wording changes."""
    return {
        "first": of.first.isoformat(),
        "last": of.last.isoformat(),
        "calls": [
            {
                "channel": each.channel,
                "sort": each.sort,
                "outcome": each.outcome,
                "section": each.section,
                "counts": each.counts,
                "number": each.number,
            }
            for each in of.calls
        ],
        "number_of_calls": of.number_of_calls,
        "counted": of.counted,
        "first_answers": of.first_answers,
        "first_answer_rate": of.first_answer_rate,
        "unanswered": of.unanswered,
        "line": dict(of.line),
        "bookings": dict(of.bookings),
        "entries": [
            {"entry": each.entry, "question": each.question, "number": each.number} for each in of.entries
        ],
    }
