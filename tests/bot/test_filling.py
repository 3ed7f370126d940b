import json
from dataclasses import replace
from datetime import timedelta

import pytest

from bot import filling
from bot.city import LiveCity
from bot.embeddings import Embeddings
from bot.filling import AGAIN_AFTER, Filler
from bot.live_vectors import LiveVectors
from bot.settings import Endpoint
from faq.semantic import texts_of
from store import knowledge, vectors
from store.db import Database
from tests.conftest import NOON
from tests.embeddings import answering
from tests.faq.town import DOG, ENTRIES, GARBAGE, entry
from tests.line import Clock
from tests.service import free_port

MODEL = "default"


def embeddings_of(address: str) -> Embeddings:
    return Embeddings(Endpoint(address, seconds=5.0))


def embed(body):
    """Each text has its own length as its direction."""
    data = [{"index": n, "embedding": [1.0, float(len(text))]} for n, text in enumerate(body["input"])]
    return json.dumps({"data": data}).encode()


def refusing(word: str):
    """A server that takes no text with this word."""
    return lambda body: b"{}" if any(word in text for text in body["input"]) else embed(body)


@pytest.fixture
def town(database: Database) -> Database:
    """A database that knows five entries."""
    with database.write() as tx:
        knowledge.take_in(tx, ENTRIES, NOON, replace_all=True)
    return database


def missing(database: Database) -> set[str]:
    with database.read() as tx:
        return {texts.entry_id for texts in vectors.missing(tx, MODEL)}


def exhaust(filler: Filler) -> int:
    return sum(1 for _ in iter(filler.step, False))


def test_all_that_is_missing_is_fetched_once(town):
    with answering(embed) as server:
        filler = Filler(town, embeddings_of(server.address), Clock())
        assert exhaust(filler) == len(ENTRIES)
        assert missing(town) == set()
        asked = len(server.asked)
        assert exhaust(filler) == 0
        assert len(server.asked) == asked


def test_the_city_takes_up_what_was_fetched(town, sayings):
    city = LiveCity(sayings, vectors=LiveVectors(MODEL))
    with answering(embed) as server:
        with town.read() as tx:
            assert city.current(tx).knowledge.semantics is None
        exhaust(Filler(town, embeddings_of(server.address), Clock()))
    with town.read() as tx:
        assert city.current(tx).knowledge.semantics.index.known.all()
        assert LiveCity(sayings).current(tx).knowledge.semantics is None, "none is configured"
        assert LiveCity(sayings, vectors=LiveVectors("another")).current(tx).knowledge.semantics is None


def test_a_publish_is_followed_by_the_vectors_of_what_changed_alone(town):
    with answering(embed) as server:
        filler = Filler(town, embeddings_of(server.address), Clock())
        exhaust(filler)
        server.asked.clear()
        changed = replace(DOG, answer="別の回答です。")
        with town.write() as tx:
            knowledge.take_in(tx, [changed], NOON)
        assert exhaust(filler) == 1
        assert server.texts == [*texts_of(changed).titles, *texts_of(changed).passages]


def test_an_endpoint_that_is_away_is_asked_again_later(town):
    clock = Clock()
    filler = Filler(town, embeddings_of(f"http://127.0.0.1:{free_port()}"), clock)
    assert not filler.step()
    assert not filler.step()
    with answering(embed) as server:
        filler._embeddings = embeddings_of(server.address)
        assert exhaust(filler) == 0, "not yet"
        clock.now += AGAIN_AFTER + timedelta(seconds=1)
        assert exhaust(filler) == len(ENTRIES)


def test_what_was_fetched_before_a_failure_is_kept(town):
    with answering(refusing("図書館")) as server:
        exhaust(Filler(town, embeddings_of(server.address), Clock()))
    assert {"dog", "garbage"} - missing(town)


def test_one_text_that_is_refused_holds_up_no_other(town):
    clock = Clock()
    with answering(refusing(DOG.question)) as server:
        filler = Filler(town, embeddings_of(server.address), clock)
        exhaust(filler)
        clock.now += AGAIN_AFTER + timedelta(seconds=1)
        exhaust(filler)
        assert missing(town) == {"dog"}
        clock.now += AGAIN_AFTER + timedelta(seconds=1)
        cat = entry("cat", "猫の手続き", "ありません。")
        with town.write() as tx:
            knowledge.take_in(tx, [cat], NOON)
        exhaust(filler)
        assert missing(town) == {"dog"}, "and what is published meanwhile is fetched"


def test_entries_are_kept_while_others_are_still_fetched(town, monkeypatch):
    monkeypatch.setattr(filling, "KEEP_SECONDS", 0.0)
    with answering(embed) as server:
        filler = Filler(town, embeddings_of(server.address), Clock())
        filler.step()
        filler.step()
        assert len(missing(town)) == len(ENTRIES) - 2


def test_nothing_is_fetched_within_a_transaction(town):
    """Whoever writes meanwhile is not kept waiting."""

    def publishing(body):
        with town.write() as tx:
            knowledge.take_in(tx, [replace(GARBAGE, telephone=str(len(server.asked)))], NOON)
        return embed(body)

    with answering(publishing) as server:
        assert Filler(town, embeddings_of(server.address), Clock()).step()


def test_after_an_import_what_is_left_is_said(town, capsys, monkeypatch):
    with answering(refusing("図書館")) as server:
        filling.after_import(town, Endpoint(server.address), Clock())
        left = len(missing(town))
        assert left > 0
        assert f"entries without vectors: {left}; the service fetches them" in capsys.readouterr().out
    with answering(embed) as server:
        filling.after_import(town, Endpoint(server.address), Clock())
        assert "entries without vectors: 0\n" in capsys.readouterr().out
