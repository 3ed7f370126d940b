"""A notice to ten thousand followers, over a platform that fails and senders that are killed."""

import itertools
import random
import threading
import uuid
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from bot.city import LiveCity, Sayings
from bot.line import LineClient
from bot.mailing import Mailer
from bot.platform import Platform
from bot.platform.http import Request
from bot.platform.server import Drops, Fails, Fault, Holds, Server
from nlp.language import Language
from store import (
    mailing_batches,
    mailing_decisions,
    mailing_figures,
    mailings,
    residents,
    subscriptions,
    work,
)
from store.db import Database
from store.mailing_figures import Outcome
from store.mailings import Mailing, State
from store.sight import Viewer
from tests.conftest import NOON
from tests.mailings import CHILDCARE, ONE_PERSON, approved, follow, meet
from tests.store.people import viewers

MULTICAST = "/v2/bot/message/multicast"
LANGUAGES = (None, Language.ENGLISH, Language.VIETNAMESE, None, Language.EASY)
FAULTS: tuple[Fault | None, ...] = (
    Fails(429),
    Fails(500),
    Fails(500, after_effect=True),
    Drops(after_effect=True),
    *(None,) * 6,
)
"""One in ten each; a connection that is dropped after LINE took the message is the worse kind."""


class Killed(BaseException):
    """The sender's process is gone at this moment."""


class FailingLine(Server):
    """The platform, which fails as often as `FAULTS` says, and sees how many requests are on their way at once."""

    def __init__(self, platform: Platform) -> None:
        self._dice = random.Random(11)
        self.failing = True
        self.most_at_once = 0
        self._now = 0
        self._counting = threading.Lock()
        super().__init__(platform, 0)

    def respond(self, request: Request) -> Any:
        with self._counting:
            self._now += 1
            self.most_at_once = max(self.most_at_once, self._now)
        try:
            return super().respond(request)
        finally:
            with self._counting:
                self._now -= 1

    def _fault_for(self, path: str) -> Fault | None:
        if wanted := super()._fault_for(path):
            return wanted
        return self._dice.choice(FAULTS) if self.failing and path == MULTICAST else None


@dataclass
class DyingLine:
    """A client whose process is killed now and then, before LINE has the request or after."""

    line: LineClient
    dice: random.Random
    lives: bool = False

    def multicast(self, *request: Any) -> Any:
        fate = "lives" if self.lives else self.dice.choice(("before", "after", *("lives",) * 6))
        if fate == "before":
            raise Killed
        answer = self.line.multicast(*request)
        if fate == "after":
            raise Killed
        return answer

    def quota(self) -> None:
        return None

    def reads(self, *_: object) -> None:
        return None


@dataclass
class Clock:
    """Goes on by a tenth of a second whenever it is looked at."""

    now: datetime = NOON
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def __call__(self) -> datetime:
        with self._lock:
            self.now += timedelta(seconds=0.1)
            return self.now


@dataclass
class Mass:
    """A mailing to many, with senders that take turns."""

    database: Database
    platform: Platform
    server: FailingLine
    line: DyingLine
    clock: Clock
    senders: list[Mailer]
    mailing: Mailing
    people: dict[str, Viewer]
    count: int

    def goes_on(self, until: Callable[[], bool]) -> None:
        """Senders take turns; time passes where none has anything to do. One that was killed begins anew."""
        for sender in itertools.islice(itertools.cycle(self.senders), 5_000):
            if until():
                return
            try:
                busy = sender.step()
            except Killed:
                continue
            if not busy:
                self.clock.now += timedelta(seconds=5)
        raise AssertionError("no end of it")

    def state(self) -> State:
        with self.database.read() as tx:
            return mailings.one(tx, self.mailing.id).state

    def times_heard(self) -> Counter[int]:
        """How many people got it how often."""
        people = (ONE_PERSON.format(number) for number in range(self.count))
        found = (self.platform.person(each) for each in people)
        return Counter(len(each.entries) for each in found if each is not None)

    def figures(self) -> dict[Outcome, int]:
        with self.database.read() as tx:
            return dict(mailing_figures.of(tx, self.mailing.id).people)

    def calls_by_key(self) -> dict[str, list[Any]]:
        by_key: dict[str, list[Any]] = {}
        for call in self.platform.calls(MULTICAST):
            by_key.setdefault(call.retry_key, []).append(call)
        return by_key


