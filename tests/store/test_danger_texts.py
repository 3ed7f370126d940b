"""Texts of danger as they are kept; where they cannot be read, those of the folder are said."""

import logging
from dataclasses import replace

import pytest
import sqlalchemy as sa

from bot.city import LiveCity, Sayings
from faq.danger_texts import OCCASIONS
from nlp.danger import Danger, DangerKind, Severity
from store import danger_texts, knowledge
from store.db import Database
from store.tables import danger_texts as texts_table
from tests.conftest import NOON
from tests.taken_up import CityAsShipped

FIRE = Danger(DangerKind.FIRE_OR_ILLNESS, Severity.NOW, "")


def test_texts_and_lines_are_kept_as_the_files_have_them(database: Database, sayings: Sayings) -> None:
    with database.read() as tx:
        found = danger_texts.present(tx, sayings.danger_texts)
        assert {each.occasion for each in danger_texts.all_texts(tx)} == set(OCCASIONS)
    assert found == sayings.danger_texts
    assert not found.borrowed


def test_a_changed_text_is_said_from_the_next_turn_on(
    database: Database, city: LiveCity, sayings: Sayings
) -> None:
    other = LiveCity(sayings)
    with database.read() as tx:
        assert city.current(tx).danger_texts == other.current(tx).danger_texts
        was = next(each for each in danger_texts.all_texts(tx) if each.occasion == (FIRE.kind, FIRE.severity))
    with database.write() as tx:
        knowledge.take_in(tx, [replace(was, text="119番です。")], NOON)
    with database.read() as tx:
        for each in (city, other):
            assert each.current(tx).danger_texts.guidance(FIRE).text == "119番です。"
        known = city.known(tx)
    assert known.danger_texts.guidance(FIRE).text == "119番です。"


@pytest.mark.parametrize("harm", ["gone", "unreadable"])
def test_a_broken_store_leaves_nobody_without_a_text(
    database: Database, city: LiveCity, sayings: Sayings, harm: str, caplog: pytest.LogCaptureFixture
) -> None:
    with database.write() as tx:
        if harm == "gone":
            tx.connection.execute(texts_table.delete())
        else:
            tx.connection.execute(texts_table.update().values(lines=sa.JSON.NULL))
        CityAsShipped.tell_apart(tx)
    with caplog.at_level(logging.WARNING), database.read() as tx:
        found = city.current(tx)
    assert found.danger_texts.by_occasion == sayings.danger_texts.by_occasion
    assert found.danger_texts.borrowed == set(OCCASIONS)
    assert {"119", "118", "110"} <= found.public
    assert "texts of danger" in caplog.text
