"""The machine's clock is ahead for a while: what was begun then lasts as long as it was meant to, and no longer."""

from datetime import datetime, time, timedelta

import pytest

from bot.app import create_app
from bot.city import LiveCity
from bot.due import Due
from bot.relaying import RelayRules
from nlp.japan import JAPAN
from store import links, residents, run_settings, set_back
from store.audit import COMMAND
from store.bookings import State
from store.db import Database
from store.links import RECEIPT_LIFE, Link, Purpose
from store.notices import NoticeKind
from store.run_settings import RunSettings
from store.sessions import LIFE
from store.sight import Role
from tests.bot.test_due import DAY, HOUR, MINUTE, Town
from tests.line import HANAKO, SECRET, TARO, Clock
from tests.site import site_of
from tests.web.conftest import Service, Visitor

AHEAD = 5 * HOUR


@pytest.fixture(params=["sqlite", "postgres", "sqlite without a look back"])
def setting(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> tuple[Database, bool]:
    """A database, and whether the service notices that its clock was set back; where not, it is the control."""
    name, _, without = request.param.partition(" ")
    if without:
        monkeypatch.setattr(set_back, "is_noticed", lambda *_: False)
    return request.getfixturevalue(name), not without


@pytest.fixture
def database(setting: tuple[Database, bool]) -> Database:
    return setting[0]


@pytest.fixture
def looks_back(setting: tuple[Database, bool]) -> bool:
    return setting[1]


@pytest.fixture
def town(database: Database, city: LiveCity) -> Town:
    return Town(database, city)


@pytest.fixture
def pages(database: Database, city: LiveCity) -> Service:
    clock = Clock()
    site = site_of(database, city, clock)
    return Service(site, create_app(site, SECRET, lambda: None, RelayRules()), clock)


@pytest.fixture
def due(pages: Service, city: LiveCity) -> Due:
    """The chores beside the pages; they have run."""
    made = Due(pages.site.database, city, pages.clock, pytest.fail)
    made.step()
    return made


def passes(pages: Service, due: Due, passing: timedelta) -> None:
    pages.clock.now += passing
    due.step()


def is_in(visitor: Visitor) -> bool:
    return visitor.get("/home").status_code == 200


def test_a_session_ends_when_nobody_is_there(pages: Service, due: Due, looks_back: bool) -> None:
    hanako = pages.account("hanako", Role.STAFF)
    before = pages.signed_in(hanako)
    passes(pages, due, AHEAD)
    assert not is_in(before)
    desk, away = pages.signed_in(hanako), pages.signed_in(hanako)
    passes(pages, due, -AHEAD)
    assert is_in(desk), "nobody is locked out"
    assert is_in(away)
    assert is_in(before)
    for _ in range(4):
        passes(pages, due, 10 * MINUTE)
        assert is_in(desk)
    assert is_in(away) != looks_back


def test_and_after_twelve_hours(pages: Service, due: Due, looks_back: bool) -> None:
    with pages.site.database.write() as tx:
        run_settings.change(tx, RunSettings(idle=DAY), COMMAND, pages.clock())
    passes(pages, due, AHEAD)
    visitor = pages.signed_in(pages.account("hanako", Role.STAFF))
    passes(pages, due, -AHEAD)
    passes(pages, due, LIFE - MINUTE)
    assert is_in(visitor)
    passes(pages, due, 2 * MINUTE)
    assert is_in(visitor) != looks_back


def test_a_link_opens_for_its_hour(pages: Service, due: Due, looks_back: bool) -> None:
    def look(token: str) -> bool:
        with pages.site.database.read() as tx:
            return isinstance(links.look(tx, Purpose.RECEIPT, token, pages.clock()), Link)

    def mint() -> str:
        with pages.site.database.write() as tx:
            owner = residents.meet(tx, HANAKO, pages.clock()).id
            return links.mint(tx, Purpose.RECEIPT, owner, 1, RECEIPT_LIFE, pages.clock())

    before = mint()
    passes(pages, due, AHEAD)
    token = mint()
    passes(pages, due, -AHEAD)
    assert look(before)
    assert look(token)
    passes(pages, due, RECEIPT_LIFE)
    assert not look(before)
    assert look(token) != looks_back


def test_a_place_is_held_for_ten_minutes(town: Town, looks_back: bool) -> None:
    town.after(AHEAD)
    (place, *_) = town.free()
    held = town.hold(HANAKO, place)
    town.after(-AHEAD)
    told = town.after(7 * MINUTE) + town.after(MINUTE)
    assert told == ([(HANAKO, "hold_warning")] if looks_back else [])
    town.after(3 * MINUTE)
    assert town.state(held) is (State.EXPIRED if looks_back else State.HELD)
    assert not town.failures
    if looks_back:
        town.hold(TARO, place)


def reminders_of(town: Town, jump: timedelta) -> list[str]:
    """Those of a booking, told at any time after the clock went forward by a jump and back."""
    place = town.free()[0]
    booked = town.book(HANAKO, place)
    told = town.after(jump) + town.after(-jump)
    midnight = datetime.combine(booked.day, time(), JAPAN)
    for hours in (-6, -5, 8, 9):
        town.clock.now = midnight + hours * HOUR
        told += town.now()
    assert not town.failures
    return [words for _, words in told if "reminder" in words]


def test_a_reminder_comes_on_its_day_and_once(town: Town, looks_back: bool) -> None:
    """By the clock as it was the booking's day was over."""
    both = [NoticeKind.REMINDER_DAY_BEFORE.value, NoticeKind.REMINDER_MORNING.value]
    assert reminders_of(town, 30 * DAY) == (both if looks_back else [])


def test_a_reminder_that_went_out_too_early_does_so_once(sqlite: Database, city: LiveCity) -> None:
    reminders = reminders_of(Town(sqlite, city), DAY)
    assert len(reminders) == len(set(reminders)) > 0


def test_of_a_booking_that_was_cancelled_meanwhile_nobody_is_reminded(town: Town) -> None:
    """By the clock as it was the evening before was over."""
    booked = town.book(HANAKO, town.free()[3])
    ahead = datetime.combine(booked.day, time(9), JAPAN) - town.clock.now
    town.after(ahead)
    town.cancel(booked)
    told = town.after(-ahead)
    for hours in range(0, 100, 3):
        told += town.after(timedelta(hours=3) if hours else timedelta(0))
    assert not [words for _, words in told if "reminder" in words]
    assert not town.failures
