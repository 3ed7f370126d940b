"""One record: what it says, what is under way, what became of it, and its other languages."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

import flask
from flask import Blueprint
from flask.typing import ResponseReturnValue

from faq.danger_texts import DangerLine, DangerText
from faq.models import FaqEntry, Provenance, Status
from faq.schemas import Schema
from nlp.japan import today
from nlp.language import BESIDES_JAPANESE, Language
from store import danger_texts, history, proposals, records, translations
from store.db import Tx
from store.outdated import outdated
from web import kinds
from web.changes_shown import past_of
from web.danger_bubble import bubble_of
from web.door import viewer
from web.record_choices import names_of
from web.rule import STAFF, page
from web.site import site

record = Blueprint("record", __name__)

SOME: Final = 10
"""Of the past; the history has all."""


@dataclass(frozen=True, slots=True)
class InLanguage:
    """A record in another language, as the record it belongs to shows it."""

    kind: str
    key: str
    begin: Mapping[str, str]
    """The columns that a new one begins with."""
    words: str = ""
    status: Status | None = None
    """None where it is not there yet."""


@dataclass(frozen=True, slots=True)
class Line:
    """A column of a record, as people read it."""

    label: str
    words: str
    link: str = ""


@page(record, "/staff/knowledge/<kind>/record/<path:key>", STAFF)
def show(kind: str, key: str) -> ResponseReturnValue:
    """The record with its history, and what is proposed for it."""
    schema = kinds.schema_of(kind)
    with site().database.read() as tx:
        found = records.find(tx, kind, key)
        under_way = proposals.open_of(tx, viewer(), kind, key)
        if found is None:
            flask.abort(404)
        past = history.of_record(tx, viewer(), kind, key, SOME)
        lines = lines_of(tx, schema, found)
        others = translations_of(tx, found)
        guidance = bubble_of(tx, found)
        old = outdated(tx, found.id) if isinstance(found, FaqEntry) else frozenset()
    return flask.render_template(
        "knowledge/record.html",
        schema=schema,
        key=key,
        record=found,
        lines=lines,
        under_way=under_way,
        past=past_of(past),
        guidance=guidance,
        translations=others,
        outdated={language for _, language in old},
        today=today(site().clock()),
    )


def lines_of(tx: Tx, schema: Schema[Any], found: object) -> tuple[Line, ...]:
    """What a record says, column by column; what it names is given by its name."""
    choices = names_of(tx, schema)
    lines = []
    for column in schema.columns:
        cell = column.write(found)
        words = choices.word_of(column.name, cell) or kinds.words_of(schema.name, column, cell)
        link = cell if cell.startswith(("https://", "http://")) else ""
        lines.append(Line(kinds.column_label(schema.name, column.name), words, link))
    return tuple(lines)


def translations_of(tx: Tx, found: object) -> Mapping[Language, InLanguage]:
    """An entry, a text of danger or a line of help in every language; nothing for records of other kinds."""
    there: Mapping[Language, tuple[str, Provenance]]
    match found:
        case FaqEntry():
            kind, begin = "translations", {"faq_id": str(found.id)}
            entries = translations.of_entry(tx, found.id)
            there = {each.language: (each.question, each.provenance) for each in entries}
        case DangerText():
            kind, begin = "danger-translations", {"danger": found.danger, "severity": found.severity}
            texts = danger_texts.translations_of(tx, found)
            there = {each.language: (each.text, each.provenance) for each in texts}
        case DangerLine():
            kind, begin = "danger-line-names", {"line": str(found.id)}
            names = danger_texts.names_of_line(tx, found.id)
            there = {each.language: (each.name, each.provenance) for each in names}
        case _:
            return {}
    return {language: _in(kind, begin, language, there.get(language)) for language in BESIDES_JAPANESE}


def _in(
    kind: str, begin: Mapping[str, str], language: Language, there: tuple[str, Provenance] | None
) -> InLanguage:
    key = " ".join([*begin.values(), language])
    found = InLanguage(kind, key, begin)
    return replace(found, words=there[0], status=there[1].status) if there else found
