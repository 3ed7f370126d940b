"""The first sign-in, or one after a reset: who holds the link chooses a password."""

import flask
from flask import Blueprint
from flask.typing import ResponseReturnValue

from store import invitations
from store.accounts import Account
from store.links import Refusal
from web import door
from web.login import password_counts
from web.new_password import NewPasswordForm, chosen
from web.password_rules import SHORTEST
from web.rule import EVERYBODY, page
from web.site import site

welcome = Blueprint("welcome", __name__)


@page(welcome, "/welcome/<token>", EVERYBODY)
def show(token: str) -> ResponseReturnValue:
    """The form. Opening it spends nothing: mail programs open links to look at them."""
    found = _looked(token)
    if isinstance(found, Refusal):
        return _refused(found)
    return _form(NewPasswordForm(), found, token)


@page(welcome, "/welcome/<token>", EVERYBODY, methods=("POST",))
def choose(token: str) -> ResponseReturnValue:
    """Sets the password and spends the link."""
    found = _looked(token)
    if isinstance(found, Refusal):
        return _refused(found)
    form = NewPasswordForm()
    password = chosen(form, found)
    if password is None:
        return _form(form, found, token), 422
    hashed = site().passwords.hash(password)
    with site().database.write() as tx:
        accepted = invitations.accept(tx, token, hashed, site().clock())
    if isinstance(accepted, Refusal):
        return _refused(accepted)
    response = door.let_out(flask.redirect(flask.url_for("login.show"), 303))
    flask.flash(site().say("password.set"))
    return response


def _looked(token: str) -> Account | Refusal:
    with site().database.read() as tx:
        return invitations.look(tx, token, site().clock())


def _form(form: NewPasswordForm, account: Account, token: str) -> str:
    with site().database.read() as tx:
        by_password = password_counts(tx, account)
    return flask.render_template(
        "welcome.html",
        form=form,
        account=account,
        token=token,
        shortest=SHORTEST,
        password_counts=by_password,
    )


def _refused(why: Refusal) -> ResponseReturnValue:
    problem = site().say(f"welcome.{why.name.lower()}")
    return flask.render_template("welcome_refused.html", problem=problem), 404
