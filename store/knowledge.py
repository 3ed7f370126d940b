"""The knowledge: entries with their words, offices, shelters, synonyms, labelled questions, and their version.

Each change moves the version; every process compares it before a turn and takes up what is new.
"""

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import datetime
from typing import Any, TypeVar

import sqlalchemy as sa

from faq import index
from faq.index import ANALYZER_VERSION, PreparedEntry
from faq.models import (
    Answerer,
    EntryId,
    FaqEntry,
    Kind,
    LabelledQuestion,
    Office,
    OfficeId,
    Place,
    Provenance,
    Shelter,
    ShelterId,
    Status,
    Synonyms,
    Tone,
)
from store.db import Tx
from store.tables import entries, knowledge, labelled_questions, offices, shelters, synonyms

log = logging.getLogger(__name__)

Record = TypeVar("Record", FaqEntry, Office, Shelter, Synonyms, LabelledQuestion)
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Changes:
    """What an import did, counted in records."""

    new: int
    changed: int
    same: int
    removed: int


def version(tx: Tx) -> int:
    """How often the knowledge has changed; 0 where it is empty."""
    return tx.connection.scalar(sa.select(knowledge.c.version)) or 0


def all_entries(tx: Tx) -> tuple[FaqEntry, ...]:
    return tuple(_entry(row) for row in _rows(tx, entries))


def prepared_entries(tx: Tx) -> tuple[PreparedEntry, ...]:
    """The entries with their words as they were kept; those of another analyzer are made again."""
    return tuple(_prepared(row) for row in _rows(tx, entries))


def all_offices(tx: Tx) -> tuple[Office, ...]:
    return tuple(_office(row) for row in _rows(tx, offices))


def all_shelters(tx: Tx) -> tuple[Shelter, ...]:
    return tuple(_shelter(row) for row in _rows(tx, shelters))


def all_synonyms(tx: Tx) -> tuple[Synonyms, ...]:
    return tuple(_synonyms(row) for row in _rows(tx, synonyms))


def all_questions(tx: Tx) -> tuple[LabelledQuestion, ...]:
    return tuple(_question(row) for row in _rows(tx, labelled_questions))


def take_in(tx: Tx, records: Sequence[Record], now: datetime, *, replace_all: bool = False) -> Changes:
    """Adds the records, or changes those whose key is known; `replace_all` removes what is not among them.

    All of one kind. Moves the version where anything changed.
    """
    if not records:
        return Changes(0, 0, 0, 0)
    kept: _Kept = _KEPT[type(records[0])]
    before: dict[tuple[str, ...], Any] = {
        kept.key(known): known for known in map(kept.parse, _rows(tx, kept.table))
    }
    given: dict[tuple[str, ...], Any] = {kept.key(record): record for record in records}
    new: list[Any] = [record for key, record in given.items() if key not in before]
    changed: list[Any] = [record for key, record in given.items() if key in before and before[key] != record]
    removed: list[tuple[str, ...]] = [key for key in before if key not in given] if replace_all else []
    _delete(tx, kept.table, [*removed, *map(kept.key, changed)])
    if new or changed:
        tx.connection.execute(kept.table.insert(), [kept.write(record) for record in (*new, *changed)])
    if new or changed or removed:
        move_version(tx, now)
    return Changes(len(new), len(changed), len(given) - len(new) - len(changed), len(removed))


def renew(tx: Tx) -> int:
    """Makes the words of entries again that another analyzer made; how many. Their meaning stays the same."""
    old = tx.connection.execute(
        sa.select(entries).where(entries.c.analyzer_version != ANALYZER_VERSION)
    ).mappings()
    stale = [_entry(dict(row)) for row in old]
    for entry in stale:
        made = {"tokens": index.prepare(entry).tokens_json(), "analyzer_version": ANALYZER_VERSION}
        tx.connection.execute(entries.update().where(entries.c.id == entry.id).values(made))
    return len(stale)


def _delete(tx: Tx, table: sa.Table, keys: Sequence[tuple[str, ...]]) -> None:
    for key in keys:
        mine = [column == value for column, value in zip(table.primary_key.columns, key, strict=True)]
        tx.connection.execute(table.delete().where(*mine))


def move_version(tx: Tx, now: datetime) -> int:
    """The new version. Whoever else moves it waits until this transaction ends, so that none has two meanings."""
    moved = knowledge.update().values(version=knowledge.c.version + 1, changed_at=now)
    if tx.connection.execute(moved).rowcount == 0:
        tx.connection.execute(knowledge.insert().values(id=1, version=1, changed_at=now))
    return version(tx)


