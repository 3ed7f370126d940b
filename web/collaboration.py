"""One proposal: its page, the next stage, and what else can be done. Each look at its words is audited."""

import flask
from flask import Blueprint
from flask.typing import ResponseReturnValue

from store import (
    audit,
    collaboration_acts,
    collaboration_agreements,
    collaboration_evaluations,
    particulars,
)
from store.audit import ByAccount, Kind
from store.collaboration_refusals import Refused
from store.collaborations import Collaboration, CollaborationId
from store.db import Tx
from store.particulars import Field
from web.collaboration_forms import CollaborationForm
from web.collaboration_page import Page, bubble_of, page_of, shown
from web.door import viewer
from web.numbers import number_of
from web.rule import STAFF, STAFF_WITH_NAMES, page
from web.site import site
from web.typed import one_line

collaboration = Blueprint("collaboration", __name__)

_ONE = "/staff/collaborations/<int:number>"


@page(collaboration, _ONE, STAFF)
def show(number: int) -> ResponseReturnValue:
    """All of it."""
    with site().database.write(synced=False) as tx:
        opened = page_of(tx, number)
        _looked(tx, opened.found.id)
        return shown(opened)


@page(collaboration, f"{_ONE}/step", STAFF, methods=("POST",))
def step(number: int) -> ResponseReturnValue:
    """To the next stage; or only how the proposer would be told."""
    with site().database.write() as tx:
        opened = page_of(tx, number)
        form = opened.step
        if not form.validate():
            return shown(opened, of=form), 422
        if "preview" in flask.request.form:
            return shown(opened, of=form, preview=bubble_of(opened, form.draft()))
        me, now = viewer(), site().clock()
        came = collaboration_acts.move(tx, me, opened.found.id, form.read_version, form.draft(), now)
        return _done(opened, form, came, "moved")


@page(collaboration, f"{_ONE}/undo", STAFF, methods=("POST",))
def undo(number: int) -> ResponseReturnValue:
    """Takes the last step back."""
    version = number_of(flask.request.form.get("version", ""))
    with site().database.write() as tx:
        opened = page_of(tx, number)
        came = collaboration_acts.undo(tx, viewer(), opened.found.id, version, site().clock())
        return _done(opened, None, came, "undone")


@page(collaboration, f"{_ONE}/plan", STAFF, methods=("POST",))
def plan(number: int) -> ResponseReturnValue:
    """Who decides next, and by when."""
    with site().database.write() as tx:
        opened = page_of(tx, number)
        form = opened.plan
        if not form.validate():
            return shown(opened, of=form), 422
        which, decides = opened.found.id, one_line(form.decides.data)
        came = collaboration_acts.plan(
            tx, viewer(), which, form.read_version, decides, form.due, site().clock()
        )
        return _done(opened, form, came, "planned")


@page(collaboration, f"{_ONE}/section", STAFF, methods=("POST",))
def hand_over(number: int) -> ResponseReturnValue:
    """To another section; it may be out of sight then."""
    with site().database.write() as tx:
        opened = page_of(tx, number)
        form = opened.section
        if not form.validate():
            return shown(opened, of=form), 422
        me, which = viewer(), opened.found.id
        came = collaboration_acts.hand_over(tx, me, which, form.read_version, form.to, site().clock())
        if not isinstance(came, Collaboration):
            return shown(opened, refused=came, of=form), 409
    flask.flash(site().say("collaborations.done.handed_over"))
    return flask.redirect(flask.url_for("collaborations.show"), 303)


@page(collaboration, f"{_ONE}/agreement", STAFF, methods=("POST",))
def agree(number: int) -> ResponseReturnValue:
    """Writes down who does what, and for how long."""
    with site().database.write() as tx:
        opened = page_of(tx, number)
        form = opened.agree
        if not form.validate():
            return shown(opened, of=form), 422
        me, which, now = viewer(), opened.found.id, site().clock()
        came = collaboration_agreements.write(tx, me, which, form.read_version, form.agreement(), now)
        return _done(opened, form, came, "agreement")


@page(collaboration, f"{_ONE}/evaluation/<int:year>", STAFF, methods=("POST",))
def evaluate(number: int, year: int) -> ResponseReturnValue:
    """Writes what is said of a fiscal year."""
    with site().database.write() as tx:
        opened = page_of(tx, number)
        form = next((each for each in opened.years if each.year.data == str(year)), None)
        if form is None:
            flask.abort(404)
        if not form.validate():
            return shown(opened, of=form), 422
        me, which, now = viewer(), opened.found.id, site().clock()
        version, draft = form.read_version, form.draft()
        came = collaboration_evaluations.write(tx, me, which, version, year, draft, now)
        return _done(opened, form, came, "evaluation")


@page(collaboration, f"{_ONE}/whom", STAFF_WITH_NAMES, methods=("POST",))
def whom(number: int) -> ResponseReturnValue:
    """The page with who proposes and how to reach them; the look is audited."""
    say = site().say
    with site().database.write() as tx:
        opened = page_of(tx, number)
        kept = opened.found.particulars
        if kept is None:
            return shown(opened)
        told = particulars.read(tx, kept, ByAccount(viewer().account), site().clock())
        asked = [(say(f"bookings.told.{each}"), told[each]) for each in Field if told.get(each)]
        return shown(opened, whom=asked)


def _done(
    opened: Page, form: CollaborationForm | None, came: Collaboration | Refused, key: str
) -> ResponseReturnValue:
    if not isinstance(came, Collaboration):
        return shown(opened, refused=came, of=form), 409
    flask.flash(site().say(f"collaborations.done.{key}"))
    return flask.redirect(flask.url_for("collaboration.show", number=came.id), 303)


def _looked(tx: Tx, which: CollaborationId) -> None:
    by = ByAccount(viewer().account)
    audit.record(tx, by, "collaboration.read", Kind.COLLABORATION, str(which), site().clock())
