"""Many records at once by a file: taken away, changed in Excel, brought back, looked at, proposed as one change."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import flask
from flask import Blueprint
from flask.typing import ResponseReturnValue

from faq import exchange, writing
from faq.problems import Problem, Refused, of_file
from faq.references import registers
from faq.schemas import Schema
from nlp.japan import today
from store import checking, knowledge, proposals, searching
from store.db import Tx
from store.proposals import Change, InvalidRecord, Proposal, Refusal
from store.searching import Wanted
from web import kinds
from web.door import viewer
from web.knowledge import asked, given
from web.proposal_words import say_refusal
from web.record_form import MOST_WHY
from web.rule import STAFF, Rule, page
from web.site import site

record_files = Blueprint("record_files", __name__)

MOST_BYTES: Final = 20 * 1024 * 1024
SENDERS: Final = Rule(STAFF.roles, most_bytes=MOST_BYTES)
_PATH: Final = "/staff/knowledge/<kind>/file"
_TYPES: Final = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@page(record_files, _PATH, STAFF)
def show(kind: str) -> ResponseReturnValue:
    """How it is done."""
    return _page(kinds.schema_of(kind))


@page(record_files, f"{_PATH}.<any('csv', 'xlsx'):ending>", STAFF)
def take(kind: str, ending: str) -> ResponseReturnValue:
    """The records that are wanted, as a file whose cells run nothing."""
    schema, wanted, day = kinds.schema_of(kind), asked(), today(site().clock())
    with site().database.read() as tx:
        found = searching.matching(tx, kind, wanted, day)
    name = f"{kind}-{day:%Y%m%d}.{ending}"
    headers = {
        "Content-Type": _TYPES[ending],
        "Content-Disposition": f'attachment; filename="{name}"',
    }
    return flask.Response(_file(schema, found, ending), headers=headers)


@page(record_files, _PATH, SENDERS, methods=("POST",))
def bring(kind: str) -> ResponseReturnValue:
    """Checks the whole file; where nothing is wrong with it, what it changes is a draft to be looked through."""
    here, schema = site(), kinds.schema_of(kind)
    upload, why = flask.request.files.get("file"), flask.request.form.get("why", "").strip()
    if upload is None or not upload.filename:
        return _page(schema, [of_file(here.say("record_files.no_file"))]), 422
    if not 0 < len(why) <= MOST_WHY:
        return _page(schema, [of_file(here.say("knowledge.wrong.why", most=MOST_WHY))]), 422
    with here.database.read() as tx:
        known = registers(knowledge.everything(tx))
    read = exchange.parse(schema, upload.read(), known)
    if isinstance(read, Refused):
        return _page(schema, read.problems, read.total), 422
    removes = flask.request.form.get("removes") == "yes"
    with here.database.read() as tx:
        changes = proposals.of_file(tx, schema.name, read.records, replace_all=removes)
    with here.database.write() as tx:
        came = _drafted(tx, changes, why)
        if not isinstance(came, Proposal):
            tx.connection.rollback()
            return _page(schema, [of_file(line) for line in say_refusal(came).splitlines()]), 422
    for note in read.notes:
        flask.flash(note, "warn")
    counts = {sort: sum(each.sort is sort for each in came.changes) for sort in proposals.Sort}
    told = {sort.value: count for sort, count in counts.items()}
    flask.flash(here.say("record_files.drafted", rows=len(read.records), **told))
    return flask.redirect(flask.url_for("proposal.show", number=came.id), 303)


def _drafted(tx: Tx, changes: tuple[Change, ...], why: str) -> Proposal | Refusal:
    """The draft of what the file changes."""
    now = site().clock()
    came = proposals.draft(tx, viewer(), changes, why, None, now)
    fits = checking.admit(tx, changes, now) if isinstance(came, Proposal) else came
    return fits if isinstance(fits, InvalidRecord) else came


def _page(schema: Schema[Any], problems: tuple[Problem, ...] | list[Problem] = (), total: int = 0) -> str:
    wanted: Wanted = asked()
    return flask.render_template(
        "knowledge/file.html",
        schema=schema,
        given=given(wanted),
        problems=problems,
        total=total or len(problems),
        why=flask.request.form.get("why", ""),
        removes=flask.request.form.get("removes") == "yes",
        columns=[(column.name, kinds.column_label(schema.name, column.name)) for column in schema.columns],
    )


def _file(schema: Schema[Any], found: tuple[Any, ...], ending: str) -> bytes:
    """As the command `export` writes it."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"{schema.name}.{ending}"
        written = writing.write(schema, found, path)
        assert not isinstance(written, Refused), written
        return path.read_bytes()
