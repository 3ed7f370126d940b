"""The knowledge: its version, entries with their words, synonyms, labelled questions; taking in records of any kind."""

import logging
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from faq import entry_json, index
from faq.holdings import Holdings
from faq.index import ANALYZER_VERSION, PreparedEntry
from faq.models import Answerer, EntryId, FaqEntry, Kind, LabelledQuestion, Synonyms, Tone
from nlp.japan import today
from store import (
    danger_texts,
    hearings,
    keeping,
    neighbours,
    places,
    plans,
    readings,
    terms,
    topics,
    translations,
    voice_categories,
    ways,
)
from store.db import Tx
from store.keeping import Changes, Kept, Row, rows
from store.tables import entries, knowledge, labelled_questions, synonyms

log = logging.getLogger(__name__)

_VERSION = sa.select(knowledge.c.version)
"""Made once: each request asks."""


def version(tx: Tx) -> int:
    """How often the knowledge has changed; 0 where it is empty."""
    return tx.connection.scalar(_VERSION) or 0


def latest(tx: Tx) -> tuple[int, datetime] | None:
    """The version, and when the knowledge last changed; None where it is empty."""
    row = tx.connection.execute(sa.select(knowledge.c.version, knowledge.c.changed_at)).first()
    return (row.version, row.changed_at) if row and row.version else None


def changed_on(tx: Tx) -> date | None:
    """The day, in Japan, on which the knowledge last changed; None where it is empty."""
    changed: datetime | None = tx.connection.scalar(sa.select(knowledge.c.changed_at))
    return None if changed is None else today(changed)


def all_entries(tx: Tx) -> tuple[FaqEntry, ...]:
    return tuple(_entry(row) for row in rows(tx, entries))


def entry(tx: Tx, entry_id: EntryId) -> FaqEntry | None:
    """The entry as it stands in this transaction, whatever a process has taken up of it."""
    return next(map(_entry, keeping.rows_of(tx, entries, [(entry_id,)])), None)


def prepared_entries(tx: Tx) -> Iterator[PreparedEntry]:
    """The entries with their words as they were kept; those of another analyzer are made again."""
    ordered = sa.select(entries).order_by(entries.c.id).execution_options(yield_per=keeping.AT_ONCE)
    return (_prepared(dict(row)) for row in tx.connection.execute(ordered).mappings())


def prepared_of(tx: Tx, ids: Iterable[EntryId]) -> Iterator[PreparedEntry]:
    """The same for some entries."""
    return (_prepared(row) for row in keeping.rows_of(tx, entries, ((each,) for each in ids)))


def fingerprints(tx: Tx) -> dict[EntryId, int | None]:
    """What tells an entry with its words from any other; None where an earlier version of the program wrote it.

    Read from an index alone: a hundred thousand in a tenth of a second.
    """
    both = sa.select(entries.c.id, entries.c.fingerprint).order_by(entries.c.id)
    return {EntryId(entry_id): fingerprint for entry_id, fingerprint in tx.connection.execute(both)}


def all_synonyms(tx: Tx) -> tuple[Synonyms, ...]:
    return tuple(_synonyms(row) for row in rows(tx, synonyms))


def all_questions(tx: Tx) -> tuple[LabelledQuestion, ...]:
    return tuple(_question(row) for row in rows(tx, labelled_questions))


def everything(tx: Tx) -> Holdings:
    """All that the city knows."""
    return Holdings(
        entries=all_entries(tx),
        offices=places.all_offices(tx),
        shelters=places.all_shelters(tx),
        synonyms=all_synonyms(tx),
        sections=places.all_sections(tx),
        procedures=places.all_procedures(tx),
        hours=places.all_hours(tx),
        closures=places.all_closures(tx),
        programmes=places.all_programmes(tx),
        programme_days=places.all_programme_days(tx),
        booking_terms=terms.all_terms(tx),
        translations=translations.all_translations(tx),
        readings=readings.all_readings(tx),
        neighbours=neighbours.all_neighbours(tx),
        danger_lines=danger_texts.all_lines(tx),
        danger_texts=danger_texts.all_texts(tx),
        topics=topics.all_topics(tx),
        plans=plans.all_plans(tx),
        danger_translations=danger_texts.all_translations(tx),
        danger_line_names=danger_texts.all_line_names(tx),
        voice_categories=voice_categories.all_categories(tx),
        hearings=hearings.all_hearings(tx),
        ways=ways.all_ways(tx),
    )


