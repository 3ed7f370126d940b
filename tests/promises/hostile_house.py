"""A town in which everybody types payloads: every word that anybody wrote, in whatever column, ends in one."""

import json
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from enum import Enum
from functools import cache, cached_property
from typing import Any, Final

import pytest
import sqlalchemy as sa

from store.db import Tx
from store.keyring import Key
from store.sight import Role
from store.tables import knowledge, metadata
from tests.browser.pages import House
from tests.browser.test_every_page import addresses
from tests.promises.payloads import turned

_WORDS: Final = re.compile(r"[\u3041-\u30ff\u4e00-\u9fff]")
"""Of what people write here; ids, states and digests have none."""
_APART: Final = {
    ("audit", "detail"): "chained: what is changed in it afterwards is shown as forged",
    ("audit", "subject"): "chained",
    **dict.fromkeys(
        (
            ("published_voices", name)
            for name in ("title", "words", "answer", "category_name", "section_name", "sought")
        ),
        "shown only as it was confirmed: the payloads come by the words that were made ready",
    ),
    ("entries", "tokens"): "made from the words, shown nowhere",
}
FORMULA: Final = "=1+1;=2+2\t=3+3 "
"""Whatever a spreadsheet believes to part cells, the next begins with what it would run."""
_NAMES: Final = {
    ("accounts", "shown"),
    ("contacts", "label"),
    ("voice_tags", "name"),
    ("ripple_flips", "label"),
}


@contextmanager
def sealing_payloads() -> Iterator[None]:
    """Whatever is sealed meanwhile carries them: messages, names, notes, forms half filled in."""
    seal = Key.seal_text
    numbers = iter(range(10**9))

    def seal_more(key: Key, text: str, purpose: str) -> bytes:
        return seal(key, _with_payload(text, next(numbers)), purpose)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Key, "seal_text", seal_more)
        yield


@cache
def _choices() -> frozenset[str]:
    """What the program itself chose the words of; nobody types it."""
    kinds, found = [Enum], set()
    while kinds:
        kind = kinds.pop()
        kinds += kind.__subclasses__()
        found |= {each.value for each in kind if isinstance(each.value, str)}
    return frozenset(found)


def _with_payload(text: str, number: int) -> str:
    if text.startswith(("{", "[")):
        try:
            return json.dumps(_deep(json.loads(text), number), ensure_ascii=False)
        except ValueError:
            pass
    return f"{FORMULA}{text} {turned(number)}" if _WORDS.search(text) and text not in _choices() else text


def _deep(value: Any, number: int) -> Any:
    match value:
        case str():
            return _with_payload(value, number)
        case list():
            return [_deep(each, number) for each in value]
        case dict():
            return {key: _deep(each, number) for key, each in value.items()}
        case _:
            return value


def hostile_house(house: House, roles: Iterable[Role | None]) -> tuple[House, dict[Role | None, list[str]]]:
    """The house with payloads wherever there are words, and the addresses of its pages by who may see them."""
    with sealing_payloads():
        build(house)
        there = {role: addresses(house, role) for role in roles}
    with house.service.site.database.write() as tx:
        assert plant_in_plain(tx) >= 130, "columns"
        tx.connection.execute(knowledge.update().values(version=knowledge.c.version + 1))
    return house, there


def build(house: House) -> None:
    """Everything that a house can have."""
    for name, what in vars(House).items():
        if isinstance(what, cached_property):
            getattr(house, name)


def plant_in_plain(tx: Tx) -> int:
    """A payload behind the words of every column that is kept in plain; how many columns there are."""
    planted = 0
    for table in metadata.sorted_tables:
        for column in table.columns:
            plain = isinstance(column.type, (sa.Text, sa.JSON)) or (table.name, column.name) in _NAMES
            if plain and (table.name, column.name) not in _APART:
                planted += _plant(tx, table, column, planted)
    return planted


def _plant(tx: Tx, table: sa.Table, column: sa.Column[Any], number: int) -> int:
    keys = list(table.primary_key.columns)
    rows = tx.connection.execute(sa.select(*keys, column.label("planted_in"))).all()
    done = 0
    for row in rows[:8]:
        *key, value = row
        more = _deep(value, number)
        if more == value:
            continue
        here = sa.and_(*(one == other for one, other in zip(keys, key, strict=True)))
        tx.connection.execute(table.update().where(here).values({column: more}))
        done = 1
    return done
