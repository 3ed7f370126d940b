"""Changing one's own password."""

import flask
from flask import Blueprint
from flask.typing import ResponseReturnValue
from wtforms import PasswordField

from store import credentials, sessions
from store.audit import ByAccount
from store.sessions import Session
from store.tries import Wait
from web import door
from web.new_password import NewPasswordForm, chosen
from web.password_rules import SHORTEST
from web.proving import Proven, prove_own, told
from web.rule import SIGNED_IN, page
from web.site import site

own_password = Blueprint("own_password", __name__)


class ChangeForm(NewPasswordForm):
    """The present password, which is asked so that nobody changes it at an unguarded desk."""

    present = PasswordField()


@page(own_password, "/account/password", SIGNED_IN)
def show() -> ResponseReturnValue:
    """The form."""
    return _form(door.own_session(), ChangeForm())


@page(own_password, "/account/password", SIGNED_IN, methods=("POST",))
def change() -> ResponseReturnValue:
    """Changes the password; all other devices are signed out."""
    here, form = door.own_session(), ChangeForm()
    password = chosen(form, here.account)
    if password is None:
        return _form(here, form), 422
    found = prove_own(here.account, form.present.data or "")
    if isinstance(found, Wait):
        form.present.errors = [told(found)]
        return _form(here, form), 429
    if not isinstance(found, Proven) or not _kept(here, found, password):
        form.present.errors = [site().say("password.present_wrong")]
        return _form(here, form), 403
    flask.flash(site().say("password.changed"))
    return flask.redirect(flask.url_for("account.show"), 303)


def _kept(here: Session, proven: Proven, password: str) -> bool:
    hashed, now, mine = site().passwords.hash(password), site().clock(), here.account.id
    with site().database.write() as tx:
        if not proven.hold(tx):
            return False
        credentials.set_password(tx, mine, hashed, ByAccount(mine), now)
        sessions.end_all(tx, mine, ByAccount(mine), now, but=here.id)
    return True


def _form(here: Session, form: ChangeForm) -> str:
    return flask.render_template("own_password.html", form=form, here=here, shortest=SHORTEST)
