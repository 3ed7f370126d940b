"""The whole of disaster mode, rehearsed at once: switched on, told, kept within LINE's rates, over by itself.

The controls take one guard away each, and the same count notices. `make soak` takes
2,000 followers.
"""

import threading
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

import pytest
import sqlalchemy as sa

from bot import linking, sender
from bot.city import LiveCity
from bot.due import Due
from bot.line import LineClient
from bot.pace import Pace
from bot.platform.rates import Buckets
from bot.platform.rich_menus import Image
from bot.platform.server import Fails
from bot.platform.talk import UserId
from faq.disaster import ClosedOffice
from faq.models import EntryId, OfficeId
from faq.programmes import ProgrammeId
from nlp.language import Language
from store import agenda, disaster, displaced, displacing, knowledge, outbox, receipts, rich_menus, slots
from store.audit import SERVICE
from store.bookings import Booking, State
from store.db import Database, Tx
from store.notices import NoticeKind
from store.residents import ResidentId
from store.rich_menus import MENUS, MenuId
from store.tables import bookings as bookings_table
from store.tables import notices as notices_table
from store.tables import seats
from tests.conftest import NOON
from tests.faq.place_files import TERMS
from tests.line import HANAKO, Service, running, text_event
from tests.loaded import EVER
from tests.mailings import ONE_PERSON, follow, meet
from tests.promises.length import at_length
from tests.store import town
from tests.store.disasters import with_closed

LEGAL = replace(
    TERMS, programme=ProgrammeId("legal"), minutes=30, seats=1, ahead=30, opens=None, line_until=None,
    phone_until=None, line_share=None, limit=None, ages=None,
)  # fmt: skip
EAST, MONDAY = OfficeId("east"), date(2026, 11, 30)
CLOSED = ClosedOffice(EAST, NOON, town.japan(0, 0, date(2026, 11, 28)))
LEFT = 0.01
"""The part of LINE's rates that other processes leave: 20 pushes a second."""
FOLLOWERS = at_length(400, 2_000)
REFUSED = 12
"""Requests that LINE refuses with 429, though nobody was too fast."""


