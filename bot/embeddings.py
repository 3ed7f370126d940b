"""Vectors of texts from an OpenAI-compatible endpoint: whatever it does, no turn breaks and none waits long."""

import base64
import json
import logging
import queue
import re
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import closing, nullcontext
from typing import Any, Literal

import numpy as np
import urllib3

from bot.metrics import EMBEDDINGS_REST
from bot.settings import Endpoint
from faq.models import FaqEntry
from faq.semantic import EntryTexts, EntryVectors, Fetched, Vector, Vectors, texts_of
from nlp.masking import mask, without_labels

log = logging.getLogger(__name__)

Role = Literal["query", "passage"]

AT_ONCE = 8
"""Texts in one request; with e5-small on one slow core a second's work."""
ENTRY_SECONDS = 15.0
"""How long the texts of an entry may take: nobody waits for them."""
REST_SECONDS = 10.0
"""After a failure nobody asks for so long: a dead endpoint must not cost every resident the deadline."""
MOST_ASKING = 8
"""Questions under way. An endpoint that never finishes an answer holds no more threads than these."""
MOST_BYTES_A_TEXT = 250_000
"""Of an answer: 8,192 dimensions as JSON numbers come to less."""
MOST_LETTERS = 2_000
"""Of a text; models read some 512 tokens."""
_CHUNK = 65_536


class NoVectorsError(Exception):
    """The endpoint gave no vectors that can be used; why, without the texts."""


class Embeddings:
    """A client of one endpoint; threads may share it. `clock` counts seconds."""

    def __init__(self, endpoint: Endpoint, clock: Callable[[], float] = time.monotonic) -> None:
        self.endpoint = endpoint
        self.model = endpoint.kept_as
        self._clock = clock
        # Servers that send head and body apart answer 40 ms later on a connection that is kept (Nagle's algorithm
        # meets the delayed acknowledgement). Without TLS a new one costs a fraction of a millisecond.
        self._kept = _pool() if endpoint.url.startswith("https:") else None
        self._asking = threading.BoundedSemaphore(MOST_ASKING)
        self._lock = threading.Lock()
        self._failed = False
        self._rests_until = 0.0

    def question(self, text: str) -> Vector | None:
        """The vector of a question, or None where there is none within the deadline. Never raises."""
        if not self._may_ask() or not self._asking.acquire(blocking=False):
            return None
        answered: queue.SimpleQueue[Vector | None] = queue.SimpleQueue()
        # In a thread of its own, since a server that sends a byte now and then outlasts every time-out of a socket.
        threading.Thread(target=self._answer, args=(text, answered), daemon=True).start()
        try:
            vector = answered.get(timeout=self.endpoint.seconds)
        except queue.Empty:
            log.warning("embeddings: no answer within %g s", self.endpoint.seconds)
            vector = None
        self._learn(failed=vector is None)
        return vector

    def entry(self, texts: EntryTexts) -> EntryVectors:
        """The vectors of an entry's texts. Raises NoVectorsError."""
        titles = self._many(
            texts.titles, "query"
        )  # a title is a question too: likeness is measured among equals
        passages = self._many(texts.passages, "passage")
        if titles.shape[1] != passages.shape[1]:
            raise NoVectorsError("vectors of different dimensions")
        return EntryVectors(
            texts.entry_id, texts.fingerprint, titles.astype(np.float16), passages.astype(np.float16)
        )

    def questions(self, texts: Sequence[str]) -> Vectors:
        """(len(texts), D) of questions that nobody waits for. Raises NoVectorsError."""
        return self._many(texts, "query")

    def fetch(self, entries: Iterable[FaqEntry], questions: Sequence[str]) -> Fetched:
        """The vectors of a knowledge and of labelled questions, masked as residents' are. Raises NoVectorsError."""
        masked = [without_labels(mask(question).text) for question in questions]
        return Fetched(
            {entry.id: self.entry(texts_of(entry)) for entry in entries},
            dict(zip(questions, self.questions(masked), strict=True)),
        )

    def close(self) -> None:
        if self._kept is not None:
            self._kept.clear()

    def _answer(self, text: str, answered: "queue.SimpleQueue[Vector | None]") -> None:
        try:
            answered.put(self._fetch([text], "query", self.endpoint.seconds)[0])
        except NoVectorsError as error:
            log.warning("embeddings: %s", error)
            answered.put(None)
        finally:
            self._asking.release()

    def _may_ask(self) -> bool:
        """False while the endpoint rests; when the rest is over, one asks and the others wait for what comes of it."""
        with self._lock:
            now = self._clock()
            if now < self._rests_until:
                return False
            if self._failed:
                self._rests_until = now + REST_SECONDS
            return True

    def _learn(self, *, failed: bool) -> None:
        with self._lock:
            self._failed = failed
            self._rests_until = self._clock() + REST_SECONDS if failed else 0.0
        EMBEDDINGS_REST.set(failed)

    def _many(self, texts: Sequence[str], role: Role) -> Vectors:
        parts = [
            self._fetch(texts[at : at + AT_ONCE], role, ENTRY_SECONDS) for at in range(0, len(texts), AT_ONCE)
        ]
        if len({part.shape[1] for part in parts}) > 1:
            raise NoVectorsError("vectors of different dimensions")
        return np.concatenate(parts)

    def _fetch(self, texts: Sequence[str], role: Role, seconds: float) -> Vectors:
        try:
            return _read(self._post(self._request(texts, role), len(texts), seconds), len(texts))
        except urllib3.exceptions.HTTPError as error:
            raise NoVectorsError(type(error).__name__) from error
        except (ValueError, TypeError, LookupError, OverflowError, RecursionError) as error:
            raise NoVectorsError(f"an answer that is no embeddings: {type(error).__name__}") from error

    def _request(self, texts: Sequence[str], role: Role) -> bytes:
        """A server that knows its one model is told the role of the texts; with a named model it is on us."""
        model = self.endpoint.model
        written = _prefix(model, role)
        clean = [written + text[:MOST_LETTERS].encode("utf-8", "replace").decode() for text in texts]
        body = {"input": clean, "model": model} if model else {"input": clean, "input_type": role}
        return json.dumps(body, ensure_ascii=False).encode()

    def _post(self, body: bytes, texts: int, seconds: float) -> bytes:
        """The body of the answer; reading it ends with the deadline and at the size that vectors can have."""
        until = self._clock() + seconds
        headers = {"Content-Type": "application/json", "Accept": "application/json"}
        if self.endpoint.key:
            headers["Authorization"] = f"Bearer {self.endpoint.key}"
        with nullcontext(self._kept) if self._kept is not None else _pool() as pool:
            response = pool.request(
                "POST",
                self.endpoint.url,
                body=body,
                headers=headers,
                timeout=urllib3.Timeout(connect=seconds, read=seconds),
                preload_content=False,
            )
            with closing(response):
                if response.status != 200:
                    raise NoVectorsError(f"status {response.status}")
                return self._body(response, MOST_BYTES_A_TEXT * texts, until)

    def _body(self, response: urllib3.BaseHTTPResponse, most: int, until: float) -> bytes:
        read = bytearray()
        while piece := response.read1(_CHUNK, decode_content=False):
            read += piece
            if len(read) > most or self._clock() > until:
                raise NoVectorsError("an answer without end")
        return bytes(read)


