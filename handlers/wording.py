"""The sentences by language, from `data/wording/*.toml`."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from string import Formatter

from nlp import covering
from nlp.compact import compact


@dataclass(frozen=True, slots=True)
class Wording:
    """One language's sentences and the words it knows."""

    sentences: Mapping[str, str]
    groups: Mapping[str, frozenset[str]]
    """Words that residents type, compacted: `words.menu`."""

    def say(self, key: str, **values: object) -> str:
        """The sentence of that key. Raises KeyError for an unknown key or a value that is missing."""
        return self.sentences[key].format_map(values).strip()

    def words(self, group: str) -> frozenset[str]:
        return self.groups[group]

    def covers(self, plain: str, *groups: str) -> bool:
        """Whether a compacted text has nothing but words of these groups, see `nlp/covering.py`."""
        return covering.covers(plain, (self.groups[group] for group in groups))

    def keys_below(self, prefix: str) -> tuple[str, ...]:
        """The keys that begin so, in the order of the file."""
        return tuple(key for key in self.sentences if key.startswith(prefix))


def read_wording(path: Path) -> Wording:
    """Reads a catalogue: tables of sentences, and `[words]` with lists. Raises ValueError with the key."""
    raw = tomllib.loads(path.read_text(encoding="utf-8"))
    sentences: dict[str, str] = {}
    groups: dict[str, frozenset[str]] = {}
    _flatten("", raw, sentences, groups)
    for key, sentence in sentences.items():
        try:
            list(Formatter().parse(sentence))
        except ValueError as error:
            raise ValueError(f"{path}: {key}: {error}") from error
    return Wording(sentences, groups)


def _flatten(
    prefix: str, table: Mapping[str, object], sentences: dict[str, str], groups: dict[str, frozenset[str]]
) -> None:
    for key, value in table.items():
        match value:
            case str():
                sentences[prefix + key] = value
            case list():
                groups[prefix + key] = frozenset(compact(str(word)) for word in value)
            case dict():
                _flatten(f"{prefix}{key}.", value, sentences, groups)
            case _:
                raise ValueError(f"{prefix}{key} is neither a sentence nor a list of words")