@dataclass(frozen=True, slots=True)
class Size:
    """How many follow, have booked in LINE and by telephone, and for how many a later time is free."""

    followers: int
    booked: int
    phoned: int
    free: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of it."""

    moved: int
    broken_off: int
    to_call: int
    told: Counter[int]
    """How many people were told so many times."""
    told_of: Counter[str]
    too_fast: int
    """Times that LINE said so, beyond those that were made up."""
    waiting: int
    """What was not sent in the end."""
    astray: tuple[int, int]
    """People whose menu was not the one of the mode, while it was on and after."""
    surveys: tuple[bool, bool, bool]
    """Whether who asks is asked back if it helped: before, meanwhile, after."""
    open_again: bool
    """Whether slots at the office can be booked again."""


class Rehearsal:
    """A city over a database and a LINE of its own; time passes only by waiting for a turn."""

    def __init__(self, service: Service, size: Size) -> None:
        self.service, self.size, self.database = service, size, service.database
        self.platform, self.clock = service.platform, service.clock
        self.platform.rates = Buckets(LEFT)
        self.pace = Pace(LEFT, self._seconds, lambda seconds: self.clock.passes(seconds=seconds))
        self.line = LineClient("token", service.server.address, self.pace)
        self.failures: list[str] = []
        self.menus = dict[str, MenuId]()

    def _seconds(self) -> float:
        return self.clock.now.timestamp()

    def begins(self) -> None:
        """People follow, read six languages besides Japanese, book, and see the menus that are theirs."""
        self._uploads()
        numbers = range(self.size.followers)
        meet(self.platform, numbers)
        with self.database.write() as tx:
            knowledge.take_in(tx, [LEGAL], NOON)
            self.people = follow(tx, numbers, topics=(), language=_speaks)
        self._books()
        self.links()

    def _uploads(self) -> None:
        for menu in MENUS:
            definition = {
                "size": {"width": 2500, "height": 1686},
                "selected": True,
                "name": menu.name,
                "chatBarText": "メニュー",
                "areas": [],
            }
            made = self.platform.rich_menus.create(definition)
            self.platform.rich_menus.set_image(made.id, Image(b"\xff\xd8\xff", "image/jpeg"))
            self.menus[menu.name] = MenuId(made.id)
        with self.database.write() as tx:
            rich_menus.keep_uploaded(tx, self.menus, NOON)

    def _books(self) -> None:
        closed = town.draft(13, seats=self.size.booked + self.size.phoned, terms=LEGAL)
        later = town.draft(10, day=MONDAY, seats=self.size.free // 2, terms=LEGAL)
        last = town.draft(11, day=MONDAY, seats=self.size.free - self.size.free // 2, terms=LEGAL)
        with self.database.write() as tx:
            at = slots.add(tx, replace(closed, office=EAST), SERVICE, NOON)
            assert at is not None
            for each in (later, last):
                assert slots.add(tx, replace(each, office=EAST), SERVICE, NOON)
            in_line = self.people[: self.size.booked]
            first = town.booked(tx, at, in_line[0], f"市民{in_line[0]}", NOON, LEGAL)
            _more_like(tx, first, [(each, f"市民{each}") for each in in_line[1:]])
            if self.size.phoned:
                first = town.made(town.phoned(tx, at, "電話0", NOON, LEGAL))
                _more_like(tx, first, [(None, f"電話{each}") for each in range(1, self.size.phoned)])
            tx.connection.execute(notices_table.delete())  # that they were booked, they know
        self.at = at

    def links(self) -> None:
        """Shows everybody their menu; who is refused for now waits."""
        for _ in range(200):
            if not linking.link_next(self.database, lambda: self.line, "menus", self.clock):
                with self.database.read() as tx:
                    on = disaster.present(tx, self.clock()) is not None
                    if not rich_menus.astray(tx, in_disaster=on):
                        return
                self.clock.passes(seconds=1)

    def process(self) -> Due:
        def report(what: str, _: Exception) -> None:
            self.failures.append(what)

        return Due(self.database, self.service.city, self.clock, report)

    def displaces(self) -> None:
        """Three processes at once, one of which is killed over it; then the chore comes again."""
        now, calls = self.clock(), iter(range(30))

        def killed() -> None:
            try:
                while self._displaces_some(self.process(), now):
                    next(calls)
            except (StopIteration, RuntimeError):
                pass

        threads = [threading.Thread(target=killed) for _ in range(3)]
        for each in threads:
            each.start()
        for each in threads:
            each.join()
        while self._displaces_some(self.process(), now):
            pass

    def _displaces_some(self, due: Due, now: datetime) -> bool:
        due.displace(now)
        with self.database.read() as tx:
            left = sa.select(sa.func.count()).where(
                bookings_table.c.slot_id == self.at, bookings_table.c.state == State.CONFIRMED.value
            )
            return bool(tx.connection.scalar(left))

    def drains(self) -> int:
        """Tells what is due and sends it all; how often LINE said that it was too fast."""
        self.process().tell(self.clock())
        self.service.server.fail_next(*[Fails(429, path="/v2/bot/message/push")] * REFUSED)
        for _ in range(20 * self.size.followers):
            with self.database.read() as tx:
                if not agenda.look(tx, EVER).tells:
                    break
            if not sender.send_next(self.database, self.line, "sender", self.clock):
                self.clock.passes(seconds=1)
        return sum(call.status == 429 for call in self.platform.calls("/v2/bot/")) - REFUSED

    def asks(self) -> bool:
        """Hanako asks; whether she is asked if the answer helped."""
        self.platform.meet(HANAKO)
        before = len(self.platform.sent_to(HANAKO))
        with self.database.read() as tx:
            entry = knowledge.entry(tx, EntryId("moving-in"))
        assert entry is not None
        self.service.hears(text_event(entry.question, at=self.clock()))
        self.service.works()
        answers = self.platform.sent_to(HANAKO)[before:]
        assert answers
        return "役に立った" in str(answers)

    def astray(self, *, in_disaster: bool) -> int:
        """People whom LINE shows another menu than that of their language and the mode."""
        suffix = "-disaster" if in_disaster else ""
        menus = self.platform.rich_menus
        people = {ONE_PERSON.format(number): _speaks(number) for number in range(self.size.followers)}
        return sum(
            menus.own.get(UserId(user), menus.default_id)
            != self.menus[(language or Language.JAPANESE) + suffix]
            for user, language in {**people, HANAKO: None}.items()
        )


def _more_like(tx: Tx, first: Booking, people: Iterable[tuple[ResidentId | None, str]]) -> None:
    """Bookings as the first is one, in the seats that are free: rows as booking makes them, many at once."""
    row = tx.connection.execute(sa.select(bookings_table).where(bookings_table.c.id == first.id)).one()
    like = {key: value for key, value in row._mapping.items() if key != "id"}
    mine = (bookings_table.c.slot_id == row.slot_id, bookings_table.c.seat == seats.c.seat)
    free = sa.select(seats.c.seat).where(seats.c.slot_id == row.slot_id, ~sa.exists().where(*mine))
    rows = [
        {**like, "receipt": receipts.new(), "seat": seat, "resident_id": who, "person": town.person(tx, name)}
        for (who, name), seat in zip(people, tx.connection.scalars(free).all(), strict=False)
    ]
    if rows:
        tx.connection.execute(bookings_table.insert(), rows)


def _speaks(number: int) -> Language | None:
    """One in ten has another language than Japanese: each of the six as many."""
    return tuple(Language)[1 + number // 10 % 6] if number % 10 == 0 else None


def rehearse(
    database: Database, city: LiveCity, size: Size, guard_off: Callable[[Rehearsal], object] = lambda _: None
) -> Outcome:
    """Everything from the proposal until it is over; `guard_off` takes something away before."""
    with running(database, city) as service:
        act = Rehearsal(service, size)
        act.begins()
        guard_off(act)
        before = act.asks()
        with database.write() as tx:
            which, _ = with_closed(tx, CLOSED, now=act.clock())
        act.displaces()
        too_fast = act.drains()
        act.links()
        meanwhile, wrong = act.asks(), act.astray(in_disaster=True)
        with database.read() as tx:
            counts = displaced.counts(tx, which)
        act.clock.passes(days=7)
        act.displaces()
        act.links()
        after, still_wrong = act.asks(), act.astray(in_disaster=False)
        with database.read() as tx:
            waiting = outbox.counts(tx).get("waiting", 0)
            kinds = sa.select(notices_table.c.kind).where(notices_table.c.state == "sent")
            told_of = Counter(tx.connection.scalars(kinds))
            shut = tx.connection.scalar(sa.text("SELECT count(*) FROM slots_shut"))
        act.line.close()
        assert act.failures == []
        told = Counter(
            len(act.platform.sent_to(UserId(ONE_PERSON.format(number)))) for number in range(size.followers)
        )
    return Outcome(
        counts.moved, counts.broken_off, counts.to_call, told, told_of, too_fast, waiting, (wrong, still_wrong),
        (before, meanwhile, after), shut == 0,
    )  # fmt: skip


def expected(size: Size) -> Outcome:
    """All as it should be."""
    without = size.booked + size.phoned - size.free
    return Outcome(
        moved=size.free,
        broken_off=without,
        to_call=size.phoned,
        told=Counter({1: size.booked, 0: size.followers - size.booked}),
        told_of=Counter(
            {NoticeKind.MOVED.value: size.free, NoticeKind.CLOSED.value: size.booked - size.free}
        ),
        too_fast=0,
        waiting=0,
        astray=(0, 0),
        surveys=(True, False, True),
        open_again=True,
    )


def test_hundreds_of_followers_and_three_hundred_bookings(database: Database, city: LiveCity) -> None:
    size = Size(followers=FOLLOWERS, booked=285, phoned=15, free=250)
    assert rehearse(database, city, size) == expected(size)


SMALL = Size(followers=60, booked=50, phoned=0, free=44)


def test_who_does_not_look_again_moves_people_twice(
    sqlite: Database, city: LiveCity, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(displacing, "_is_displaced", lambda *_: True)
    monkeypatch.setattr(displacing, "_is_closed_still", lambda *_: True)
    found = rehearse(sqlite, city, SMALL)
    assert found.told_of != expected(SMALL).told_of or found.told != expected(SMALL).told


def test_who_does_not_wait_for_a_turn_is_too_fast(sqlite: Database, city: LiveCity) -> None:
    def hurry(act: Rehearsal) -> None:
        act.line = LineClient("token", act.service.server.address, Pace(1, lambda: 0.0, lambda _: None))

    found = rehearse(sqlite, city, SMALL, hurry)
    assert found.too_fast > 0
    assert found.told == expected(SMALL).told, "late, but nobody twice and nobody forgotten"


def test_a_mode_that_does_not_expire_keeps_its_menus(
    sqlite: Database, city: LiveCity, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(disaster.Disaster, "is_on", lambda self, _: self.state is disaster.State.ON)
    found = rehearse(sqlite, city, SMALL)
    assert found.astray[1] > 0
