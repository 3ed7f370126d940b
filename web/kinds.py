"""Kinds of record and their columns in words: what staff read in the place of a file's headings and values."""

from typing import Any, Final

import flask

from faq.kinds import KINDS
from faq.problems import Problem
from faq.record_cells import Cells, cells_of
from faq.schemas import Column, Schema
from faq.sentences import Fault
from web.site import site

ORDER: Final = (
    *("faq", "translations", "offices", "sections", "hours", "closures", "procedures"),
    *("programmes", "programme-days", "booking-terms", "shelters", "readings", "neighbours"),
    *("synonyms", "questions", "danger-texts", "danger-lines", "danger-translations", "danger-line-names"),
    "topics",
    "voice-categories",
    "plans",
    *("hearings", "ways"),
)
"""Of the kinds on the pages: what is edited most stands first."""
TITLES: Final = ("question", "query", "名称", "words", "word", "理由", "name")
"""The columns that tell people what a record is about, where the kind has one."""
_BY_KEY: Final = ("danger-texts", "danger-translations", "danger-line-names")
"""Kinds whose records are about what tells them apart."""


def schema_of(kind: str) -> Schema[Any]:
    """The kind of that name; the page is not there where none is."""
    return KINDS[kind] if kind in KINDS else flask.abort(404)


def kind_label(kind: str) -> str:
    return site().say(f"kinds.{kind}.label")


def kind_about(kind: str) -> str:
    return site().say(f"kinds.{kind}.about")


def kind_one(kind: str) -> str:
    """What one record of the kind is called."""
    return site().say(f"kinds.{kind}.one")


def column_label(kind: str, column: str) -> str:
    return _of_column(kind, column, "label")


def column_help(kind: str, column: str) -> str:
    return _of_column(kind, column, "help")


def word_of(kind: str, column: Column, word: str) -> str:
    """One of the words that a column takes, in Japanese where the file has it in English."""
    of = f"columns.{kind}.{column.name}"
    return _or_none(f"{of}.words.{word}") or _or_none(f"{of}.{word}") or word


def words_of(kind: str, column: Column, cell: str) -> str:
    """A cell as people read it: several values on a line each."""
    parts = cell.split("|") if column.type.several else [cell]
    return "\n".join(word_of(kind, column, part) if column.type.choices else part for part in parts)


def title_of(schema: Schema[Any], record: object) -> str:
    """What a record is about, in a line; its name where nothing else says it."""
    return title_of_cells(schema, cells_of(schema, record)) or schema.name_of(record)


def title_of_cells(schema: Schema[Any], cells: Cells) -> str:
    """The same from the cells of a record; empty where they do not say it."""
    if schema.name in _BY_KEY:
        named = [column for column in schema.columns if column.field in schema.key]
    else:
        named = [column for column in schema.columns if column.name in TITLES][:1]
    words = "\n".join(words_of(schema.name, column, cells.get(column.name, "")) for column in named)
    return "、".join(filter(None, words.splitlines()))


def say_problem(problem: Problem) -> str:
    """What is wrong with a value that was typed into a page: the files' sentences speak of Excel."""
    if problem.reason in set(Fault):
        return _or_none(f"knowledge.wrong.{Fault(problem.reason).name}") or problem.reason
    return problem.reason


def _of_column(kind: str, column: str, what: str) -> str:
    return _or_none(f"columns.{kind}.{column}.{what}") or site().say(f"columns.shared.{column}.{what}")


def _or_none(key: str) -> str | None:
    try:
        return site().say(key)
    except KeyError:
        return None


IN_TEMPLATES: Final = {
    "kind_label": kind_label,
    "kind_about": kind_about,
    "kind_one": kind_one,
    "column_label": column_label,
    "column_help": column_help,
    "words_of": words_of,
    "title_of": title_of,
}
"""What every template may call."""
