"""What a proposal would do to the answers: the panel of its page, fetched again while it is being found out."""

import flask
from flask import Blueprint
from flask.typing import ResponseReturnValue

from store import proposals
from store.proposals import ProposalId
from web.door import viewer
from web.ripple_panel import panel
from web.rule import STAFF, page
from web.site import site

ripples = Blueprint("ripples", __name__)


@page(ripples, "/staff/proposals/<int:number>/answers", STAFF)
def show(number: int) -> ResponseReturnValue:
    """The panel on a page of its own."""
    here = site()
    with here.database.read() as tx:
        found = proposals.find(tx, viewer(), ProposalId(number)) or flask.abort(404)
        shown = panel(tx, here.city(tx), found)
    return flask.render_template("proposals/answers.html", proposal=found, ripple=shown)
