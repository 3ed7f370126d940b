"""Remarks on how plain a text is, as whoever writes or approves it reads them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from faq.kinds import KINDS
from faq.record_cells import cells_of
from nlp.language import Language
from nlp.plainness import Level, Remark, Score, Sort, look, score
from store.proposals import Change
from web import kinds
from web.site import site

COLUMNS: Final[Mapping[str, tuple[str, ...]]] = {"faq": ("answer",), "translations": ("question", "answer")}
"""The texts that residents read, by kind."""


@dataclass(frozen=True, slots=True)
class ShownRemark:
    """A remark in words, at the first place that it is about."""

    sort: Sort
    place: str
    """The words of the text."""
    says: str
    start: int
    end: int
    replacement: str | None
    times: int
    """How often the text has the same."""


@dataclass(frozen=True, slots=True)
class Plainness:
    """What is said about one text."""

    column: str
    label: str
    remarks: tuple[ShownRemark, ...]
    readings: tuple[ShownRemark, ...]
    """Kanji without readings: there are many of them, and they are gone through at the end."""
    score: Score

    @property
    def count(self) -> int:
        return len(self.remarks) + len(self.readings)


def levels(kind: str, language: str) -> dict[str, Level]:
    """How plain which columns are to be; none of what is in another language."""
    if kind == "translations" and language != Language.EASY:
        return {}
    level = Level.EASY if kind == "translations" else Level.PLAIN
    return dict.fromkeys(COLUMNS.get(kind, ()), level)


def plainness(kind: str, cells: Mapping[str, str]) -> dict[str, Plainness]:
    """What is said about the texts of a record, by column."""
    return {
        column: of_text(kind, column, cells.get(column, ""), level)
        for column, level in levels(kind, cells.get("language", "")).items()
    }


def of_text(kind: str, column: str, text: str, level: Level) -> Plainness:
    """The same of one text."""
    return of_words(column, kinds.column_label(kind, column), text, level)


def of_words(field: str, label: str, text: str, level: Level) -> Plainness:
    """What is said about a text that belongs to no record: the field that it stands in, and what that is called."""
    text = text.replace("\r\n", "\n")  # as a page counts what stands in a field
    words = site().plain_words
    shown = _shown(text, look(text, level, words))
    remarks = tuple(each for each in shown if each.sort is not Sort.READING)
    readings = tuple(each for each in shown if each.sort is Sort.READING)
    return Plainness(field, label, remarks, readings, score(text, words))


def of_change(change: Change) -> tuple[Plainness, ...]:
    """What is said about the texts that a proposal changes, of those that there is something to say about."""
    if change.after is None or change.kind not in COLUMNS:
        return ()
    schema: Any = KINDS[change.kind]
    before = cells_of(schema, change.before) if change.before is not None else {}
    after = cells_of(schema, change.after)
    found = plainness(change.kind, after)
    return tuple(each for name, each in found.items() if each.count and before.get(name) != after.get(name))


def _shown(text: str, remarks: tuple[Remark, ...]) -> list[ShownRemark]:
    """One for each thing to say, however often the text has it."""
    alike: dict[tuple[Sort, str, str], list[Remark]] = {}
    for each in remarks:
        alike.setdefault((each.sort, text[each.start : each.end], each.suggestion), []).append(each)
    return [
        ShownRemark(sort, place, _say(sort, suggestion), *_first(same), len(same))
        for (sort, place, suggestion), same in alike.items()
    ]


def _first(same: list[Remark]) -> tuple[int, int, str | None]:
    return same[0].start, same[0].end, same[0].replacement


def _say(sort: Sort, suggestion: str) -> str:
    bare = "" if suggestion else "_bare"
    return site().say(f"plainness.sorts.{sort}{bare}", **({"suggestion": suggestion} if suggestion else {}))
