"""Receipts: what a booking is called on the telephone. Six signs by chance, and one that shows a slip.

The 19 signs are those that neither look alike nor sound alike to a clerk (no 0 O Q D, 1 I L, 2 Z, 5 S, 8 B, U V, M N by
one of each at the most). Their number is a prime, so the weighted sum modulo 19 notices each wrong sign and each two
that changed places, as ISBN-10 does modulo 11 (ISO 2108). 47 million receipts: nobody guesses one, and none is found by
its receipt alone (see `bookings.by_receipt`).
"""

import secrets
from typing import Final, NewType

from nlp.width import nfkc

Receipt = NewType("Receipt", str)
"""Seven signs, as kept; people see `shown`."""

SIGNS: Final = "34679ACEFHJKMPRTWXY"
RANDOM: Final = 6
LONGEST_TYPED: Final = 64
"""Characters of one that is typed, with whatever stands between its signs."""


def new() -> Receipt:
    """A receipt by chance; that no other booking has it is for the database to say."""
    chosen = "".join(secrets.choice(SIGNS) for _ in range(RANDOM))
    return Receipt(chosen + _check(chosen))


def shown(receipt: Receipt) -> str:
    """As people read and say it: K7M-4RXA."""
    return f"{receipt[:3]}-{receipt[3:]}"


def parse(text: str) -> Receipt | None:
    """The receipt that somebody typed, in any width and case; None where it has a slip or is none."""
    if len(text) > LONGEST_TYPED:
        return None
    even = "".join(sign for sign in nfkc(text).upper() if sign.isalnum())
    if len(even) != RANDOM + 1 or not set(even) <= set(SIGNS):
        return None
    return Receipt(even) if _check(even[:RANDOM]) == even[RANDOM] else None


def _check(signs: str) -> str:
    """The sign that makes the sum of weight times value a multiple of 19, its own weight being 1."""
    total = sum((RANDOM + 1 - place) * SIGNS.index(sign) for place, sign in enumerate(signs))
    return SIGNS[-total % len(SIGNS)]
