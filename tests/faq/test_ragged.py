import numpy as np
import pytest

from faq.ragged import Splice, starts

OLD, FRESH = "abcd", "XY"
"""What the rows hold; the fifth row and the sixth are the fresh ones."""


@pytest.mark.parametrize(
    ("replaced", "gone", "left"),
    [
        ({}, set(), "abcdXY"),
        ({1: 0}, set(), "aXcdY"),
        ({1: 1, 3: 0}, set(), "aYcX"),
        ({}, {0, 3}, "bcXY"),
        ({0: 0}, {1, 2, 3}, "XY"),
        ({3: 0}, {0, 1, 2}, "XY"),
    ],
)
def test_rows_are_replaced_in_place_and_added_at_the_end(replaced, gone, left) -> None:
    splice = Splice.of(len(OLD), len(FRESH), replaced, gone)
    assert "".join(splice.flat(np.array(list(OLD)), np.array(list(FRESH)))) == left
    whole = OLD + FRESH
    assert [
        OLD[old] for old, place in enumerate(splice.place_of) if place >= 0 and left[place] == OLD[old]
    ] == [letter for letter in OLD if letter in left]
    assert [left[place] for place in splice.fresh_from] == list(FRESH)
    assert {whole[row] for row in splice.rows} == set(left)


def test_rows_of_different_lengths() -> None:
    old, fresh = [[1, 2], [], [3]], [[7, 8, 9]]
    spliced = Splice.of(3, 1, {2: 0}, set()).ragged(
        np.concatenate(old).astype(int),
        starts(np.array([len(row) for row in old])),
        np.concatenate(fresh),
        starts(np.array([len(row) for row in fresh])),
    )
    assert spliced.tolist() == [1, 2, 7, 8, 9]


def test_nothing_is_left() -> None:
    assert Splice.of(1, 0, {}, {0}).flat(np.array([1]), np.array([], int)).tolist() == []
