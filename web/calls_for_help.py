"""Help me: an operator asks whoever leads to come, in one press, and sees that somebody does.

`#help` of this page is what other pages show of it: `help/place.html` puts it there.
"""

import flask
from flask import Blueprint
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from store import calls_for_help as asked
from store.calls_for_help import CallForHelpId, Refusal
from web.door import viewer
from web.places import onward
from web.rule import LEADS, SIGNED_IN, page
from web.site import site
from web.written import masked

calls_for_help = Blueprint("calls_for_help", __name__)

LONGEST = 100
"""Letters of a note."""


@page(calls_for_help, "/operators/help", SIGNED_IN)
def show() -> ResponseReturnValue:
    """Whether one asks, and who comes."""
    with site().database.read() as tx:
        mine = asked.mine(tx, viewer(), site().clock())
    return flask.render_template("help/show.html", help=mine)


@page(calls_for_help, "/operators/help", SIGNED_IN, methods=("POST",))
def call() -> ResponseReturnValue:
    """Asks for help; a note may say what about."""
    here, note = site(), flask.request.form.get("note", "")[:LONGEST]
    with here.database.write() as tx:
        asked.call(tx, viewer(), masked(here.city(tx), note) if note else "", here.clock())
    return _back("calls_for_help.show")


@page(calls_for_help, "/operators/help/<int:number>/end", SIGNED_IN, methods=("POST",))
def end(number: int) -> ResponseReturnValue:
    """It is over, or no longer needed; by who asked or by who leads. What is over already is no fault."""
    with site().database.write() as tx:
        ended = asked.end(tx, viewer(), CallForHelpId(number), site().clock())
    if not ended and not asks_by_itself():
        flask.abort(404)
    return _back("calls_for_help.show")


@page(calls_for_help, "/operators/help/<int:number>/answer", LEADS, methods=("POST",))
def answer(number: int) -> ResponseReturnValue:
    """Somebody comes."""
    with site().database.write() as tx:
        came = asked.answer(tx, viewer(), CallForHelpId(number), site().clock())
    if came is None:
        flask.abort(404)
    if came is Refusal.ANSWERED:
        flask.flash(site().say("help.answered"), "error")
    return flask.redirect(flask.url_for("team.show"), 303)


def asks_by_itself() -> bool:
    """Whether a script asks, which puts the answer into the page."""
    return "HX-Request" in flask.request.headers


def _back(otherwise: str) -> ResponseReturnValue:
    """The place anew for a script; else the page that it was sent from."""
    if asks_by_itself():
        return show()
    wanted = onward(flask.request.form.get("back", ""))
    redirected: Response = flask.redirect(wanted or flask.url_for(otherwise), 303)
    return redirected
