"""Passwords that stood in leaked lists: who guesses begins with these, however long they are.

Kept as beginnings of digests (`web/leaked/ORIGIN.md`), so that the list itself stands nowhere. One good password in
25 million looks like one of them by chance.
"""

import hashlib
from functools import cache
from pathlib import Path
from typing import Final

FILE: Final = Path(__file__).parent / "leaked" / "passwords.bin"
BYTES: Final = 5
"""Of each digest."""


def is_leaked(folded: str) -> bool:
    """Whether it is one of them; `folded` as `digest` wants it."""
    return digest(folded) in _known()


def digest(folded: str) -> bytes:
    """What is kept of a password: normalized (`web.passwords.normalized`) and case folded."""
    return hashlib.sha256(folded.encode("utf-8", "surrogatepass")).digest()[:BYTES]


@cache
def _known() -> frozenset[bytes]:
    """Read once a process, when the first password is chosen: some milliseconds, some megabytes."""
    content = FILE.read_bytes()
    return frozenset(content[start : start + BYTES] for start in range(0, len(content), BYTES))
