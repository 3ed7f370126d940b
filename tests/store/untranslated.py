"""Entries of which no translation ships: they may be removed by themselves."""

from store.db import Tx
from store.tables import translations


def untranslate(tx: Tx) -> None:
    """Takes away the translations, which would have to go together with their entries."""
    tx.connection.execute(translations.delete())
