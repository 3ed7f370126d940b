"""The resident's form behind a one-time link from the talk: a longer opinion, with name and address where asked.

To open it changes nothing, since messengers open links by themselves; to send it spends the link.
"""

from dataclasses import dataclass

import flask
from flask import Blueprint
from flask.typing import ResponseReturnValue

from faq.plans import Plan, PlanId
from store import links, opinions, plans
from store.audit import ByResident
from store.db import Tx
from store.links import Link, Purpose
from store.opinions import Opinion
from web.opinion_fields import OpinionForm, Sender, take
from web.plans import done, late, render
from web.rule import EVERYBODY, page
from web.site import site
from web.speech import hear, is_switched

opinion_form = Blueprint("opinion_form", __name__)

_ONE = "/o/<plan>/<token>"


@dataclass(frozen=True, slots=True)
class Opened:
    """What a link opens."""

    plan: Plan
    by: ByResident
    address: str
    """Of the form itself."""


@page(opinion_form, _ONE, EVERYBODY)
def show(plan: str, token: str) -> ResponseReturnValue:
    """The form, beside what the plan is about."""
    with site().database.read() as tx:
        opened = _look(tx, plan, token)
        if not isinstance(opened, Opened):
            return _closed(opened)
        return render(tx, opened.plan, OpinionForm(opened.plan, may_be_told=True), opened.address)


@page(opinion_form, _ONE, EVERYBODY, methods=("POST",))
def send(plan: str, token: str) -> ResponseReturnValue:
    """Takes the opinion and spends the link; after the close it is told so, and what was written stands there still."""
    with site().database.read() as tx:
        opened = _look(tx, plan, token)
        if not isinstance(opened, Opened):
            return _sent_already(tx, plan, token) or _closed(opened)
        form = OpinionForm(opened.plan, may_be_told=True)
        if is_switched():
            return render(tx, opened.plan, form, opened.address)
        refusal = opinions.refused(opened.plan, opened.by, site().clock(), has_name=True)
        if refusal is not None:
            return late(opened.plan, form, refusal)
        if not form.validate():
            return render(tx, opened.plan, form, opened.address), 422
    return _taken(opened, form, token)


def _taken(opened: Opened, form: OpinionForm, token: str) -> ResponseReturnValue:
    now = site().clock()
    with site().database.write() as tx:
        made = take(tx, opened.plan, form, Sender(opened.by, token, now))
        if isinstance(made, Opinion):
            links.spend(tx, Purpose.OPINION_FORM, token, now)
    if not isinstance(made, Opinion):
        return late(opened.plan, form, made)
    return done(opened.plan, made)


def _sent_already(tx: Tx, plan: str, token: str) -> ResponseReturnValue | None:
    """For who sends a form again that was sent."""
    link = links.spent(tx, Purpose.OPINION_FORM, token, site().clock())
    found = plans.find(tx, PlanId(plan))
    if link is None or link.resident is None or found is None:
        return None
    hear(tx, link.resident)
    made = opinions.sent(tx, link.resident, token)
    return None if made is None else done(found, made)


def _look(tx: Tx, plan: str, token: str) -> Opened | links.Refusal:
    link = links.look(tx, Purpose.OPINION_FORM, token, site().clock())
    if not isinstance(link, Link):
        return link
    hear(tx, link.resident)
    found = plans.find(tx, PlanId(plan))
    if found is None or link.resident is None:
        return links.Refusal.UNKNOWN
    address = flask.url_for("opinion_form.send", plan=plan, token=token)
    return Opened(found, ByResident(link.resident), address)


def _closed(why: links.Refusal) -> ResponseReturnValue:
    """A link whose time is over is told so; one that was sent, another's and one that never was look alike."""
    expired = why is links.Refusal.EXPIRED
    return flask.render_template("plans/closed.html", expired=expired), 410 if expired else 404
