"""What may tell of a person in a text that is to be published, and what a person decided on it."""

from faq.marks import Decision, Mark, MarkedText
from nlp.mentions import Kind, Mention

TEXT = "山田です。山田の家の前の街灯が消えています。電話は090-1111-2222です。"


def found(text: str) -> list[Mention]:
    """A name, and a telephone number that overlaps what else was found."""
    at = text.index("090")
    return [
        Mention(at, at + 13, Kind.TELEPHONE, "（電話番号）"),
        Mention(at, at + 3, Kind.NUMBER, "（番号）"),
        Mention(0, 2, Kind.NAME, "（個人名）"),
    ]


MARKED = MarkedText.suggested(TEXT, found)


def test_what_nobody_decided_on_is_not_shown():
    assert MARKED.undecided == 2
    assert MARKED.shown == "（個人名）です。山田の家の前の街灯が消えています。電話は（電話番号）です。"
    assert [MARKED.words_of(each) for each in range(2)] == ["山田", "090-1111-2222"]


def test_each_mark_is_taken_changed_or_left_and_that_is_taken_back():
    taken = MARKED.decided(0, Decision.REPLACED)
    assert (taken.undecided, taken.shown) == (1, MARKED.shown)
    changed = taken.decided(1, Decision.REPLACED, "")
    assert (changed.undecided, changed.shown[-6:]) == (0, "電話はです。")
    left = changed.decided(0, Decision.LEFT)
    assert left.shown.startswith("山田です。")
    again = left.decided(0, Decision.OPEN)
    assert (again.undecided, again.shown[:5]) == (1, "（個人名）")


def test_all_that_is_undecided_goes_at_once_and_nothing_else_changes():
    all_gone = MARKED.decided(0, Decision.LEFT).all_replaced()
    assert all_gone.undecided == 0
    assert all_gone.shown.startswith("山田です。")
    assert all_gone.shown.endswith("電話は（電話番号）です。")


def test_own_marks_stand_wherever_the_words_do_and_swallow_what_they_touch():
    own = MARKED.marked("山田", "私")
    assert own is not None
    assert own.shown == "私です。私の家の前の街灯が消えています。電話は（電話番号）です。"
    assert [mark.kind for mark in own.marks] == [None, None, Kind.TELEPHONE]
    across = MARKED.marked("電話は090", "")
    assert across is not None
    assert across.shown.endswith("消えています。です。"), (
        "the number goes with the part of it that was marked"
    )
    assert MARKED.marked("どこにもない", "") is None
    assert MARKED.marked("", "") is None


def test_an_own_mark_that_is_left_is_none_any_more():
    own = MarkedText("街灯の前の家").marked("前の家", "近く")
    assert own is not None
    assert own.shown == "街灯の近く"
    assert own.decided(0, Decision.LEFT) == MarkedText("街灯の前の家")


def test_the_pieces_are_the_whole_text():
    assert "".join(piece.text for piece in MARKED.pieces) == TEXT
    assert [piece.number for piece in MARKED.pieces] == [0, None, 1, None]


def test_empty_mentions_are_none():
    assert MarkedText.suggested("あ", lambda _: [Mention(0, 0, Kind.NAME, "x")]).marks == ()
    assert Mark(0, 1, Kind.NAME, "x").decision is Decision.OPEN
