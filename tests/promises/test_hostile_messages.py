"""A message of any letters takes its turn: something sensible is answered, within LINE's limits and within 50 ms."""

import re
import sys
import unicodedata
from collections.abc import Mapping

import pytest

from bot.city import LiveCity
from bot.line_messages import messages
from bot.platform import limits
from bot.telling import choices, text
from handlers import router
from handlers.turn import MessageId, Text
from store.db import Database
from tests.dialogue import Speaker
from tests.promises.hostile_texts import PATTERNS, TEXTS, UNICODE, WORDS
from tests.promises.length import FULL, at_length
from tests.promises.pace import PROMISED, allowed, spent

MAY_STAND_IN_A_REPLY = {"\n", "\u200d", "\u200c", "\ufe0f", "\ufe0e"}
"""Format characters that our own words and emoji need."""
SLOWEST = {
    name: TEXTS[name] for name in ("every letter there is", "a matter a line", "names", "months", "days")
}
"""Those that took longest when all were measured."""


def unseen(said: str) -> set[str]:
    """Letters that nobody sees and that may turn around or hide what is beside them."""
    return {
        f"U+{ord(each):04X}"
        for each in set(said) - MAY_STAND_IN_A_REPLY
        if unicodedata.category(each) in ("Cc", "Cf", "Cs", "Co")
    }


def said(words: str) -> Text:
    """A value, since a line of a dialogue that begins with > or @ means something else."""
    return Text(words, MessageId("hostile"))


def hold(speaker: Speaker, texts: Mapping[str, str]) -> None:
    for name, words in texts.items():
        reply = speaker.says(said(words)).routed.reply
        assert text(reply).strip(), name
        assert choices(reply), f"{name}: a dead end"
        assert not list(limits.VALIDATE.problems("", {"messages": messages(reply)})), name
        assert not unseen(text(reply)), name


def test_any_letters_are_answered(database: Database, city: LiveCity) -> None:
    hold(Speaker(database, city), UNICODE)


def test_any_words_are_answered(sqlite: Database, city: LiveCity) -> None:
    hold(Speaker(sqlite, city), {**PATTERNS, **WORDS})


def times(speaker: Speaker, words: Mapping[str, str], rounds: int = 1) -> dict[str, float]:
    """The processor time of each one's turn in seconds, the longest first."""
    took = {name: spent(lambda each=each: speaker.says(said(each)), rounds) for name, each in words.items()}
    return dict(sorted(took.items(), key=lambda each: each[1], reverse=True))


def test_none_takes_long(sqlite: Database, city: LiveCity) -> None:
    """Measured wherever it runs; held against the promise in the long form, at the pace of the machine."""
    speaker = Speaker(sqlite, city)
    (plain,) = times(speaker, {"plain": "住民票の写しがほしい"}, 5).values()
    took = times(speaker, TEXTS if FULL else SLOWEST, at_length(1, 5))
    slowest = ", ".join(f"{name} {1000 * each:.1f} ms" for name, each in list(took.items())[:5])
    sys.stdout.write(f"a plain question {1000 * plain:.1f} ms; the slowest: {slowest}\n")
    assert not FULL or not {name: each for name, each in took.items() if each > allowed()}


def test_a_pattern_that_doubles_with_each_letter_is_found(
    sqlite: Database, city: LiveCity, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: the same times notice a pattern that looks again and again, and that a text of ours sets off."""
    bomb, mask = re.compile(r"(?:あ+)+$"), router.mask

    def mask_slowly(words: str, *others: object) -> object:
        bomb.search(words[:23] + "い")
        return mask(words, *others)

    monkeypatch.setattr(router, "mask", mask_slowly)
    took = times(Speaker(sqlite, city), {name: TEXTS[name] for name in ("one kana", "one letter")})
    assert took["one kana"] > PROMISED
    assert took["one kana"] > 4 * took["one letter"]
