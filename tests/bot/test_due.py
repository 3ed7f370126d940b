"""What the clock brings, each thing once, whatever else fails."""

import json
import threading
from dataclasses import replace
from datetime import date, time, timedelta

import pytest

from bot.due import Due
from faq.changes import Change
from faq.models import EntryId
from faq.programmes import ProgrammeId
from faq.terms import Allocation, Before, Terms
from handlers.turn import Plain, Reply
from nlp.japan import JAPAN
from store import (
    bookings,
    case_acts,
    case_answers,
    cases,
    chores,
    draws,
    keys_file,
    knowledge,
    outbox,
    persons,
    proposals,
    publishing,
    records,
    residents,
    slots,
    waiting,
)
from store.audit import SERVICE, ByResident
from store.bookings import Booking, Channel, State
from store.case_answers import In
from store.db import Database
from store.notices import NoticeKind
from store.proposals import HOLDS, ProposalId
from store.sight import Role
from store.slots import SlotId
from tests.conftest import NOON
from tests.faq.place_files import TERMS
from tests.line import HANAKO, TARO
from tests.store.cases import handed
from tests.store.cases import person as case_person
from tests.store.editors import ENTRY, NEW, change, editor, submitted

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
LEGAL = replace(
    TERMS, programme=ProgrammeId("legal"), minutes=60, seats=1, ahead=7, opens=None, line_until=None, phone_until=None,
    line_share=None, limit=None, ages=None,
)  # fmt: skip
JIRO = "U" + "3" * 32


class Clock:
    def __init__(self) -> None:
        self.now = NOON

    def __call__(self):
        return self.now


class Town:
    """The clock's chores over a database, and people who book."""

    def __init__(self, database: Database, city, terms: Terms = LEGAL) -> None:
        self.database, self.city, self.clock, self.terms = database, city, Clock(), terms
        self.said: list[tuple[str, str]] = []
        self.failures: list[str] = []
        self.due = self.process()
        with database.write() as tx:
            knowledge.take_in(tx, [terms], NOON)
        self.due.step()

    def process(self) -> Due:
        """Another process on the same database."""
        return Due(self.database, self.city, self.clock, self.report, self.put, self.word)

    def word(self, tx, city, notice, now) -> Reply:
        if notice.kind in self.unwordable:
            raise KeyError(notice.kind)
        return Reply((Plain(notice.kind.value),))

    unwordable: tuple[NoticeKind, ...] = ()

    def put(self, tx, notice, reply, now) -> None:
        self.said.append((residents.address(tx, notice.resident), reply.parts[0].text))

    def report(self, what: str, error: Exception) -> None:
        self.failures.append(f"{what}: {type(error).__name__}")

    def after(self, passing: timedelta) -> list[tuple[str, str]]:
        """Time passes; what was said then."""
        self.clock.now += passing
        return self.now()

    def now(self) -> list[tuple[str, str]]:
        before = len(self.said)
        self.due.step()
        return self.said[before:]

    def free(self) -> list[SlotId]:
        with self.database.read() as tx:
            found = slots.reaching(tx, self.clock.now, self.clock.now + 30 * DAY, self.clock.now)
        return [each.id for each in found if each.programme == "legal"]

    def hold(self, who: str, at: SlotId) -> Booking:
        with self.database.write() as tx:
            resident = residents.meet(tx, who, self.clock.now).id
            by = ByResident(resident)
            made = bookings.hold(tx, at, self.terms, Channel.LINE, resident, by, self.clock.now)
        assert isinstance(made, Booking), made
        return made

    def confirm(self, who: str, booking: Booking) -> Booking:
        with self.database.write() as tx:
            by = ByResident(booking.resident)
            person = persons.digest(tx, who, date(1950, 1, 1))
            made = bookings.confirm(tx, booking.id, person, None, self.terms, by, self.clock.now)
        assert isinstance(made, Booking), made
        return made

    def book(self, who: str, at: SlotId) -> Booking:
        return self.confirm(who, self.hold(who, at))

    def wait(self, who: str, at: SlotId) -> None:
        with self.database.write() as tx:
            resident = residents.meet(tx, who, self.clock.now).id
            made = waiting.join(
                tx, at, self.terms, Channel.LINE, resident, ByResident(resident), self.clock.now
            )
        assert isinstance(made, Booking), made

    def cancel(self, booking: Booking) -> None:
        with self.database.write() as tx:
            done = bookings.cancel(tx, booking.id, ByResident(booking.resident), self.clock.now)
        assert isinstance(done, Booking), done

    def state(self, booking: Booking) -> State:
        with self.database.read() as tx:
            return bookings.find(tx, booking.id, SERVICE, self.clock.now).state

    def chores(self) -> dict[str, bool]:
        """Which went well."""
        with self.database.read() as tx:
            return {each.name: each.failed_at is None for each in chores.all_chores(tx)}


@pytest.fixture
def town(database, city) -> Town:
    return Town(database, city)


def test_the_first_look_makes_slots_and_notes_how_it_went(town):
    assert len(town.free()) == 9
    assert town.chores() == dict.fromkeys((each.name for each in town.due.steps), True)
    assert town.failures == []


