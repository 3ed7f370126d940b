"""The way back: a draft that makes a record, or all that was changed at once, what it was before."""

import flask
from flask import Blueprint
from flask.typing import ResponseReturnValue

from store import history
from store import rolling_back as back
from store.db import Tx
from store.editions import EditionId, RevisionId
from store.history import Edition
from store.proposals import Proposal, Refusal
from web.door import viewer
from web.proposal_words import say_refusal
from web.rule import STAFF, page
from web.site import site
from web.times import say_moment

rolling_back = Blueprint("rolling_back", __name__)


@page(rolling_back, "/staff/history/revisions/<int:number>/roll-back", STAFF, methods=("POST",))
def of_record(number: int) -> ResponseReturnValue:
    """Of one record."""
    here = site()
    with here.database.write() as tx:
        found = history.find(tx, viewer(), RevisionId(number))
        about = found.edition if found else flask.abort(404)
        came = back.roll_back(tx, viewer(), RevisionId(number), _why(about), here.clock())
    return _answered(came, about)


@page(rolling_back, "/staff/history/<int:number>/roll-back", STAFF, methods=("POST",))
def of_edition(number: int) -> ResponseReturnValue:
    """Of all that was changed at once."""
    here = site()
    with here.database.write() as tx:
        about = _edition(tx, number)
        came = back.roll_back_all(tx, viewer(), about.id, _why(about), here.clock())
    return _answered(came, about)


def _edition(tx: Tx, number: int) -> Edition:
    found = history.of_edition(tx, viewer(), EditionId(number), 1)
    return found[0].edition if found else flask.abort(404)


def _why(about: Edition) -> str:
    return site().say("history.why_back", when=say_moment(about.at), why=about.why)[:500]


def _answered(came: Proposal | Refusal, about: Edition) -> ResponseReturnValue:
    if isinstance(came, Proposal):
        flask.flash(site().say("history.drafted"))
        return flask.redirect(flask.url_for("proposal.show", number=came.id), 303)
    for line in say_refusal(came).splitlines():
        flask.flash(line, "error")
    return flask.redirect(flask.url_for("history.edition", number=about.id), 303)
