"""Setting up one's authenticator app, or another in its place, while signed in."""

import flask
from flask import Blueprint
from flask.typing import ResponseReturnValue
from wtforms import PasswordField

from store import sessions
from store.audit import ByAccount
from store.sessions import Session
from store.tries import Wait
from web import door, setting_up
from web.proving import Proven, code_limit, count, prove_own, told
from web.rule import SIGNED_IN, page
from web.setting_up import SettingUpForm
from web.site import site

own_authenticator = Blueprint("own_authenticator", __name__)


class AnotherForm(SettingUpForm):
    """The same with the password, so that nobody puts an app of theirs in its place at an unguarded desk."""

    present = PasswordField()


@page(own_authenticator, "/account/authenticator", SIGNED_IN)
def show() -> ResponseReturnValue:
    """A new secret, and the form."""
    return _form(door.own_session(), AnotherForm())


@page(own_authenticator, "/account/authenticator", SIGNED_IN, methods=("POST",))
def set_up() -> ResponseReturnValue:
    """Keeps the new app once it has shown a code; all other devices are signed out."""
    here, form = door.own_session(), AnotherForm()
    proven = prove_own(here.account, form.present.data or "")
    waits = proven if isinstance(proven, Wait) else count(code_limit(here.account.id))
    if waits is not None:
        form.code.errors = [told(waits)]
        return _form(here, form), 429
    if not isinstance(proven, Proven):
        form.present.errors = [site().say("password.present_wrong")]
        return _form(here, form), 403
    token = _risen(here, proven, form)
    if token is None:
        form.code.errors = [site().say("code.wrong")]
        return _form(here, form), 403
    response = door.let_in(flask.redirect(flask.url_for("account.show"), 303), token)
    flask.flash(site().say("authenticator.kept"))
    return response


def _risen(here: Session, proven: Proven, form: AnotherForm) -> str | None:
    mine = here.account.id
    with site().database.write() as tx:
        if not proven.hold(tx):
            return None
        token = setting_up.risen(tx, here, form.draft.data or "", form.code.data or "")
        if token is not None:
            sessions.end_all(tx, mine, ByAccount(mine), site().clock(), but=here.id)
    return token


def _form(here: Session, form: AnotherForm) -> str:
    offer = setting_up.offer(here.account, form.draft.data or "")
    form.draft.data, form.code.data = offer.draft, ""
    return flask.render_template("own_authenticator.html", form=form, offer=offer, account=here.account)
