import numpy as np
import pytest

from tests.bench.clustering import scores, single_link

TOGETHER = np.array([[True, True, False], [True, True, False], [False, False, True]])


@pytest.mark.parametrize(
    ("labels", "precision", "recall"),
    [
        ((0, 0, 1), 1, 1),
        ((0, 1, 2), 1, (1 / 2 + 1 / 2 + 1) / 3),
        ((0, 0, 0), (2 / 3 + 2 / 3 + 1 / 3) / 3, 1),
        ((0, 1, 1), (1 + 1 / 2 + 1 / 2) / 3, (1 / 2 + 1 / 2 + 1) / 3),
    ],
)
def test_b_cubed_by_hand(labels: tuple[int, ...], precision: float, recall: float) -> None:
    f1 = 2 * precision * recall / (precision + recall)
    assert scores(labels, TOGETHER) == pytest.approx((precision, recall, f1))


def test_a_chain_is_one_group() -> None:
    likeness = np.array([[1, 0.6, 0, 0], [0.6, 1, 0.6, 0], [0, 0.6, 1, 0.1], [0, 0, 0.1, 1]])
    first, second, third, alone = single_link(likeness, 0.5)
    assert first == second == third != alone
