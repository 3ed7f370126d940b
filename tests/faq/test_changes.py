"""Taking up what has changed finds what counting everything anew would find."""

from collections.abc import Callable, Iterable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from faq import rows
from faq.index import PreparedEntry, prepare
from faq.models import EntryId
from faq.search import Knowledge
from tests.faq.town import DOG, ENTRIES, PREPARED, SYNONYMS, entry

TEXTS = (
    ("猫が迷子になったとき", "動物愛護センターに連絡してください。猫の写真があると早く見つかります。"),
    ("鶏を飼いたい", "届け出が要ることがあります。"),
    ("印鑑登録の手続き", "区役所と総合出張所の窓口で登録できます。本人確認書類をお持ちください。"),
    ("粗大ごみを出したい", "電話で申し込んでください。手数料は大きさで決まります。"),
    ("住所が変わったとき", ""),
)
DRAFTS = [
    prepare(entry(entry_id, *text, *phrasings))
    for entry_id in ("dog", "garbage", "cat", "hen", "seal")
    for text in TEXTS
    for phrasings in ((), ("迷子の猫", "ごみの分別"))
]
ASKED = (
    *(each.question for each in ENTRIES),
    *(question for question, _ in TEXTS),
    "住所変更の届け出はどこ",
    "犬と猫のごみ",
    "本屋さんで本を借りたい",
)

Change = tuple[list[PreparedEntry], list[EntryId]]
IDS = st.sampled_from(sorted({each.entry.id for each in (*PREPARED, *DRAFTS)}))
CHANGES = st.tuples(st.lists(st.sampled_from(DRAFTS), max_size=3), st.lists(IDS, max_size=3))


def applied(entries: Iterable[PreparedEntry], change: Change) -> list[PreparedEntry]:
    changed, gone = change
    latest = {each.entry.id: each for each in changed}
    kept = {each.entry.id: each for each in entries if each.entry.id not in set(gone) - latest.keys()}
    return list((kept | latest).values())


def assert_alike(ours: Knowledge, fresh: Knowledge, tolerance: float) -> None:
    assert tuple(ours.entries) == tuple(fresh.entries)
    assert ours.known.matrix.vocabulary.keys() == fresh.known.matrix.vocabulary.keys()
    for text in ASKED:
        left, right = ours.rank(text), fresh.rank(text)
        by_id = {found.id: score for found, score in zip(right.entries, right.scores, strict=True)}
        assert {found.id for found in left.entries} == by_id.keys()
        for found, score in zip(left.entries, left.scores, strict=True):
            assert score == pytest.approx(by_id[found.id], abs=tolerance)


@settings(max_examples=40, deadline=None)
@given(st.lists(CHANGES, min_size=1, max_size=4))
def test_a_series_of_changes_finds_what_counting_anew_finds(changes: list[Change]) -> None:
    ours, entries = Knowledge.of(PREPARED, SYNONYMS), list(PREPARED)
    for change in changes:
        ours, entries = ours.renewed(*change), applied(entries, change)
    fresh = Knowledge.of(entries, SYNONYMS)
    assert_alike(ours, fresh, 1e-3)  # meanings are kept in half precision, and standing out divides by deviations
    assert worth(ours) == worth(fresh)
    assert (ours.lexicon.readings, ours.lexicon.words) == (fresh.lexicon.readings, fresh.lexicon.words)
    assert ours.lexicon.counts.tolist() == fresh.lexicon.counts.tolist()
    assert (ours.typed.readings, ours.typed.place) == (fresh.typed.readings, fresh.typed.place)


def worth(knowledge: Knowledge) -> dict[str, float]:
    matrix = knowledge.known.matrix
    return {word: float(matrix.idf[number]) for word, number in matrix.vocabulary.items()}


def test_mean_vectors_stay_until_many_entries_have_changed() -> None:
    many = [prepare(entry(f"{at}", f"{text[0]}の{at}番", text[1])) for at, text in enumerate(TEXTS * 22)]
    before = Knowledge.of([*PREPARED, *many])
    ours, entries = before.with_changed(DRAFTS[:1]), applied([*PREPARED, *many], (DRAFTS[:1], []))
    assert ours.known.meaning.changed == 2, "one came, one went"
    assert ours.known.meaning.bodies.common is before.known.meaning.bodies.common
    assert_alike(ours, Knowledge.of(entries), 0.05)
    later = ours.with_changed(DRAFTS[10:11])
    assert later.known.meaning.changed == 0
    assert_alike(later, Knowledge.of(applied(entries, (DRAFTS[10:11], []))), 1e-4)


def test_nothing_changed_is_the_same_knowledge() -> None:
    knowledge = Knowledge.of(PREPARED)
    assert knowledge.renewed([], []) is knowledge
    assert knowledge.without([EntryId("nobody")]) is knowledge


def test_other_entries_are_not_read_again(monkeypatch: pytest.MonkeyPatch) -> None:
    knowledge = Knowledge.of(PREPARED, SYNONYMS)
    read: list[str] = []
    taken = rows.read

    def noting(prepared: Iterable[PreparedEntry], number_of: Callable[[str], int]) -> rows.Rows:
        entries = list(prepared)
        read.extend(each.entry.id for each in entries)
        return taken(entries, number_of)

    monkeypatch.setattr(rows, "read", noting)
    knowledge.with_changed(DRAFTS[:1]).without([DOG.id])
    assert read == [DRAFTS[0].entry.id]


def test_other_synonyms_leave_the_entries_as_they_are() -> None:
    knowledge = Knowledge.of(PREPARED)
    other = knowledge.with_synonyms(SYNONYMS)
    assert other.known is knowledge.known
    assert other.search("本屋さん").matches[0].entry.id == "library"
    assert knowledge.search("本屋さん").matches == ()
