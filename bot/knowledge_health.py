"""What `doctor` says of what the city knows: how much there is, what is past its date, and what does not fit."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from bot import danger_health, seeds
from bot.findings import Finding
from faq import fitting
from faq.columns import Sourced
from faq.holdings import Holdings
from faq.kinds import KINDS
from store import knowledge
from store.db import Tx


def look(tx: Tx, data_dir: Path, today: date) -> Iterator[Finding]:
    """`data_dir`: DATA_DIR, of which each kind should have come in."""
    holdings, version = knowledge.everything(tx), knowledge.version(tx)
    entries = holdings.entries
    stale = sum(_is_past(each, today) for each in entries)
    yield Finding(
        version > 0, f"knowledge: {len(entries)} entries, version {version}, {stale} past their date"
    )
    yield from _places(holdings, today)
    yield from danger_health.look(holdings)
    for kind in seeds.missing(tx, data_dir):
        yield Finding(
            False, f"{kind}: {data_dir / kind}.csv never came in: `python -m bot import {kind} FILE`"
        )


def _places(holdings: Holdings, today: date) -> Iterator[Finding]:
    counted = {kind: holdings.of(kind) for kind in KINDS if kind not in ("faq", "synonyms", "questions")}
    told = ", ".join(f"{kind} {len(records)}" for kind, records in counted.items())
    stale = sum(_is_past(record, today) for records in counted.values() for record in records)
    yield Finding(True, f"places: {told}; {stale} past their date")
    for misfit in fitting.misfits(holdings):
        name = KINDS[misfit.kind].name_of(misfit.record)
        yield Finding(False, f"{misfit.kind}: {name} ({misfit.column}): {misfit.reason}")


def _is_past(record: Sourced, today: date) -> bool:
    until = record.provenance.valid_until
    return until is not None and until < today
