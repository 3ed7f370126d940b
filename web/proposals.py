"""Proposals in lists: what is to be approved, what came back, what is one's own, what waits for its time."""

import flask
from flask import Blueprint
from flask.typing import ResponseReturnValue

from faq.kinds import KINDS
from store import boxes
from store.boxes import PAGE, Box
from store.proposals import Listed
from web.door import viewer
from web.kinds import title_of_cells
from web.pages_of import at_page
from web.proposal_words import TONES
from web.rule import STAFF, page
from web.site import site

proposals = Blueprint("proposals", __name__)


@page(proposals, "/staff/proposals", STAFF)
def show() -> ResponseReturnValue:
    """One list; the first that has something in it, unless another is asked for."""
    asked = flask.request.args.get("box", "")
    at = min(max(0, flask.request.args.get("page", 0, int)), 100_000)
    with site().database.read() as tx:
        counts = boxes.counts(tx, viewer())
        box = (
            Box(asked) if asked in set(Box) else next((each for each in Box if counts[each]), Box.TO_APPROVE)
        )
        listed = boxes.page_of(tx, viewer(), box, at)
    return flask.render_template(
        "proposals/list.html",
        box=box,
        tones=TONES,
        boxes=[(each, counts[each]) for each in Box],
        listed=listed,
        titles={each.id: _title(each) for each in listed.proposals},
        first=at * PAGE + 1,
        before=at_page(at - 1) if at > 0 else None,
        after=at_page(at + 1) if (at + 1) * PAGE < listed.total else None,
    )


def _title(each: Listed) -> str:
    """What the first of its records is about; the record's name where its cells do not say it."""
    return title_of_cells(KINDS[each.first.kind], each.first_cells) or each.first.key
