"""Signing in by name and password, and out."""

from dataclasses import dataclass, field

import flask
from flask import Blueprint
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from wtforms import HiddenField, PasswordField, StringField

from store import accounts, credentials, sessions
from store.credentials import Kept
from web import door
from web.passwords import Verified
from web.places import is_local
from web.rule import EVERYBODY, page
from web.site import site

login = Blueprint("login", __name__)

LONGEST_PASSWORD = 256
"""Longer ones are refused before they cost anything."""


class LoginForm(FlaskForm):  # type: ignore[misc]
    """What is typed to sign in."""

    name = StringField()
    password = PasswordField()
    next = HiddenField()


@dataclass(frozen=True, slots=True)
class Typed:
    """A name and a password, and where its owner wanted to go."""

    name: str
    password: str = field(repr=False)
    onward: str


@page(login, "/login", EVERYBODY, endpoint="login")
def show() -> ResponseReturnValue:
    """The form; who is signed in goes on."""
    onward = flask.request.args.get("next", "")
    if door.maybe_viewer() is not None:
        return flask.redirect(_onward(onward), 303)
    return flask.render_template("login.html", form=LoginForm(next=onward), problem="")


@page(login, "/login", EVERYBODY, methods=("POST",))
def enter() -> ResponseReturnValue:
    """Lets in who knows the password."""
    form = LoginForm()
    typed = Typed(
        (form.name.data or "").strip()[: accounts.LONGEST_NAME],
        (form.password.data or "")[: LONGEST_PASSWORD + 1],
        form.next.data or "",
    )
    token = _opened(typed)
    if token is None:
        problem = site().say("login.wrong")
        return flask.render_template("login.html", form=form, problem=problem), 403
    return door.let_in(flask.redirect(_onward(typed.onward), 303), token)


def _opened(typed: Typed) -> str | None:
    """The token of a new session for who knows the password."""
    here = site()
    with here.database.read() as tx:
        kept = credentials.kept_of(tx, typed.name)
    verified = here.passwords.verify(kept.password if kept else None, typed.password)
    if kept is None or verified is Verified.NO:
        return None
    better = here.passwords.hash(typed.password) if verified is Verified.YES_BUT_OLD else None
    return _begun(kept, better)


def _begun(kept: Kept, better: str | None) -> str | None:
    here, now = site(), site().clock()
    device = flask.request.user_agent.string
    with here.database.write() as tx:
        account = accounts.own(tx, kept.account)
        if account is None or not credentials.is_still(tx, kept):
            return None  # it was changed while the password was being checked
        if better is not None:
            credentials.rehash(tx, kept, better)
        accounts.signed_in(tx, account.id, now)
        return sessions.begin(tx, account, device, now)


def _onward(onward: str) -> str:
    return onward if is_local(onward) else flask.url_for("home.home")


@page(login, "/logout", EVERYBODY, methods=("POST",), endpoint="logout")
def leave() -> ResponseReturnValue:
    """Ends the session."""
    session = door.session()
    if session is not None:
        with site().database.write() as tx:
            sessions.end(tx, session.account.id, session.id)
    return door.let_out(flask.redirect(flask.url_for("login.login"), 303))
