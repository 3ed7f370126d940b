import shutil

import pytest

from bot import seeds
from bot.seeds import BadSeeds
from store import knowledge, places
from store.db import Database
from store.migrations import migrate
from tests.conftest import DATA, NOON


@pytest.fixture
def empty(keyring, tmp_path):
    database = Database(f"sqlite:///{tmp_path}/new.db", keyring)
    migrate(database)
    yield database
    database.close()


def test_an_empty_store_is_filled_once(empty):
    assert seeds.fill_if_empty(empty, DATA, NOON)
    with empty.read() as tx:
        assert knowledge.all_entries(tx)
        assert places.all_offices(tx)
    assert not seeds.fill_if_empty(empty, DATA, NOON), "afterwards the store is the truth"


def test_bad_seeds_fill_nothing_and_are_listed(empty, tmp_path):
    data = tmp_path / "data"
    data.mkdir()
    shutil.copy(DATA / "faq.csv", data)
    (data / "offices.csv").write_text("ID,名称\n,\n")
    with pytest.raises(BadSeeds, match=r"offices\.csv"):
        seeds.fill_if_empty(empty, data, NOON)
    with empty.read() as tx:
        assert knowledge.version(tx) == 0
        assert knowledge.all_entries(tx) == ()


def test_a_city_without_offices(empty, tmp_path):
    shutil.copy(DATA / "faq.csv", tmp_path)
    assert seeds.fill_if_empty(empty, tmp_path, NOON)
