"""Terms of booking that nobody decided on, to try a booking with: for the simulator and talks at a terminal alone.

A city's own terms are opened by its staff. Those of `DATA_DIR/trial` say 見本 as their source and in their note; no
LINE channel ever meets them: they are shut when one is served, and do not come back to such a database.
"""

import logging
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Final

from bot import slot_making
from faq import exchange, fitting
from faq.exchange import Records
from faq.holdings import Holdings
from faq.models import Status
from faq.problems import Refused
from faq.references import registers
from faq.terms import Terms
from faq.terms_kind import BOOKING_TERMS
from store import keeping, knowledge, terms
from store.db import Database, Tx

log = logging.getLogger(__name__)

SAMPLE: Final = "見本"
"""The source of what nobody decided on."""
_MARK: Final = "trial"
"""The name under which a database remembers that it has had the samples, or is not to have them."""


def offer(database: Database, data_dir: Path, now: datetime) -> None:
    """Opens the sample terms, once, and makes their slots; where staff have opened or confirmed terms, theirs stay."""
    file = data_dir / "trial" / "booking-terms.csv"
    with database.read() as tx:
        had = _MARK in keeping.owned(tx)
    if not had and file.exists():
        with database.write() as tx:
            keeping.claim(tx)
            _take_in(tx, file, now)
            keeping.own(tx, _MARK, now)
        while not slot_making.keep(database, now):
            pass


def withdraw(database: Database, now: datetime) -> None:
    """Shuts the sample terms, for good: from now on residents are served."""
    with database.read() as tx:
        left, marked = _open_samples(tx), _MARK in keeping.owned(tx)
    if not left and marked:
        return
    with database.write() as tx:
        if shut := [replace(each, open=False) for each in _open_samples(tx)]:
            log.warning("sample terms of booking are shut: %s", ", ".join(each.programme for each in shut))
            knowledge.take_in(tx, shut, now)
        keeping.own(tx, _MARK, now)


def is_sample(each: Terms) -> bool:
    return each.provenance.source == SAMPLE


def _open_samples(tx: Tx) -> list[Terms]:
    return [each for each in terms.all_terms(tx) if each.open and is_sample(each)]


def _take_in(tx: Tx, file: Path, now: datetime) -> None:
    holdings = knowledge.everything(tx)
    decided = {each.programme for each in holdings.booking_terms if _is_decided(each)}
    read = exchange.read(BOOKING_TERMS, file, registers(holdings))
    if not isinstance(read, Refused):
        free = [place for place, each in enumerate(read.records) if each.programme not in decided]
        some = Records(tuple(read.records[at] for at in free), (), tuple(read.lines[at] for at in free))
        read = _fitting(some, holdings)
    if not isinstance(read, Refused):
        knowledge.take_in(tx, read.records, now)
        return
    log.warning("%s is left out, %d problems: %s", file, read.total, read.problems[0])


def _fitting(some: Records[Terms], holdings: Holdings) -> Records[Terms] | Refused:
    admitted = fitting.admit(BOOKING_TERMS, some, holdings, replace_all=False)
    return admitted if isinstance(admitted, Refused) else some


def _is_decided(each: Terms) -> bool:
    return each.open or each.provenance.status is Status.CONFIRMED
