from dataclasses import replace

import numpy as np
import pytest

from faq.models import FaqEntry
from faq.semantic import EntryTexts, EntryVectors, texts_of
from store import knowledge, vectors
from store.db import Tx
from tests.conftest import NOON

MODEL = "multilingual-e5-small"


def made(texts: EntryTexts, first: float = 1.0) -> EntryVectors:
    titles = np.arange(len(texts.titles) * 4, dtype=np.float16).reshape(-1, 4) + np.float16(first)
    return EntryVectors(
        texts.entry_id, texts.fingerprint, titles, np.ones((len(texts.passages), 4), np.float16)
    )


@pytest.fixture
def dog(tx: Tx) -> FaqEntry:
    return knowledge.all_entries(tx)[0]


def test_all_are_missing_at_first(tx: Tx):
    assert [texts.entry_id for texts in vectors.missing(tx, MODEL)] == [
        e.id for e in knowledge.all_entries(tx)
    ]


def test_what_is_kept_comes_back_and_is_missing_no_more(tx: Tx, dog: FaqEntry):
    kept = made(texts_of(dog))
    vectors.keep(tx, MODEL, [kept], NOON)
    (back,) = vectors.since(tx, MODEL, -1)
    assert (back.entry_id, back.fingerprint) == (kept.entry_id, kept.fingerprint)
    assert (back.titles == kept.titles).all()
    assert (back.passages == kept.passages).all()
    assert dog.id not in {texts.entry_id for texts in vectors.missing(tx, MODEL)}


def test_keeping_moves_the_version_so_that_every_process_takes_it_up(tx: Tx, dog: FaqEntry):
    before = knowledge.version(tx)
    vectors.keep(tx, MODEL, [made(texts_of(dog))], NOON)
    assert knowledge.version(tx) == before + 1
    assert vectors.since(tx, MODEL, before)
    assert vectors.since(tx, MODEL, before + 1) == ()
    vectors.keep(tx, MODEL, [], NOON)
    assert knowledge.version(tx) == before + 1


def test_a_changed_text_is_missing_again_until_it_is_replaced(tx: Tx, dog: FaqEntry):
    vectors.keep(tx, MODEL, [made(texts_of(dog))], NOON)
    changed = replace(dog, answer="別の回答です。")
    knowledge.take_in(tx, [changed], NOON)
    assert dog.id in {texts.entry_id for texts in vectors.missing(tx, MODEL)}
    vectors.keep(tx, MODEL, [made(texts_of(changed), 2.0)], NOON)
    (back,) = vectors.since(tx, MODEL, -1)
    assert back.fingerprint == texts_of(changed).fingerprint


def test_a_changed_telephone_costs_no_new_vectors(tx: Tx, dog: FaqEntry):
    vectors.keep(tx, MODEL, [made(texts_of(dog))], NOON)
    knowledge.take_in(tx, [replace(dog, telephone="096-000-0000")], NOON)
    assert dog.id not in {texts.entry_id for texts in vectors.missing(tx, MODEL)}


def test_models_are_apart_until_the_other_is_removed(tx: Tx, dog: FaqEntry):
    vectors.keep(tx, MODEL, [made(texts_of(dog))], NOON)
    assert vectors.since(tx, "another", -1) == ()
    assert dog.id in {texts.entry_id for texts in vectors.missing(tx, "another")}
    vectors.keep(tx, "another", [made(texts_of(dog), 3.0)], NOON)
    assert len(vectors.since(tx, MODEL, -1)) == len(vectors.since(tx, "another", -1)) == 1
    vectors.prune(tx, "another")
    assert vectors.since(tx, MODEL, -1) == ()
    assert len(vectors.since(tx, "another", -1)) == 1


def test_vectors_of_an_entry_that_is_gone_go_too(tx: Tx, dog: FaqEntry):
    vectors.keep(tx, MODEL, [replace(made(texts_of(dog)), entry_id="gone")], NOON)
    vectors.prune(tx, MODEL)
    assert vectors.since(tx, MODEL, -1) == ()
