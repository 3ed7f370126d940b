"""Writing at what a proposal holds: one of its changes, or leaving one out. Nothing of anybody else is overwritten."""

from collections.abc import Sequence
from typing import Final

import flask
from flask import Blueprint
from flask.typing import ResponseReturnValue

from faq.kinds import KINDS
from faq.record_cells import cells_of
from store import proposals
from store.db import Tx
from store.proposals import Change, Conflict, Proposal, ProposalId, Refusal, State
from web.door import viewer
from web.merging import merge
from web.proposal import clashing, done
from web.record_form import RecordForm
from web.record_writing import (
    PREVIEW,
    SUBMIT,
    Writing,
    checked,
    clash,
    form_of,
    render,
    seen_cells,
    stored_cells,
    tell,
)
from web.rule import STAFF, page
from web.site import site

proposal_edit = Blueprint("proposal_edit", __name__)

_ONE: Final = "/staff/proposals/<int:number>"
_CHANGE: Final = f"{_ONE}/changes/<int:place>"


@page(proposal_edit, _CHANGE, STAFF)
def begin(number: int, place: int) -> ResponseReturnValue:
    """The form with what is proposed; beside what is published now, where that has changed meanwhile."""
    with site().database.read() as tx:
        found = _found(tx, number)
        writing = _writing(found, place)
        form = form_of(tx, writing, writing.base)
        if stored_cells(tx, writing) != writing.was:
            return clash(tx, writing, form)
        return render(tx, writing, form)


@page(proposal_edit, _CHANGE, STAFF, methods=("POST",))
def send(number: int, place: int) -> ResponseReturnValue:
    """Takes what was written."""
    here = site()
    with here.database.read() as tx:
        found = _found(tx, number)
        now = _writing(found, place)
        writing = now.sent()
        form = form_of(tx, writing, writing.base)
        if flask.request.form.get("act") == PREVIEW:
            return render(tx, writing, form)
        if writing.version != found.version:
            return _revised(tx, now, writing, form), 409
        if stored_cells(tx, writing) != writing.was:
            return clash(tx, writing, form), 409
        record = checked(tx, writing, form)
        if not form.says_why() or record is None:
            return render(tx, writing, form), 422
    change = Change(writing.kind, writing.key, writing.before(), record)
    changes = [*found.changes[:place], change, *found.changes[place + 1 :]]
    with here.database.write() as tx:
        came = _revise(tx, found, changes, form.why.data or "")
        if not isinstance(came, Proposal):
            tx.connection.rollback()
    return _answered(number, place, writing, form, came)


@page(proposal_edit, f"{_CHANGE}/drop", STAFF, methods=("POST",))
def drop(number: int, place: int) -> ResponseReturnValue:
    """Leaves a change out."""
    return done(number, "dropped", lambda tx, which, version: _without(tx, which, version, [place]))


@page(proposal_edit, f"{_ONE}/drop-clashing", STAFF, methods=("POST",))
def drop_clashing(number: int) -> ResponseReturnValue:
    """Leaves out all changes whose record somebody else has changed."""

    def act(tx: Tx, which: ProposalId, version: int) -> Proposal | Refusal:
        found = proposals.find(tx, viewer(), which) or flask.abort(404)
        return _without(tx, which, version, [place for place, _ in clashing(tx, found)])

    return done(number, "dropped", act)


def _found(tx: Tx, number: int) -> Proposal:
    return proposals.find(tx, viewer(), ProposalId(number)) or flask.abort(404)


def _writing(found: Proposal, place: int) -> Writing:
    change = found.changes[place] if place < len(found.changes) else flask.abort(404)
    if change.after is None or found.state not in proposals.REVISABLE:
        flask.abort(404)
    schema = KINDS[change.kind]
    was = seen_cells(schema, change.before)
    key = change.key if change.before is not None else ""
    return Writing(schema, key, was, cells_of(schema, change.after), found, found.version)


def _revised(tx: Tx, now: Writing, writing: Writing, form: RecordForm) -> str:
    """A colleague wrote at the same proposal: what both wrote, over what they made of it."""
    both = merge(writing.schema, writing.base, form.cells(), now.base)
    form.put(both.cells)
    assert now.proposal is not None
    return render(tx, now, form, both, now.proposal.changed_by_shown)


def _revise(tx: Tx, found: Proposal, changes: Sequence[Change], why: str) -> Proposal | Refusal:
    now = site().clock()
    came = proposals.revise(tx, viewer(), found.id, found.version, changes, why, now)
    if isinstance(came, Proposal) and flask.request.form.get("act") == SUBMIT:
        return proposals.submit(tx, viewer(), came.id, came.version, now)
    return came


def _without(tx: Tx, which: ProposalId, version: int, places: Sequence[int]) -> Proposal | Refusal:
    found = proposals.find(tx, viewer(), which) or flask.abort(404)
    left = [each for place, each in enumerate(found.changes) if place not in places]
    return proposals.revise(tx, viewer(), which, version, left, found.why, site().clock())


def _answered(
    number: int, place: int, writing: Writing, form: RecordForm, came: Proposal | Refusal
) -> ResponseReturnValue:
    match came:
        case Proposal(state=state):
            flask.flash(
                site().say("knowledge.submitted" if state is State.SUBMITTED else "knowledge.revised")
            )
            return flask.redirect(flask.url_for("proposal.show", number=came.id), 303)
        case Conflict(what=None):
            with site().database.read() as tx:
                return _revised(tx, _writing(_found(tx, number), place), writing, form), 409
        case Conflict():
            with site().database.read() as tx:
                return clash(tx, writing, form), 409
        case _:
            tell(form, writing.key, came)
            with site().database.read() as tx:
                return render(tx, writing, form), 422
