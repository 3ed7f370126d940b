import numpy as np

from faq import matrix
from faq.index import prepare
from faq.ragged import Splice
from tests.faq.town import DOG, ENTRIES, GARBAGE, PREPARED, entry

ROWS, WORDS = matrix.read(PREPARED)
CAT = entry("cat", "猫が迷子になったとき", "動物愛護センターに連絡してください。", "迷子の猫", "猫がいない")


def test_entries_in_order() -> None:
    assert tuple(ROWS.entries) == ENTRIES
    assert ROWS.entries[1] is GARBAGE
    assert ROWS.entries.ids == tuple(each.id for each in ENTRIES)


def test_the_phrasings_of_some_entries() -> None:
    letters, readings, firsts = ROWS.phrasings.of(np.array([1, 4]))
    assert letters == [phrase.plain for at in (1, 4) for phrase in PREPARED[at].questions]
    assert readings == [phrase.reading for at in (1, 4) for phrase in PREPARED[at].questions]
    assert firsts.tolist() == [0, 2]
    assert ROWS.phrasings.readings() == [phrase.reading for each in PREPARED for phrase in each.questions]
    assert ROWS.phrasings.words_read() == [
        reading for each in PREPARED for phrase in each.questions for reading in phrase.readings
    ]
    assert ROWS.phrasings.entry_of.tolist() == [0, 0, 1, 1, 2, 3, 4]


def test_words_are_numbered_once() -> None:
    again, words = matrix.read(PREPARED, WORDS)
    assert words == WORDS
    assert again.segments.words.tolist() == ROWS.segments.words.tolist()


def test_one_row_replaced() -> None:
    fresh, words = matrix.read([prepare(CAT)], WORDS)
    spliced = ROWS.spliced(fresh, Splice.of(len(ENTRIES), 1, {4: 0}, {0}))
    anew, _ = matrix.read([*PREPARED[1:4], prepare(CAT)], words)
    assert tuple(spliced.entries) == (*ENTRIES[1:4], CAT)
    assert DOG.id not in spliced.entries.ids
    assert list(spliced.phrasings.letters) == list(anew.phrasings.letters)
    assert spliced.phrasings.readings() == anew.phrasings.readings()
    for name in ("words", "start", "kind", "entry_start"):
        assert getattr(spliced.segments, name).tolist() == getattr(anew.segments, name).tolist()


def test_entries_that_nothing_needs_are_let_go() -> None:
    entries, splice = ROWS.entries, Splice.of(len(ENTRIES), 1, {4: 0}, {0})
    fresh, _ = matrix.read([prepare(CAT)], WORDS)
    once = entries.spliced(fresh.entries, splice)
    assert set(once.loose) == {*ENTRIES[1:4], CAT}
    assert [once[place] for place in range(4)] == [*ENTRIES[1:4], CAT]


def test_lengths_of_entries() -> None:
    whole = [
        sum(map(len, [p.words for p in each.questions] + [*each.answer, each.context])) for each in PREPARED
    ]
    assert ROWS.segments.lengths_of_entries().tolist() == whole
    titles = [sum(len(phrase.words) for phrase in each.questions) for each in PREPARED]
    assert ROWS.segments.lengths_of_entries(matrix.QUESTION).tolist() == titles
