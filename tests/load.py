"""A crowd that writes, light enough to share a machine with the service: `python -m tests.load ...`.

One thread, few connections that are kept open, requests that are built and signed before the first is sent. An event
that is due while every connection is busy waits, and its time counts from when it was due.
"""

import argparse
import asyncio
import contextlib
import json
import random
import sys
import time
from collections import deque
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Final

from tests.service import sign, text_event

QUESTIONS: Final = (
    "転入届はいつまで",
    "東区役所の電話番号は",
    "ごみの分け方を知りたい",
    "ありがとう",
    "asdf",
)
RESIDENTS: Final = 400


@dataclass(frozen=True, slots=True)
class Told:
    """What became of the events: how long each 200 took, in seconds from when the event was due."""

    posted: int
    took: list[float]
    """Of those that were answered 200."""
    refused: int
    """Answered otherwise."""
    seconds: float
    """From the first event to the last answer."""
    begun: float
    """When the first event was due, by `time.perf_counter`, which on Linux all processes share."""


def token_of(number: int, run: str) -> str:
    """The reply token of an event; what stands behind the last hyphen names the resident."""
    return f"{run}-{number}-{resident_of(number)}"


def resident_of(number: int) -> str:
    return f"U{number % RESIDENTS:032x}"


def request_of(number: int, run: str, port: int, at: float) -> bytes:
    """The whole request of an event, as it goes over the wire."""
    body = text_event(
        f"{run}-{number}",
        resident_of(number),
        QUESTIONS[number % len(QUESTIONS)],
        token_of(number, run),
        int(at * 1000),
    )
    head = (
        f"POST /callback HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nContent-Type: application/json\r\n"
        f"X-Line-Signature: {sign(body)}\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


class Connection(asyncio.Protocol):
    """One of LINE's: sends an event, waits for the answer, is free again."""

    def __init__(self, crowd: "Crowd", port: int) -> None:
        self._crowd, self.port = crowd, port
        self._transport: asyncio.Transport | None = None
        self._due = 0.0
        self._said = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        self._crowd.is_free(self)

    def post(self, request: bytes, due: float) -> None:
        assert self._transport is not None
        self._due, self._said = due, b""
        self._transport.write(request)

    def data_received(self, data: bytes) -> None:
        self._said += data
        head, ended, body = self._said.partition(b"\r\n\r\n")
        if not ended or len(body) < _length(head):
            return
        self._crowd.answered(head.split(b" ", 2)[1] == b"200", self._due)
        self._crowd.is_free(self)


def _length(head: bytes) -> int:
    lower = head.lower()
    return int(lower.partition(b"content-length:")[2].split(b"\r\n")[0]) if b"content-length:" in lower else 0


class Crowd:
    """Sends every event when it is due, over whatever connection is free."""

    def __init__(self, requests: Sequence[bytes], every: float) -> None:
        self._requests, self._every = requests, every
        self._free: deque[Connection] = deque()
        self._waiting: deque[int] = deque()
        self._took: list[float] = []
        self._refused = 0
        self._begun = self._last = 0.0
        self._all = asyncio.Event()

    def is_free(self, connection: Connection) -> None:
        self._free.append(connection)
        self._send()

    def answered(self, well: bool, due: float) -> None:
        self._last = time.perf_counter()
        if well:
            self._took.append(self._last - due)
        else:
            self._refused += 1
        if len(self._took) + self._refused == len(self._requests):
            self._all.set()

    def _send(self) -> None:
        while self._waiting and self._free:
            number = self._waiting.popleft()
            self._free.popleft().post(self._requests[number], self._begun + number * self._every)

    async def write(self, ports: Sequence[int], connections: int, patience: float) -> Told:
        """Ends with the last answer, `patience` seconds after the last event at the latest."""
        loop = asyncio.get_running_loop()
        made = [
            await loop.create_connection(lambda port=port: Connection(self, port), "127.0.0.1", port)  # type: ignore[misc]
            for port in (list(ports) * connections)[:connections]
        ]
        self._begun = time.perf_counter()
        for number in range(len(self._requests)):
            if (early := self._begun + number * self._every - time.perf_counter()) > 0:
                await asyncio.sleep(early)
            self._waiting.append(number)
            self._send()
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._all.wait(), patience)
        for transport, _ in made:
            transport.abort()
        seconds = max(self._last - self._begun, 0.0)
        return Told(len(self._requests), self._took, self._refused, seconds, self._begun)


def main() -> None:
    """Writes to standard output what became of the events, as JSON."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--ports", type=int, nargs="+")
    parser.add_argument("--rate", type=float)
    parser.add_argument("--events", type=int)
    parser.add_argument("--connections", type=int, default=16)
    parser.add_argument("--patience", type=float, default=15)
    given = parser.parse_args()
    run, now = f"{random.getrandbits(32):08x}", time.time()
    requests = [
        request_of(number, run, given.ports[0], now + number / given.rate) for number in range(given.events)
    ]
    told = asyncio.run(Crowd(requests, 1 / given.rate).write(given.ports, given.connections, given.patience))
    json.dump(asdict(told), sys.stdout)


if __name__ == "__main__":
    main()