@pytest.fixture
def mass(database: Database, sayings: Sayings, request: pytest.FixtureRequest) -> Iterator[Mass]:
    count: int = getattr(request, "param", 10_000)
    clock = Clock()
    japanese = {Language.JAPANESE: sayings.wordings[Language.JAPANESE]}
    city = LiveCity(replace(sayings, wordings=japanese))
    platform = Platform(clock)
    meet(platform, range(count))
    with database.write() as tx:
        people = viewers(tx)
        follow(tx, range(count), language=lambda number: LANGUAGES[number % len(LANGUAGES)])
        mailing = approved(tx, people)
    with FailingLine(platform) as server:
        client = LineClient("token", server.address)
        line = DyingLine(client, random.Random(5))
        senders = [Mailer(database, city, lambda: line, f"sender-{n}", clock) for n in range(3)]  # type: ignore[arg-type, return-value]
        yield Mass(database, platform, server, line, clock, senders, mailing, people, count)
        client.close()


def is_sent(mass: Mass) -> Callable[[], bool]:
    return lambda: mass.state() is State.SENT


def test_each_gets_it_once_and_nobody_is_forgotten(mass: Mass) -> None:
    mass.goes_on(is_sent(mass))
    assert mass.times_heard() == {1: 10_000}
    assert mass.figures() == {Outcome.SENT: 10_000}
    assert mass.platform.usage == 10_000
    statuses = Counter(call.status for call in mass.platform.calls(MULTICAST))
    assert {200, 409, 429, 500, 0} <= set(statuses), "the platform failed in every way"
    for calls in mass.calls_by_key().values():
        assert all(call.body == calls[0].body for call in calls if _may_have_been_taken(call))


def _may_have_been_taken(call: Any) -> bool:
    return call.status not in (429,)


@pytest.mark.parametrize("mass", [3_000], indirect=True)
def test_stopping_stops_within_a_batch(mass: Mass) -> None:
    mass.goes_on(lambda: mass.platform.usage >= 1_000)
    taken = mass.platform.usage
    with mass.database.write() as tx:
        stopped = mailing_decisions.stop(tx, mass.people["staff"], mass.mailing.id, mass.clock())
    assert isinstance(stopped, Mailing)
    mass.line.lives = True
    steps = itertools.count()
    mass.goes_on(lambda: next(steps) > 60)
    assert mass.platform.usage == taken
    assert mass.state() is State.STOPPED
    assert set(mass.times_heard()) <= {0, 1}
    figures = mass.figures()
    assert Outcome.WAITING not in figures
    assert figures[Outcome.SENT] <= taken <= figures[Outcome.SENT] + figures.get(Outcome.UNSURE, 0)
    assert sum(figures.values()) == 3_000


@pytest.mark.parametrize("mass", [3_000], indirect=True)
def test_the_batch_that_is_on_its_way_arrives_and_no_other(mass: Mass) -> None:
    mass.line.lives, mass.server.failing = True, False
    sender, on_its_way = mass.senders[0], threading.Event()
    sender.begin_next()
    mass.server.fail_next(Holds(on_its_way))
    thread = threading.Thread(target=sender.send_next)
    thread.start()
    while not mass.server.most_at_once:
        thread.join(0.01)
    with mass.database.write() as tx:
        mailing_decisions.stop(tx, mass.people["admin"], mass.mailing.id, mass.clock())
    on_its_way.set()
    thread.join()
    assert not sender.send_next()
    assert mass.times_heard() == {1: 500, 0: 2_500}
    assert mass.figures() == {Outcome.SENT: 500, Outcome.STOPPED: 2_500}


