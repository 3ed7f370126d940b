import errno
import logging
import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from bot import city as cities
from bot import live_knowledge
from bot.city import LiveCity, Sayings
from bot.live_knowledge import Difference, LiveKnowledge
from faq import ranker
from faq.decision import Thresholds
from faq.models import EntryId, FaqEntry
from faq.search import Knowledge
from faq.shelf import Shelf
from store import knowledge, places
from store.db import Database, Tx
from store.tables import entries as entries_table
from tests.conftest import NOON
from tests.faq.town import GARBAGE, entry

ROOT = Path(__file__).parent.parent.parent
KAPPA = entry("kappa", "河童が用水路に住み着いたとき", "きゅうりを供えてください。")


@pytest.fixture
def shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Shelf:
    """A shelf, and a knowledge that is large enough for it."""
    monkeypatch.setattr(live_knowledge, "SHELVED_FROM", 1)
    return Shelf(tmp_path / "index")


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Which entries were read from the store; "all" where every one was."""
    noted: list[str] = []
    some, everything = knowledge.prepared_of, knowledge.prepared_entries

    def of(tx: Tx, ids: tuple[EntryId, ...]) -> Iterator[object]:
        noted.extend(ids)
        return some(tx, ids)

    def all_of(tx: Tx) -> Iterator[object]:
        noted.append("all")
        return everything(tx)

    monkeypatch.setattr(knowledge, "prepared_of", of)
    monkeypatch.setattr(knowledge, "prepared_entries", all_of)
    return noted


def publish(database: Database, *entries: FaqEntry) -> None:
    with database.write() as tx:
        knowledge.take_in(tx, entries, NOON)


def current(live: LiveKnowledge, database: Database) -> Knowledge:
    with database.read() as tx:
        return live.current(tx)


def finds(known: Knowledge) -> str:
    matches = known.search(KAPPA.question).matches
    return matches[0].entry.id if matches else ""


@pytest.mark.parametrize(
    ("known", "stored", "changed", "gone"),
    [
        ({"a": 1, "b": 2}, {"a": 1, "b": 2}, (), ()),
        ({"a": 1, "b": 2}, {"a": 1, "b": 3, "c": 4}, ("b", "c"), ()),
        ({"a": 1, "b": 2}, {"b": 2}, (), ("a",)),
        ({"a": None}, {"a": None}, ("a",), ()),
        ({}, {"a": 1}, ("a",), ()),
    ],
)
def test_what_differs(known, stored, changed, gone) -> None:
    assert Difference.between(known, stored) == Difference(changed, gone)


def test_only_what_has_changed_is_read(database: Database, read: list[str]) -> None:
    live = LiveKnowledge(None)
    assert finds(current(live, database)) == ""
    assert read == ["all"]
    publish(database, KAPPA)
    assert finds(current(live, database)) == "kappa"
    publish(database, replace(KAPPA, answer="見守ってください。"))
    assert current(live, database).entry(KAPPA.id) == replace(KAPPA, answer="見守ってください。")
    assert read == ["all", "kappa", "kappa"]


def test_the_weights_of_a_city_stay_through_a_change(database: Database) -> None:
    own = replace(ranker.load(), origin="ours")
    live = LiveKnowledge(None, own)
    assert current(live, database).ranker is own
    publish(database, KAPPA)
    changed = current(live, database)
    assert finds(changed) == "kappa"
    assert changed.ranker is own


def test_the_thresholds_of_a_city_stay_through_a_change(database: Database) -> None:
    strict = Thresholds(answer=0.9)
    live = LiveKnowledge(None, thresholds=strict)
    assert current(live, database).thresholds == strict
    publish(database, KAPPA)
    assert current(live, database).thresholds == strict


def test_what_is_removed_is_found_no_more(database: Database, read: list[str]) -> None:
    publish(database, KAPPA)
    live = LiveKnowledge(None)
    assert finds(current(live, database)) == "kappa"
    with database.write() as tx:
        rest = [each for each in knowledge.all_entries(tx) if each.id != "kappa"]
        knowledge.take_in(tx, rest, NOON, replace_all=True)
    assert finds(current(live, database)) == ""
    assert read == ["all"]


def test_other_offices_and_synonyms_read_no_entry(database: Database, read: list[str]) -> None:
    publish(database, KAPPA)
    live = LiveKnowledge(None)
    before = current(live, database)
    with database.write() as tx:
        synonyms = knowledge.all_synonyms(tx)
        knowledge.take_in(tx, places.all_offices(tx)[:1], NOON, replace_all=True)
        knowledge.take_in(tx, [replace(synonyms[0], words=("河童", "水虎様"), weight=1.0)], NOON)
    after = current(live, database)
    assert after.known is before.known
    assert after.search("水虎様").matches[0].entry.id == "kappa"
    assert read == ["all"]


def test_rows_of_an_earlier_program_are_taken_up_too(database: Database) -> None:
    """It knows no fingerprints: what it writes has none."""
    live = LiveKnowledge(None)
    current(live, database)
    publish(database, KAPPA)
    with database.write() as tx:
        mine = entries_table.update().where(entries_table.c.id == "kappa")
        tx.connection.execute(mine.values(fingerprint=None))
    assert finds(current(live, database)) == "kappa"
    with database.write() as tx:
        tx.connection.execute(mine.values(answer="見守ってください。"))
    found = current(live, database).entry(KAPPA.id)
    assert found is not None
    assert found.answer == "見守ってください。"


def test_the_next_process_takes_it_from_the_shelf(database: Database, shelf: Shelf, read: list[str]) -> None:
    before = current(LiveKnowledge(shelf), database)
    assert read == ["all"]
    publish(database, KAPPA)
    after = current(LiveKnowledge(shelf), database)
    assert read == ["all", "kappa"]
    assert finds(after) == "kappa"
    assert len(after.entries) == len(before.entries) + 1
    assert len(list(shelf.folder.glob("*.index"))) == 1


def test_what_differs_much_is_put_there_anew(database: Database, shelf: Shelf, read: list[str]) -> None:
    current(LiveKnowledge(shelf), database)
    before = list(shelf.folder.glob("*.index"))
    with database.read() as tx:
        some = [replace(each, answer=each.answer + "。") for each in knowledge.all_entries(tx)[:20]]
    publish(database, *some)
    read.clear()
    known = current(LiveKnowledge(shelf), database)
    assert sorted(read) == sorted(each.id for each in some)
    assert [known.entry(each.id) for each in some] == some
    read.clear()
    current(LiveKnowledge(shelf), database)
    assert read == []
    after = list(shelf.folder.glob("*.index"))
    assert len(after) == 1
    assert after != before


def test_another_database_is_not_answered_from_the_shelf(
    database: Database, shelf: Shelf, read: list[str]
) -> None:
    current(LiveKnowledge(shelf), database)
    with database.write() as tx:
        tx.connection.execute(entries_table.delete())
        knowledge.take_in(tx, [KAPPA, GARBAGE], NOON)
    read.clear()
    assert {each.id for each in current(LiveKnowledge(shelf), database).entries} == {"kappa", "garbage"}
    assert read == ["all"]


def test_a_shelf_that_cannot_be_written_is_done_without(
    database: Database, shelf: Shelf, caplog: pytest.LogCaptureFixture
) -> None:
    shelf.folder.write_text("not a folder")
    publish(database, KAPPA)
    with caplog.at_level(logging.WARNING):
        assert finds(current(LiveKnowledge(shelf), database)) == "kappa"
    assert "cannot be kept" in caplog.text


def test_a_full_disk_costs_no_second_reading(
    database: Database, shelf: Shelf, read: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Shelf, "put", full)
    publish(database, KAPPA)
    assert finds(current(LiveKnowledge(shelf), database)) == "kappa"
    assert read == ["all"]


def test_a_small_knowledge_needs_no_shelf(database: Database, tmp_path: Path) -> None:
    current(LiveKnowledge(Shelf(tmp_path / "index")), database)
    assert not (tmp_path / "index").exists()


TOGETHER = """
import sys
from pathlib import Path
from bot import live_knowledge
from bot.live_knowledge import LiveKnowledge
from faq.shelf import Shelf
from store import knowledge
from store.db import Database
from store.keyring import Keyring, random_key_text

