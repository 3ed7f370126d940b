"""Writing at a record: the form of any kind, what it would look like, and a draft or a request for approval."""

import flask
from flask import Blueprint
from flask.typing import ResponseReturnValue

from store import proposals, records
from store.proposals import Change, Conflict, Proposal, State
from web import kinds
from web.door import viewer
from web.merging import Cells
from web.record_beginning import beginning, transaction
from web.record_form import RecordForm
from web.record_writing import (
    PREVIEW,
    SUBMIT,
    Writing,
    checked,
    clash,
    cluster,
    form_of,
    render,
    seen_cells,
    stored_cells,
    tell,
)
from web.rule import STAFF, page
from web.site import site

record_edit = Blueprint("record_edit", __name__)

_NEW = "/staff/knowledge/<kind>/new"
_ONE = "/staff/knowledge/<kind>/edit/<path:key>"


@page(record_edit, _NEW, STAFF)
def begin_new(kind: str) -> ResponseReturnValue:
    """A form with little in it; for questions that nobody could answer, with these."""
    schema = kinds.schema_of(kind)
    writing = Writing(schema, "", None, {})
    with transaction() as tx:
        return render(tx, writing, form_of(tx, writing, beginning(tx, schema)))


@page(record_edit, _ONE, STAFF)
def begin(kind: str, key: str) -> ResponseReturnValue:
    """The form with the record as it is; a phrasing that the address brings stands behind those that are there."""
    schema = kinds.schema_of(kind)
    with site().database.read() as tx:
        was = seen_cells(schema, records.find(tx, kind, key))
        if was is None:
            flask.abort(404)
        writing = Writing(schema, key, was, was)
        return render(tx, writing, form_of(tx, writing, _with_phrasing(was)))


@page(record_edit, _NEW, STAFF, methods=("POST",))
def send_new(kind: str) -> ResponseReturnValue:
    """Takes a new record."""
    return _sent(Writing(kinds.schema_of(kind), "", None, {}))


@page(record_edit, _ONE, STAFF, methods=("POST",))
def send(kind: str, key: str) -> ResponseReturnValue:
    """Takes what was written."""
    schema = kinds.schema_of(kind)
    with site().database.read() as tx:
        if records.find(tx, kind, key) is None and not flask.request.form.get("was"):
            flask.abort(404)
    return _sent(Writing(schema, key, None, {}).sent())


@page(record_edit, "/staff/preview", STAFF, methods=("POST",))
def preview() -> ResponseReturnValue:
    """How an entry would look in LINE, while it is being written."""
    given = flask.request.form
    shown = {name.removeprefix("cell-"): value for name, value in given.items() if name.startswith("cell-")}
    return flask.render_template("knowledge/bubble.html", shown=shown)


def _with_phrasing(was: Cells) -> Cells:
    added = flask.request.args.get("phrasing", "").replace("|", " ").strip()[:200]
    if not added or "phrasings" not in was or added in was["phrasings"].split("|"):
        return was
    return {**was, "phrasings": "|".join(filter(None, (was["phrasings"], added)))}


def _sent(writing: Writing) -> ResponseReturnValue:
    here = site()
    with here.database.read() as tx:
        form = form_of(tx, writing, writing.was or {})
        if flask.request.form.get("act") == PREVIEW:
            return render(tx, writing, form)
        if stored_cells(tx, writing) != writing.was:
            return clash(tx, writing, form), 409
        record = checked(tx, writing, form)
        if not form.says_why() or record is None:
            return render(tx, writing, form), 422
    change = Change(writing.kind, writing.key, writing.before(), record)
    with here.database.write() as tx:
        came = proposals.draft(tx, viewer(), [change], form.why.data or "", cluster(), here.clock())
        if isinstance(came, Proposal) and flask.request.form.get("act") == SUBMIT:
            came = proposals.submit(tx, viewer(), came.id, came.version, here.clock())
        if not isinstance(came, Proposal):
            tx.connection.rollback()  # no draft stays behind that the form would make again
    return _answered(writing, form, came)


def _answered(writing: Writing, form: RecordForm, came: Proposal | proposals.Refusal) -> ResponseReturnValue:
    match came:
        case Proposal(state=state):
            flask.flash(site().say("knowledge.submitted" if state is State.SUBMITTED else "knowledge.saved"))
            return flask.redirect(flask.url_for("proposal.show", number=came.id), 303)
        case Conflict():
            with site().database.read() as tx:
                return clash(tx, writing, form), 409
        case _:
            tell(form, writing.key, came)
            with site().database.read() as tx:
                return render(tx, writing, form), 422
