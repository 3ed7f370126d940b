"""Questions that ask the same come together, and stay where they are."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from faq import clustering
from faq.clustering import ALIKE, Gist, likeness, middle, place
from tests.faq.town import TOWN

SAME = (
    ("犬を飼い始めたのですが登録はどうすればいいですか", "飼い犬の登録をしたい"),
    ("図書館の開館時間", "図書館は何時まで開いていますか"),
    ("ぬるぽぬるぽの申請", "ぬるぽぬるぽを申請したい"),
)
OTHERS = ("ドローンを公園で飛ばしたい", "住民票の郵送", "市長に会いたい")
QUESTIONS = (*(each for pair in SAME for each in pair), *OTHERS)


def read(text: str) -> Gist:
    found = clustering.read(TOWN, text)
    assert found is not None
    return found


GISTS = tuple(map(read, QUESTIONS))
some = st.lists(st.sampled_from(GISTS), max_size=12)


@pytest.mark.parametrize(("one", "other"), SAME)
def test_the_same_question_in_other_words_is_one_group(one: str, other: str) -> None:
    assert place((), [read(one), read(other)]) == (0, 0)


def test_what_has_nothing_in_common_is_apart() -> None:
    assert place((), [read(each) for each in OTHERS]) == (0, 1, 2)


def test_synonyms_of_the_city_bring_together() -> None:
    assert place((), [read("本屋さんの場所"), read("図書館の場所")]) == (0, 0)


@pytest.mark.parametrize("text", ["", "？？？", "を", "教えてください"])
def test_without_a_word_that_counts_there_is_nothing_to_compare(text: str) -> None:
    assert clustering.read(TOWN, text) is None


def test_words_that_no_entry_has_count_too() -> None:
    one, same, another = read("ぬるぽぬるぽ"), read("ぬるぽぬるぽ"), read("がっぷがっぷ")
    assert likeness(one, [same]) == pytest.approx([1], abs=1e-5)
    assert likeness(one, [another]) < ALIKE / 2


@given(st.sampled_from(GISTS), st.sampled_from(GISTS))
def test_likeness_is_the_same_both_ways_and_whole_with_itself(one: Gist, other: Gist) -> None:
    (there,), (back,) = likeness(one, [other]), likeness(other, [one])
    assert there == pytest.approx(back, abs=1e-5)
    assert -1e-5 <= there <= 1 + 1e-5
    assert likeness(one, [one]) == pytest.approx([1], abs=1e-5)


@given(some, some)
@settings(max_examples=50)
def test_adding_questions_moves_none_of_those_before(first: list[Gist], later: list[Gist]) -> None:
    assert place((), [*first, *later])[: len(first)] == place((), first)


@given(some, some)
@settings(max_examples=50)
def test_in_two_steps_it_comes_out_as_in_one(first: list[Gist], later: list[Gist]) -> None:
    placed = place((), first)
    groups = [
        [gist for gist, at in zip(first, placed, strict=True) if at == number]
        for number in range(len({*placed}))
    ]
    assert (*placed, *place(groups, later)) == place((), [*first, *later])


@given(st.lists(some.filter(bool), max_size=4), some)
@settings(max_examples=50)
def test_groups_that_people_made_stay_whatever_is_in_them(groups: list[list[Gist]], new: list[Gist]) -> None:
    """Questions that are alike may have been split up, and others united: neither is taken back."""
    placed = place(groups, new)
    assert len(placed) == len(new)
    founded = [number for number in dict.fromkeys(placed) if number >= len(groups)]
    assert founded == list(range(len(groups), len(groups) + len(founded)))


def test_a_question_joins_what_it_was_split_from_only_where_that_is_nearer() -> None:
    dogs, library = [GISTS[0]], [GISTS[1], GISTS[2], GISTS[3]]
    assert place([library, dogs], [GISTS[0]]) == (1,)
    assert place([dogs, library], [GISTS[3]]) == (1,)


@given(some.filter(bool))
def test_the_middle_is_one_of_them(gists: list[Gist]) -> None:
    at = middle(gists)
    sums = [likeness(each, gists).sum() for each in gists]
    assert sums[at] == pytest.approx(max(sums))


def test_who_joins_is_at_least_so_alike_to_one_of_them() -> None:
    placed = place((), GISTS)
    for item, at in enumerate(placed):
        before = [GISTS[other] for other in range(item) if placed[other] == at]
        assert not before or np.max(likeness(GISTS[item], before)) >= ALIKE
