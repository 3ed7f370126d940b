from dataclasses import replace
from pathlib import Path

import numpy as np

from faq.features import MAY_LOWER, NAMES
from faq.labelled import Labelled
from faq.models import Outcome
from faq.search import Knowledge
from faq.train import examples_of, train, train_on
from tests.faq.town import PREPARED, TOWN

QUESTIONS = [
    Labelled("犬の登録がしたい", {"dog": 2}),
    Labelled("ゴミはいつ出すの", {"garbage": 2}),
    Labelled("引っ越しの届け", {"moving-in": 2}),
    Labelled("住民票をコンビニで", {"residence-certificate": 2}),
    Labelled("本を借りる", {"library": 2}),
    Labelled("本日の天気", {}),
]


def test_a_question_is_learnt_from_with_and_without_its_answers() -> None:
    examples = examples_of(TOWN, QUESTIONS)
    assert sum(example.relevance.any() for example in examples) == 5
    assert sum(not example.relevance.any() for example in examples) >= 3


def test_what_was_learnt_finds_what_was_labelled() -> None:
    ranker = train(examples_of(TOWN, QUESTIONS), "test")
    taught = Knowledge.of(PREPARED, weights=ranker)
    for question in QUESTIONS[:5]:
        assert taught.rank(question.query).entries[0].id in question.relevance
    assert taught.search("本日の天気").outcome is not Outcome.ANSWER


def test_no_weight_that_must_raise_is_below_zero() -> None:
    utility = train(examples_of(TOWN, QUESTIONS), "test").utility
    assert all(
        w >= 0 for name, w in zip(utility.names, utility.weights, strict=True) if name not in MAY_LOWER
    )


def test_a_further_column_is_learnt_from_by_its_name() -> None:
    examples = [
        replace(example, measured=np.column_stack([example.measured, example.relevance]))
        for example in examples_of(TOWN, QUESTIONS)
    ]
    ranker = train(examples, "test", (*NAMES, "told"))
    assert ranker.features == (*NAMES, "told")
    assert ranker.utility.weights[-1] > 0


def test_training_on_files_gives_the_same_weights_twice(tmp_path: Path) -> None:
    faq, questions = tmp_path / "faq.csv", tmp_path / "questions.csv"
    faq.write_text(
        "id,question,answer\n1,ごみの出し方,朝に。\n2,犬の登録,窓口で登録します。\n", encoding="utf-8"
    )
    questions.write_text(
        "query_id,query,faq_id,relevance\n1,ごみはいつ,1,2\n2,犬を飼う登録,2,2\n", encoding="utf-8"
    )
    first, second = (train_on(faq, questions, "test") for _ in range(2))
    assert np.array_equal(first.utility.weights, second.utility.weights)
