"""The weights learn what sets dangers apart, and the shipped file is what the tables make."""

from pathlib import Path

from nlp.folding import fold
from nlp.likeness import FILE, Likeness, load
from nlp.make_likeness import Learnt, read, train

ROOT = Path(__file__).parents[2]


def test_pieces_of_dangers_weigh_more_than_those_of_questions():
    weights, bias = train(
        Learnt(("夫が殴る", "母が殴る", "夫に殴られた"), ("夫の年金の届", "母の年金の届", "転入の届"))
    )
    weigh = dict(weights)
    assert weigh["殴"] > 0 > weigh["届"]
    likeness = Likeness(weigh, bias)
    assert likeness.score(fold("父が殴る")) > likeness.score(fold("父の年金"))


def test_what_is_seen_once_is_not_learnt():
    weights, _ = train(Learnt(("夫が殴る", "夫が蹴る"), ("届の届", "夫の届")))
    assert "蹴" not in dict(weights)


def test_the_shipped_weights_are_those_of_the_tables():
    learnt = read(ROOT / "data", ROOT / "tests" / "nlp")
    weights, bias = train(learnt)
    anew, shipped = Likeness(dict(weights), bias), load(FILE)
    texts = [fold(text) for text in (*learnt.dangerous, *learnt.harmless)]
    apart = sum(abs(anew.score(text) - shipped.score(text)) > 0.2 for text in texts)
    assert apart <= 0.02 * len(texts), "make them anew: python -m nlp.make_likeness data tests/nlp"
