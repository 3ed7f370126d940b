"""The sentences by language, from `data/wording/*.toml`."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from string import Formatter
from typing import Final

from nlp import covering
from nlp.compact import compact
from nlp.latin import bare, is_latin, spaced

ANYWHERE: Final = frozenset(("city", "centre", "telephone", "centre_hours"))
"""Names that any sentence may say, see `handlers/city.py`."""
MOST_TOLD: Final = 12
"""Faults of a catalogue that are told at once."""


class WrongWording(ValueError):
    """A catalogue lacks something, or says what nobody fills in."""


@dataclass(frozen=True, slots=True)
class Wording:
    """One language's sentences and the words it knows."""

    sentences: Mapping[str, str]
    groups: Mapping[str, frozenset[str]]
    """Words that residents type, compacted: `words.menu`."""
    within: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Those of them that count anywhere in a text, where not all do."""
    phrases: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Those that count as whole words alone, with their spaces (`nlp/latin.py`)."""

    def say(self, key: str, **values: object) -> str:
        """The sentence of that key. Raises KeyError for an unknown key or a value that is missing."""
        return self.sentences[key].format_map(values).strip()

    def words(self, group: str) -> frozenset[str]:
        return self.groups[group]

    def mentions(self, group: str, plain: str, words: str) -> bool:
        """Whether a text, compacted and with its words spaced, has one of the words of a group anywhere."""
        within = self.within.get(group, self.groups[group])
        return any(word in plain for word in within) or any(
            phrase in words for phrase in self.phrases.get(group, ())
        )

    def covers(self, plain: str, *groups: str) -> bool:
        """Whether a compacted text has nothing but words of these groups, see `nlp/covering.py`."""
        return covering.covers(plain, (self.groups[group] for group in groups))

    def keys_below(self, prefix: str) -> tuple[str, ...]:
        """The keys that begin so, in the order of the file."""
        return tuple(key for key in self.sentences if key.startswith(prefix))


@dataclass(frozen=True, slots=True)
class _Words:
    """A list of words, as they are looked for."""

    all: frozenset[str]
    within: frozenset[str]
    phrases: frozenset[str]

    @classmethod
    def of(cls, words: tuple[str, ...]) -> "_Words":
        latin = tuple(filter(is_latin, words))
        others = tuple(set(words) - set(latin))
        return cls(_compacted(words), _compacted(others), frozenset(map(spaced, latin)))

    def __or__(self, others: "_Words") -> "_Words":
        return _Words(self.all | others.all, self.within | others.within, self.phrases | others.phrases)


@dataclass(frozen=True)
class Catalogue:
    """A file as it is written."""

    sentences: Mapping[str, str]
    lists: Mapping[str, tuple[str, ...]]

    @cached_property
    def words(self) -> Mapping[str, _Words]:
        """Those of each list: six languages are added to the Japanese ones, which are read once."""
        return {key: _Words.of(words) for key, words in self.lists.items()}


def read_catalogue(path: Path) -> Catalogue:
    """Reads a file: tables of sentences, and `[words]` with lists. Raises ValueError with the key."""
    raw = tomllib.loads(path.read_text(encoding="utf-8"))
    sentences: dict[str, str] = {}
    lists: dict[str, tuple[str, ...]] = {}
    _flatten("", raw, sentences, lists)
    for key, sentence in sentences.items():
        try:
            list(Formatter().parse(sentence))
        except ValueError as error:
            raise ValueError(f"{path}: {key}: {error}") from error
    return Catalogue(sentences, lists)


def read_wording(path: Path) -> Wording:
    """Reads a catalogue that stands alone. Raises ValueError with the key."""
    return wording_of(read_catalogue(path))


def wording_of(catalogue: Catalogue) -> Wording:
    """What a catalogue says, where it stands alone."""
    return Wording(catalogue.sentences, {key: _compacted(words) for key, words in catalogue.lists.items()})


def read_translation(path: Path, japanese: Catalogue) -> Wording:
    """Reads a catalogue of another language; its lists are added to those of the Japanese one, as residents may type
    either. Raises WrongWording with what lacks, for a catalogue that does not say all that the Japanese one says.
    """
    own = read_catalogue(path)
    if found := [*_faults(own, japanese)]:
        more = f" and {len(found) - MOST_TOLD} more" if len(found) > MOST_TOLD else ""
        raise WrongWording(f"{path}: {'; '.join(found[:MOST_TOLD])}{more}")
    words = {
        key: theirs | _Words.of(tuple(_spellings(own.lists.get(key, ()))))
        for key, theirs in japanese.words.items()
    }
    return Wording(
        own.sentences,
        {key: each.all for key, each in words.items()},
        {key: each.within for key, each in words.items()},
        {key: each.phrases for key, each in words.items()},
    )


def _spellings(words: tuple[str, ...]) -> Iterator[str]:
    """Vietnamese is often written without its marks."""
    for word in words:
        yield word
        if is_latin(word) and bare(word) != word:
            yield bare(word)


def _faults(own: Catalogue, japanese: Catalogue) -> Iterator[str]:
    """What the catalogue lacks, or has that the Japanese one has not."""
    for key in sorted(japanese.sentences.keys() - own.sentences.keys()):
        yield f"{key} is missing"
    for key in sorted(own.sentences.keys() - japanese.sentences.keys()):
        yield f"{key} is no sentence of ja.toml"
    for key in sorted(own.lists.keys() - japanese.lists.keys()):
        yield f"{key} is no list of ja.toml"
    for key in sorted(own.sentences.keys() & japanese.sentences.keys()):
        filled = [_filled_in(each.sentences[key]) for each in (own, japanese)]
        if not own.sentences[key].strip() and japanese.sentences[key].strip():
            yield f"{key} is empty"
        elif filled[0] != filled[1]:
            names = ", ".join(f"{{{name}}}" for name in sorted(filled[0] ^ filled[1]))
            yield f"{key} differs from ja.toml in {names}"


def _filled_in(sentence: str) -> frozenset[str]:
    return frozenset(name for _, name, _, _ in Formatter().parse(sentence) if name) - ANYWHERE


def _compacted(words: tuple[str, ...]) -> frozenset[str]:
    return frozenset(map(compact, words))


def _flatten(
    prefix: str, table: Mapping[str, object], sentences: dict[str, str], lists: dict[str, tuple[str, ...]]
) -> None:
    for key, value in table.items():
        match value:
            case str():
                sentences[prefix + key] = value
            case list():
                lists[prefix + key] = tuple(map(str, value))
            case dict():
                _flatten(f"{prefix}{key}.", value, sentences, lists)
            case _:
                raise ValueError(f"{prefix}{key} is neither a sentence nor a list of words")