everything = knowledge.prepared_entries
knowledge.prepared_entries = lambda tx: print("read") or everything(tx)
live_knowledge.SHELVED_FROM = 1
url, folder = sys.argv[1:]
sys.stdin.readline()
with Database(url, Keyring.parse(random_key_text())).read() as tx:
    known = LiveKnowledge(Shelf(Path(folder))).current(tx)
print(known.search("河童").matches[0].entry.id, len(known.entries.shelved))
"""


def test_processes_that_start_together(sqlite: Database, shelf: Shelf) -> None:
    publish(sqlite, KAPPA)
    url = sqlite.url.render_as_string(hide_password=False)
    command = [sys.executable, "-c", TOGETHER, url, str(shelf.folder)]
    started = [
        subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        for _ in range(3)
    ]
    for process in started:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    told = [process.communicate(timeout=60)[0] for process in started]
    with sqlite.read() as tx:
        entries = len(knowledge.fingerprints(tx))
    assert sorted(told) == [f"kappa {entries}\n", f"kappa {entries}\n", f"read\nkappa {entries}\n"]
    assert len(list(shelf.folder.glob("*.index"))) == 1


def test_nobody_waits_unasked_while_another_takes_up_what_is_new(
    database: Database, sayings: Sayings, monkeypatch: pytest.MonkeyPatch
) -> None:
    live, load = LiveCity(sayings), cities._load
    with database.read() as tx:
        before = live.current(tx)
    publish(database, KAPPA)
    at_it, go_on = threading.Event(), threading.Event()

    def slowly(*given: object) -> object:
        at_it.set()
        assert go_on.wait(10)
        return load(*given)

    monkeypatch.setattr(cities, "_load", slowly)

    def take_up() -> object:
        with database.read() as tx:
            return live.current(tx)

    with ThreadPoolExecutor(1) as other:
        taken = other.submit(take_up)
        assert at_it.wait(10)
        with database.read() as tx:
            assert live.current(tx) is before
            assert live.current(tx, 0.01) is before
        threading.Timer(0.05, go_on.set).start()
        with database.read() as tx:
            patient = live.current(tx, 10)
        after = taken.result()
    assert patient is after
    with database.read() as tx:
        assert live.current(tx) is after
    assert after.knowledge.entry(KAPPA.id) == KAPPA
