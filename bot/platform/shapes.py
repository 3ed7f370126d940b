"""The words in which `limits` says what LINE accepts: a rule finds what is wrong with a value."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from bot.lengths import utf16_length

JsonObject = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Problem:
    """One entry of `details` in LINE's error body."""

    property: str
    """Where: `messages[0].text`."""
    message: str


Problems = Iterator[Problem]


class Rule(Protocol):
    """Holds a value against what LINE accepts at one place."""

    def problems(self, path: str, value: object) -> Problems:
        """What is wrong with `value`, which stands at `path`; nothing where it is accepted."""


@dataclass(frozen=True, slots=True)
class Chars:
    """A string of `least` to `most` characters, counted as LINE counts them at that place."""

    most: int
    least: int = 1
    count: Callable[[str], int] = utf16_length

    def problems(self, path: str, value: object) -> Problems:
        if not isinstance(value, str):
            yield Problem(path, "Must be a string")
        elif self.least and not value:
            yield Problem(path, "May not be empty")
        elif not self.least <= self.count(value) <= self.most:
            yield Problem(path, f"Length must be between {self.least} and {self.most}")


@dataclass(frozen=True, slots=True)
class Like:
    """A string that a pattern matches from end to end."""

    pattern: str
    meaning: str

    def problems(self, path: str, value: object) -> Problems:
        if not isinstance(value, str) or not re.fullmatch(self.pattern, value):
            yield Problem(path, f"Must be {self.meaning}")


@dataclass(frozen=True, slots=True)
class Address:
    """A URI in ASCII (the rest percent-encoded) with one of `starts`."""

    starts: tuple[str, ...]
    most: int

    def problems(self, path: str, value: object) -> Problems:
        if not isinstance(value, str) or not value.startswith(self.starts):
            yield Problem(path, "invalid uri scheme")
        elif not re.fullmatch(r"[!-~]+", value) or re.search(r'[<>"{}|\\^`]|%(?![0-9A-Fa-f]{2})', value):
            yield Problem(path, "invalid uri")
        elif value in self.starts or utf16_length(value) > self.most:
            yield Problem(path, f"Length must be between 1 and {self.most}")


@dataclass(frozen=True, slots=True)
class Word:
    """One of a few words."""

    words: tuple[str, ...]

    def problems(self, path: str, value: object) -> Problems:
        if value not in self.words:
            yield Problem(path, f"Must be one of the following values: {list(self.words)}")


@dataclass(frozen=True, slots=True)
class Whole:
    """An integer from `least` to `most`."""

    least: int
    most: int

    def problems(self, path: str, value: object) -> Problems:
        if not isinstance(value, int) or isinstance(value, bool) or not self.least <= value <= self.most:
            yield Problem(path, f"Must be an integer between {self.least} and {self.most}")


@dataclass(frozen=True, slots=True)
class Degrees:
    """A number of degrees, `most` at the most to either side."""

    most: int

    def problems(self, path: str, value: object) -> Problems:
        if not isinstance(value, int | float) or isinstance(value, bool) or not abs(value) <= self.most:
            yield Problem(path, f"Must be a number between -{self.most} and {self.most}")


@dataclass(frozen=True, slots=True)
class Flag:
    """True or false."""

    def problems(self, path: str, value: object) -> Problems:
        if not isinstance(value, bool):
            yield Problem(path, "Must be true or false")


@dataclass(frozen=True, slots=True)
class Items:
    """An array of `least` to `most` values, each held against `each`."""

    each: Rule
    least: int
    most: int

    def problems(self, path: str, value: object) -> Problems:
        if not isinstance(value, list):
            yield Problem(path, "Must be an array")
            return
        if not self.least <= len(value) <= self.most:
            yield Problem(path, f"Size must be between {self.least} and {self.most}")
        for index, item in enumerate(value):
            yield from self.each.problems(f"{path}[{index}]", item)


Check = Callable[[str, JsonObject], Problems]
"""Looks at an object as a whole: what one property means for another."""


@dataclass(frozen=True, slots=True)
class Shape:
    """An object with these properties and no others; `checks` run when each property is right in itself."""

    required: Mapping[str, Rule]
    optional: Mapping[str, Rule] = field(default_factory=dict)
    checks: tuple[Check, ...] = ()

    def problems(self, path: str, value: object, tag: str = "") -> Problems:
        """What is wrong with `value`; `tag` is the property by which this shape was chosen."""
        if not isinstance(value, dict):
            yield Problem(path, "Must be an object")
            return
        found = list(self._of_properties(path, value, tag))
        if not found:
            found = [problem for check in self.checks for problem in check(path, value)]
        yield from found

    def _of_properties(self, path: str, value: JsonObject, tag: str) -> Problems:
        rules = {**self.required, **self.optional}
        for name in self.required:
            if name not in value:
                yield Problem(below(path, name), "May not be empty")
        for name, content in value.items():
            if name in rules:
                yield from rules[name].problems(below(path, name), content)
            elif name != tag:
                yield Problem(below(path, name), "Unknown property")


@dataclass(frozen=True, slots=True)
class Kinds:
    """An object whose `type` says which shape it has; the shapes may be filled in later: boxes hold boxes."""

    shapes: Mapping[str, Shape]

    def problems(self, path: str, value: object) -> Problems:
        if not isinstance(value, dict):
            yield Problem(path, "Must be an object")
            return
        shape = self.shapes.get(kind) if isinstance(kind := value.get("type"), str) else None
        if shape is None:
            yield Problem(below(path, "type"), f"Must be one of the following values: {sorted(self.shapes)}")
            return
        yield from shape.problems(path, value, tag="type")


@dataclass(frozen=True, slots=True)
class Named:
    """An object with keys of the sender's choice."""

    key: str
    most: int
    each: Rule

    def problems(self, path: str, value: object) -> Problems:
        if not isinstance(value, dict):
            yield Problem(path, "Must be an object")
            return
        if len(value) > self.most:
            yield Problem(path, f"Size must be between 0 and {self.most}")
        for name, content in value.items():
            if re.fullmatch(self.key, name):
                yield from self.each.problems(below(path, name), content)
            else:
                yield Problem(below(path, name), "Invalid key")


def below(path: str, name: str) -> str:
    """The path of a property of the object at `path`."""
    return f"{path}.{name}" if path else name
