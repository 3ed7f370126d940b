"""JSON of others, read leniently: what is not as expected counts as not there."""

from typing import Any, Final

DEEPEST: Final = 16
"""How deep an event is kept: LINE's are half as deep. What reads it again has less room on its stack than who kept it,
and would lose the resident's other words with it."""


def shallow(value: object, room: int = DEEPEST) -> object:
    """The value without what is nested deeper."""
    match value:
        case dict() | list() if not room:
            return None
        case dict():
            return {name: shallow(part, room - 1) for name, part in value.items()}
        case list():
            return [shallow(part, room - 1) for part in value]
    return value


def inner(value: dict[str, Any], key: str) -> dict[str, Any]:
    found = value.get(key)
    return found if isinstance(found, dict) else {}


def text(value: dict[str, Any], key: str) -> str:
    found = value.get(key)
    return found if isinstance(found, str) else ""


def called(value: dict[str, Any], key: str, most: int = 64) -> str:
    """A string that names something; empty where it is not plain ASCII, which LINE's names all are.

    It goes into columns and logs, where a lone surrogate, a NUL or a line feed would fail or deceive.
    """
    found = text(value, key)
    return found if len(found) <= most and found.isascii() and found.isprintable() else ""


def whole(digits: str) -> int | float:
    """A JSON number without fraction. Python refuses thousands of digits, and would lose the whole body."""
    return int(digits) if len(digits) < 20 else float(digits)
