"""Reads the files of danger: `data/danger.toml`, and `data/danger/*.toml` for languages other than Japanese."""

import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from nlp.danger import DangerKind, DangerRules, Rule, Severity
from nlp.folding import apart, bare, fold, without_long_marks
from nlp.language import Language
from nlp.likeness import Likeness
from nlp.looks import NO_HAN, HanForms, Way
from nlp.phrase import UNLESS_REACH, WITHIN, Phrase


class DangerFileError(ValueError):
    """A file of dangers cannot be used; says in Japanese what to mend."""


@dataclass(frozen=True, slots=True)
class _Speech:
    """What holds for all rules of a file."""

    language: Language
    way: Way
    within: int
    reach: int
    groups: Mapping[str, list[str]]
    simplified_of: Mapping[int, str]

    def even(self, word: str) -> str:
        """A word as the way of looking has it."""
        if self.way in (Way.APART, Way.MARKED):
            return apart(word)
        return fold(word).translate(self.simplified_of)


def load(
    path: Path, reading: Callable[[str], str] | None = None, likeness: Likeness | None = None
) -> DangerRules:
    """The rules of the file at `path` and of the files in the folder beside it that has its name.

    `reading` makes the kana of a text, thread-safe and never raising. Raises `DangerFileError` where a file is not
    as described at the top of the first, `OSError` where that cannot be read.
    """
    first = _table(path)
    others = [(each, _table(each)) for each in sorted(path.with_suffix("").glob("*.toml"))]
    han = next((_han(each, table) for each, table in others if "letters" in table), NO_HAN)
    found = [rule for each, table in (*others, (path, first)) for rule in _rules(each, table, han)]
    order = {kind: at for at, kind in enumerate(_need(path, first, "order"))}
    if missing := [rule.kind for rule in found if rule.kind not in order]:
        raise _lacking(path, missing[0])
    found.sort(key=lambda rule: (rule.severity is not Severity.NOW, order[rule.kind]))
    return DangerRules(tuple(found), reading, likeness, han)


def _table(path: Path) -> Mapping[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise DangerFileError(f"{path.name}: TOML の書き方が正しくありません。{error}") from error


def _need(path: Path, table: Mapping[str, Any], key: str) -> Any:
    try:
        return table[key]
    except KeyError:
        raise _lacking(path, key) from None


def _lacking(path: Path, what: str) -> DangerFileError:
    return DangerFileError(f"{path.name}: {what} がありません。書き足してください。")


def _han(path: Path, table: Mapping[str, Any]) -> HanForms:
    letters = [_need(path, table["letters"], key) for key in ("traditional", "simplified", "chinese")]
    try:
        return HanForms.of(*letters)
    except ValueError as error:
        raise DangerFileError(
            f"{path.name}: letters の traditional と simplified は、同じ数の字を同じ順に書いてください。"
        ) from error


def _rules(path: Path, table: Mapping[str, Any], han: HanForms) -> Iterator[Rule]:
    language, way = table.get("language", Language.JAPANESE), table.get("way", Way.KANA)
    if language not in list(Language) or way not in list(Way):
        raise DangerFileError(f"{path.name}: language={language}、way={way} は使えません。")
    speech = _Speech(
        Language(language),
        Way(way),
        table.get("within", WITHIN),
        table.get("unless_within", UNLESS_REACH),
        _need(path, table, "words"),
        han.simplified_of if way == Way.HAN else {},
    )
    for entry in _need(path, table, "rule"):
        try:
            yield from _both_spellings(_rule(path, entry, speech), bare_too=entry.get("bare", True))
        except KeyError as error:
            raise _lacking(path, error.args[0]) from error


def _rule(path: Path, entry: Mapping[str, Any], speech: _Speech) -> Rule:
    kind, severity = entry["kind"], entry["severity"]
    if kind not in list(DangerKind) or severity not in list(Severity):
        raise DangerFileError(
            f"{path.name}: rule: kind={kind}、severity={severity} は使えません。先頭の説明を見てください。"
        )
    phrase = Phrase(
        _evened(entry["words"], speech),
        tuple(_both_ways(_evened(words, speech)) for words in _lists(entry.get("with", []))),
        _both_ways(_evened(entry.get("unless", []), speech)),
        entry.get("within", speech.within),
        speech.reach,
    )
    if not phrase.words:
        raise DangerFileError(f"{path.name}: rule: {kind} の words が空です。言葉を書いてください。")
    reading = entry.get("reading", False)
    return Rule(DangerKind(kind), Severity(severity), phrase, reading, speech.language, speech.way)


def _both_spellings(rule: Rule, *, bare_too: bool) -> Iterator[Rule]:
    """A rule of words with marks is one of words without them too, unless these would mean something else."""
    yield rule
    if rule.way is Way.MARKED and bare_too:
        words, nearby, unless = rule.phrase.words, rule.phrase.nearby, rule.phrase.unless
        phrase = replace(
            rule.phrase,
            words=tuple(map(bare, words)),
            nearby=tuple(tuple(map(bare, group)) for group in nearby),
            unless=tuple(map(bare, unless)),
        )
        yield replace(rule, phrase=phrase, way=Way.BARE)


def _evened(words: list[str], speech: _Speech) -> tuple[str, ...]:
    """The words with their groups spelt out, as the text they are looked for in has them."""
    spelt = [each for word in words for each in (speech.groups[word[1:]] if word.startswith("@") else [word])]
    return tuple(dict.fromkeys(even for word in spelt if (even := speech.even(word))))


def _lists(words: list[str] | list[list[str]]) -> list[list[str]]:
    """`with` as written, one list of words or several, of each of which a word must be met."""
    plain = [word for word in words if isinstance(word, str)]
    return [each for each in (plain, *(word for word in words if isinstance(word, list))) if each]


def _both_ways(words: tuple[str, ...]) -> tuple[str, ...]:
    """With and without long marks, since a text is looked at in both ways: カード must excuse in either."""
    return tuple(dict.fromkeys((*words, *map(without_long_marks, words))))
