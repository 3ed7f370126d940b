import re
import shutil

import pytest

from bot import seeds
from bot.seeds import BadSeeds
from store import knowledge, places
from store.db import Database
from store.migrations import migrate
from store.tables import offices, shelters
from tests.conftest import DATA, NOON
from tests.earlier import take_back_to_the_first


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


# Kinds that a later version brings ------------------------------------------------------------------


@pytest.fixture
def earlier(database):
    """A filled database that an earlier version left."""
    take_back_to_the_first(database)
    migrate(database)
    return database


def sections_of(database) -> int:
    with database.read() as tx:
        return len(places.all_sections(tx))


def test_an_update_brings_the_kinds_that_the_store_never_had(earlier):
    with earlier.write() as tx:
        tx.connection.execute(shelters.delete())  # as staff may have done: it is theirs
        before = knowledge.version(tx)
    assert not seeds.fill_if_empty(earlier, DATA, NOON), "it was not empty"
    with earlier.read() as tx:
        assert places.all_sections(tx)
        assert places.all_hours(tx)
        assert places.all_shelters(tx) == ()
        after = knowledge.version(tx)
    assert after > before, "running processes take it up"
    assert not seeds.fill_if_empty(earlier, DATA, NOON)
    with earlier.read() as tx:
        assert knowledge.version(tx) == after


def test_what_staff_removed_does_not_come_back(database):
    with database.write() as tx:
        for kind in ("hours", "sections"):
            knowledge.take_in_kind(tx, kind, [], NOON, replace_all=True)
    seeds.fill_if_empty(database, DATA, NOON)
    assert sections_of(database) == 0


def test_new_kinds_that_do_not_fit_to_what_staff_made_are_left_out(earlier, caplog):
    with earlier.write() as tx:
        tx.connection.execute(offices.delete())
    seeds.fill_if_empty(earlier, DATA, NOON)
    assert sections_of(earlier) == 0
    assert re.search(
        "sections.csv is left out, [0-9]+ problems: mend and import it. 2行目「施設ID」", caplog.text
    )
    with earlier.read() as tx:
        assert "sections" in seeds.missing(tx, DATA)


def test_a_file_that_comes_later_is_taken_in_once_it_is_there(empty, tmp_path):
    for name in ("faq.csv", "offices.csv"):
        shutil.copy(DATA / name, tmp_path)
    seeds.fill_if_empty(empty, tmp_path, NOON)
    assert sections_of(empty) == 0
    shutil.copy(DATA / "sections.csv", tmp_path)
    seeds.fill_if_empty(empty, tmp_path, NOON)
    assert sections_of(empty) > 0


def test_seeds_that_contradict_one_another_fill_nothing(empty, tmp_path):
    for name in ("faq.csv", "offices.csv", "sections.csv", "hours.csv"):
        shutil.copy(DATA / name, tmp_path)
    heading, first, *_ = (DATA / "hours.csv").read_text(encoding="utf-8").splitlines()
    (tmp_path / "hours.csv").write_text(
        f"{heading}\n{first}\nagain,{first.partition(',')[2]}\n", encoding="utf-8"
    )
    with pytest.raises(BadSeeds, match=r"hours\.csv: 3行目「valid_from」"):
        seeds.fill_if_empty(empty, tmp_path, NOON)
    with empty.read() as tx:
        assert knowledge.version(tx) == 0
