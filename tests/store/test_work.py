from datetime import timedelta

import pytest

from store import work


@pytest.mark.parametrize(("attempts", "seconds"), [(0, 1), (1, 2), (3, 8), (9, 512), (10, 900), (5000, 900)])
def test_pauses_double_up_to_a_quarter_of_an_hour(attempts, seconds):
    assert work.backoff(attempts) == timedelta(seconds=seconds)
