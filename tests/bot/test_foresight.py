"""Talks with the semantic layer on: over a real model, and over endpoints that fail in every way."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from bot.city import LiveCity
from bot.embeddings import Embeddings
from bot.filling import Filler
from bot.foresight import Foresight
from bot.live_vectors import LiveVectors
from bot.settings import Endpoint
from bot.talking import ask
from handlers.turn import Pressed, Text
from nlp import fragments
from store import inbox, knowledge
from store.db import Database
from tests.conftest import NOON
from tests.embeddings import RealServer, answering, dripping, vector
from tests.faq.town import ENTRIES
from tests.line import TARO, Clock, Service, running, text_event
from tests.service import free_port

SAID = "犬を飼い始めました"


def knows_five(database: Database) -> Database:
    with database.write() as tx:
        knowledge.take_in(tx, ENTRIES, NOON, replace_all=True)
    return database


def with_layer(sayings) -> LiveCity:
    return LiveCity(sayings, vectors=LiveVectors("default"))


def client_of(address: str, seconds: float = 5.0) -> Embeddings:
    return Embeddings(Endpoint(address, seconds=seconds))


@pytest.fixture
def town(database: Database) -> Database:
    """A database of each kind that knows five entries."""
    return knows_five(database)


@pytest.fixture
def real_town(sqlite: Database, real_embeddings: RealServer) -> Database:
    """The same with the vectors of a real model."""
    filler = Filler(knows_five(sqlite), client_of(real_embeddings.address, 30.0), Clock())
    for _ in iter(filler.step, False):
        pass
    return sqlite


def found(database: Database, sayings, text: str, embeddings: Embeddings | None) -> list[tuple[str, float]]:
    """The entries that a question is answered with or offered, and their scores."""
    city = with_layer(sayings) if embeddings else LiveCity(sayings)
    result = ask(database, city, text, NOON, Foresight(embeddings)).routed.reply.found
    return [(match.entry.id, match.score) for match in result.matches] if result else []


# With a real model ----------------------------------------------------------------------------------


def test_a_real_model_is_heard(real_town, sayings, real_embeddings):
    heard = found(real_town, sayings, SAID, client_of(real_embeddings.address, 30.0))
    without = found(real_town, sayings, SAID, None)
    assert heard[0][0] == "dog"
    assert heard != without


def test_when_the_server_is_killed_the_talk_goes_on(real_town, sayings, real_embeddings):
    client = client_of(real_embeddings.address, 30.0)
    without = found(real_town, sayings, SAID, None)
    assert found(real_town, sayings, SAID, client) != without
    real_embeddings.kill()
    try:
        started = time.perf_counter()
        assert found(real_town, sayings, SAID, client) == without
        assert time.perf_counter() - started < 5
    finally:
        real_embeddings.start()


# With endpoints that fail ---------------------------------------------------------------------------


@contextmanager
def nobody() -> Iterator[str]:
    yield f"http://127.0.0.1:{free_port()}"


@contextmanager
def bad(answer: bytes, status: int = 200) -> Iterator[str]:
    with answering(answer, status) as server:
        yield server.address


FAILING = {
    "nobody there": nobody,
    "garbage": lambda: bad(b"<html>"),
    "500": lambda: bad(b"", 500),
    "another model's dimension": lambda: bad(vector(1.0, 2.0, 3.0)),
    "not a number": lambda: bad(vector(float("nan"))),
    "hangs": lambda: dripping(iter([]), every=0.01),
    "drips": lambda: dripping(iter([b"HTTP/1.1 200 OK\r\n", *[b"X"] * 500]), every=0.01),
}


def embed(body):
    """Whatever is said means the same."""
    data = [{"index": place, "embedding": [1.0, 0.0]} for place in range(len(body["input"]))]
    return json.dumps({"data": data}).encode()


def fill(database: Database) -> None:
    with answering(embed) as server:
        filler = Filler(database, client_of(server.address), Clock())
        for _ in iter(filler.step, False):
            pass


@pytest.mark.parametrize("name", FAILING)
def test_a_failing_endpoint_costs_a_moment_and_no_answer(town, sayings, name):
    fill(town)
    with (
        FAILING[name]() as address,
        running(town, with_layer(sayings), embeddings=client_of(address, 0.2)) as service,
    ):
        started = time.perf_counter()
        service.hears(text_event(SAID))
        service.works()
        assert any("犬を飼い始めたときの手続き" in said for said in service.said())
        assert time.perf_counter() - started < 5


def test_the_worker_uses_the_vector(town, sayings):
    fill(town)
    with (
        answering(embed) as server,
        running(town, with_layer(sayings), embeddings=client_of(server.address)) as service,
    ):
        before = _searched_with(service)
        service.hears(text_event(SAID))
        service.works()
        assert server.texts == [SAID]
        assert before == [True]


def _searched_with(service: Service) -> list[bool]:
    """Whether each search from now on is made with a vector."""
    with service.database.read() as tx:
        known = service.city.current(tx).knowledge
    seen: list[bool] = []
    search = type(known).search

    def watched(self, text, vector=None):
        seen.append(vector is not None)
        return search(self, text, vector)

    object.__setattr__(known, "search", watched.__get__(known))
    return seen


def test_the_network_is_never_waited_for_within_a_transaction(town, sayings):
    """While one resident's vector is fetched, what others send is kept."""
    written = []

    def slow(body):
        with town.write() as tx:
            written.append(inbox.counts(tx))
        return embed(body)

    with (
        answering(slow) as server,
        running(town, with_layer(sayings), embeddings=client_of(server.address)) as service,
    ):
        service.hears(text_event(SAID))
        service.works()
        assert written == [{"waiting": 1}]
        assert service.said()


