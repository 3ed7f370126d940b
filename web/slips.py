"""Slips: what a section has to do, and for operators what became of what they wrote."""

from datetime import timedelta
from typing import Final

import flask
from flask import Blueprint
from flask.typing import ResponseReturnValue

from store import receipts
from store import slips as kept
from web.door import viewer
from web.rule import SIGNED_IN, page
from web.section_names import section_names
from web.site import site

slips = Blueprint("slips", __name__)

SHOWN_FOR: Final = timedelta(days=7)
"""So long what is done stays in the list; later it is found by its number."""


@page(slips, "/operators/slips", SIGNED_IN)
def show() -> ResponseReturnValue:
    """What is to be done, and what was done these days; or the slip of a number."""
    here, wanted = site(), flask.request.args.get("receipt", "").strip()[:40]
    receipt = receipts.parse(wanted)
    with here.database.read() as tx:
        found = kept.by_receipt(tx, viewer(), receipt) if receipt else None
        if found is not None:
            return flask.redirect(flask.url_for("slip.show", number=found.id), 303)
        waiting = kept.open_of(tx, viewer())
        done = kept.done_since(tx, viewer(), here.clock() - SHOWN_FOR)
        sections = section_names(tx)
    return flask.render_template(
        "slips/show.html",
        waiting=waiting,
        done=done,
        sections=sections,
        wanted=wanted,
        days=SHOWN_FOR.days,
    )