def test_a_hold_is_warned_of_and_ends(town):
    held = town.hold(HANAKO, town.free()[0])
    assert town.after(6 * MINUTE) == []
    assert town.after(MINUTE) == [(HANAKO, "hold_warning")]
    assert town.after(MINUTE) == []
    town.after(2 * MINUTE)
    assert town.state(held) is State.EXPIRED


def test_a_place_that_becomes_free_is_offered_and_passed_on(town):
    at = town.free()[3]  # Friday
    booked = town.book("はなこ", at)
    town.wait(TARO, at)
    town.wait(JIRO, at)
    town.now()
    town.cancel(booked)
    offered = [said for said in (town.after(MINUTE), town.after(MINUTE)) if said]
    assert offered == [[(TARO, "offer")]]
    passed = [said for _ in range(12) for said in town.after(HOUR)]
    assert passed.count((TARO, "offer_gone")) == 1
    assert passed.count((JIRO, "offer")) == 1
    assert (TARO, "offer") not in passed


def test_reminders_come_once_and_only_by_day(town):
    town.book("はなこ", town.free()[3])  # Friday, 13 o'clock
    town.said.clear()
    heard = []
    for _ in range(24 * 4):
        heard += [(town.clock.now, text) for _, text in town.after(HOUR)]
    texts = [text for _, text in heard]
    assert texts.count("reminder_day_before") == 1
    assert texts.count("reminder_morning") == 1
    assert all(8 <= moment.astimezone(JAPAN).hour < 20 for moment, _ in heard)


def test_after_the_machine_was_off_nobody_is_reminded_of_what_is_over(town):
    town.book("はなこ", town.free()[3])
    assert [text for _, text in town.after(MINUTE)] == ["confirmed"]
    assert town.after(5 * DAY) == []
    assert town.after(MINUTE) == []


def test_lots_are_drawn_once_at_their_moment(database, city):
    lots = replace(LEGAL, allocation=Allocation.LOTTERY, draw=Before(1, time(10)))
    town = Town(database, city, lots)
    at = town.free()[3]
    with database.write() as tx:
        for who in (HANAKO, TARO):
            resident = residents.meet(tx, who, NOON).id
            by = ByResident(resident)
            held = bookings.hold(tx, at, lots, Channel.LINE, resident, by, NOON)
            bookings.confirm(tx, held.id, persons.digest(tx, who, date(1950, 1, 1)), None, lots, by, NOON)
    heard = [text for _ in range(45) for _, text in town.after(HOUR)]  # until Thursday, 9 o'clock
    with database.read() as tx:
        assert draws.of_slot(tx, at) is None
    assert not any("drawn" in text for text in heard)
    heard = [text for _ in range(4) for _, text in town.after(HOUR)]
    assert sorted(text for text in heard if "drawn" in text) == ["drawn", "not_drawn"]
    with database.read() as tx:
        assert draws.of_slot(tx, at) is not None


def test_who_blocked_the_account_is_not_written_to(town):
    held = town.hold(HANAKO, town.free()[0])
    with town.database.write() as tx:
        residents.follow(tx, held.resident, follows=False)
    assert town.after(8 * MINUTE) == []
    assert town.failures == []


def test_what_cannot_be_worded_does_not_stop_the_others(town):
    town.hold(HANAKO, town.free()[0])
    town.book("たろう", town.free()[4])
    town.unwordable = (NoticeKind.HOLD_WARNING,)
    said = town.after(7 * MINUTE)
    assert [text for _, text in said] == ["confirmed"]
    assert len(town.failures) == 1
    assert "could not be worded: KeyError" in town.failures[0]
    assert town.after(MINUTE) == [], "and it does not come again for ever"
    assert len(town.failures) == 1
    assert town.chores()["notices"]


def test_a_chore_that_fails_stops_no_other_and_comes_again(town, monkeypatch):
    def fails(*_):
        raise RuntimeError("secret words of a resident")

    monkeypatch.setattr(waiting, "due", fails)
    held = town.hold(HANAKO, town.free()[0])
    assert town.after(7 * MINUTE) == [(HANAKO, "hold_warning")]
    assert town.failures == ["offers failed: RuntimeError"]
    assert {name for name, well in town.chores().items() if not well} == {"offers"}
    town.after(4 * MINUTE)
    assert town.state(held) is State.EXPIRED
    monkeypatch.undo()
    town.after(MINUTE)
    assert all(town.chores().values())


def test_two_processes_say_each_thing_once(town):
    other = town.process()
    for number, who in enumerate((HANAKO, TARO, JIRO)):
        town.hold(who, town.free()[number])
    town.clock.now += 7 * MINUTE
    for _ in range(6):
        town.due.step()
        other.step()
        town.clock.now += timedelta(seconds=5)
    assert sorted(town.said) == sorted((who, "hold_warning") for who in (HANAKO, TARO, JIRO))


