"""Notices from staff to the desk: on top of the operators' page within seconds, and their own page to write them."""

from typing import Final

import flask
from flask import Blueprint
from flask.typing import ResponseReturnValue

from store import bulletins as store
from store.bulletins import Bulletin, BulletinId
from store.overtaken import Overtaken
from web.bulletin_form import BulletinForm
from web.door import viewer
from web.partial import partial
from web.places import onward
from web.rule import PART, SIGNED_IN, STAFF, page
from web.section_names import section_names
from web.site import site
from web.times import say_moment

bulletins = Blueprint("bulletins", __name__)

PAST: Final = 30
"""Notices that ended, on the page."""
_ONE: Final = "/operators/bulletins/<int:number>"


@page(bulletins, "/operators/bulletins", SIGNED_IN)
def show() -> ResponseReturnValue:
    """All that stand or will, read or not, and the last that ended."""
    now = site().clock()
    with site().database.read() as tx:
        return flask.render_template(
            "bulletins/show.html",
            standing=store.standing(tx, now),
            past=store.past(tx, now, PAST),
            sections=section_names(tx),
            may_keep=lambda each: store.may_keep(viewer(), each.section),
            now=now,
        )


@page(bulletins, "/operators/bulletins/now", PART)
def board() -> ResponseReturnValue:
    """What the visitor has not read: the part on top of the operators' page."""
    return partial("bulletins/board.html")


@page(bulletins, "/operators/bulletins/new", STAFF, methods=("GET", "POST"))
def add() -> ResponseReturnValue:
    """Writes a notice."""
    form = _form(None)
    if not form.validate_on_submit():
        return _edit(form, None)
    with site().database.write() as tx:
        made = store.write(tx, viewer(), form.draft(), site().clock())
    if made is None:
        flask.abort(404)
    flask.flash(site().say("bulletins.written"))
    return _list()


@page(bulletins, _ONE, STAFF, methods=("GET", "POST"))
def one(number: int) -> ResponseReturnValue:
    """Changes a notice."""
    there = _theirs(BulletinId(number))
    form = _form(there)
    if not form.validate_on_submit():
        return _edit(form, there)
    with site().database.write() as tx:
        changed = store.change(tx, viewer(), there.id, form.read_version, form.draft(), site().clock())
    if changed is None:
        flask.abort(404)
    if isinstance(changed, Overtaken):
        at = say_moment(changed.at)
        form.form_errors.append(site().say("bulletins.overtaken", by=changed.by, at=at))
        return _edit(form, there)
    flask.flash(site().say("bulletins.changed"))
    return _list()


@page(bulletins, f"{_ONE}/end", STAFF, methods=("POST",))
def end(number: int) -> ResponseReturnValue:
    """Takes a notice down."""
    with site().database.write() as tx:
        if not store.end(tx, viewer(), BulletinId(number), site().clock()):
            flask.abort(404)
    flask.flash(site().say("bulletins.ended"))
    return _list()


@page(bulletins, f"{_ONE}/read", SIGNED_IN, methods=("POST",))
def read(number: int) -> ResponseReturnValue:
    """Hides a notice from who has read it, until it changes."""
    which = BulletinId(number)
    with site().database.write() as tx:
        if store.find(tx, which) is None:
            flask.abort(404)
        store.read(tx, viewer().account, which, _form_version())
    return flask.redirect(onward(flask.request.form.get("back", "")) or flask.url_for("operators.show"), 303)


def unread_bulletins() -> tuple[Bulletin, ...]:
    """What the visitor has not read, for templates."""
    with site().database.read() as tx:
        return store.unread(tx, viewer().account, site().clock())


def _form_version() -> int:
    return flask.request.form.get("version", 0, type=int) % 2**31


def _theirs(which: BulletinId) -> Bulletin:
    with site().database.read() as tx:
        found = store.find(tx, which)
    if found is None or not store.may_keep(viewer(), found.section):
        flask.abort(404)
    return found


def _form(there: Bulletin | None) -> BulletinForm:
    with site().database.read() as tx:
        return BulletinForm(viewer(), section_names(tx), there)


def _edit(form: BulletinForm, there: Bulletin | None) -> ResponseReturnValue:
    shown = flask.render_template("bulletins/edit.html", form=form, bulletin=there)
    return shown, 422 if form.errors or form.form_errors else 200


def _list() -> ResponseReturnValue:
    return flask.redirect(flask.url_for("bulletins.show"), 303)
