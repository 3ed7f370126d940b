import base64
import itertools
import json
import threading
import time

import numpy as np
import pytest

from bot.embeddings import MOST_ASKING, MOST_BYTES_A_TEXT, REST_SECONDS, Embeddings, NoVectorsError
from bot.settings import Endpoint
from faq.semantic import texts_of
from tests.embeddings import RealServer, answering, dripping, vector
from tests.faq.town import DOG, GARBAGE
from tests.service import free_port

ENDLESS_HEADER = b"HTTP/1.1 200 OK\r\nX-Slow: "
ENDLESS_BODY = b"HTTP/1.1 200 OK\r\nContent-Length: 999999\r\n\r\n"


class Seconds:
    """A clock that moves when it is told to."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


def asking(address: str, model: str = "", key: str = "", seconds: float = 5.0) -> Embeddings:
    return Embeddings(Endpoint(address, model, key, seconds), Seconds())


def as_base64(*numbers: float) -> str:
    return base64.b64encode(np.array(numbers, "<f4").tobytes()).decode()


@pytest.mark.parametrize(
    "embedding", [[3, 4], [3.0, 4.0], as_base64(3, 4)], ids=["whole numbers", "numbers", "base64"]
)
def test_a_vector_has_length_one(embedding):
    answer = json.dumps({"data": [{"index": 0, "embedding": embedding}], "model": "x", "usage": {}}).encode()
    with answering(answer) as server:
        assert asking(server.address).question("ごみ").tolist() == pytest.approx([0.6, 0.8])


@pytest.mark.parametrize(
    ("answer", "status"),
    [
        (b"<html>502 Bad Gateway</html>", 200),
        (b"", 200),
        (b"null", 200),
        (b"[]", 200),
        (b'{"error": "no such model"}', 200),
        (b'{"data": {}}', 200),
        (b'{"data": [{"index": 0}]}', 200),
        (b"[" * 100_000, 200),
        (vector(), 200),
        (vector("a", "b"), 200),
        (vector([1.0, 2.0], [3.0, 4.0]), 200),
        (vector(None, 1.0), 200),
        (vector(float("nan"), 1.0), 200),
        (vector(float("inf"), 1.0), 200),
        (vector(1e300, 1.0), 200),
        (vector(10**400, 1.0), 200),
        (vector(0.0, 0.0), 200),
        (b'{"data": [{"index": 0, "embedding": "!!!!"}]}', 200),
        (b'{"data": [{"index": 0, "embedding": "AAA="}]}', 200),
        (b'{"data": [{"index": 1, "embedding": [1.0]}]}', 200),
        (b'{"data": [{"index": 0, "embedding": [1.0]}, {"index": 1, "embedding": [1.0]}]}', 200),
        (b"\xff\xfe" * 20, 200),
        (vector(1.0), 500),
        (vector(1.0), 401),
        (vector(1.0), 307),
        (b'{"data": [{"index": 0, "embedding": [' + b"1.0," * MOST_BYTES_A_TEXT + b"1.0]}]}", 200),
    ],
)
def test_what_is_no_vector_is_none(answer, status):
    with answering(answer, status) as server:
        assert asking(server.address).question("ごみ") is None


def test_an_answer_that_ends_early_is_none():
    with answering(vector(1.0), length=5_000) as server:
        assert asking(server.address).question("ごみ") is None


def test_nobody_there():
    assert asking(f"http://127.0.0.1:{free_port()}").question("ごみ") is None


@pytest.mark.parametrize(
    "pieces",
    [[], [ENDLESS_HEADER, *[b"x"] * 1_000], [ENDLESS_BODY, *[b" "] * 1_000]],
    ids=["nothing", "a header without end", "a body without end"],
)
def test_a_slow_server_costs_the_deadline_and_no_more(pieces):
    with dripping(iter(pieces), every=0.02) as address:
        started = time.perf_counter()
        assert asking(address, seconds=0.2).question("ごみ") is None
        assert time.perf_counter() - started < 10


def test_after_a_failure_nobody_asks_for_a_while_and_then_one():
    answers = itertools.chain([b"broken", b"broken"], itertools.repeat(vector(1.0)))
    with answering(lambda _: next(answers)) as server:
        clock = Seconds()
        client = Embeddings(Endpoint(server.address, seconds=5.0), clock)
        assert [client.question("一"), client.question("二")] == [None, None]
        assert server.texts == ["一"], "the second resident did not wait"
        clock.now += REST_SECONDS + 1
        assert [client.question("三"), client.question("四")] == [None, None]
        assert server.texts == ["一", "三"], "it still fails"
        clock.now += REST_SECONDS + 1
        assert client.question("五") is not None
        assert client.question("六") is not None


def test_when_the_rest_is_over_one_asks_and_the_others_do_not_wait():
    asked, go_on = threading.Event(), threading.Event()
    answers = iter([lambda: b"broken", lambda: (asked.set(), go_on.wait(10), vector(1.0))[-1]])
    with answering(lambda _: next(answers)()) as server:
        clock = Seconds()
        client = Embeddings(Endpoint(server.address, seconds=10.0), clock)
        assert client.question("一") is None
        clock.now += REST_SECONDS + 1
        first = threading.Thread(target=client.question, args=("二",))
        first.start()
        assert asked.wait(10)
        assert client.question("三") is None
        go_on.set()
        first.join()
        assert server.texts == ["一", "二"]


def test_a_question_goes_to_no_other_server():
    with (
        answering(vector(1.0)) as other,
        answering(b"", 307, location=f"{other.address}/embeddings") as server,
    ):
        assert asking(server.address).question("ごみ") is None
        assert other.texts == []


def test_a_server_that_never_ends_holds_only_so_many_threads(monkeypatch):
    monkeypatch.setattr("bot.embeddings.REST_SECONDS", 0.0)
    with dripping(iter([]), every=0.01) as address:
        client = asking(address, seconds=0.02)
        before = time.perf_counter()
        for _ in range(MOST_ASKING + 30):
            assert client.question("ごみ") is None
        assert client._asking._value >= 0
        assert time.perf_counter() - before < 10


@pytest.mark.parametrize(
    ("model", "sent"),
    [
        ("", {"input": ["ごみ"], "input_type": "query"}),
        ("multilingual-e5-small", {"input": ["query: ごみ"], "model": "multilingual-e5-small"}),
        (
            "intfloat/multilingual_e5_large",
            {"input": ["query: ごみ"], "model": "intfloat/multilingual_e5_large"},
        ),
        ("e5-mistral-7b-instruct", {"input": ["ごみ"], "model": "e5-mistral-7b-instruct"}),
        ("text-embedding-3-small", {"input": ["ごみ"], "model": "text-embedding-3-small"}),
    ],
)
def test_a_named_e5_model_is_told_what_is_a_question(model, sent):
    with answering(vector(1.0)) as server:
        asking(server.address, model).question("ごみ")
        assert server.asked == [sent]


def test_the_key_is_sent_only_where_there_is_one():
    with answering(vector(1.0)) as server:
        asking(server.address, key="secret").question("ごみ")
        asking(server.address).question("ごみ")
        assert server.keys == ["Bearer secret", None]


def test_texts_that_no_server_would_take():
    with answering(vector(1.0)) as server:
        assert asking(server.address).question("\ud800ご" + "み" * 10_000) is not None
        assert len(server.texts[0]) == 2_000


def several(body):
    """An embedding for each text, in the other order."""
    data = [{"index": place, "embedding": [place + 1.0, 0.5]} for place in range(len(body["input"]))]
    return json.dumps({"data": data[::-1]}).encode()


def test_an_entry_is_put_together_from_its_texts():
    with answering(several) as server:
        made = asking(server.address).entry(texts_of(GARBAGE))
        assert (made.entry_id, made.fingerprint) == ("garbage", texts_of(GARBAGE).fingerprint)
        assert made.titles.shape == (2, 2)
        assert made.titles[1, 0] > made.titles[0, 0], "in the order of the texts, not of the answer"
        assert [body["input_type"] for body in server.asked] == ["query", "passage"]
        assert server.texts == [*texts_of(GARBAGE).titles, *texts_of(GARBAGE).passages]


def test_an_entry_with_vectors_of_two_lengths_is_refused():
    lengths = itertools.count(1)
    with answering(lambda _: vector(*[1.0] * next(lengths))) as server, pytest.raises(NoVectorsError):
        asking(server.address).entry(texts_of(DOG))


@pytest.mark.parametrize("path", ["", "/", "/v1", "/v1/", "/v1/embeddings"])
def test_the_address_may_be_written_as_people_do(path):
    assert Endpoint(f"http://host:80{path}").url == "http://host:80/v1/embeddings"


def test_a_real_model_knows_what_is_alike(real_embeddings: RealServer):
    client = asking(real_embeddings.address, seconds=30.0)
    dog, garbage = (client.entry(texts_of(entry)) for entry in (DOG, GARBAGE))
    vector = client.question("ペットを迎えました")
    assert vector.shape == (384,)
    assert np.linalg.norm(vector) == pytest.approx(1)
    assert (dog.titles @ vector).max() > (garbage.titles @ vector).max()