def take_in(tx: Tx, records: Sequence[Any], now: datetime, *, replace_all: bool = False) -> Changes:
    """Adds the records, or changes those whose key is known; `replace_all` removes what is not among them.

    All of one kind: a type of `KEPT`. Moves the version where anything changed.
    """
    if not records:
        return Changes(0, 0, 0, 0)
    return take_in_kind(tx, KEPT[type(records[0])].kind, records, now, replace_all=replace_all)


def take_in_kind(
    tx: Tx, kind: str, records: Sequence[Any], now: datetime, *, replace_all: bool = False
) -> Changes:
    """The same for a kind by its name; with `replace_all` and no records, all of it goes."""
    kept = kept_of(kind)
    changes = keeping.difference(tx, kept, records, replace_all=replace_all)
    keeping.amend(tx, kept, changes, now)
    return keeping.counted(changes, len({kept.key(record) for record in records}))


def kept_of(kind: str) -> Kept:
    """How a kind is kept, by its name; raises StopIteration where there is none."""
    return next(kept for kept in KEPT.values() if kept.kind == kind)


def renew(tx: Tx) -> int:
    """Makes the words of entries again that another analyzer made, and fingerprints that are missing; how many."""
    another = entries.c.analyzer_version != ANALYZER_VERSION
    old = tx.connection.execute(
        sa.select(entries).where(another | entries.c.fingerprint.is_(None))
    ).mappings()
    stale = [_entry(dict(row)) for row in old]
    for entry in stale:
        tx.connection.execute(entries.update().where(entries.c.id == entry.id).values(_words_of(entry)))
    return len(stale)


# Between records and rows -------------------------------------------------------------------------


def _write_entry(entry: FaqEntry) -> dict[str, Any]:
    return keeping.write(entry) | _words_of(entry)


def _words_of(entry: FaqEntry) -> dict[str, Any]:
    tokens = index.prepare(entry).tokens_json()
    fingerprint = entry_json.fingerprint(entry, tokens)
    return {"tokens": tokens, "analyzer_version": ANALYZER_VERSION, "fingerprint": fingerprint}


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
        provenance=keeping.provenance(row),
    )


def _prepared(row: Row) -> PreparedEntry:
    entry = _entry(row)
    if row["analyzer_version"] == ANALYZER_VERSION:
        try:
            return index.restore(entry, row["tokens"])
        except ValueError:
            log.warning("entry %s: its words were unreadable and are made again", entry.id)
    return index.prepare(entry)


def _synonyms(row: Row) -> Synonyms:
    return Synonyms(tuple(row["words"]), row["weight"], row["source"])


def _write_synonyms(group: Synonyms) -> dict[str, Any]:
    return keeping.write(group) | {"headword": group.words[0]}


def _question(row: Row) -> LabelledQuestion:
    entry = EntryId(row["faq_id"]) if row["faq_id"] else None
    return LabelledQuestion(row["query_id"], row["query"], entry, row["relevance"], Answerer(row["handler"]))


def _write_question(question: LabelledQuestion) -> dict[str, Any]:
    return keeping.write(replace(question, faq_id=question.faq_id or EntryId("")))


KEPT: Mapping[type, Kept] = {
    FaqEntry: Kept("faq", entries, lambda entry: (entry.id,), _write_entry, _entry),
    Synonyms: Kept("synonyms", synonyms, lambda group: (group.words[0],), _write_synonyms, _synonyms),
    LabelledQuestion: Kept(
        "questions",
        labelled_questions,
        lambda question: (question.query_id, question.faq_id or ""),
        _write_question,
        _question,
    ),
    **places.KEPT,
    **terms.KEPT,
    **translations.KEPT,
    **readings.KEPT,
    **neighbours.KEPT,
    **danger_texts.KEPT,
    **topics.KEPT,
    **voice_categories.KEPT,
    **plans.KEPT,
    **hearings.KEPT,
    **ways.KEPT,
}
"""Every kind of record."""
