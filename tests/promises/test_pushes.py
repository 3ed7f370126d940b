"""Each push reaches its resident once, through a LINE that fails four ways and senders that die at any moment.

A tenth of the requests each: 429, 500, taken and then 500, dropped (taken or not). A sender dies before or after LINE
took its message, and says nothing of it. The clock is the test's, since backoffs and leases take minutes.
"""

import random
import threading
import uuid
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

import pytest

from bot import sender
from bot.line import LineClient, Sent
from bot.line_messages import to_bytes
from bot.platform import Platform
from bot.platform.server import Drops, Fails, Fault, Server
from bot.platform.talk import UserId
from store import delivery, outbox, residents, work
from store.db import Database
from store.tables import outbox as outbox_table
from tests.conftest import NOON
from tests.line import Clock
from tests.promises.length import at_length

PUSHES = at_length(100, 600)
PEOPLE = 30
SENDERS = 4
DEATHS = 0.05
"""Of all tries, before and after LINE took the message."""
LONGEST = timedelta(hours=20)
"""Less than a retry key lives: no sender may need more."""


class Death(BaseException):
    """The sender is killed: nothing after this line runs."""


class FailingLine(Server):
    """The double of LINE that fails by chance."""

    def __init__(self, platform: Platform) -> None:
        self._chance = random.Random(7)
        super().__init__(platform, 0)

    def _fault_for(self, path: str) -> Fault | None:
        tenth = self._chance.randrange(10)
        faults: dict[int, Fault] = {0: Fails(429), 1: Fails(500), 2: Fails(500, after_effect=True)}
        return Drops(after_effect=self._chance.random() < 0.5) if tenth == 3 else faults.get(tenth)


@dataclass
class Mortal:
    """A client in whose hands a sender may die."""

    line: LineClient
    deaths: int = 0
    _chance: random.Random = field(default_factory=lambda: random.Random(11))

    def push(self, user_id: str, messages: bytes, retry_key: str) -> Sent:
        self._die()
        result = self.line.push(user_id, messages, retry_key)
        self._die()
        return result

    def _die(self) -> None:
        if self._chance.random() < DEATHS:
            self.deaths += 1
            raise Death


@dataclass(frozen=True)
class Outcome:
    """How often each text was read."""

    read: Counter[str]
    deaths: int
    calls: Counter[int]
    """What LINE answered; 0: nothing."""

    @property
    def is_exact(self) -> bool:
        return self.read == Counter(str(number) for number in range(PUSHES))


def _pushed(database: Database) -> Outcome:
    clock = Clock()
    platform = Platform(clock)
    with FailingLine(platform) as server:
        line = LineClient("token", server.address)
        mortal = Mortal(line)
        _put_all(database, platform)
        _send_all(database, mortal, clock)
        line.close()
    texts = (str(m["text"]) for n in range(PEOPLE) for m in platform.sent_to(_person(n)))
    return Outcome(Counter(texts), mortal.deaths, Counter(call.status for call in platform.calls()))


def _person(number: int) -> UserId:
    return UserId(f"U{number:032x}")


def _put_all(database: Database, platform: Platform) -> None:
    for number in range(PEOPLE):
        platform.meet(_person(number))
    with database.write() as tx:
        for number in range(PUSHES):
            resident = residents.meet(tx, _person(number % PEOPLE), NOON).id
            outbox.put(tx, resident, to_bytes([{"type": "text", "text": str(number)}]), NOON)


def _send_all(database: Database, line: Mortal, clock: Clock) -> None:
    """Senders work until all waits for a later moment; then that moment comes, and who died has a successor."""
    while _waiting(database) and clock() < NOON + LONGEST:
        threads = [threading.Thread(target=_send, args=(database, line, clock)) for _ in range(SENDERS)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        clock.passes(seconds=20)


def _waiting(database: Database) -> int:
    with database.read() as tx:
        return outbox.counts(tx).get("waiting", 0)


def _send(database: Database, line: Any, clock: Callable[[], Any]) -> None:
    name = uuid.uuid4().hex
    try:
        while sender.send_next(database, line, name, clock):
            pass
    except Death:
        pass


def test_each_push_is_read_once(database: Database) -> None:
    outcome = _pushed(database)
    assert outcome.is_exact, outcome
    assert outcome.deaths > 0
    assert all(outcome.calls[status] for status in (0, 200, 409, 429, 500)), outcome.calls


def test_with_a_new_key_for_each_try_some_are_read_twice(
    sqlite: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    claim = outbox.claim

    def claim_anew(*arguments: Any) -> Any:
        item = claim(*arguments)
        return item and replace(item, retry_key=str(uuid.uuid4()))

    monkeypatch.setattr(outbox, "claim", claim_anew)
    outcome = _pushed(sqlite)
    assert max(outcome.read.values()) > 1


def test_where_no_answer_is_taken_for_a_yes_some_are_never_read(
    sqlite: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    def believe(tx: Any, item: Any, moment: Any, status: int) -> None:
        work.finish(tx, outbox_table, item.id, "sent", moment, http_status=status)

    monkeypatch.setattr(delivery, "later", believe)
    outcome = _pushed(sqlite)
    assert len(outcome.read) < PUSHES
