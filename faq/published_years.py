"""What a city published of the years before this service counted: `[published_years]` and `[published_voices]` of
`data/city.toml`."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

NAMES: Final = (
    *("phone", "fax", "mail", "question_box", "counter", "web", "LINE"),
    *("applications", "counted", "first_answers"),
)
"""What a year may say: how many came by each channel, how many of all were applications, how many count for the
first-answer rate, and how many of those were answered at once."""
VOICES: Final = ("letters", "proposals", "plans", "opinions", "people")
"""What a year of `[published_voices]` may say: letters to the mayor, proposals, drafts on which the city asked for
opinions, the opinions, and how many people sent them."""
_OF_THE_TABLE: Final = ("source", "source_url", "published_on", "confirmed_on", "status")


@dataclass(frozen=True, slots=True)
class PublishedYear:
    """A fiscal year as the city told it."""

    year: int
    """In which it began."""
    numbers: Mapping[str, int]
    """By `NAMES` or `VOICES`; what the city did not say is missing."""
    source: str
    """Where the city told it."""


def published_years(
    raw: Mapping[str, object], table: str = "published_years", names: Collection[str] = NAMES
) -> tuple[PublishedYear, ...]:
    """The years of a table in order; `names` are what a year may say. Raises ValueError saying what is wrong."""
    source = str(raw.get("source", ""))
    years = {name: value for name, value in raw.items() if name not in _OF_THE_TABLE}
    return tuple(_year(table, name, value, source, names) for name, value in sorted(years.items()))


def _year(table: str, name: str, value: object, source: str, names: Collection[str]) -> PublishedYear:
    if not (name.isascii() and name.isdigit() and len(name) == 4 and isinstance(value, Mapping)):
        raise ValueError(f"[{table}] has {name}, which is no fiscal year like 2021")
    for each, number in value.items():
        if each not in names:
            raise ValueError(f"[{table}.{name}] has {each}; what it may have: {', '.join(names)}")
        if type(number) is not int or number < 0:
            raise ValueError(f"[{table}.{name}] {each} = {number} is no whole number")
    return PublishedYear(int(name), MappingProxyType(dict(value)), source)
