"""Words of fire, illness, crime, violence and despair in what a resident writes, found before anything else.

Pure: text in, value out. The words are in `data/danger.toml`, where staff edit them; what is said at once is in
`faq/danger_texts.py`. A danger is looked for in the letters as written, and only additionally in a reading made by a
tokenizer, because a tokenizer hides words: 旦那にくらされた (beaten, in Kumamoto) becomes 暮らす (to live).
Where no rule finds one, `nlp.likeness` may still say that a message is like those that tell of a danger.
"""

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any

from nlp.folding import fold, without_long_marks
from nlp.likeness import Likeness
from nlp.phrase import WITHIN, Phrase, View


class DangerFileError(ValueError):
    """The file of dangers cannot be used; says in Japanese what to mend."""


class DangerKind(StrEnum):
    """What kind of help is needed."""

    FIRE_OR_ILLNESS = "fire_or_illness"
    SEA = "sea"
    GAS = "gas"
    POISON = "poison"
    DISASTER = "disaster"
    """Earthquake, tsunami, flood, landslide."""
    CRIME = "crime"
    SCAM = "scam"
    SUICIDE = "suicide"
    DV = "dv"
    CHILD_ABUSE = "child_abuse"
    ELDER_OR_DISABLED_ABUSE = "elder_or_disabled_abuse"
    PREGNANCY = "pregnancy"
    SEXUAL_VIOLENCE = "sexual_violence"
    BULLYING = "bullying"
    MISSING = "missing"
    HELP = "help"
    """A cry for help that does not say what has happened."""


class Severity(StrEnum):
    """How much may be said beside the number."""

    NOW = "now"
    """Somebody may be in danger: the fixed text and the numbers, no question, no matching."""
    TALK = "talk"
    """A question about help (DV相談窓口の時間は): the gentler text and the numbers first; then the
    handler goes on to match, and the ordinary answer follows."""


@dataclass(frozen=True, slots=True)
class Danger:
    """A danger found in a message."""

    kind: DangerKind
    severity: Severity
    because: str
    """The words that met, for staff; never shown to the resident."""


@dataclass(frozen=True, slots=True)
class Rule:
    """Words that mean one kind of danger."""

    kind: DangerKind
    severity: Severity
    phrase: Phrase
    reading: bool
    """Whether the words are safe to look for in a reading, where homophones are one."""


@dataclass(frozen=True, slots=True)
class DangerRules:
    """All that the file says. Immutable, so one is shared by all threads."""

    rules: tuple[Rule, ...]
    """In the order in which they are tried: what is happening now before what is asked about."""
    reading: Callable[[str], str] | None
    """Makes the kana of a text, for words hidden in unusual kanji; without it only the letters count."""
    likeness: Likeness | None = None
    """A second look where no rule has found anything; without it only the rules count."""
    _begun: Mapping[str, tuple[int, ...]] = field(init=False, repr=False, compare=False)
    """The places of the rules that have a word beginning so: a text has few such beginnings, so few rules are tried."""

    def __post_init__(self) -> None:
        begun: dict[str, list[int]] = {}
        for place, rule in enumerate(self.rules):
            for opening in rule.phrase.openings:
                begun.setdefault(opening, []).append(place)
        object.__setattr__(self, "_begun", {opening: tuple(places) for opening, places in begun.items()})

    def find(self, text: str) -> Danger | None:
        """The danger in a message of any length, or nothing."""
        written = fold(text)
        views = tuple(map(View, dict.fromkeys((written, without_long_marks(written)))))
        read = (*views, View(fold(self.reading(text)))) if self.reading and text else views
        openings = set[str]().union(*(view.openings for view in read))
        tried = {place for opening in openings & self._begun.keys() for place in self._begun[opening]}
        for rule in map(self.rules.__getitem__, sorted(tried)):
            for view in read if rule.reading else views:
                if because := rule.phrase.match(view):
                    return Danger(rule.kind, rule.severity, because)
        return self._like(written)

    def _like(self, folded: str) -> Danger | None:
        """Only ever a talk, and of no kind: numbers before the answer cost little where it is mistaken."""
        because = self.likeness.because(folded) if self.likeness else ""
        return Danger(DangerKind.HELP, Severity.TALK, because) if because else None


def load(
    path: Path, reading: Callable[[str], str] | None = None, likeness: Likeness | None = None
) -> DangerRules:
    """The rules of the file at `path`; `reading` makes the kana of a text, thread-safe and never raising.

    Raises `DangerFileError` where the file is not as described at its top, `OSError` where it cannot be read.
    """
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
        rules = [_rule(entry, table["words"]) for entry in table["rule"]]
        order = {kind: at for at, kind in enumerate(table["order"])}
        return DangerRules(
            tuple(sorted(rules, key=lambda rule: (rule.severity is not Severity.NOW, order[rule.kind]))),
            reading,
            likeness,
        )
    except tomllib.TOMLDecodeError as error:
        raise DangerFileError(f"{path.name}: TOML の書き方が正しくありません。{error}") from error
    except KeyError as error:
        raise DangerFileError(f"{path.name}: {error.args[0]} がありません。書き足してください。") from error


def _rule(entry: Mapping[str, Any], groups: Mapping[str, list[str]]) -> Rule:
    kind, severity = entry["kind"], entry["severity"]
    if kind not in list(DangerKind) or severity not in list(Severity):
        raise DangerFileError(
            f"rule: kind={kind}、severity={severity} は使えません。先頭の説明を見てください。"
        )
    phrase = Phrase(
        _folded(entry["words"], groups),
        tuple(_both_ways(_folded(words, groups)) for words in _lists(entry.get("with", []))),
        _both_ways(_folded(entry.get("unless", []), groups)),
        entry.get("within", WITHIN),
    )
    if not phrase.words:
        raise DangerFileError(f"rule: {kind} の words が空です。言葉を書いてください。")
    return Rule(DangerKind(kind), Severity(severity), phrase, entry.get("reading", False))


def _folded(words: list[str], groups: Mapping[str, list[str]]) -> tuple[str, ...]:
    """The words with their groups spelt out, as a folded text has them."""
    spelt = [each for word in words for each in (groups[word[1:]] if word.startswith("@") else [word])]
    return tuple(dict.fromkeys(folded for word in spelt if (folded := fold(word))))


def _lists(words: list[str] | list[list[str]]) -> list[list[str]]:
    """`with` as written, one list of words or several, of each of which a word must be met."""
    plain = [word for word in words if isinstance(word, str)]
    return [each for each in (plain, *(word for word in words if isinstance(word, list))) if each]


def _both_ways(words: tuple[str, ...]) -> tuple[str, ...]:
    """With and without long marks, since a text is looked at in both ways: カード must excuse in either."""
    return tuple(dict.fromkeys((*words, *map(without_long_marks, words))))
