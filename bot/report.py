"""The command `report`: what the city reports of a month or a fiscal year, as the page shows it."""

import json
import sys
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import datetime

from faq.guard import delimited
from faq.periods import Period
from faq.published_years import PublishedYear
from store.db import Database
from store.figures import CallCount, Figures
from store.reports import Report
from store.reports import report as reported
from store.spans import Span
from web.figures import csv_rows, names
from web.report_tables import tables
from web.site import Say


def report(
    database: Database,
    say: Say,
    published: Sequence[PublishedYear],
    period: Period,
    now: datetime,
    *,
    as_json: bool,
) -> int:
    """Prints the report as CSV, a number a row, or as one JSON object; the exit code."""
    with database.read() as tx:
        found = reported(tx, period, now)
        made = tables(say, found, names(tx), published)
    if as_json:
        sys.stdout.write(json.dumps(_as_json(found), ensure_ascii=False) + "\n")
    else:
        sys.stdout.writelines(delimited(row, ",", end="\n") for row in csv_rows(say, period, made))
    return 0


def _as_json(of: Report) -> dict[str, object]:
    """By the program's own words, which stay as they are where the wording changes."""
    return {
        **_figures(of.figures),
        "until": of.until and of.until.isoformat(),
        "entries": [
            {"entry": each.entry, "question": each.question, "section": each.section}
            | {"calls": each.calls, "line": each.line}
            for each in of.entries
        ],
        "weeks": _spans(of.weeks),
        "months": _spans(of.months),
        "promises": asdict(of.promises),
        "changes": [
            {"entry": each.entry, "at": each.at.isoformat(), "days": each.days}
            | {"before": asdict(each.before), "after": asdict(each.after)}
            for each in of.effects
        ],
        "sent": {"replies": of.cost.replies, "pushes": dict(of.cost.pushes)}
        | {"quota": of.cost.quota, "ahead": of.cost.ahead},
        "voices": [{"kind": kind, "way": way, "number": number} for (kind, way), number in of.voices.items()],
        "beside": [_figures(each) for each in of.beside],
    }


def _figures(of: Figures) -> dict[str, object]:
    return {
        "first": of.period.first.isoformat(),
        "last": of.period.last.isoformat(),
        "received": {
            channel: {"inquiries": inquiries, "applications": applications}
            for channel, (inquiries, applications) in of.received.items()
        },
        "calls": [_calls(each) for each in of.calls],
        "number_of_calls": of.number_of_calls,
        "counted": of.counted,
        "first_answers": of.first_answers,
        "first_answer_rate": of.first_answer_rate,
        "unanswered": of.unanswered,
        "line": dict(of.line),
        "line_unhelped": of.line_unhelped,
        "bookings": [
            {"programme": each.programme, "channel": each.channel, "number": each.number}
            for each in of.bookings
        ],
    }


def _calls(of: CallCount) -> dict[str, object]:
    return {
        "channel": of.channel,
        "sort": of.sort,
        "outcome": of.outcome,
        "section": of.section,
        "counts": of.counts,
        "number": of.number,
    }


def _spans(of: Iterable[Span]) -> list[dict[str, object]]:
    return [
        {
            "first": each.period.first.isoformat(),
            "last": each.period.last.isoformat(),
            "calls": each.calls,
            "calls_unanswered": each.calls_unanswered,
            "line": each.line,
            "line_unanswered": each.line_unanswered,
        }
        for each in of
    ]
