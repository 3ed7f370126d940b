import random

import pytest

from store import receipts
from store.receipts import RANDOM, SIGNS, Receipt, parse, shown

SOME = [receipts.new() for _ in range(200)]


def test_receipts_are_read_as_people_type_them() -> None:
    for receipt in SOME:
        wide = "".join(chr(ord(sign) + 0xFEE0) for sign in receipt)
        assert {parse(text) for text in (receipt, shown(receipt), shown(receipt).lower(), f" {wide} ")} == {
            receipt
        }


def test_every_wrong_sign_is_noticed() -> None:
    for receipt in SOME:
        for place in range(RANDOM + 1):
            others = [
                receipt[:place] + sign + receipt[place + 1 :] for sign in SIGNS if sign != receipt[place]
            ]
            assert {parse(other) for other in others} == {None}


def test_every_two_signs_that_changed_places_are_noticed() -> None:
    for receipt in SOME:
        for place in range(RANDOM):
            first, second = receipt[place : place + 2]
            swapped = receipt[:place] + second + first + receipt[place + 2 :]
            assert parse(swapped) == (receipt if first == second else None)


@pytest.mark.parametrize(
    "text",
    ["", "K7M", "0OIL1Z5", "ご予約の番号", SOME[0] + "3", "K7M-4RX\ud800"],
    ids=["nothing", "too short", "look-alikes", "words", "too long", "half a character"],
)
def test_what_is_no_receipt(text: str) -> None:
    assert parse(text) is None


def test_no_sign_looks_like_another() -> None:
    for alike in ("0OQD", "1IL", "2Z", "5S", "8B", "UV", "MN"):
        assert len(set(alike) & set(SIGNS)) <= 1
    assert len(SIGNS) == len(set(SIGNS)) == 19


def test_receipts_are_not_to_be_guessed() -> None:
    """One in 19 texts of the right form passes the check; the rest is chance: of 47 million."""
    guesses = ["".join(random.Random(1).choices(SIGNS, k=RANDOM + 1)) for _ in range(100)]
    assert len({*SOME}) == len(SOME)
    assert not {Receipt(guess) for guess in guesses} & {*SOME}