@pytest.mark.parametrize("mass", [3_000], indirect=True)
def test_several_senders_at_one_moment_have_one_batch_on_its_way(mass: Mass) -> None:
    mass.line.lives = True
    threads = [threading.Thread(target=_send_until_done, args=(mass, sender)) for sender in mass.senders]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert mass.state() is State.SENT
    assert mass.times_heard() == {1: 3_000}
    assert mass.server.most_at_once == 1


def _send_until_done(mass: Mass, sender: Mailer) -> None:
    for _ in range(20_000):
        if mass.state() is State.SENT:
            return
        sender.step()


# The guards, each off: the counts above notice ------------------------------------------------------------------


@pytest.mark.parametrize("mass", [1_500], indirect=True)
def test_with_a_retry_key_made_anew_some_get_it_twice(mass: Mass, monkeypatch: pytest.MonkeyPatch) -> None:
    claim = mailing_batches.claim

    def claim_anew(*given: Any) -> Any:
        batch = claim(*given)
        return batch and replace(batch, retry_key=str(uuid.uuid4()))

    monkeypatch.setattr(mailing_batches, "claim", claim_anew)
    mass.server.fail_next(Fails(500, after_effect=True), Drops(after_effect=True))
    mass.goes_on(is_sent(mass))
    assert mass.times_heard()[1] < 1_500


@pytest.mark.parametrize("mass", [1_500], indirect=True)
def test_without_leases_a_batch_is_sent_by_two(mass: Mass, monkeypatch: pytest.MonkeyPatch) -> None:
    def is_ripe(table: sa.Table, now: datetime) -> sa.ColumnElement[bool]:
        return sa.and_(table.c.state == "waiting", table.c.not_before <= now)

    monkeypatch.setattr(work, "is_ripe", is_ripe)
    monkeypatch.setattr(mailing_batches, "_is_on_its_way", lambda *_: False)
    keys = [_claimed(mass, sender) for sender in ("one", "another")]
    assert keys[0] == keys[1]


@pytest.mark.parametrize("mass", [1_500], indirect=True)
def test_with_leases_it_is_not(mass: Mass) -> None:
    assert _claimed(mass, "one") is not None
    assert _claimed(mass, "another") is None


def _claimed(mass: Mass, sender: str) -> str | None:
    mass.senders[0].begin_next()
    with mass.database.write() as tx:
        batch = mailing_batches.claim(tx, sender, mass.clock())
    return batch and batch.retry_key


@pytest.mark.parametrize("mass", [1_500], indirect=True)
@pytest.mark.parametrize("is_frozen", [True, False])
def test_a_batch_that_was_tried_stays_as_it_was(
    mass: Mass, monkeypatch: pytest.MonkeyPatch, is_frozen: bool
) -> None:
    """Somebody wants it no more between two tries of their batch: the retry key demands the same request."""
    if not is_frozen:
        load = mailing_batches._load
        monkeypatch.setattr(mailing_batches, "_load", lambda *given: replace(load(*given), body=None))
    mass.line.lives = True
    mass.server.failing = False
    mass.server.fail_next(Fails(500, after_effect=True))
    mass.senders[0].begin_next()
    mass.senders[0].send_next()
    first = mass.platform.calls(MULTICAST)[0]
    to = first.body["to"]
    assert isinstance(to, list)
    with mass.database.write() as tx:
        resident = residents.lookup(tx, to[0])
        assert resident is not None
        subscriptions.give_up(tx, resident, [CHILDCARE])
    mass.goes_on(is_sent(mass))
    same = [call.body for call in mass.platform.calls(MULTICAST) if call.retry_key == first.retry_key]
    assert len(same) == 2
    assert (same[0] == same[1]) is is_frozen
