import pytest

from faq.crossvalidation import FOLDS, MEASURED, estimates, folds
from faq.evaluate import Outcomes
from faq.train import Learning
from tests.faq.test_train import QUESTIONS
from tests.faq.town import TOWN

LEARNING = Learning(TOWN, QUESTIONS, {})


def test_every_question_is_asked_once() -> None:
    parts = list(folds(LEARNING))
    assert [part.number for part in parts] == list(range(1, FOLDS + 1))
    assert sum(len(part.outcomes) for part in parts) == len(QUESTIONS)


def test_no_ranker_has_seen_what_it_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    from faq import crossvalidation

    seen: list[set[tuple[str, ...]]] = []
    judged: list[set[tuple[str, ...]]] = []
    train, outcome = crossvalidation.train, crossvalidation._outcome

    def watched_train(examples, origin, names):
        seen.append({example.asked.words for example in examples})
        judged.append(set())
        return train(examples, origin, names)

    def watched_outcome(ranker, question, takes):
        judged[-1].update(example.asked.words for example in takes)
        return outcome(ranker, question, takes)

    monkeypatch.setattr(crossvalidation, "train", watched_train)
    monkeypatch.setattr(crossvalidation, "_outcome", watched_outcome)
    list(folds(LEARNING))
    assert all(not learnt & asked for learnt, asked in zip(seen, judged, strict=True))
    assert any(judged)


def found(*gains: int, sure: float, without: float) -> Outcomes:
    return Outcomes(gains, (2,), sure, without, answered=False, milliseconds=0.0)


def test_the_figures_and_how_far_chance_moves_them() -> None:
    good, bad = found(2, sure=0.9, without=0.2), found(0, 0, 0, 2, sure=0.1, without=0.3)
    by_name = {each.name: each for each in estimates([good] * 30 + [bad] * 10)}
    assert tuple(by_name) == MEASURED
    assert by_name["hit@1"].value == 0.75
    assert 0.5 < by_name["hit@1"].low < 0.75 < by_name["hit@1"].high < 0.95
    assert by_name["precision_at_50"].value == 1
    assert by_name["auroc_answerable"].value == 0.75
