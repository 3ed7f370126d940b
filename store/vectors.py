"""Vectors of entries, kept by entry and model, with a fingerprint of the texts they were made of."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import numpy as np
import sqlalchemy as sa

from faq.models import EntryId
from faq.semantic import EntryTexts, EntryVectors, Halves, texts_of
from store import keeping, knowledge
from store.db import Tx
from store.tables import entries, entry_vectors


def keep(tx: Tx, model: str, made: Sequence[EntryVectors], now: datetime) -> None:
    """Keeps vectors in place of earlier ones of the same entries, and moves the knowledge's version."""
    if not made:
        return
    version = keeping.move_version(tx, now)
    mine = sa.and_(
        entry_vectors.c.model == model, entry_vectors.c.entry_id == sa.bindparam("entry", type_=sa.String)
    )
    tx.connection.execute(entry_vectors.delete().where(mine), [{"entry": each.entry_id} for each in made])
    tx.connection.execute(entry_vectors.insert(), [_row(model, each, version) for each in made])


def since(tx: Tx, model: str, version: int) -> tuple[EntryVectors, ...]:
    """The vectors that were kept after the knowledge had this version; all of them since -1."""
    rows = tx.connection.execute(
        sa.select(entry_vectors).where(entry_vectors.c.model == model, entry_vectors.c.version > version)
    )
    return tuple(_vectors(row) for row in rows.mappings())


def missing(tx: Tx, model: str) -> tuple[EntryTexts, ...]:
    """The texts of the entries that have no vectors of this model, or those of other texts."""
    kept = {
        row.entry_id: row.fingerprint
        for row in tx.connection.execute(
            sa.select(entry_vectors.c.entry_id, entry_vectors.c.fingerprint).where(
                entry_vectors.c.model == model
            )
        )
    }
    texts = (texts_of(entry) for entry in knowledge.all_entries(tx))
    return tuple(each for each in texts if kept.get(each.entry_id) != each.fingerprint)


def prune(tx: Tx, model: str) -> None:
    """Removes the vectors of other models, and of entries that are gone."""
    known = sa.select(entries.c.id)
    tx.connection.execute(
        entry_vectors.delete().where(
            sa.or_(entry_vectors.c.model != model, entry_vectors.c.entry_id.not_in(known))
        )
    )


def _row(model: str, made: EntryVectors, version: int) -> dict[str, Any]:
    return {
        "entry_id": made.entry_id,
        "model": model,
        "fingerprint": made.fingerprint,
        "titles": len(made.titles),
        "dimensions": made.titles.shape[1],
        "vectors": np.concatenate([made.titles, made.passages]).astype("<f2").tobytes(),
        "version": version,
    }


def _vectors(row: Any) -> EntryVectors:
    whole: Halves = np.frombuffer(row["vectors"], "<f2").reshape(-1, row["dimensions"])
    titles = row["titles"]
    return EntryVectors(EntryId(row["entry_id"]), row["fingerprint"], whole[:titles], whole[titles:])
