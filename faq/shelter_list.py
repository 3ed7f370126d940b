"""A list of shelters that are open, as it is pasted or comes as a file: each line a name or id, a state, a word."""

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from faq.disaster import OpenShelter, ShelterState
from faq.models import Shelter, ShelterId
from nlp.compact import compact

MOST: Final = 500
"""Lines that are read."""
MOST_WORDS: Final = 200
"""Letters of what else is said of one."""
STATES: Final = {
    ShelterState.OPEN: (
        "開設",
        "開設中",
        "開設済",
        "開いている",
        "開いています",
        "開",
        "あいている",
        "可",
        "○",
        "〇",
        "open",
    ),
    ShelterState.FULL: ("満員", "満", "満杯", "いっぱい", "満室", "定員", "full"),
    ShelterState.CLOSED: ("閉鎖", "閉鎖済", "閉", "閉まっている", "閉所", "未開設", "不可", "×", "closed"),
}
_HEADS: Final = ("名称", "名前", "避難所", "避難所名", "施設名", "id")


class Why(StrEnum):
    """What is wrong with a line; the value ends the key of its sentence."""

    NOT_KNOWN = "not_known"
    SEVERAL = "several"
    """More than one shelter is called so: its id is needed."""
    STATE = "state"
    TWICE = "twice"
    TOO_LONG = "too_long"
    EMPTY = "empty"
    """Of the list: it has no line."""
    TOO_MANY = "too_many"
    """Of the list."""
    NO_LIST = "no_list"
    """It is some other file, or a quotation mark in it was never closed."""


@dataclass(frozen=True, slots=True)
class BadLine:
    """A line that cannot be taken."""

    line: int
    """From 1; 0: of the whole list."""
    why: Why
    text: str
    """What stands there."""


class Shelters:
    """The designated shelters, by id and by name."""

    def __init__(self, shelters: Iterable[Shelter]) -> None:
        self._by_id: dict[ShelterId, Shelter] = {}
        self._by_name: dict[str, list[Shelter]] = {}
        for each in shelters:
            self._by_id[each.id] = each
            for name in {compact(each.name), compact(f"{each.name}{each.ward}")}:
                self._by_name.setdefault(name, []).append(each)

    def named(self, text: str) -> tuple[Shelter, ...]:
        """Those of that id or name; 託麻東小学校（東区）tells one of two apart."""
        if found := self._by_id.get(ShelterId(text.strip())):
            return (found,)
        return tuple(self._by_name.get(compact(text), ()))


def read(text: str, shelters: Iterable[Shelter]) -> tuple[OpenShelter, ...] | tuple[BadLine, ...]:
    """All that the list says, or all that is wrong with it: nothing is taken by half.

    Commas or tabs between the columns; a heading is left out; a line without a state is open.
    """
    known = Shelters(shelters)
    try:
        rows = list(_rows(text))
    except csv.Error:  # a cell of more than a hundred thousand letters
        return (BadLine(0, Why.NO_LIST, ""),)
    if not rows:
        return (BadLine(0, Why.EMPTY, ""),)
    if len(rows) > MOST:
        return (BadLine(0, Why.TOO_MANY, str(len(rows))),)
    good: dict[ShelterId, OpenShelter] = {}
    bad: list[BadLine] = []
    for line, cells in rows:
        found = _taken(known, line, cells)
        if isinstance(found, OpenShelter) and found.shelter in good:
            found = BadLine(line, Why.TWICE, cells[0])
        if isinstance(found, OpenShelter):
            good[found.shelter] = found
        else:
            bad.append(found)
    return tuple(bad) or tuple(good.values())


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """Lines that say anything, with their numbers."""
    between = "\t" if "\t" in text else ","
    plain = text.replace("、", ",").replace("，", ",") if between == "," else text
    reader = csv.reader(io.StringIO(plain, newline=""), delimiter=between)
    for number, row in enumerate(reader):
        cells = [cell.strip() for cell in row]
        is_heading = number == 0 and bool(cells) and compact(cells[0]) in _HEADS
        if any(cells) and not is_heading:
            yield reader.line_num, [*cells, "", "", ""]


def _taken(known: Shelters, line: int, cells: list[str]) -> OpenShelter | BadLine:
    name, state, words = cells[:3]
    found = known.named(name)
    if len(found) != 1:
        return BadLine(line, Why.SEVERAL if found else Why.NOT_KNOWN, name)
    said = _state(state)
    if said is None:
        return BadLine(line, Why.STATE, state)
    if len(words) > MOST_WORDS:
        return BadLine(line, Why.TOO_LONG, name)
    return OpenShelter(found[0].id, said, words)


def _state(text: str) -> ShelterState | None:
    if not text:
        return ShelterState.OPEN
    plain = text.strip().lower()
    return next((state for state, words in STATES.items() if plain in words), None)
