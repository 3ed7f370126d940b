"""LINE delivers an event once or five times, over many connections at once, in any order: it has one effect.

Over HTTP to the service's own server, and its worker for the effects. What is promised of the order: what waits of a
resident is taken by when it occurred; an event that comes after a later one was answered is answered then, once.
"""

import itertools
import random
import threading
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

from bot.city import LiveCity
from bot.platform.talk import UserId
from store import inbox, outbox
from store.db import Database
from tests import service as over_http
from tests.conftest import NOON
from tests.line import SECRET, Service, running, signature
from tests.promises.length import at_length
from tests.promises.wire import listening

EVENTS = at_length(120, 10_000)
CLIENTS = 16
PEOPLE = 40
ASKED = "メニュー"
MINUTES = 10
"""Of the test's clock, for all to be sent."""
TRIES = 50
"""Of one delivery at most, each of which may break off."""


@dataclass(frozen=True)
class Delivery:
    """One time that LINE delivers an event."""

    event_id: str
    body: bytes


@contextmanager
def _served(database: Database, city: LiveCity) -> Iterator[tuple[Service, int]]:
    with running(database, city) as service, listening(service) as wire:
        for number in range(PEOPLE):
            service.platform.meet(_person(number))
        yield service, wire.port


def _person(number: int) -> UserId:
    return UserId(f"U{number:032x}")


def _deliveries(chance: random.Random) -> list[Delivery]:
    """Each event one to five times, all in any order."""
    made = []
    for number in range(EVENTS):
        at = int(NOON.timestamp() * 1000) + number
        event_id, person = f"event-{number}", _person(number % PEOPLE)
        for again in range(chance.randint(1, 5)):
            body = over_http.text_event(event_id, person, ASKED, "", at, again=again > 0)
            made.append(Delivery(event_id, body))
    chance.shuffle(made)
    return made


def _deliver(port: int, deliveries: Sequence[Delivery]) -> Counter[int]:
    """By sixteen clients at once; how often each status was answered."""
    answered: Counter[int] = Counter()
    begin, lock = threading.Barrier(CLIENTS), threading.Lock()

    def client(share: Sequence[Delivery]) -> None:
        line = over_http.Line(port)
        begin.wait(30)
        for each in share:
            status = _post(line, each.body)
            with lock:
                answered[status] += 1
        line.close()

    shares = (deliveries[start::CLIENTS] for start in range(CLIENTS))
    threads = [threading.Thread(target=client, args=[share]) for share in shares]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answered


def _post(line: over_http.Line, body: bytes) -> int:
    """200 once it is taken; 0 where it never is."""
    return next((status for _ in range(TRIES) if (status := line.post(body)) == 200), 0)


def _effects(service: Service) -> dict[str, int]:
    """After the worker has done all: events that were done, and messages that reached anybody.

    LINE takes 2,000 pushes in a second and asks to wait with the rest, and the test's clock passes by hand.
    """
    for _ in range(MINUTES * 60):
        while service.worker.answer_next() or service.worker.send_next():
            pass
        with service.database.read() as tx:
            done, sent = inbox.counts(tx), outbox.counts(tx)
        if not sent.get("waiting"):
            break
        service.clock.passes(seconds=1)
    pushed = sum(call.took_effect for call in service.platform.calls("/v2/bot/message/push"))
    return {"done": done.get("done", 0), "sent": sent.get("sent", 0), "pushed": pushed}


def _each_once() -> dict[str, int]:
    return {"done": EVENTS, "sent": EVENTS, "pushed": EVENTS}


def test_each_event_has_one_effect(database, city, monkeypatch):
    monkeypatch.setattr(over_http, "SECRET", SECRET)
    with _served(database, city) as (service, port):
        deliveries = _deliveries(random.Random(1))
        assert len(deliveries) > 2 * EVENTS
        assert _deliver(port, deliveries) == {200: len(deliveries)}
        assert _effects(service) == _each_once()


def test_what_is_there_before_the_first_turn_is_taken_by_when_it_occurred(database, city, monkeypatch):
    monkeypatch.setattr(over_http, "SECRET", SECRET)
    questions = ("住民票の写し", "メニュー", "市電・バスの時刻と運賃")
    with running(database, city) as service:
        bodies = [
            over_http.text_event(
                f"event-{number}", _person(0), text, "", int(NOON.timestamp() * 1000) + number
            )
            for number, text in enumerate(questions)
        ]
        for body in reversed(bodies):
            headers = {"X-Line-Signature": signature(body), "Content-Type": "application/json"}
            assert service.app.test_client().post("/callback", data=body, headers=headers).status_code == 200
        with service.database.read() as tx:
            (who,) = inbox.ripe(tx, service.clock(), 5)
            assert [item.event_id for item in inbox.peek(tx, who)] == ["event-0", "event-1", "event-2"]


def test_without_telling_events_apart_there_are_more_effects(sqlite, city, monkeypatch):
    """The event is kept under another id each time, as if LINE's were not looked at."""
    monkeypatch.setattr(over_http, "SECRET", SECRET)
    keep, numbers = inbox.keep, itertools.count()

    def keep_anew(tx: Any, arrivals: Any, now: Any) -> frozenset[str]:
        return keep(tx, [replace(each, event_id=f"anew-{next(numbers)}") for each in arrivals], now)

    monkeypatch.setattr(inbox, "keep", keep_anew)
    with _served(sqlite, city) as (service, port):
        deliveries = _deliveries(random.Random(1))[:100]
        _deliver(port, deliveries)
        assert _effects(service)["done"] == len(deliveries) > len({each.event_id for each in deliveries})
