from dataclasses import replace

import numpy as np
import pytest

from faq import ranker
from faq.index import prepare
from faq.labelled import Labelled
from faq.models import FaqEntry, Outcome
from faq.search import SEMANTIC_NAMES, Knowledge
from faq.semantic import (
    MOST_PASSAGES,
    MOST_TITLES,
    EntryVectors,
    SemanticIndex,
    Vector,
    fingerprint,
    texts_of,
)
from faq.train import examples_of, train
from tests.faq.town import DOG, ENTRIES, GARBAGE, MOVING_IN, PREPARED, TOWN, entry

TOPICS = [each.id for each in ENTRIES]
UNREAD = "qwerty"
"""No word of it is in the town's knowledge."""


def meaning(*topics: str, others: float = 0.1) -> Vector:
    """A vector that means these entries, and everything else a little."""
    vector = np.full(len(TOPICS), others, np.float32)
    vector[[TOPICS.index(topic) for topic in topics]] = 1
    return vector / np.linalg.norm(vector)


def vectors_of(*entries: FaqEntry) -> dict:
    def rows(each: FaqEntry, count: int):
        return np.stack([meaning(each.id)] * count).astype(np.float16)

    return {
        each.id: EntryVectors(each.id, fingerprint(each), rows(each, 1 + len(each.phrasings)), rows(each, 1))
        for each in entries
    }


KNOWING = TOWN.with_vectors(vectors_of(*ENTRIES))


def test_without_a_vector_nothing_changes():
    for said in ("ごみの分け方", UNREAD, "犬の登録"):
        assert KNOWING.search(said) == TOWN.search(said)
    assert TOWN.search("犬の登録", meaning("dog")) == TOWN.search("犬の登録")


def test_the_vectors_bring_what_no_word_finds():
    assert TOWN.rank(UNREAD).entries == ()
    assert KNOWING.rank(UNREAD, vector=meaning("dog")).entries[0] == DOG


def test_the_nearer_entry_rises():
    said = "届け出の窓口"
    by_words = TOWN.rank(said)
    for near in ("dog", "residence-certificate"):
        scores = dict(
            zip(
                KNOWING.rank(said, vector=meaning(near)).entries,
                KNOWING.rank(said, vector=meaning(near)).scores,
                strict=True,
            )
        )
        others = [score for each, score in scores.items() if each.id != near]
        assert scores[TOWN.entry(near)] > max(others), by_words


def test_vectors_alone_make_no_answer_sure():
    """Who asks in words of which the entry has none is offered it, never given it as the answer."""
    found = KNOWING.search(UNREAD, meaning("dog", others=0.0))
    assert found.outcome is not Outcome.ANSWER


def test_entries_are_compared_on_one_footing():
    """A new entry without vectors must not lose against all that have some: words decide until it has its own."""
    cat = entry("cat", "猫を飼い始めたときの手続き", "届け出は要りません。")
    knowledge = Knowledge.of([*PREPARED, prepare(cat)]).with_vectors(vectors_of(*ENTRIES))
    by_words = Knowledge.of([*PREPARED, prepare(cat)]).rank("猫を飼い始めた")
    assert knowledge.rank("猫を飼い始めた", vector=meaning("dog")) == by_words
    assert knowledge.rank("ごみの分別", vector=meaning("garbage")).scores != TOWN.rank("ごみの分別").scores


def test_vectors_of_earlier_texts_do_not_count():
    changed = replace(DOG, answer="登録は要りません。")
    knowledge = KNOWING.with_changed([prepare(changed)])
    assert knowledge.semantics is None, "the places of the entries may be others now"
    assert knowledge.with_vectors(vectors_of(*ENTRIES)).rank("犬", vector=meaning("dog")) == knowledge.rank(
        "犬"
    )
    renewed = knowledge.with_vectors(vectors_of(changed, *(each for each in ENTRIES if each != DOG)))
    assert renewed.rank("犬", vector=meaning("dog")) != knowledge.rank("犬")


@pytest.mark.parametrize(
    "vector",
    [np.ones(3, np.float32), np.ones(0, np.float32), np.ones((5, 5), np.float32)],
    ids=["3", "0", "5x5"],
)
def test_a_vector_of_another_model_is_passed_over(vector):
    assert KNOWING.search("犬の登録", vector) == TOWN.search("犬の登録")


def test_no_vectors_at_all():
    assert SemanticIndex.of(TOPICS, {}) is None
    assert TOWN.with_vectors({}).semantics is None


def test_entries_of_two_models_are_never_mixed():
    other = EntryVectors(DOG.id, fingerprint(DOG), *[np.ones((1, 3), np.float16)] * 2)
    knowledge = TOWN.with_vectors(vectors_of(GARBAGE, MOVING_IN) | {DOG.id: other})
    assert knowledge.rank("犬", vector=meaning("dog")) == TOWN.rank("犬")


def test_what_is_left_out_is_not_brought_back_by_its_vector():
    found = KNOWING.rank(UNREAD, leaving_out=[DOG.id], vector=meaning("dog"))
    assert DOG not in found.entries


def test_texts_of_an_entry():
    texts = texts_of(GARBAGE)
    assert texts.titles == (GARBAGE.question, *GARBAGE.phrasings)
    assert texts.passages == (f"{GARBAGE.question}\n{GARBAGE.answer}",)
    long = entry("long", "長い回答", "一つの文は短くても、続くと長くなります。\n" * 400, *map(str, range(40)))
    assert len(texts_of(long).titles) == MOST_TITLES
    assert len(texts_of(long).passages) == MOST_PASSAGES
    assert all(len(passage) <= 250 for passage in texts_of(long).passages)
    assert texts_of(replace(DOG, answer="")).passages == (f"{DOG.question}\n",)


@pytest.mark.parametrize("field", ["question", "answer"])
def test_a_fingerprint_is_of_the_texts_alone(field):
    assert fingerprint(replace(DOG, **{field: "別の文"})) != fingerprint(DOG)
    assert fingerprint(replace(DOG, phrasings=("別の文",))) != fingerprint(DOG)
    assert fingerprint(replace(DOG, telephone="096-000-0000", section="別の課")) == fingerprint(DOG)


def test_the_weights_that_ship_are_for_these_features():
    assert ranker.load(ranker.SEMANTIC_WEIGHTS, SEMANTIC_NAMES).features == SEMANTIC_NAMES
    weights = dict(
        zip(SEMANTIC_NAMES, ranker.load(ranker.SEMANTIC_WEIGHTS, SEMANTIC_NAMES).utility.weights, strict=True)
    )
    assert all(weights[name] > 0 for name in ("title_near", "title_behind", "passage_near", "passage_behind"))


def test_training_reads_the_vectors():
    asked = {"ペット": meaning("dog"), "ごみの袋": meaning("garbage"), "引っ越しました": meaning("moving-in")}
    questions = [
        Labelled(text, {each: 2}) for text, each in zip(asked, ("dog", "garbage", "moving-in"), strict=True)
    ]
    learnt = train(examples_of(KNOWING, questions, asked), "test", SEMANTIC_NAMES)
    assert (
        TOWN.with_vectors(vectors_of(*ENTRIES), learnt).rank(UNREAD, vector=meaning("dog")).entries[0] == DOG
    )