def test_two_threads_take_two_residents(town, sayings):
    both = threading.Barrier(2, timeout=10)

    def together(body):
        both.wait()
        return embed(body)

    with (
        answering(together) as server,
        running(town, with_layer(sayings), embeddings=client_of(server.address)) as service,
    ):
        service.platform.meet(TARO)
        service.hears(text_event("犬の登録"), text_event("図書館の本", user=TARO))
        threads = [threading.Thread(target=service.worker.answer_next) for _ in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert sorted(server.texts) == ["図書館の本", "犬の登録"]
        with town.read() as tx:
            assert inbox.counts(tx) == {"done": 2}


def test_bubbles_are_one_question_to_the_model_too(town, sayings):
    with (
        answering(embed) as server,
        running(town, with_layer(sayings), embeddings=client_of(server.address)) as service,
    ):
        service.hears(text_event("犬の"), text_event("登録をしたい"))
        service.works()
        assert server.texts == [fragments.join(["犬の", "登録をしたい"])]


# What leaves the house ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "sent"),
    [
        (Text("犬の登録をしたい", "m"), "犬の登録をしたい"),
        (Text("電話は090-1234-5678です。犬の登録", "m"), "090"),
        (Text("死にたい", "m"), None),
        (Text("火事です助けて", "m"), None),
        (Text("", "m"), None),
        (Pressed("menu"), None),
    ],
)
def test_only_masked_words_leave_and_none_of_danger(town, sayings, said, sent):
    with answering(embed) as server, town.read() as tx:
        city = LiveCity(sayings).current(tx)
        Foresight(client_of(server.address)).vectors(city, said)
        if sent is None:
            assert server.texts == []
        elif sent == "090":
            assert len(server.texts) == 1
            assert "1234" not in server.texts[0]
            assert "犬の登録" in server.texts[0]
        else:
            assert server.texts == [sent]


def test_without_an_endpoint_nothing_is_loaded_and_nothing_asked(town, sayings):
    with town.read() as tx:
        city = LiveCity(sayings).current(tx)
    assert Foresight().vectors(city, Text("犬の登録", "m")) == {}
    with Foresight().next_turn(town, city, NOON, 6) as ahead:
        assert ahead is not None
        assert (ahead.resident, dict(ahead.vectors)) == (None, {})
