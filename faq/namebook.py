"""What a text names: offices, wards, sections, procedures and consultations, all in one reading."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from faq.counters import Procedure, Section
from faq.models import Office
from faq.naming import Names
from faq.programmes import Programme
from nlp.compact import compact
from nlp.token_filters import hiragana

_CONSULTATION = "相談"
_IN_BRACKETS = re.compile(r"（.*?）")
MOST = 5
"""Names that are read from one text."""


@dataclass(frozen=True, slots=True)
class Ward:
    """A ward of the city."""

    name: str


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of office: 区役所."""

    name: str


T = TypeVar("T", Office, Section, Procedure, Programme, Ward, Kind)
Thing = Office | Section | Procedure | Programme | Ward | Kind


@dataclass(frozen=True, slots=True)
class Named:
    """What a text names of each; several where they share the name."""

    offices: tuple[Office, ...]
    sections: tuple[Section, ...]
    procedures: tuple[Procedure, ...]
    programmes: tuple[Programme, ...]
    wards: tuple[Ward, ...]
    kinds: tuple[Kind, ...]
    rest: str
    """The compacted text with a gap for each name."""


class Namebook:
    """The names of a city. Immutable."""

    def __init__(
        self,
        offices: Sequence[Office],
        sections: Sequence[Section],
        procedures: Sequence[Procedure],
        programmes: Sequence[Programme],
        wards: Sequence[str],
        counters: Sequence[str],
        called: Mapping[str, Sequence[str]],
    ) -> None:
        """`counters` are the kinds of office where procedures are done, `called` what kinds are called besides."""
        named: list[tuple[str, Thing]] = []
        for office in offices:
            names = [office.name, *office.aliases, office.kana, hiragana(office.kana)]
            if office.kind in counters:
                # 幸田 is 幸田総合出張所: the counter, not the community centre beside it.
                names.append(office.name.removesuffix(office.kind))
            named += ((name, office) for name in names)
        named += ((name, each) for each in sections for name in (each.name, *each.aliases, *each.former))
        named += ((name, each) for each in procedures for name in (each.name, *each.aliases))
        said = ((name, each) for each in programmes for name in (each.name, *each.aliases))
        named += ((way, each) for name, each in said for way in _as_said(name))
        named += ((name, Ward(name)) for name in wards)
        named += ((name, Kind(name)) for name in counters)
        named += ((name, Kind(kind)) for kind, names in called.items() for name in names)
        self._names = Names(named)

    def read(self, text: str) -> Named:
        """The longest names first; each part of the text counts once."""
        found: list[Thing] = []
        rest = compact(text)
        for _ in range(MOST):
            one = self._names.find_in(rest)
            if one is None:
                break
            found += one.things
            rest = one.rest
        return Named(
            tuple(_of(found, Office)),
            tuple(_of(found, Section)),
            tuple(_of(found, Procedure)),
            tuple(_of(found, Programme)),
            tuple(_of(found, Ward)),
            tuple(_of(found, Kind)),
            rest,
        )


def _as_said(name: str) -> Iterator[str]:
    """人権相談（西区役所） is asked for as 人権相談 and as 人権の相談."""
    plain = _IN_BRACKETS.sub("", name)
    yield from (name, plain)
    if plain.endswith(_CONSULTATION):
        topic = plain.removesuffix(_CONSULTATION).removesuffix("の")
        yield from (f"{topic}{_CONSULTATION}", f"{topic}の{_CONSULTATION}")


def _of(things: Iterable[Thing], kind: type[T]) -> Iterator[T]:
    return (thing for thing in things if isinstance(thing, kind))
