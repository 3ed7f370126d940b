"""What stands for a section: what is late first, then the urgent, by when somebody was promised to hear."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Final

import flask
from flask import Blueprint
from flask.typing import ResponseReturnValue

from store import case_lists, receipts, voices
from store import cases as kept
from store.case_saying import REOPENED_WITHIN
from store.cases import Case, State
from store.db import Tx
from store.sight import AccountId
from web.case_left import Left, left_until
from web.door import viewer
from web.rule import SIGNED_IN, page
from web.section_names import section_names
from web.site import site

cases = Blueprint("cases", __name__)

LATELY: Final = REOPENED_WITHIN
"""So long what is closed stays in the list: as long as residents may take it up again."""
_NEVER: Final = datetime.max.replace(tzinfo=UTC)


class Show(StrEnum):
    """Which of them are shown."""

    ALL = "all"
    MINE = "mine"
    NOBODYS = "nobodys"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Row:
    """A case in the list."""

    case: Case
    left: Left | None
    """None: it does not wait for the city, or nothing was promised."""


@page(cases, "/staff/cases", SIGNED_IN)
def show() -> ResponseReturnValue:
    """What stands, or was closed lately; or the case of a receipt."""
    here, me, now = site(), viewer(), site().clock()
    wanted = flask.request.args.get("receipt", "").strip()[:40]
    which = _asked(flask.request.args)
    with here.database.read() as tx:
        receipt = receipts.parse(wanted)
        found = kept.by_receipt(tx, me, receipt) if receipt else None
        if found is not None:
            return flask.redirect(flask.url_for("case.show", number=found.id), 303)
        by = _by(tx, me.account, now)
        sections = section_names(tx)
        marks = voices.marks(tx, [each.id for each in by[which]])
    rows = [_row(case, now) for case in by[which]]
    return flask.render_template(
        "cases/list.html",
        rows=rows,
        which=which,
        counts={each: len(found) for each, found in by.items()},
        marks=marks,
        late=sum(each.is_late(now) for each in by[Show.ALL]),
        sections=sections,
        many=len({row.case.section for row in rows}) > 1,
        wanted=wanted,
        days=LATELY.days,
    )


def _by(tx: Tx, me: AccountId, now: datetime) -> Mapping[Show, tuple[Case, ...]]:
    """All that the viewer sees, by what they may ask for."""
    standing = tuple(sorted(case_lists.open_of(tx, viewer()), key=lambda case: _order(case, now)))
    return {
        Show.ALL: standing,
        Show.MINE: tuple(each for each in standing if each.taken_by == me),
        Show.NOBODYS: tuple(each for each in standing if each.state is State.NEW),
        Show.CLOSED: case_lists.closed_since(tx, viewer(), now - LATELY),
    }


def _order(case: Case, now: datetime) -> tuple[object, ...]:
    """What waits for the city before what waits for the resident; of it the late, then the urgent, then by time."""
    waits = case.state in kept.WAITING
    return (not waits, not case.is_late(now), not case.urgent, case.promised_at or _NEVER, case.id)


def _row(case: Case, now: datetime) -> Row:
    waits = case.state in kept.WAITING and case.promised_at is not None
    return Row(case, left_until(case.promised_at, now) if waits and case.promised_at else None)


def _asked(args: Mapping[str, str]) -> Show:
    which = args.get("show", "")
    return Show(which) if which in set(Show) else Show.ALL
