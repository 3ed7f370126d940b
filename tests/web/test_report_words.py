import pytest

from bot.city import read_pages_wording
from store import outbox
from store.notices import NoticeKind
from tests.conftest import DATA
from web.report_words import percent


@pytest.mark.parametrize(
    ("part", "whole", "says"),
    [
        (23_208, 23_357, "99.36%"),  # the call centre's in 令和3
        (57, 100, "57.00%"),
        (2, 3, "66.67%"),
        (33_975, 34_212, "99.31%"),  # 平成29
        (30_377, 30_617, "99.22%"),  # 平成30,
        (99_999, 100_000, "99.99%"),
        (1, 1, "100.00%"),
        (0, 1, "0.00%"),
        (0, 0, ""),
    ],
)
def test_a_rate_is_cut_off_and_never_made_better(part, whole, says):
    assert percent(part, whole) == says


def test_every_kind_of_message_has_a_name():
    say = read_pages_wording(DATA).say
    assert all(say(f"figures.sent.{about}") for about in (outbox.ANSWER, *NoticeKind))