def _pool() -> urllib3.PoolManager:
    return urllib3.PoolManager(maxsize=MOST_ASKING, retries=False)


def _prefix(model: str, role: Role) -> str:
    """E5 tells questions from passages by the word before them (Wang et al. 2024, arXiv 2402.05672)."""
    parts = re.split(r"[^a-z0-9]+", model.lower())
    return f"{role}: " if "e5" in parts and "instruct" not in parts else ""


def _read(body: bytes, texts: int) -> Vectors:
    """The vectors in the order of the texts; ValueError and the like where the answer is none."""
    data = json.loads(body)["data"]
    by_place = {item["index"]: _vector(item["embedding"]) for item in data}
    if sorted(by_place) != list(range(texts)):
        raise NoVectorsError(f"{len(by_place)} vectors for {texts} texts")
    vectors = np.stack([by_place[place] for place in range(texts)])
    with np.errstate(over="ignore", invalid="ignore"):
        lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    if not np.isfinite(lengths).all() or not lengths.all():
        raise NoVectorsError("a vector that has no direction")
    return np.asarray(vectors / lengths, np.float32)


def _vector(embedding: Any) -> Vector:
    """Of JSON numbers, or of base64 over little-endian float32, as some servers prefer."""
    if isinstance(embedding, str):
        return np.frombuffer(base64.b64decode(embedding, validate=True), "<f4")
    with np.errstate(over="ignore"):
        vector = np.array(embedding, np.float32)
    if vector.ndim != 1:
        raise NoVectorsError("an embedding that is no list of numbers")
    return vector
