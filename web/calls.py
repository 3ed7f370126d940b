"""The log of calls: one is logged in few keys, and taken back within ten seconds."""

from collections.abc import Iterable
from typing import Final

import flask
from flask import Blueprint
from flask.typing import ResponseReturnValue

from faq.models import EntryId
from nlp.japan import today
from store import calls as logged
from store import knowledge
from store.calls import UNDONE_WITHIN, CallId, Outcome, Undo
from store.db import Tx
from store.sight import Role
from web.call_form import CallForm
from web.door import viewer
from web.places import onward
from web.rule import Rule, page
from web.section_names import section_names
from web.site import site

calls = Blueprint("calls", __name__)

DESK: Final = Rule(frozenset({Role.OPERATOR, Role.APPROVER, Role.ADMIN}))
"""Who answers callers, and who leads them."""


@page(calls, "/operators/log", DESK)
def show() -> ResponseReturnValue:
    """An empty form, and what was logged today."""
    with site().database.read() as tx:
        form = _form(tx)
        form.begin(site().clock())
        return _page(tx, form)


@page(calls, "/operators/calls", DESK, methods=("POST",))
def log() -> ResponseReturnValue:
    """Logs a call; other pages send it too, and say by `back` where to go on."""
    here, now = site(), site().clock()
    with here.database.read() as tx:
        form = _form(tx)
        if not form.validate():
            return (form.said_wrong, 422) if _is_part() else (_page(tx, form), 422)
        known = here.city(tx)
    draft = form.draft(viewer().account, known, now)
    with here.database.write() as tx:
        number = logged.log(tx, draft, now)
    outcome, seconds = here.say(f"calls.outcome.{draft.outcome}"), int(UNDONE_WITHIN.total_seconds())
    if _is_part():
        return flask.render_template("calls/undo.html", number=number, outcome=outcome, seconds=seconds)
    flask.flash(here.say("calls.logged", outcome=outcome, seconds=seconds))
    return _back()


@page(calls, "/operators/calls/<int:number>/undo", DESK, methods=("POST",))
def undo(number: int) -> ResponseReturnValue:
    """Takes a call of one's own back."""
    here = site()
    with here.database.write() as tx:
        came = logged.undo(tx, viewer(), CallId(number), here.clock())
    if came is None:
        flask.abort(404)
    late, said = came is Undo.TOO_LATE, here.say(f"calls.{came}")
    if _is_part():
        return said, 409 if late else 200
    flask.flash(said, "error" if late else "message")
    return _back()


def _form(tx: Tx) -> CallForm:
    return CallForm(lambda name: bool(_questions(tx, [EntryId(name)])), section_names(tx))


def _questions(tx: Tx, ids: Iterable[EntryId]) -> dict[EntryId, str]:
    """The questions of entries that are there."""
    return {each.entry.id: each.entry.question for each in knowledge.prepared_of(tx, ids)}


def _page(tx: Tx, form: CallForm) -> str:
    here, now, who = site(), site().clock(), viewer()
    day = today(now)
    found = logged.of_day(tx, who, day)
    return flask.render_template(
        "calls/log.html",
        form=form,
        day=day,
        now=now,
        calls=found,
        questions=_questions(tx, {each.entry for each in found if each.entry}),
        sections=section_names(tx),
        outcomes=[(each.value, here.say(f"calls.outcome.{each}")) for each in Outcome],
        leads=who.leads or who.role is not Role.OPERATOR,
    )


def _is_part() -> bool:
    """Whether a page's script asks, which puts what is said into the page that stays."""
    return "HX-Request" in flask.request.headers


def _back() -> ResponseReturnValue:
    """To the page that it was sent from, where that is one of ours."""
    wanted = onward(flask.request.form.get("back", ""))
    return flask.redirect(wanted or flask.url_for("calls.show"), 303)
