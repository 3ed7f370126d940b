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
    *(
        "programmes",
        "programme-days",
        "booking-terms",
        "shelters",
        "readings",
        "neighbours",
        "synonyms",
        "questions",
    ),
)
"""Of the kinds on the pages: what is edited most stands first."""
TITLES: Final = ("question", "query", "名称", "words", "word", "理由")
"""The columns that tell people what a record is about, where the kind has one."""


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
    return _or_none(f"columns.{kind}.{column.name}.{word}") or word


def words_of(kind: str, column: Column, cell: str) -> str:
    """A cell as people read it: several values on a line each."""
    parts = cell.split("|") if column.type.several else [cell]
    return "\n".join(word_of(kind, column, part) if column.type.choices else part for part in parts)


def title_of(schema: Schema[Any], record: object) -> str:
    """What a record is about, in a line; its name where nothing else says it."""
    return title_of_cells(schema, cells_of(schema, record)) or schema.name_of(record)


def title_of_cells(schema: Schema[Any], cells: Cells) -> str:
    """The same from the cells of a record; empty where they do not say it."""
    column = next((each for each in schema.columns if each.name in TITLES), None)
    words = words_of(schema.name, column, cells.get(column.name, "")) if column else ""
    return "、".join(words.splitlines())


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
