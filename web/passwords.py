"""Passwords: hashed by argon2id with the second recommended parameters of RFC 9106 (64 MiB, 3 passes, 4 lanes).

Full and half width letters are the same (NFKC, as NIST SP 800-63B has it): which of them a Japanese keyboard
gives depends on its mode, and a password field does not show it.
"""

import threading
from dataclasses import dataclass, field
from enum import Enum, auto

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from nlp.width import nfkc

LONGEST = 256
"""Letters; longer ones are refused before they cost anything."""
AT_ONCE = 2
"""How many are computed at a time: each takes 64 MiB, and one for every thread would take a gigabyte."""


class Verified(Enum):
    """What came of a password."""

    NO = auto()
    YES = auto()
    YES_BUT_OLD = auto()
    """Right, but hashed with other parameters than are used now: hash it anew."""


@dataclass(frozen=True, slots=True)
class Passwords:
    """Hashes and verifies; slow on purpose, so never within a transaction that writes."""

    hasher: PasswordHasher = field(default_factory=PasswordHasher)
    _slots: threading.BoundedSemaphore = field(default_factory=lambda: threading.BoundedSemaphore(AT_ONCE))
    _nobodys: list[str] = field(default_factory=list)

    def hash(self, password: str) -> str:
        """The hash in PHC's format, with its salt and parameters."""
        with self._slots:
            return self.hasher.hash(normalized(password))

    def verify(self, kept: str | None, password: str) -> Verified:
        """Takes as long where nothing is kept: whether a name exists cannot be told by a clock."""
        if len(password) > LONGEST:
            password, kept = "", None
        against = kept or self._of_nobody()
        with self._slots:
            try:
                self.hasher.verify(against, normalized(password))
            except (VerificationError, InvalidHashError):
                return Verified.NO
        if not kept:
            return Verified.NO
        return Verified.YES_BUT_OLD if self.hasher.check_needs_rehash(kept) else Verified.YES

    def _of_nobody(self) -> str:
        if not self._nobodys:
            self._nobodys.append(self.hash("nobody"))
        return self._nobodys[0]


def normalized(password: str) -> str:
    """The password as it is hashed."""
    return nfkc(password)
