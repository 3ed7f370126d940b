"""Telling the language of short messages: right ones of each table and the time, beside lingua and py3langid where
they are installed. They are not among what is locked: 300 MB for a comparison that is made once.

The others know no name and no word that everybody writes, and lingua has one Chinese: where they say Chinese, either
way of writing counts as right.
"""

import time
from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec

from nlp.tongue import detect
from tests.bench.tables import Table
from tests.nlp.test_tongue import CASES, FRESH

LONG = (
    "ごみの日はいつですか",
    "where is the ward office ",
    "我想申請電話號碼",
    "ngày nào đổ rác ",
    "구청이 어디예요 ",
)
Guess = Callable[[str], str]
"""The first two letters of a tag, or nothing."""


def run() -> Table:
    own = _row("nlp/tongue.py", lambda text: (detect(text) or "")[:2])
    others = [_row(name, guess) for name, guess in _others()]
    return Table(
        f"Languages: {len(CASES)} messages and {len(FRESH)} fresh ones",
        ("", "right", "right of fresh", "µs a message", "ms for 5,000 letters, most"),
        (own, *others),
    )


def _others() -> list[tuple[str, Guess]]:
    found: list[tuple[str, Guess]] = []
    if find_spec("lingua"):
        lingua = import_module("lingua")
        codes = [getattr(lingua.IsoCode639_1, each) for each in ("JA", "EN", "ZH", "KO", "VI")]
        detector = lingua.LanguageDetectorBuilder.from_iso_codes_639_1(*codes).build()

        def by_lingua(text: str) -> str:
            language = detector.detect_language_of(text)
            return language.iso_code_639_1.name.lower() if language else ""

        found.append(("lingua", by_lingua))
    if find_spec("py3langid"):
        langid = import_module("py3langid")
        langid.set_languages(["ja", "en", "zh", "ko", "vi"])
        found.append(("py3langid", lambda text: str(langid.classify(text)[0])))
    return found


def _row(name: str, guess: Guess) -> tuple[str, ...]:
    rights = [
        sum(guess(text) == (language.value[:2] if language else "") for text, language in table)
        for table in (CASES, FRESH)
    ]
    started = time.perf_counter()
    for text, _ in CASES:
        guess(text)
    each = (time.perf_counter() - started) / len(CASES) * 1e6
    most = max(_milliseconds(guess, (words * 5000)[:5000]) for words in LONG)
    return (name, *(str(right) for right in rights), f"{each:.0f}", f"{most:.2f}")


def _milliseconds(guess: Guess, text: str) -> float:
    started = time.perf_counter()
    guess(text)
    return (time.perf_counter() - started) * 1000
