"""The city's knowledge as one SQLite file that `sqlite-utils` and Datasette open as it is."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from pathlib import Path
from types import NoneType
from typing import TYPE_CHECKING, get_args, get_origin, get_type_hints

from faq.models import FaqEntry, Office, Shelter, Synonyms
from faq.problems import Refused
from faq.writing import Written, saved

if TYPE_CHECKING:
    from sqlite_utils import Database

_Value = str | float | int | None
_Row = dict[str, _Value]


@dataclass(frozen=True, slots=True)
class Holdings:
    """All that a city knows, at one moment."""

    entries: Sequence[FaqEntry]
    offices: Sequence[Office]
    shelters: Sequence[Shelter]
    synonyms: Sequence[Synonyms]


def write_snapshot(holdings: Holdings, path: Path) -> Written | Refused:
    """Tables faq, phrasings, offices, office_names, shelters and synonyms, moved into place when whole.

    Dates are ISO text, yes or no is 1 or 0, what is not known is NULL or empty. `faq` has a full-text
    index of trigrams, the one tokenizer of SQLite that finds Japanese; words of two letters need LIKE.
    """

    def fill(place: Path) -> None:
        from sqlite_utils import Database

        database = Database(place)
        try:
            _fill(database, holdings)
        finally:
            database.close()

    return saved(path, fill, len(holdings.entries))


def _fill(database: "Database", holdings: Holdings) -> None:
    _records(database, "faq", FaqEntry, holdings.entries)
    _records(database, "offices", Office, holdings.offices)
    _records(database, "shelters", Shelter, holdings.shelters)
    phrasings = ((entry.id, entry.phrasings) for entry in holdings.entries)
    _texts(database, "phrasings", "faq_id", "faq", phrasings)
    names = ((office.id, office.aliases) for office in holdings.offices)
    _texts(database, "office_names", "office_id", "offices", names)
    words = database.table("synonyms").create(
        {"set_id": int, "position": int, "word": str, "weight": float, "source": str},
        pk=("set_id", "position"),
    )
    words.insert_all(_words(holdings.synonyms))
    words.create_index(["word"])
    database.table("faq").enable_fts(["question", "answer"], tokenize="trigram")


def _records(database: "Database", name: str, kind: type, records: Sequence[object]) -> None:
    """A table of a dataclass: its texts that are lists left out, the records within it spread out."""
    columns = dict(_columns(kind))
    empty: _Row = dict.fromkeys(columns)
    table = database.table(name).create(columns, pk="id")
    table.insert_all(empty | _row(record) for record in records)


def _texts(
    database: "Database", name: str, owner: str, parent: str, lists: Iterable[tuple[str, Sequence[str]]]
) -> None:
    """A table of the lists of text that belong to the records of another."""
    table = database.table(name).create(
        {owner: str, "position": int, "text": str},
        pk=(owner, "position"),
        foreign_keys=[(owner, parent, "id")],
    )
    table.insert_all(
        {owner: identity, "position": position, "text": text}
        for identity, texts in lists
        for position, text in enumerate(texts, start=1)
    )


def _words(synonyms: Sequence[Synonyms]) -> Iterator[_Row]:
    for number, group in enumerate(synonyms, start=1):
        for position, word in enumerate(group.words, start=1):
            yield {
                "set_id": number,
                "position": position,
                "word": word,
                "weight": group.weight,
                "source": group.source,
            }


def _columns(kind: type) -> Iterator[tuple[str, type]]:
    for name, hint in get_type_hints(kind).items():
        inner = next((part for part in get_args(hint) if part is not NoneType), hint)
        if get_origin(hint) is tuple:
            continue
        if isinstance(inner, type) and is_dataclass(inner):
            yield from _columns(inner)
        else:
            yield name, inner if inner in (float, bool) else str


def _row(record: object) -> _Row:
    row: _Row = {}
    for name, value in _values(record):
        if is_dataclass(value):
            row |= _row(value)
        elif isinstance(value, date):
            row[name] = value.isoformat()
        elif isinstance(value, str | float | bool):
            row[name] = value
    return row


def _values(record: object) -> Iterator[tuple[str, object]]:
    if is_dataclass(record):
        yield from ((field.name, getattr(record, field.name)) for field in fields(record))
