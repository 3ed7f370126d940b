"""A case that an operator hands over for a caller, with whom to call."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime

from faq.retention import Purpose
from store import particulars
from store.audit import ByAccount
from store.case_opening import CaseDraft, open_case
from store.cases import Case
from store.db import Tx
from store.particulars import Field


def hand_over(
    tx: Tx,
    draft: CaseDraft,
    whom: Mapping[Field, str],
    delete_on: date,
    promised_at: datetime | None,
    by: ByAccount,
    now: datetime,
) -> Case:
    """Opens it; sent again it is the one that is there, and whom to call is kept once. `whom` may be empty."""
    told = any(whom.values())
    kept = particulars.keep(tx, Purpose.CASE, whom, None, delete_on, by, now) if told else None
    made = open_case(tx, replace(draft, particulars=kept), promised_at, by, now)
    assert isinstance(made, Case), "only residents are limited"
    if kept is not None and made.particulars != kept:
        particulars.erase(tx, kept, by, now)
    return made
