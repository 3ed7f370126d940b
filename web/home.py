"""Where people begin: their own part of the service."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

import flask
from flask import Blueprint
from flask.typing import ResponseReturnValue

from store import boxes, case_counts, unmatched
from store.boxes import Box
from store.sight import Role, Viewer
from web.door import viewer
from web.freshness import waiting
from web.rule import APPROVERS, SIGNED_IN, STAFF, Guarded, page
from web.site import site

home = Blueprint("home", __name__)

FIRST: Final[Mapping[Role, str]] = MappingProxyType(
    {
        Role.OPERATOR: "operators.show",
        Role.STAFF: "bookings.show",
        Role.APPROVER: "bookings.show",
        Role.ADMIN: "accounts.roster",
    }
)
"""What each role mostly does: the page that comes after signing in, for those whom it admits."""


@page(home, "/home", SIGNED_IN, endpoint="home")
def show() -> ResponseReturnValue:
    """The parts that are theirs, and what waits for them."""
    me = viewer()
    staff = STAFF.admits(me)
    stale, grave = waiting(me) if staff else (0, 0)
    proposed = _boxes(me) if staff else ()
    return flask.render_template(
        "home.html",
        nobodys=_nobodys(me),
        proposed=proposed,
        unanswered=_unanswered(me),
        stale=stale,
        grave=grave,
    )


def _nobodys(me: Viewer) -> int:
    with site().database.read() as tx:
        return case_counts.nobodys(tx, me)


def _unanswered(me: Viewer) -> int:
    with site().database.read() as tx:
        return unmatched.open_number(tx, me)


def _boxes(me: Viewer) -> tuple[tuple[Box, int], ...]:
    """The lists of proposals that wait for them, with how many are in each."""
    with site().database.read() as tx:
        counts = boxes.counts(tx, me)
    for_them = (Box.TO_APPROVE, Box.RETURNED) if APPROVERS.admits(me) else (Box.RETURNED,)
    return tuple((box, counts[box]) for box in for_them if counts[box])


def first_page(viewer: Viewer) -> str:
    """Where somebody begins."""
    view = flask.current_app.view_functions.get(FIRST[viewer.role])
    admitted = isinstance(view, Guarded) and view.rule.admits(viewer)
    return flask.url_for(FIRST[viewer.role] if admitted else "home.home")
