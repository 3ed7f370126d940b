"""Asking to have a record removed: a proposal like any other, with the reason."""

from typing import Any

import flask
from flask import Blueprint
from flask.typing import ResponseReturnValue

from faq.danger_texts import DangerLine
from faq.models import FaqEntry
from faq.schemas import Schema
from store import danger_texts, proposals, records, translations
from store.db import Tx
from store.proposals import Change, Proposal
from web import kinds
from web.door import viewer
from web.proposal_words import say_refusal
from web.record_form import MOST_WHY
from web.rule import STAFF, page
from web.site import site

record_removal = Blueprint("record_removal", __name__)

_ONE = "/staff/knowledge/<kind>/remove/<path:key>"


@page(record_removal, _ONE, STAFF)
def ask(kind: str, key: str) -> ResponseReturnValue:
    """Asks why, and says what goes with it."""
    schema = kinds.schema_of(kind)
    with site().database.read() as tx:
        record = records.find(tx, kind, key)
        if record is None:
            flask.abort(404)
        return _page(schema, key, record, _with_it(tx, schema, key, record))


@page(record_removal, _ONE, STAFF, methods=("POST",))
def send(kind: str, key: str) -> ResponseReturnValue:
    """Makes the proposal, and hands it in."""
    here, schema = site(), kinds.schema_of(kind)
    why = flask.request.form.get("why", "").strip()
    with here.database.write() as tx:
        record = records.find(tx, kind, key)
        if record is None:
            flask.abort(404)
        changes = _with_it(tx, schema, key, record)
        if not 0 < len(why) <= MOST_WHY:
            return _page(schema, key, record, changes, here.say("knowledge.wrong.why", most=MOST_WHY)), 422
        came = proposals.draft(tx, viewer(), changes, why, None, here.clock())
        if isinstance(came, Proposal):
            came = proposals.submit(tx, viewer(), came.id, came.version, here.clock())
        if not isinstance(came, Proposal):
            tx.connection.rollback()
            return _page(schema, key, record, changes, say_refusal(came)), 409
    flask.flash(here.say("knowledge.removal_submitted"))
    return flask.redirect(flask.url_for("proposal.show", number=came.id), 303)


def _with_it(tx: Tx, schema: Schema[Any], key: str, record: Any) -> list[Change]:
    """The record, and what an entry says, or a line of help is called, in other languages."""
    others: tuple[object, ...]
    match record:
        case FaqEntry():
            kind, others = "translations", translations.of_entry(tx, record.id)
        case DangerLine():
            kind, others = "danger-line-names", danger_texts.names_of_line(tx, record.id)
        case _:
            kind, others = schema.name, ()
    named = kinds.schema_of(kind)
    return [
        Change(schema.name, key, record, None),
        *(Change(kind, named.name_of(each), each, None) for each in others),
    ]


def _page(schema: Schema[Any], key: str, record: Any, changes: list[Change], wrong: str = "") -> str:
    return flask.render_template(
        "knowledge/remove.html",
        schema=schema,
        key=key,
        title=kinds.title_of(schema, record),
        others=len(changes) - 1,
        wrong=wrong,
        why=flask.request.form.get("why", ""),
    )
