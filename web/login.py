"""Signing in by name and password, and out."""

from dataclasses import dataclass, field
from enum import Enum, auto

import flask
from flask import Blueprint
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from wtforms import HiddenField, PasswordField, StringField

from store import accounts, run_settings, sessions
from store.accounts import Account
from store.audit import ByAccount
from store.db import Tx
from store.sight import Role
from store.tries import Wait
from web import door, visitor
from web.home import first_page
from web.places import onward, to_sign_in
from web.proving import Proven, Wrong, prove, told
from web.rule import EVERYBODY, page
from web.site import site

login = Blueprint("login", __name__)


class LoginForm(FlaskForm):  # type: ignore[misc]
    """What is typed to sign in."""

    name = StringField()
    password = PasswordField()
    next = HiddenField()


@dataclass(frozen=True, slots=True)
class Typed:
    """A name and a password, and where the visitor wanted to go."""

    name: str
    password: str = field(repr=False)
    next: str


@page(login, "/login", EVERYBODY)
def show() -> ResponseReturnValue:
    """The form; who is signed in goes on."""
    wanted = flask.request.args.get("next", "")
    session, viewer = door.session(), door.maybe_viewer()
    if viewer is not None and onward(wanted) is None:
        return flask.redirect(first_page(viewer), 303)
    if session is not None:
        return flask.redirect(to_sign_in(session, wanted), 303)
    return flask.render_template("login.html", form=LoginForm(next=wanted), problem="")


@page(login, "/login", EVERYBODY, methods=("POST",))
def enter() -> ResponseReturnValue:
    """Lets in who knows the password, as far as a password goes."""
    form = LoginForm()
    typed = Typed(
        (form.name.data or "")[: accounts.LONGEST_NAME], form.password.data or "", form.next.data or ""
    )
    found = prove(typed.name, typed.password)
    if isinstance(found, Wait):
        return _refused(form, told(found)), 429
    token = _begun(found) if isinstance(found, Proven) else found
    if isinstance(token, Wrong | Elsewhere):
        return _refused(form, site().say(f"login.{token.name.lower()}")), 403
    # Asked at the door itself: what is missing is known by the session that has just begun.
    return door.let_in(flask.redirect(flask.url_for("login.show", next=onward(typed.next)), 303), token)


class Elsewhere(Enum):
    """The password was right, but does not count."""

    ELSEWHERE = auto()
    """Single sign-on is what the city wants."""


def _begun(proven: Proven) -> str | Wrong | Elsewhere:
    """The token of a new session, in place of the one that this browser had."""
    here, now = site(), site().clock()
    before = door.session()
    with here.database.write() as tx:
        account = accounts.own(tx, proven.kept.account)
        if account is None or not proven.hold(tx):
            return Wrong.WRONG
        if not password_counts(tx, account):
            return Elsewhere.ELSEWHERE
        if before is not None:
            sessions.end(tx, before.account.id, before.id, ByAccount(before.account.id), now)
        return sessions.begin(tx, account, visitor.device(), now)


def password_counts(tx: Tx, account: Account) -> bool:
    """Whether a password lets them in. Administrators always: somebody has to come in when the provider is away."""
    return site().oidc is None or account.role is Role.ADMIN or run_settings.read(tx).password_sign_in


def _refused(form: LoginForm, problem: str) -> str:
    return flask.render_template("login.html", form=form, problem=problem)


@page(login, "/logout", EVERYBODY, methods=("POST",))
def leave() -> ResponseReturnValue:
    """Ends the session, wherever its sign-in had come to."""
    session = door.session()
    if session is not None:
        own = ByAccount(session.account.id)
        with site().database.write() as tx:
            sessions.end(tx, session.account.id, session.id, own, site().clock())
    response = door.let_out(flask.redirect(flask.url_for("login.show"), 303))
    flask.flash(site().say("login.left"))
    return response
