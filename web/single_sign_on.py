"""Signing in through the city's identity provider.

The first time somebody comes they bring an invitation, which binds their account to who they are there. Whoever
is unknown is told whom to ask, and nothing else.
"""

import hmac
from dataclasses import astuple, dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

import flask
from flask import Blueprint
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import validate_csrf
from wtforms import ValidationError

from store import accounts, identities, invitations, sessions
from store.accounts import Account
from store.audit import ByAccount
from store.db import Tx
from store.identities import Identity
from web import door, visitor
from web.oidc import Oidc, Pending, Problem
from web.places import onward
from web.rule import EVERYBODY, page
from web.site import site

single_sign_on = Blueprint("single_sign_on", __name__)

BACK: Final = "/login/sso/back"
"""Where the provider sends people back; its administrator enters this address there."""
_COOKIE: Final = "sso"
"""The part of the forms' signed cookie that waits for the return."""
_LONGEST: Final = 500
"""Of what comes with the beginning: the cookie has to hold it."""


class Stop(StrEnum):
    """Why somebody was not let in; the end of the key of its sentence."""

    AWAY = "away"
    REFUSED = "refused"
    CANCELLED = "cancelled"
    """They pressed cancel at the provider's."""
    LOST = "lost"
    """What this browser kept when it left is not here: another tab, another browser, too late."""
    STRANGER = "stranger"
    """No account of ours is theirs."""
    TAKEN = "taken"
    """They bring an invitation, but another account is theirs already."""


_STATUS: Final = {Stop.AWAY: 503, Stop.STRANGER: 403, Stop.TAKEN: 403, Stop.CANCELLED: 403}
_OF_PROBLEM: Final = {Problem.AWAY: Stop.AWAY, Problem.REFUSED: Stop.REFUSED}


@dataclass(frozen=True, slots=True)
class _Left:
    """What a browser keeps while its owner is at the provider's."""

    state: str
    nonce: str
    verifier: str
    wanted: str
    invitation: str


@page(single_sign_on, "/login/sso", EVERYBODY, endpoint="begin")
def begin() -> ResponseReturnValue:
    """Sends the browser to the provider."""
    wanted, invitation = (flask.request.args.get(name, "")[:_LONGEST] for name in ("next", "invitation"))
    if invitation and not _was_shown():
        return flask.redirect(flask.url_for("welcome.show", token=invitation), 303)
    begun = _oidc().begin(site().clock())
    if isinstance(begun, Problem):
        return _stopped(_OF_PROBLEM[begun])
    address, pending = begun
    left = _Left(pending.state, pending.nonce, pending.verifier, wanted, invitation)
    flask.session[_COOKIE] = astuple(left)
    return flask.redirect(address, 303)


def _was_shown() -> bool:
    """Whether this browser pressed the link on the page that tells whose account it is.

    A link from elsewhere, or one hidden in what comes after signing in, binds nobody to an account that is not theirs.
    """
    try:
        validate_csrf(flask.request.args.get("shown"))
    except ValidationError:
        return False
    return True


@page(single_sign_on, BACK, EVERYBODY, endpoint="back")
def back() -> ResponseReturnValue:
    """Lets in who comes back and has an account."""
    came = _came()
    if isinstance(came, Stop):
        return _stopped(came)
    left, identity = came
    token = _begun(identity, left.invitation)
    if isinstance(token, Stop):
        return _stopped(token)
    # Asked at the door itself: what is missing is known by the session that has just begun.
    return door.let_in(flask.redirect(flask.url_for("login.show", next=onward(left.wanted)), 303), token)


def _came() -> tuple[_Left, Identity] | Stop:
    """Who came back, and what this browser kept when it left."""
    oidc, given = _oidc(), flask.request.args
    if "error" in given:
        return Stop.CANCELLED if given["error"] == "access_denied" else Stop.REFUSED
    kept = flask.session.get(_COOKIE)
    if kept is None or not hmac.compare_digest(given.get("state", "").encode(), kept[0].encode()):
        return Stop.LOST
    flask.session.pop(_COOKIE)
    if given.get("iss", oidc.issuer) != oidc.issuer:  # RFC 9207
        return Stop.REFUSED
    left = _Left(*kept)
    identity = oidc.finish(
        given.get("code", ""), Pending(left.state, left.nonce, left.verifier), site().clock()
    )
    return _OF_PROBLEM[identity] if isinstance(identity, Problem) else (left, identity)


def _begun(identity: Identity, invitation: str) -> str | Stop:
    """The token of a new session, in place of the one that this browser had."""
    here, now = site(), site().clock()
    before = door.session()
    with here.database.write() as tx:
        account = _account(tx, identity, invitation, now)
        if isinstance(account, Stop):
            return account
        if before is not None:
            sessions.end(tx, before.account.id, before.id, ByAccount(before.account.id), now)
        return sessions.begin(tx, account, visitor.device(), now, proven=_oidc().proves_twice)


def _account(tx: Tx, identity: Identity, invitation: str, now: datetime) -> Account | Stop:
    """Whose account it is. One that is kept out looks like none."""
    if invitation:
        accepted = invitations.accept_as(tx, invitation, identity, now)
        if accepted is None:
            return Stop.TAKEN
        if isinstance(accepted, Account):
            return accepted
    known = identities.account_of(tx, identity)
    found = None if known is None else accounts.own(tx, known)
    return found if found is not None and found.active else Stop.STRANGER


def _oidc() -> Oidc:
    return site().oidc or flask.abort(404)


def _stopped(stop: Stop) -> ResponseReturnValue:
    words = {part: site().say(f"single_sign_on.{stop}.{part}") for part in ("title", "text")}
    again = stop not in (Stop.STRANGER, Stop.TAKEN)
    return flask.render_template("single_sign_on.html", again=again, **words), _STATUS.get(stop, 400)
