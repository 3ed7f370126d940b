"""Mailings to residents by topic: the list, and writing a new one or at one that is there."""

from typing import Final

import flask
from flask import Blueprint
from flask.typing import ResponseReturnValue

from store import mailing_drafts, mailing_figures, subscriptions
from store import mailings as store
from store.mailings import Mailing, MailingId, State
from store.overtaken import Overtaken
from web.door import viewer
from web.mailing_form import MailingForm
from web.mailing_words import TONES, say_refusal
from web.rule import STAFF, page
from web.section_names import section_names
from web.site import site

mailings = Blueprint("mailings", __name__)

MOST: Final = 50
"""Of each list on the page."""
_GOING: Final = (State.SUBMITTED, State.APPROVED, State.SENDING)
_OVER: Final = (State.SENT, State.STOPPED, State.LAPSED)


@page(mailings, "/staff/mailings", STAFF)
def show() -> ResponseReturnValue:
    """What waits or is on its way, drafts, and what was sent; and how many hear of which topic."""
    with site().database.read() as tx:
        groups = {
            name: store.listed(tx, viewer(), states, MOST)
            for name, states in (("going", _GOING), ("drafts", (State.DRAFT,)), ("over", _OVER))
        }
        begun = (State.SENDING, *_OVER)
        figures = {
            each.id: mailing_figures.of(tx, each.id)
            for some in groups.values()
            for each in some
            if each.state in begun
        }
        topics = site().city(tx).topics
        return flask.render_template(
            "mailings/list.html",
            groups=groups,
            figures=figures,
            tones=TONES,
            topics=topics,
            heard=subscriptions.by_topic(tx),
            sections=section_names(tx),
        )


@page(mailings, "/staff/mailings/new", STAFF, methods=("GET", "POST"))
def add() -> ResponseReturnValue:
    """Writes a mailing."""
    form = _form(None)
    if not form.validate_on_submit():
        return _edit(form, None)
    with site().database.write() as tx:
        made = mailing_drafts.write(tx, viewer(), form.draft(), site().clock())
    return _done(form, None, made, "written")


@page(mailings, "/staff/mailings/<int:number>/edit", STAFF, methods=("GET", "POST"))
def edit(number: int) -> ResponseReturnValue:
    """Writes at one again; it is to be handed in anew then."""
    with site().database.read() as tx:
        there = store.find(tx, viewer(), MailingId(number))
    if there is None or there.state not in store.OPEN:
        flask.abort(404)
    form = _form(there)
    if not form.validate_on_submit():
        return _edit(form, there)
    with site().database.write() as tx:
        now = site().clock()
        made = mailing_drafts.revise(tx, viewer(), there.id, form.read_version, form.draft(), now)
    return _done(form, there, made, "revised")


def _done(
    form: MailingForm, there: Mailing | None, made: Mailing | store.Refusal, key: str
) -> ResponseReturnValue:
    if not isinstance(made, Mailing):
        if made is store.No.NOT_YOURS:
            flask.abort(404)
        form.form_errors.append(say_refusal(made))
        return _edit(form, there, 409 if isinstance(made, Overtaken) else 422)
    flask.flash(site().say(f"mailings.done.{key}"))
    return flask.redirect(flask.url_for("mailing.show", number=made.id), 303)


def _form(there: Mailing | None) -> MailingForm:
    with site().database.read() as tx:
        return MailingForm(viewer(), site().city(tx), section_names(tx), there)


def _edit(form: MailingForm, there: Mailing | None, status: int = 422) -> ResponseReturnValue:
    shown = flask.render_template("mailings/edit.html", form=form, mailing=there)
    return shown, status if form.errors or form.form_errors else 200
