import pytest

from faq.decision import Thresholds, decide
from faq.models import Outcome

SETTINGS = Thresholds(answer=0.8, choose=0.4, grounded=0.6, grounded_choice=0.2, rival=0.8)


@pytest.mark.parametrize(
    ("scores", "outcome", "shown"),
    [
        ([], Outcome.NONE, 0),
        ([0.3], Outcome.NONE, 0),
        ([0.9], Outcome.ANSWER, 1),
        ([0.9, 0.5], Outcome.ANSWER, 1),
        ([0.9, 0.89, 0.1], Outcome.CHOOSE, 2),
        ([0.9, 0.73], Outcome.CHOOSE, 2),
        ([0.7, 0.6, 0.5, 0.45], Outcome.CHOOSE, 3),
        ([0.5, 0.2], Outcome.CHOOSE, 1),
    ],
)
def test_what_may_be_said(scores: list[float], outcome: Outcome, shown: int) -> None:
    assert decide(scores, 1.0, SETTINGS) == (outcome, shown)


@pytest.mark.parametrize(
    ("grounded", "outcome"), [(0.6, Outcome.ANSWER), (0.59, Outcome.CHOOSE), (0.19, Outcome.NONE)]
)
def test_word_vectors_alone_make_nothing_sure(grounded: float, outcome: Outcome) -> None:
    assert decide([0.99], grounded, SETTINGS)[0] is outcome


def test_a_brief_question_is_answered_only_where_all_of_it_stands_in_a_question() -> None:
    assert decide([0.99], 1.0, SETTINGS, titled=False) == (Outcome.CHOOSE, 1)
