"""What became of the knowledge: what was published together, record by record, and the way back."""

from typing import Final

import flask
from flask import Blueprint
from flask.typing import ResponseReturnValue

from faq.kinds import KINDS
from store import history as kept
from store import proposals
from store.editions import EditionId, RevisionId
from web import kinds
from web.changes_shown import past_of
from web.door import viewer
from web.numbers import number_of
from web.rule import STAFF, page
from web.site import site

history = Blueprint("history", __name__)

PAGE: Final = 30


@page(history, "/staff/history", STAFF)
def show() -> ResponseReturnValue:
    """What was published, the newest first; of one kind where one is asked for."""
    args = flask.request.args
    kind = args["kind"] if args.get("kind") in KINDS else None
    before = number_of(args.get("before", ""))
    with site().database.read() as tx:
        found = kept.recent(
            tx, viewer(), PAGE + 1, kind=kind, before=EditionId(before) if before > 0 else None
        )
    editions = found[:PAGE]
    older = flask.url_for("history.show", kind=kind, before=editions[-1].id) if len(found) > PAGE else None
    newest = flask.url_for("history.show", kind=kind) if before > 0 else None
    return flask.render_template(
        "history/list.html", editions=editions, kind=kind, kinds=kinds.ORDER, older=older, newest=newest
    )


@page(history, "/staff/history/<int:number>", STAFF)
def edition(number: int) -> ResponseReturnValue:
    """One of them, with the differences of its records."""
    after = number_of(flask.request.args.get("after", ""))
    with site().database.read() as tx:
        found = kept.of_edition(
            tx, viewer(), EditionId(number), PAGE + 1, RevisionId(after) if after > 0 else None
        )
        about = found[0].edition if found else flask.abort(404)
        seen = about.proposal is not None and proposals.find(tx, viewer(), about.proposal) is not None
    more = (
        flask.url_for("history.edition", number=number, after=found[PAGE - 1].id)
        if len(found) > PAGE
        else None
    )
    first = flask.url_for("history.edition", number=number) if after > 0 else None
    return flask.render_template(
        "history/edition.html",
        edition=about,
        links_proposal=seen,
        past=past_of(found[:PAGE]),
        more=more,
        first=first,
    )


@page(history, "/staff/history/of/<kind>/<path:key>", STAFF)
def of_record(kind: str, key: str) -> ResponseReturnValue:
    """All that became of a record, also of one that is gone."""
    schema = kinds.schema_of(kind)
    with site().database.read() as tx:
        found = kept.of_record(tx, viewer(), kind, key)
    if not found:
        flask.abort(404)
    return flask.render_template("history/record.html", schema=schema, key=key, past=past_of(found))
