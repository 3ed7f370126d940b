"""One's own account: who one is here, and on which devices one is signed in."""

import flask
from flask import Blueprint
from flask.typing import ResponseReturnValue

from store import sessions
from store.audit import ByAccount
from store.sessions import SessionId
from web import door
from web.rule import SIGNED_IN, page
from web.site import site
from web.visitor import device_name

account = Blueprint("account", __name__)


@page(account, "/account", SIGNED_IN)
def show() -> ResponseReturnValue:
    """The account, and its open sessions."""
    here = door.own_session()
    with site().database.read() as tx:
        found = sessions.of(tx, here.account.id, site().clock())
    devices = [(session, device_name(session.device)) for session in found]
    return flask.render_template("account.html", account=here.account, here=here, devices=devices)


@page(account, "/account/sessions/<int:number>/end", SIGNED_IN, methods=("POST",))
def end(number: int) -> ResponseReturnValue:
    """Signs out one device."""
    mine = door.own_session().account.id
    with site().database.write() as tx:
        ended = sessions.end(tx, mine, SessionId(number), ByAccount(mine), site().clock())
    if not ended:
        flask.abort(404)
    return _told("account.ended")


@page(account, "/account/sessions/end-others", SIGNED_IN, methods=("POST",))
def end_others() -> ResponseReturnValue:
    """Signs out all devices but this one."""
    here = door.own_session()
    mine = here.account.id
    with site().database.write() as tx:
        sessions.end_all(tx, mine, ByAccount(mine), site().clock(), but=here.id)
    return _told("account.ended_others")


@page(account, "/account/sessions/end-all", SIGNED_IN, methods=("POST",))
def end_all() -> ResponseReturnValue:
    """Signs out everywhere, here as well."""
    mine = door.own_session().account.id
    with site().database.write() as tx:
        sessions.end_all(tx, mine, ByAccount(mine), site().clock())
    response = door.let_out(flask.redirect(flask.url_for("login.show"), 303))
    flask.flash(site().say("login.left_everywhere"))
    return response


def _told(key: str) -> ResponseReturnValue:
    flask.flash(site().say(key))
    return flask.redirect(flask.url_for("account.show"), 303)
