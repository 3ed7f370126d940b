import pytest

from bot.lengths import grapheme_length, utf16_length


@pytest.mark.parametrize(
    ("text", "units", "graphemes"),
    [
        ("", 0, 0),
        ("転入届", 3, 3),
        ("😀", 2, 1),
        ("👨\u200d👩\u200d👧", 8, 1),
        ("か\u3099", 2, 1),
        ("葛\U000e0100", 3, 1),
        ("\ud83d", 1, 1),
    ],
)
def test_counts_as_line_counts(text, units, graphemes):
    assert (utf16_length(text), grapheme_length(text)) == (units, graphemes)
