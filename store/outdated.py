"""Translations that were made before what they say became another: the history knows."""

from collections.abc import Iterable

import sqlalchemy as sa

from faq.kinds import KINDS
from faq.models import EntryId
from faq.record_cells import Cells
from faq.translations import Translation
from nlp.language import Language
from store import translations
from store.db import Tx
from store.tables import revisions

Named = tuple[EntryId, Language]
"""A translation, by what tells it apart."""

WORDS = ("question", "answer")
"""The cells of an entry that are translated."""
AT_ONCE = 500


def outdated(tx: Tx, of: EntryId | None = None) -> frozenset[Named]:
    """Those of all entries, or of one, whose entry says something else since they were last written or confirmed."""
    there = translations.all_translations(tx) if of is None else translations.of_entry(tx, of)
    changed = _changed(tx, {each.entry for each in there})
    made = _latest(tx, [_key(each) for each in there])
    return frozenset(
        (each.entry, each.language)
        for each in there
        if each.entry in changed and changed[each.entry] > made.get(_key(each), 0)
    )


def _key(translation: Translation) -> str:
    return KINDS["translations"].name_of(translation)


def _changed(tx: Tx, entries: Iterable[EntryId]) -> dict[EntryId, int]:
    """The last edition in which the words of an entry became others."""
    columns = (revisions.c.edition_id, revisions.c.key, revisions.c.before, revisions.c.after)
    both = sa.and_(revisions.c.before.is_not(None), revisions.c.after.is_not(None))
    found: dict[EntryId, int] = {}
    for some in _in_pieces(sorted(entries)):
        query = sa.select(*columns).where(revisions.c.kind == "faq", revisions.c.key.in_(some), both)
        for edition, key, before, after in tx.connection.execute(query.order_by(revisions.c.id)):
            if _words(before) != _words(after):
                found[EntryId(key)] = edition
    return found


def _words(cells: Cells) -> list[str]:
    return [cells.get(name, "") for name in WORDS]


def _latest(tx: Tx, keys: list[str]) -> dict[str, int]:
    """The last edition that a translation is in."""
    last = sa.func.max(revisions.c.edition_id)
    found: dict[str, int] = {}
    for some in _in_pieces(keys):
        mine = sa.and_(revisions.c.kind == "translations", revisions.c.key.in_(some))
        rows = tx.connection.execute(sa.select(revisions.c.key, last).where(mine).group_by(revisions.c.key))
        found |= {row.key: row[1] for row in rows}
    return found


def _in_pieces(keys: list[EntryId] | list[str]) -> Iterable[list[EntryId] | list[str]]:
    return (keys[first : first + AT_ONCE] for first in range(0, len(keys), AT_ONCE))