def test_processes_at_the_same_moment_say_each_thing_once(town):
    for number, who in enumerate((HANAKO, TARO, JIRO)):
        town.hold(who, town.free()[number])
    town.clock.now += 7 * MINUTE
    together = threading.Barrier(3)

    def steps(due: Due) -> None:
        together.wait()
        due.step()

    threads = [threading.Thread(target=steps, args=(town.process(),)) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(town.said) == sorted((who, "hold_warning") for who in (HANAKO, TARO, JIRO))
    assert town.failures == []


def test_it_looks_once_a_second_and_writes_only_what_is_due(town):
    town.now()
    with town.database.read() as tx:
        before = chores.all_chores(tx)
    town.after(timedelta(milliseconds=300))
    town.after(timedelta(seconds=1))
    with town.database.read() as tx:
        assert chores.all_chores(tx) == before
    town.after(timedelta(seconds=4))
    with town.database.read() as tx:
        changed = {each.name for each, was in zip(chores.all_chores(tx), before, strict=True) if each != was}
    assert changed == {"notices", "ripples", "staff"}


def test_a_clock_set_back_an_hour_stops_nothing(town):
    held = town.hold(HANAKO, town.free()[0])
    town.after(3 * HOUR)
    town.after(-HOUR)
    assert town.state(held) is State.EXPIRED
    town.hold(TARO, town.free()[1])
    assert town.after(7 * MINUTE) == [(TARO, "hold_warning")]


def test_what_is_said_goes_to_the_outbox_with_the_claim(town):
    town.hold(HANAKO, town.free()[0])
    due = Due(town.database, town.city, town.clock, town.report)
    town.clock.now += 7 * MINUTE
    due.step()
    with town.database.write() as tx:
        item = outbox.claim(tx, "test", town.clock.now)
    assert item is not None
    assert item.address == HANAKO
    assert json.loads(item.messages)[0]["altText"]


def test_keys_that_went_are_in_no_copy_an_hour_later(sqlite, city, tmp_path):
    copy, clock = tmp_path / "keys.backup", Clock()
    due = Due(sqlite, city, clock, pytest.fail, keys_backup=copy)
    due.step()
    assert not copy.exists(), "only a backup makes the first"
    with sqlite.write() as tx:
        hanako = residents.meet(tx, HANAKO, clock.now).id
    keys_file.write(sqlite, copy)
    with sqlite.write() as tx:
        residents.erase(tx, hanako)
    clock.now += timedelta(hours=1)
    due.step()
    assert "resident" not in {key.kind for key in keys_file.read(copy)}


# Proposals ------------------------------------------------------------------------------------------

OTHER = replace(ENTRY, id=EntryId("trial-other"), question="ほかの試しですか", phrasings=())


def approved_for(database: Database, at, *some: Change) -> list[ProposalId]:
    """Proposals that are approved for a time, each of one change."""
    with database.write() as tx:
        hana, chief = editor(tx, "hana"), editor(tx, "chief", Role.APPROVER)
        made = [submitted(tx, hana, each).id for each in some]
        for each in made:
            proposals.approve(tx, chief, each, 1, at, HOLDS, NOON)
    return made


def entries_of(town) -> set[str]:
    with town.database.read() as tx:
        return set(records.named(tx, "faq", [ENTRY.id, OTHER.id]))


def test_what_is_approved_is_published_when_its_time_comes(town):
    approved_for(town.database, NOON + HOUR, NEW)
    town.after(HOUR - MINUTE)
    assert entries_of(town) == set()
    town.after(MINUTE)
    assert entries_of(town) == {ENTRY.id}
    assert town.failures == []


def test_one_that_cannot_be_published_does_not_keep_the_others_waiting(town, monkeypatch):
    first = approved_for(town.database, NOON, NEW, change(None, OTHER))[0]
    publish = publishing.publish

    def failing(tx, proposal, by, now):
        found = publish(tx, proposal, by, now)
        if proposal == first:
            raise OSError("the disk is full")
        return found

    monkeypatch.setattr(publishing, "publish", failing)
    town.after(MINUTE)
    assert entries_of(town) == {OTHER.id}, "all of a proposal, or nothing"
    assert town.failures == [f"proposal {first} could not be published: OSError", "proposals failed: OSError"]
    assert not town.chores()["proposals"]
    monkeypatch.undo()
    town.after(MINUTE)
    assert town.chores()["proposals"]
    assert entries_of(town) == {ENTRY.id, OTHER.id}


def test_a_case_that_is_left_lying_goes_back_and_one_that_was_answered_ends(town):
    with town.database.write() as tx:
        clerk = case_person(tx, "clerk")
        left, answered = (handed(tx, residents.meet(tx, who, NOON).id) for who in (HANAKO, TARO))
        case_acts.take(tx, clerk, left.id, NOON)
        case_answers.answer(tx, clerk, answered.id, answered.version, "はい", In.LINE, NOON)
    assert town.after(MINUTE) == [(TARO, "case_answer")]
    town.after(2 * DAY)
    with town.database.read() as tx:
        assert cases.find(tx, clerk, left.id).state is cases.State.NEW
        assert cases.find(tx, clerk, answered.id).state is cases.State.ANSWERED
    assert (TARO, "case_unheard") in town.after(5 * DAY)
    assert town.failures == []
