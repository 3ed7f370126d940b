from datetime import timedelta

import pytest

from tests.conftest import NOON
from web.case_left import left_until


@pytest.fixture(autouse=True)
def within_the_pages(pages):
    with pages.app.test_request_context():
        yield


@pytest.mark.parametrize(
    ("ahead", "by", "says", "tone"),
    [
        ({"minutes": 25}, "今日の12時25分まで", "あと25分", "warn"),
        ({"seconds": 20}, "今日の12時まで", "あと1分", "warn"),
        ({"hours": 2}, "今日の14時まで", "あと2時間", "warn"),
        ({"hours": 2, "minutes": 10}, "今日の14時10分まで", "あと2時間10分", ""),
        ({"hours": 21}, "明日の9時まで", "あと21時間", ""),
        ({"days": 2}, "11月26日（木）の12時まで", "あと2日", ""),
        ({"days": 2, "hours": 3}, "11月26日（木）の15時まで", "あと2日と3時間", ""),
        ({"minutes": -40}, "今日の11時20分まで", "40分遅れています", "bad"),
        ({"days": -1}, "11月23日（月・祝）の12時まで", "1日遅れています", "bad"),
    ],
)
def test_a_promise_in_words(ahead, by, says, tone):
    left = left_until(NOON + timedelta(**ahead), NOON)
    assert (left.by, left.says, left.tone) == (by, says, tone)


def test_the_day_is_japans():
    """23 o'clock there is 14 o'clock in UTC."""
    late = NOON + timedelta(hours=11)
    assert left_until(late + timedelta(hours=2), late).by == "明日の1時まで"