def _rows(tx: Tx, table: sa.Table) -> list[Row]:
    ordered = sa.select(table).order_by(*table.primary_key.columns)
    return [dict(row) for row in tx.connection.execute(ordered).mappings()]


# Between records and rows -------------------------------------------------------------------------


def _write(record: Any) -> dict[str, Any]:
    """A record's fields by column; `provenance` and `place` are columns of their own."""
    row: dict[str, Any] = {}
    for field in fields(record):
        value = getattr(record, field.name)
        match value:
            case Provenance():
                row |= _write(value)
            case Place(latitude=latitude, longitude=longitude):
                row |= {"latitude": latitude, "longitude": longitude}
            case None if field.name == "place":
                row |= {"latitude": None, "longitude": None}
            case tuple():
                row[field.name] = list(value)
            case _:
                row[field.name] = value
    return row


def _write_entry(entry: FaqEntry) -> dict[str, Any]:
    tokens = index.prepare(entry).tokens_json()
    return _write(entry) | {"tokens": tokens, "analyzer_version": ANALYZER_VERSION}


def _provenance(row: Row) -> Provenance:
    return Provenance(
        source=row["source"],
        source_url=row["source_url"],
        published_on=row["published_on"],
        confirmed_on=row["confirmed_on"],
        valid_until=row["valid_until"],
        status=Status(row["status"]),
    )


def _entry(row: Row) -> FaqEntry:
    return FaqEntry(
        id=EntryId(row["id"]),
        category=row["category"],
        kind=Kind(row["kind"]),
        tone=Tone(row["tone"]),
        question=row["question"],
        phrasings=tuple(row["phrasings"]),
        answer=row["answer"],
        section=row["section"],
        telephone=row["telephone"],
        link=row["link"],
        provenance=_provenance(row),
    )


def _prepared(row: Row) -> PreparedEntry:
    entry = _entry(row)
    if row["analyzer_version"] == ANALYZER_VERSION:
        try:
            return index.restore(entry, row["tokens"])
        except ValueError:
            log.warning("entry %s: its words were unreadable and are made again", entry.id)
    return index.prepare(entry)


def _office(row: Row) -> Office:
    plain = {name: row[name] for name in _PLAIN_OFFICE}
    place = Place(row["latitude"], row["longitude"]) if row["latitude"] is not None else None
    return Office(
        id=OfficeId(row["id"]),
        place=place,
        aliases=tuple(row["aliases"]),
        provenance=_provenance(row),
        **plain,
    )


_PLAIN_OFFICE = [
    field.name for field in fields(Office) if field.name not in ("id", "place", "aliases", "provenance")
]


def _shelter(row: Row) -> Shelter:
    return Shelter(
        id=ShelterId(row["id"]),
        name=row["name"],
        ward=row["ward"],
        address=row["address"],
        place=Place(row["latitude"], row["longitude"]),
        for_everybody=row["for_everybody"],
        provenance=_provenance(row),
        remarks=row["remarks"],
    )


def _synonyms(row: Row) -> Synonyms:
    return Synonyms(tuple(row["words"]), row["weight"], row["source"])


def _write_synonyms(group: Synonyms) -> dict[str, Any]:
    return _write(group) | {"headword": group.words[0]}


def _question(row: Row) -> LabelledQuestion:
    entry = EntryId(row["faq_id"]) if row["faq_id"] else None
    return LabelledQuestion(row["query_id"], row["query"], entry, row["relevance"], Answerer(row["handler"]))


def _write_question(question: LabelledQuestion) -> dict[str, Any]:
    return _write(replace(question, faq_id=question.faq_id or EntryId("")))


@dataclass(frozen=True, slots=True)
class _Kept:
    """How the records of one kind are kept."""

    table: sa.Table
    key: Callable[[Any], tuple[str, ...]]
    write: Callable[[Any], dict[str, Any]]
    parse: Callable[[Row], Any]


_KEPT: Mapping[type, _Kept] = {
    FaqEntry: _Kept(entries, lambda entry: (entry.id,), _write_entry, _entry),
    Office: _Kept(offices, lambda office: (office.id,), _write, _office),
    Shelter: _Kept(shelters, lambda shelter: (shelter.id,), _write, _shelter),
    Synonyms: _Kept(synonyms, lambda group: (group.words[0],), _write_synonyms, _synonyms),
    LabelledQuestion: _Kept(
        labelled_questions,
        lambda question: (question.query_id, question.faq_id or ""),
        _write_question,
        _question,
    ),
}
