import pytest

from tests.bench.keyboard import kana_by_key, shown


@pytest.mark.parametrize(
    ("kana", "keys"),
    [
        ("じゅう", ["z", "zy", "じゅ", "じゅう"]),
        ("けっか", ["k", "け", "けk", "けっk", "けっか"]),
        ("みんな", ["m", "み", "みn", "みん", "みんn", "みんな"]),
        ("さんぽ", ["s", "さ", "さn", "さんp", "さんぽ"]),
        ("ごー", ["g", "ご", "ごー"]),
        ("3かい", ["3", "3k", "3か", "3かい"]),
    ],
)
def test_kana_grow_as_letters_are_typed(kana: str, keys: list[str]) -> None:
    assert list(kana_by_key(kana)) == keys


def test_a_word_is_converted_with_what_follows_it() -> None:
    fields = list(shown("住民票の写し"))
    assert fields[:3] == ["z", "zy", "じゅ"]
    assert "じゅうみんひょうの" in fields
    assert fields[fields.index("じゅうみんひょうの") + 1] == "住民票の"
    assert fields[-1] == "住民票の写し"
