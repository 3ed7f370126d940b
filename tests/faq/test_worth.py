import pytest

from faq.models import EntryId, Outcome
from faq.worth import BelowFloor, Found, Shown, Tally, Worth, below_floor, tally, worth

DOG, CAT, RELATED = EntryId("dog"), EntryId("cat"), EntryId("related")
RELEVANCE = {DOG: 2, RELATED: 1}
ANSWER_DOG, ANSWER_CAT = Shown(Outcome.ANSWER, (DOG,)), Shown(Outcome.ANSWER, (CAT,))
OFFERS_DOG, OFFERS_CAT = Shown(Outcome.CHOOSE, (CAT, DOG)), Shown(Outcome.CHOOSE, (CAT,))
NOTHING = Shown(Outcome.NONE, ())


@pytest.mark.parametrize(
    ("shown", "answerable", "unanswerable"),
    [
        (ANSWER_DOG, Worth.RIGHT, Worth.WRONG),
        (Shown(Outcome.ANSWER, (RELATED,)), Worth.RIGHT, Worth.WRONG),
        (OFFERS_DOG, Worth.OFFERED, Worth.NOTHING),
        (OFFERS_CAT, Worth.NOTHING, Worth.NOTHING),
        (NOTHING, Worth.NOTHING, Worth.NOTHING),
        (ANSWER_CAT, Worth.WRONG, Worth.WRONG),
    ],
)
def test_what_an_answer_is_worth(shown: Shown, answerable: Worth, unanswerable: Worth) -> None:
    assert worth(RELEVANCE, shown) is answerable
    assert worth({}, shown) is unanswerable


@pytest.mark.parametrize(
    ("relevance", "found", "figures"),
    [
        (RELEVANCE, Found(ANSWER_DOG, DOG), Tally(1, 1, 1, 1, 1, 0)),
        (RELEVANCE, Found(OFFERS_DOG, CAT), Tally(1, 1, 0, 0, 1, 0)),
        (RELEVANCE, Found(NOTHING, DOG), Tally(1, 1, 1, 0, 0, 0)),
        (RELEVANCE, Found(NOTHING, None), Tally(1, 1, 0, 0, 0, 0)),
        (RELEVANCE, Found(ANSWER_CAT, CAT), Tally(1, 1, 0, 0, 0, 1)),
        ({}, Found(ANSWER_CAT, CAT), Tally(1, 0, 0, 0, 0, 1)),
        ({}, Found(NOTHING, CAT), Tally(1, 0, 0, 0, 0, 0)),
    ],
)
def test_one_question_in_the_figures(relevance: dict[EntryId, int], found: Found, figures: Tally) -> None:
    assert tally(relevance, found) == figures


def test_figures_add_up() -> None:
    assert Tally(1, 1, 1, 1, 1, 0) + Tally(2, 1, 0, 0, 1, 1) == Tally(3, 2, 1, 1, 2, 1)


@pytest.mark.parametrize(
    ("questions", "right", "wrong", "below"),
    [
        (700, 300, 10, None),
        (700, 297, 11, None),
        (700, 296, 10, BelowFloor(4, 3, 0, 1)),
        (700, 300, 12, BelowFloor(0, 3, 2, 1)),
        (700, 320, 12, BelowFloor(-20, 3, 2, 1)),
        (40, 299, 10, BelowFloor(1, 0, 0, 0)),
        (40, 300, 11, BelowFloor(0, 0, 1, 0)),
        (40, 301, 9, None),
        (0, 300, 10, None),
    ],
)
def test_the_floor(questions: int, right: int, wrong: int, below: BelowFloor | None) -> None:
    """`right` and `wrong` are those after the change; before it they were 300 and 10."""
    before, after = (Tally(questions, right=was, wrong=misled) for was, misled in ((300, 10), (right, wrong)))
    assert below_floor(before, after) == below
