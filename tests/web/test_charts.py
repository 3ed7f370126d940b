"""Charts in numbers: what is long is long, what is nothing is not drawn, and all stays on the page."""

import pytest

from web.charts import HEIGHT, ROOM, Part, columns, even_top, rows


def test_the_longest_row_takes_the_room():
    first, second = rows([(6, 2), (2, 0)], ["電話", "ファクス"])
    assert (first.label, first.says, first.end) == ("電話", "8", ROOM)
    assert first.parts == (Part(0, 0, ROOM * 6 / 8), Part(1, ROOM * 6 / 8, ROOM * 2 / 8))
    assert second.parts == (Part(0, 0, ROOM * 2 / 8),), "nothing is drawn for nothing"


def test_rows_of_nothing():
    (nothing,) = rows([(0, 0)], ["電話"])
    assert (nothing.parts, nothing.end, nothing.says) == ((), 0, "0")
    assert rows([], []) == ()


def test_columns_stand_on_the_ground_beside_each_other():
    first, second = columns([(5.0, 5.0), (10.0, 0.0)], ["4月", "5月"], ["10", "10"], 20)
    assert first.parts == (Part(0, HEIGHT * 3 / 4, HEIGHT / 4), Part(1, HEIGHT / 2, HEIGHT / 4))
    assert second.parts == (Part(0, HEIGHT / 2, HEIGHT / 2),)
    assert (first.middle, second.middle) == (25, 75)
    assert first.start + first.width < second.start
    assert second.start + second.width <= 100


@pytest.mark.parametrize(
    ("most", "top"),
    [(0, 1), (0.4, 1), (1, 1), (1.2, 2), (7, 8), (8.5, 10), (21.6, 30), (60, 60), (81, 100), (2_168, 3_000)],
)
def test_the_top_is_an_even_number_that_is_not_below(most, top):
    assert even_top(most) == top
