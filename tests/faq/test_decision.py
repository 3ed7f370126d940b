import pytest

from faq.decision import Thresholds, decide
from faq.models import Outcome

SETTINGS = Thresholds(answer=0.8, choose=0.4, lead=0.05)


@pytest.mark.parametrize(
    ("scores", "outcome", "shown"),
    [
        ([], Outcome.NONE, 0),
        ([0.3], Outcome.NONE, 0),
        ([0.9], Outcome.ANSWER, 1),
        ([0.9, 0.5], Outcome.ANSWER, 1),
        ([0.9, 0.89, 0.1], Outcome.CHOOSE, 2),
        ([0.7, 0.6, 0.5, 0.45], Outcome.CHOOSE, 3),
        ([0.5, 0.2], Outcome.CHOOSE, 1),
    ],
)
def test_what_may_be_said(scores: list[float], outcome: Outcome, shown: int) -> None:
    assert decide(scores, SETTINGS) == (outcome, shown)
