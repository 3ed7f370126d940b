"""Where people begin: their own part of the service."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

import flask
from flask import Blueprint
from flask.typing import ResponseReturnValue

from store import boxes
from store.boxes import Box
from store.sight import Role, Viewer
from web.door import viewer
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
    who = viewer()
    waiting: list[tuple[Box, int]] = []
    if STAFF.admits(who):
        with site().database.read() as tx:
            counts = boxes.counts(tx, who)
        for_them = (Box.TO_APPROVE, Box.RETURNED) if APPROVERS.admits(who) else (Box.RETURNED,)
        waiting = [(box, counts[box]) for box in for_them if counts[box]]
    return flask.render_template("home.html", waiting=waiting)


def first_page(viewer: Viewer) -> str:
    """Where somebody begins."""
    view = flask.current_app.view_functions.get(FIRST[viewer.role])
    admitted = isinstance(view, Guarded) and view.rule.admits(viewer)
    return flask.url_for(FIRST[viewer.role] if admitted else "home.home")
