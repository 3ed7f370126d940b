"""Words that are written down at the desk, masked: sealed under the service's key `desk`.

A caller is no resident whose key could seal them. `purpose` keeps a ciphertext in the kind of row that it was made for.
"""

from collections.abc import Callable

from store.db import Tx
from store.queries import DESK
from store.residents import system_key


def sealed(tx: Tx, words: str, purpose: str) -> bytes | None:
    """None where there are no words."""
    return system_key(tx, DESK).seal_text(words, purpose) if words else None


def reader(tx: Tx, purpose: str) -> Callable[[bytes | None], str]:
    """Opens them; empty where there are none, or no longer."""
    key = system_key(tx, DESK)

    def read(words: bytes | None) -> str:
        return "" if words is None else key.open_text(words, purpose)

    return read
