"""The second factor of a sign-in: the code of the authenticator app, or setting the app up."""

from enum import Enum, auto

import flask
from flask import Blueprint
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from wtforms import HiddenField, StringField

from store import credentials, sessions
from store.sessions import Session, Standing
from store.tries import Wait
from web import authenticator, door, setting_up
from web.places import to_sign_in
from web.proving import code_limit, count, told
from web.rule import EVERYBODY, page
from web.setting_up import SettingUpForm
from web.site import site

code = Blueprint("code", __name__)


class Refusal(Enum):
    """Why a code lets nobody in; the name is the end of the key of its sentence."""

    WRONG = auto()
    USED = auto()
    """It is right, but it has let somebody in already: whoever saw it typed must not use it again."""


class CodeForm(FlaskForm):  # type: ignore[misc]
    """The code, and where the visitor wanted to go."""

    code = StringField()
    next = HiddenField()


class FirstForm(SettingUpForm):
    """The same with a new app."""

    next = HiddenField()


@page(code, "/login/code", EVERYBODY)
def show() -> ResponseReturnValue:
    """Asks for the code."""
    wanted = flask.request.args.get("next", "")
    session = door.session()
    if session is None or session.standing is not Standing.NEEDS_CODE:
        return flask.redirect(to_sign_in(session, wanted), 303)
    return flask.render_template("code.html", form=CodeForm(next=wanted))


@page(code, "/login/code", EVERYBODY, methods=("POST",))
def enter() -> ResponseReturnValue:
    """Lets in who has the right code."""
    form = CodeForm()
    wanted, session = form.next.data or "", door.session()
    if session is None or session.standing is not Standing.NEEDS_CODE:
        return flask.redirect(to_sign_in(session, wanted), 303)
    waits = count(code_limit(session.account.id))
    if waits is not None:
        return _asked_again(form, told(waits)), 429
    found = _risen(session, form.code.data or "")
    if isinstance(found, Refusal):
        return _asked_again(form, site().say(f"code.{found.name.lower()}")), 403
    return door.let_in(flask.redirect(flask.url_for("login.show", next=wanted or None), 303), found)


def _risen(session: Session, typed: str) -> str | Refusal:
    now, account = site().clock(), session.account.id
    with site().database.write() as tx:
        secret = credentials.authenticator(tx, account)
        step = authenticator.step_of(secret, typed, now) if secret is not None else None
        if step is None:
            return Refusal.WRONG
        if not credentials.take_step(tx, account, step):
            return Refusal.USED
        return sessions.rise(tx, session, now) or Refusal.WRONG


def _asked_again(form: CodeForm, problem: str) -> str:
    form.code.data, form.code.errors = "", [problem]
    return flask.render_template("code.html", form=form)


@page(code, "/login/authenticator", EVERYBODY)
def show_setting_up() -> ResponseReturnValue:
    """Leads who must have an app, and has none, to setting it up before anything else."""
    wanted = flask.request.args.get("next", "")
    session = door.session()
    if session is None or session.standing is not Standing.NEEDS_SETTING_UP:
        return flask.redirect(to_sign_in(session, wanted), 303)
    return _offered(session, FirstForm(next=wanted))


@page(code, "/login/authenticator", EVERYBODY, methods=("POST",))
def set_up() -> ResponseReturnValue:
    """Keeps the app once it has shown a code, and lets in."""
    form = FirstForm()
    wanted, session = form.next.data or "", door.session()
    if session is None or session.standing is not Standing.NEEDS_SETTING_UP:
        return flask.redirect(to_sign_in(session, wanted), 303)
    waits = count(code_limit(session.account.id))
    if isinstance(waits, Wait):
        form.code.errors = [told(waits)]
        return _offered(session, form), 429
    with site().database.write() as tx:
        token = setting_up.risen(tx, session, form.draft.data or "", form.code.data or "")
    if token is None:
        form.code.errors = [site().say("code.wrong")]
        return _offered(session, form), 403
    response = door.let_in(flask.redirect(flask.url_for("login.show", next=wanted or None), 303), token)
    flask.flash(site().say("authenticator.kept"))
    return response


def _offered(session: Session, form: FirstForm) -> str:
    offer = setting_up.offer(session.account, form.draft.data or "")
    form.draft.data, form.code.data = offer.draft, ""
    return flask.render_template("setting_up.html", form=form, offer=offer)
