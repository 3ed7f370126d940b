"""Sentences with blanks, at hand at the desk, and their own page. What fills a blank stays in the browser."""

from collections.abc import Iterable
from dataclasses import dataclass

import flask
from flask import Blueprint
from flask.typing import ResponseReturnValue

from faq import blanks
from faq.blanks import Blank, Piece, Words
from nlp.folding import fold
from store import canned as store
from store.canned import Canned, CannedId
from store.overtaken import Overtaken
from store.sight import Role
from web.canned_form import CannedForm
from web.door import viewer
from web.partial import partial
from web.places import onward
from web.rule import PART, SIGNED_IN, STAFF, page
from web.section_names import section_names
from web.site import site
from web.times import say_moment

canned = Blueprint("canned", __name__)

_ONE = "/operators/canned/<int:number>"


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence as it is shown: its pieces, and what it is found by."""

    canned: Canned
    pieces: tuple[Piece, ...]
    found_by: str
    """Title, reading and text, folded; what is typed is sought in it."""
    may_keep: bool

    @property
    def blanks(self) -> tuple[str, ...]:
        """The names of its blanks, each once."""
        return tuple(dict.fromkeys(each.name for each in self.pieces if isinstance(each, Blank)))


@page(canned, "/operators/canned", SIGNED_IN)
def show() -> ResponseReturnValue:
    """One's team's and everybody's."""
    return flask.render_template("canned/show.html", keeps=viewer().role is not Role.OPERATOR)


@page(canned, "/operators/canned/list", PART)
def part() -> ResponseReturnValue:
    """The same for the operators' page."""
    return partial("canned/list.html", keeps=False)


@page(canned, "/operators/canned/new", STAFF, methods=("GET", "POST"))
def add() -> ResponseReturnValue:
    """Writes a sentence."""
    form = _form(None)
    if not form.validate_on_submit():
        return _edit(form, None)
    with site().database.write() as tx:
        made = store.add(tx, viewer(), form.draft(), site().clock())
    if made is None:
        flask.abort(404)
    return _done("added")


@page(canned, _ONE, STAFF, methods=("GET", "POST"))
def one(number: int) -> ResponseReturnValue:
    """Changes a sentence."""
    there = _theirs(CannedId(number))
    form = _form(there)
    if not form.validate_on_submit():
        return _edit(form, there)
    with site().database.write() as tx:
        changed = store.change(tx, viewer(), there.id, form.read_version, form.draft(), site().clock())
    if changed is None:
        flask.abort(404)
    if isinstance(changed, Overtaken):
        at = say_moment(changed.at)
        form.form_errors.append(site().say("canned.overtaken", by=changed.by, at=at))
        return _edit(form, there)
    return _done("changed")


@page(canned, f"{_ONE}/remove", STAFF)
def ask(number: int) -> ResponseReturnValue:
    """Asks once more before a sentence is taken away."""
    there, say = _theirs(CannedId(number)), site().say
    return flask.render_template(
        "confirm.html",
        title=say("canned.ask_title", title=there.title),
        says=[there.text, say("canned.ask_text")],
        yes=say("canned.ask_yes"),
        address=flask.url_for("canned.remove", number=number),
        back=flask.url_for("canned.show"),
    )


@page(canned, f"{_ONE}/remove", STAFF, methods=("POST",))
def remove(number: int) -> ResponseReturnValue:
    """Takes a sentence away."""
    with site().database.write() as tx:
        if not store.remove(tx, viewer(), CannedId(number), site().clock()):
            flask.abort(404)
    return _done("removed")


def sentences() -> tuple[Sentence, ...]:
    """One's team's and everybody's, for templates."""
    with site().database.read() as tx:
        return tuple(_sentences(store.listed(tx, viewer())))


def team_names() -> dict[str, str]:
    """Teams by their sections' ids, for templates."""
    with site().database.read() as tx:
        return section_names(tx)


def _sentences(found: Iterable[Canned]) -> Iterable[Sentence]:
    for each in found:
        pieces = blanks.parse(each.text)
        shown = pieces if isinstance(pieces, tuple) else (Words(each.text),)
        sought = fold(f"{each.title}　{each.kana}　{each.text}")
        yield Sentence(each, shown, sought, store.may_keep(viewer(), each.team))


def _theirs(which: CannedId) -> Canned:
    with site().database.read() as tx:
        found = store.find(tx, viewer(), which)
    if found is None or not store.may_keep(viewer(), found.team):
        flask.abort(404)
    return found


def _form(there: Canned | None) -> CannedForm:
    with site().database.read() as tx:
        return CannedForm(viewer(), section_names(tx), there)


def _edit(form: CannedForm, there: Canned | None) -> ResponseReturnValue:
    return flask.render_template("canned/edit.html", form=form, canned=there), 422 if form.errors else 200


def _done(key: str) -> ResponseReturnValue:
    flask.flash(site().say(f"canned.{key}"))
    wanted = onward(flask.request.form.get("back", ""))
    return flask.redirect(wanted or flask.url_for("canned.show"), 303)
