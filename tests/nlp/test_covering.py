"""Whether a text says nothing but what is expected."""

import pytest

from nlp.covering import GAP, MOST, covers

WORDS = (frozenset({"取れる", "どこ", "電話番号", "行き方"}), frozenset({"どけあると", "教える", "いる"}))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "はどこですか",
        f"{GAP}はどこで取れますか",
        f"{GAP}を取れたらどこ",
        "電話番号を教えてください",
        "電話番号ば教えて",
        f"{GAP}はどけあると",
        f"{GAP}はどけあるとね",
        f"{GAP}の{GAP}までの行き方",
    ],
)
def test_all_forms_of_the_words_and_what_carries_nothing(text: str) -> None:
    assert covers(text, [*WORDS, frozenset({"下さる", "ください"})])


@pytest.mark.parametrize(
    "text",
    [
        f"{GAP}の駐車場はどこ",
        f"要{GAP}はどこ",
        f"{GAP}のかに",
        "八代はどこ",
        f"{GAP}は取れない",
        "どこどこ" * MOST,
    ],
)
def test_a_word_that_is_left_over_is_seen(text: str) -> None:
    assert not covers(text, WORDS)


def test_a_word_is_taken_out_whole_or_not_at_all() -> None:
    assert not covers("どこか遠くの電話", WORDS)
    assert covers("電話", [frozenset({"電話"})])


def test_no_words_cover_nothing_but_particles() -> None:
    assert covers("は", [])
    assert not covers("電話", [])


KOREAN = (frozenset({"예약", "취소하고싶어요", "을"}),)


@pytest.mark.parametrize("text", ["예약을취소하고싶어요", "예약", f"{GAP}을취소하고싶어요"])
def test_korean_is_read_to_the_end_with_its_particles(text: str) -> None:
    assert covers(text, KOREAN)


@pytest.mark.parametrize("text", ["주차장을취소하고싶어요", "예약은취소하고싶어요", f"{GAP}주차장"])
def test_a_korean_word_that_is_left_over_is_seen(text: str) -> None:
    assert not covers(text, KOREAN)
