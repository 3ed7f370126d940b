import pytest

from web.figure_rows import percent


@pytest.mark.parametrize(
    ("part", "whole", "says"),
    [
        (23_208, 23_357, "99.36%"),  # the call centre's in 令和3
        (57, 100, "57.00%"),
        (2, 3, "66.66%"),
        (99_999, 100_000, "99.99%"),
        (1, 1, "100.00%"),
        (0, 1, "0.00%"),
        (0, 0, ""),
    ],
)
def test_a_rate_is_cut_off_and_never_made_better(part, whole, says):
    assert percent(part, whole) == says
