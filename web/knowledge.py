"""The knowledge by kind: all kinds with their counts, and the records of one, searched and filtered."""

from collections.abc import Sequence
from typing import Any

import flask
from flask import Blueprint
from flask.typing import ResponseReturnValue

from faq.models import Provenance, Status
from faq.schemas import Schema
from nlp.japan import today
from store import boxes, searching
from store.db import Tx
from store.searching import PAGE, Wanted
from web import kinds
from web.door import viewer
from web.pages_of import at_page
from web.record_choices import Choices, Pairs, names_of
from web.rule import STAFF, page
from web.section_names import section_names
from web.site import site

knowledge = Blueprint("knowledge", __name__)


@page(knowledge, "/staff/knowledge", STAFF)
def show() -> ResponseReturnValue:
    """The kinds."""
    with site().database.read() as tx:
        counts = searching.counts(tx)
    return flask.render_template("knowledge/kinds.html", kinds=[(kind, counts[kind]) for kind in kinds.ORDER])


@page(knowledge, "/staff/knowledge/<kind>", STAFF)
def of_kind(kind: str) -> ResponseReturnValue:
    """The records of a kind that are wanted."""
    schema, wanted = kinds.schema_of(kind), asked()
    at = min(max(0, flask.request.args.get("page", 0, int)), 100_000)
    day = today(site().clock())
    with site().database.read() as tx:
        listed = searching.listed(tx, kind, wanted, day, at)
        sections, choices = _sections(tx, schema), names_of(tx, schema)
        names = [schema.name_of(record) for record in listed.records]
        named = [_named(schema, choices, record) for record in listed.records]
        under_way = boxes.changing(tx, viewer(), kind, names)
    return flask.render_template(
        "knowledge/kind.html",
        schema=schema,
        rows=list(zip(names, listed.records, named, strict=True)),
        total=listed.total,
        wanted=wanted,
        given=given(wanted),
        sections=sections,
        statuses=[status.value for status in Status],
        has_source=has_source(schema),
        under_way=under_way,
        today=day,
        first=at * PAGE + 1,
        before=at_page(at - 1) if at > 0 else None,
        after=at_page(at + 1) if (at + 1) * PAGE < listed.total else None,
    )


def _named(schema: Schema[Any], choices: Choices, record: object) -> str:
    """The records that a record names, as people call them."""
    found = (choices.word_of(column.name, column.write(record)) for column in schema.columns)
    return "、".join(filter(None, found))


def asked() -> Wanted:
    """What the address asks for."""
    args = flask.request.args
    status = args.get("status", "")
    return Wanted(
        text=args.get("text", "")[:100],
        section=args.get("section", "")[:200],
        status=Status(status) if status in set(Status) else None,
        is_past=args.get("past") == "yes",
    )


def given(wanted: Wanted) -> dict[str, str]:
    """The same for an address: what is wanted, and nothing else."""
    all_given = {
        "text": wanted.text,
        "section": wanted.section,
        "status": wanted.status.value if wanted.status else "",
        "past": "yes" if wanted.is_past else "",
    }
    return {name: value for name, value in all_given.items() if value}


def has_source(schema: Schema[Any]) -> bool:
    """Whether the records of a kind say where they come from, and until when they hold."""
    return any(part.record is Provenance for part in schema.parts)


def _sections(tx: Tx, schema: Schema[Any]) -> Pairs:
    """The sections that the records of a kind name, as people read them."""
    if not any(column.field == "section" for column in schema.columns):
        return ()
    names = section_names(tx)
    used: Sequence[str] = searching.values_of(tx, schema.name, "section")
    return [(value, names.get(value, value)) for value in used]
