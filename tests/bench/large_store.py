"""A store with a large knowledge: how soon a process starts, and how soon another takes up what one publishes."""

import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from bot.city import LiveCity, read_sayings
from faq import entry_json
from faq.index import ANALYZER_VERSION, PreparedEntry
from faq.models import EntryId
from faq.shelf import Shelf
from store import keeping, knowledge
from store.db import Database
from store.keyring import Keyring, random_key_text
from store.migrations import migrate
from store.tables import entries as table
from tests.bench.tables import Table

ROOT = Path(__file__).parent.parent.parent
NEW = "河童が用水路に住み着いたとき"
AT_ONCE = 1_000


def run(entries: Sequence[PreparedEntry], folder: Path) -> Table:
    """Two starts, the first without anything on the shelf, and a publish."""
    url, key = f"sqlite:///{folder}/large.db", random_key_text()
    database = Database(url, Keyring.parse(key))
    migrate(database)
    fill(database, entries)
    rows = [("first start on a machine", *start(url, key, folder)), ("start", *start(url, key, folder))]
    rows += [
        ("publish of one entry, until another process answers with it", publish(database, key, folder), "")
    ]
    database.close()
    return Table(
        f"{len(entries):,} entries in SQLite", ("", "seconds", "of that, the knowledge"), tuple(rows)
    )


def fill(database: Database, entries: Sequence[PreparedEntry]) -> None:
    """As an import leaves them, but for tokenizing each again."""
    for first in range(0, len(entries), AT_ONCE):
        with database.write() as tx:
            rows = [row(each) for each in entries[first : first + AT_ONCE]]
            tx.connection.execute(table.insert(), rows)
            if not first:
                knowledge.take_in(tx, [entries[0].entry], datetime.now(UTC))


def row(prepared: PreparedEntry) -> dict[str, object]:
    tokens = prepared.tokens_json()
    fingerprint = entry_json.fingerprint(prepared.entry, tokens)
    made = {"tokens": tokens, "analyzer_version": ANALYZER_VERSION, "fingerprint": fingerprint}
    return keeping.write(prepared.entry) | made


def start(url: str, key: str, folder: Path) -> tuple[str, str]:
    """Seconds of a new process until it has answered, and those that it spent on the knowledge."""
    started = time.monotonic()
    code = f"from tests.bench import large_store as b; b.answer({url!r}, {key!r}, {str(folder)!r})"
    told = subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True, capture_output=True, text=True)
    return f"{time.monotonic() - started:.1f}", told.stdout.strip()


def publish(database: Database, key: str, folder: Path) -> str:
    """Seconds from the commit until a process that looks every 10 ms answers with the new entry."""
    url = database.url.render_as_string(hide_password=False)
    code = f"from tests.bench import large_store as b; b.await_new({url!r}, {key!r}, {str(folder)!r})"
    command = [sys.executable, "-c", code]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "ready\n"
        with database.write() as tx:
            known = next(knowledge.prepared_of(tx, [EntryId("000000")])).entry
            fresh = replace(known, id=EntryId("new"), question=NEW, phrasings=())
            knowledge.take_in(tx, [fresh], datetime.now(UTC))
        published = time.monotonic()
        return f"{float(other.stdout.readline()) - published:.2f}"


def answer(url: str, key: str, folder: str) -> None:
    """In another process: starts, asks one question, tells how long the knowledge took."""
    database, city = _opened(url, key, folder)
    started = time.monotonic()
    with database.read() as tx:
        known = city.current(tx).knowledge
    assert known.search("住民票").matches
    sys.stdout.write(f"{time.monotonic() - started:.1f}\n")


def await_new(url: str, key: str, folder: str) -> None:
    """In another process: tells the moment at which it answers with the new entry."""
    database, city = _opened(url, key, folder)
    with database.read() as tx:
        city.current(tx)
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    while True:
        with database.read() as tx:
            found = city.current(tx).knowledge.search(NEW).matches
        if found and found[0].entry.id == "new":
            break
        time.sleep(0.01)
    sys.stdout.write(f"{time.monotonic()}\n")


def _opened(url: str, key: str, folder: str) -> tuple[Database, LiveCity]:
    sayings = read_sayings(ROOT / "data")
    return Database(url, Keyring.parse(key)), LiveCity(sayings, Shelf(Path(folder) / "index"))
