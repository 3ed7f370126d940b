"""What the clock brings: slots made, holds ended, places passed on, lots drawn, proposals published, notices sent, what
is old deleted.

Each chore is claimed by one conditional update, so that several processes share them, and done in small
transactions, so that a kill leaves nothing half done. One that fails is logged and does not stop the others.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from bot import slot_making, spreading
from bot.city import LiveCity
from bot.clock import Clock
from bot.line_messages import messages, to_bytes
from bot.rippling import Rippling
from bot.staff_words import Saying
from handlers import notices as notices_in_words
from handlers.city import City
from handlers.turn import Reply
from nlp.japan import today
from nlp.language import Language
from store import (
    alarms,
    begun_ahead,
    bookings,
    case_chores,
    chores,
    conversations,
    disaster_switch,
    displacing,
    draws,
    gathering,
    knowledge,
    leaving,
    notices,
    origin,
    outbox,
    photographs,
    publishing,
    reorganising,
    residents,
    retention,
    set_back,
    staff_notices,
    tries,
    waiting,
)
from store.audit import SERVICE
from store.conversations import IDLE
from store.db import Database, Tx
from store.gathering import Gists
from store.notices import Notice

log = logging.getLogger(__name__)
LOOK = timedelta(seconds=1)
"""How often is looked whether a chore is due."""
_RETENTION = "retention"
AT_ONCE = 20
"""Notices in one transaction."""
GATHERED = 4
"""How often the inbox is gathered at a time: each takes some tenths of a second, and other chores wait."""


@dataclass(frozen=True, slots=True)
class Step:
    """Something to be done again and again."""

    name: str
    every: timedelta
    run: Callable[[datetime], None]


Word = Callable[[Tx, City, Notice, datetime], Reply]
"""Puts a notice in words; without a part where it has lost its point."""


Put = Callable[[Tx, Notice, Reply, datetime], None]
"""What becomes of the words, in the transaction that claimed the notice."""


def to_the_outbox(tx: Tx, notice: Notice, reply: Reply, now: datetime) -> None:
    """To be pushed to the resident, while it still has a point."""
    body = to_bytes(messages(reply))
    about, until = notice.kind.value, notice.not_after
    outbox.put(tx, notice.resident, body, now, about=about, notice=notice.id, not_after=until)


class Due:
    """The chores of a process; not shared between threads."""

    def __init__(
        self,
        database: Database,
        city: LiveCity,
        clock: Clock,
        report: Callable[[str, Exception], None],
        put: Put = to_the_outbox,
        word: Word = notices_in_words.word,
        keys_backup: Path | None = None,
    ) -> None:
        """`report` logs an error without what a resident wrote; `keys_backup` is the copy of the keys."""
        self._database = database
        self._city = city
        self._clock = clock
        self._word = word
        self._report = report
        self._put = put
        self._keys_backup = keys_backup
        self._rippling = Rippling(database, city.known)
        self._kept: tuple[int, date] | None = None
        self._reorganised: tuple[int, date] | None = None
        self._look_at: datetime | None = None
        self._gists = Gists()
        self._to_forget = False
        """Whether what was erased still stands in SQLite's log, which a reader held."""
        seconds = timedelta(seconds=1)
        self.steps = (
            Step("sections", 10 * seconds, self.reorganise),
            Step("slots", 10 * seconds, self.keep_slots),
            Step("displacing", 10 * seconds, self.displace),
            Step("draws", 60 * seconds, self.draw),
            Step("holds", 15 * seconds, self.expire),
            Step("offers", 15 * seconds, self.pass_on),
            Step("proposals", 10 * seconds, self.publish),
            Step("cases", 30 * seconds, self.keep_cases),
            Step("notices", 5 * seconds, self.tell),
            Step("staff", 2 * seconds, self.tell_staff),
            Step("reminders", 60 * seconds, self.remind_staff),
            Step("inbox", 20 * seconds, self.gather),
            Step("ripples", 2 * seconds, self.ripple),
            Step("leaving", 10 * seconds, self.let_leave),
            Step("alarms", timedelta(minutes=1), self.forget_alarms),
            Step("tries", timedelta(minutes=5), self.forget_tries),
            Step("pictures", timedelta(minutes=5), self.forget_pictures),
            Step("disaster", timedelta(minutes=1), self.settle_disasters),
            Step(_RETENTION, timedelta(hours=1), self.sweep),
        )

    def step(self) -> bool:
        """Does what is due; False, since what is due next is not due at once."""
        now = self._clock()
        if self._look_at is not None and self._look_at - LOOK <= now < self._look_at:
            return False
        self._look_at = now + LOOK
        with self._database.read() as tx:
            due = [each for each in self.steps if chores.is_due(tx, each.name, each.every, now)]
            is_set_back = set_back.is_noticed(tx, [each.name for each in self.steps], now)
        if is_set_back:
            log.warning("the clock was set back: what waits for a time that it had shown goes on")
            with self._database.write() as tx:
                set_back.settle(tx, now)
                begun_ahead.set_right(tx, now)
        for each in due:
            self._do(each)
        return False

    def _do(self, step: Step) -> None:
        now = self._clock()
        with self._database.write(synced=False) as tx:
            if not chores.claim(tx, step.name, step.every, now):
                return
        try:
            step.run(now)
        except Exception as error:  # noqa: BLE001 - the other chores go on, and this one comes again
            self._report(f"{step.name} failed", error)
            with self._database.write(synced=False) as tx:
                chores.failed(tx, step.name, now)
        else:
            with self._database.write(synced=False) as tx:
                chores.done(tx, step.name, now)

    def catch_up(self, now: datetime) -> None:
        """Does every chore but the last once, for a talk whose time is not the machine's. Raises what fails."""
        for step in self.steps:
            if step.name != _RETENTION:
                step.run(now)

    # The chores ------------------------------------------------------------------------------------

    def reorganise(self, now: datetime) -> None:
        """Hands over the work of sections that are over, where the knowledge has changed or a day has begun."""
        with self._database.read() as tx:
            state = (knowledge.version(tx), today(now))
            if state == self._reorganised:
                return
            due = reorganising.is_due(tx, now)
        if due:
            with self._database.write() as tx:
                reorganising.reorganise(
                    tx, self._city.sayings.wordings[Language.JAPANESE].say("office.reorganised"), now
                )
        self._reorganised = None if due else state

    def keep_slots(self, now: datetime) -> None:
        """Makes and closes slots where the knowledge has changed, or a day has begun."""
        with self._database.read() as tx:
            state = (knowledge.version(tx), today(now))
        if state != self._kept:
            self._kept = state if slot_making.keep(self._database, now) else None

    def displace(self, now: datetime) -> None:
        """Moves bookings away from offices that a disaster closes, and opens again what is closed no more."""
        with self._database.read() as tx:
            city = self._city.current(tx).at(now)
        displacing.keep(self._database, city.disaster, city.terms, now)

    def expire(self, now: datetime) -> None:
        """Ends holds and offers whose time is over."""
        with self._database.write() as tx:
            bookings.expire_holds(tx, now)

    def pass_on(self, now: datetime) -> None:
        """Offers free places to who waits for them."""
        with self._database.read() as tx:
            free, terms = waiting.due(tx, now), self._city.current(tx).terms
        for slot in free:
            if slot.programme in terms:
                with self._database.write() as tx:
                    while waiting.offer_next(tx, slot.id, terms[slot.programme], now):
                        pass

    def draw(self, now: datetime) -> None:
        """Draws the lots that are to be drawn, each in a transaction of its own."""
        with self._database.read() as tx:
            terms = tuple(self._city.current(tx).terms.values())
            due = [(each, slot) for each in terms for slot in draws.due(tx, each, now)]
        for each, slot in due:
            with self._database.write() as tx:
                draws.draw(tx, slot.id, each, SERVICE, now)

    def publish(self, now: datetime) -> None:
        """Publishes what is approved and whose time has come; one that fails does not keep the others waiting."""
        with self._database.read() as tx:
            due = publishing.due(tx, now)
        failed: list[Exception] = []
        for each in due:
            try:
                with self._database.write() as tx:
                    publishing.publish(tx, each, SERVICE, now)
            except Exception as error:  # noqa: BLE001 - it stays approved, and is tried again
                self._report(f"proposal {each} could not be published", error)
                failed.append(error)
        if failed:
            raise failed[0]

    def tell(self, now: datetime) -> None:
        """Hands the notices that are due to the outbox."""
        while self._tell_some(now) == AT_ONCE:
            pass

    def keep_cases(self, now: datetime) -> None:
        """Gives cases back that are left lying, and closes those that were answered a week ago."""
        with self._database.read() as tx:
            due = case_chores.is_due(tx, now)
        while due:
            with self._database.write() as tx:
                due = case_chores.step(tx, now) == case_chores.AT_ONCE

    def tell_staff(self, now: datetime) -> None:
        """Hands what staff are to be told to the contacts of their sections."""
        with self._database.read() as tx:
            if not staff_notices.is_any_waiting(tx):
                return
        saying, done = Saying.of(self._city), spreading.AT_ONCE
        while done == spreading.AT_ONCE:
            with self._database.write() as tx:
                done = spreading.spread(tx, self._city.current(tx), saying, self._report, now)

    def remind_staff(self, now: datetime) -> None:
        """Reminds of cases that nobody takes, and plans the digests of the day."""
        with self._database.read() as tx:
            reminders = spreading.reminders(tx, self._city.current(tx), now)
        with self._database.write() as tx:
            spreading.remind(tx, reminders, now)
            spreading.digest(tx, self._city.current(tx), now)

    def gather(self, now: datetime) -> None:
        """Puts questions that found no answer into the inbox, and settles what is answered by now."""
        with self._database.read() as tx:
            known = self._city.current(tx).knowledge
        for _ in range(GATHERED):
            if gathering.gather(self._database, known, self._gists, now) < gathering.AT_ONCE:
                break
        gathering.settle(self._database, known, now)

    def ripple(self, now: datetime) -> None:
        """Replays what proposals would do to the answers, for less than a second."""
        self._rippling.step(now)

    def let_leave(self, now: datetime) -> None:
        """Erases residents who want it so, also where they still stand in SQLite's log."""
        if leaving.step(self._database, now, self._keys_backup):
            self._to_forget = True
        if self._to_forget:
            self._to_forget = not self._database.forget()

    def settle_disasters(self, now: datetime) -> None:
        """Writes down which disasters have ended by themselves; nobody waits for it."""
        with self._database.read() as tx:
            is_any = disaster_switch.has_over(tx, now)
        if is_any:
            with self._database.write() as tx:
                disaster_switch.settle(tx, now)

    def forget_alarms(self, now: datetime) -> None:
        """Takes out the words of dangers whose day is over."""
        with self._database.write() as tx:
            gone = alarms.forget_words(tx, now)
        if gone:
            self._to_forget = not self._database.forget()

    def forget_pictures(self, now: datetime) -> None:
        """Deletes photographs that were sent with nothing within a day."""
        with self._database.read() as tx:
            is_any = photographs.is_any_stale(tx, now)
        if is_any:
            with self._database.write() as tx:
                photographs.forget_unattached(tx, now)
            self._to_forget = not self._database.forget()

    def forget_tries(self, now: datetime) -> None:
        """Deletes what tells from which network somebody tried something, some minutes after."""
        with self._database.read() as tx:
            is_any = tries.is_any_over(tx, now)
        if is_any:
            with self._database.write(synced=False) as tx:
                tries.forget(tx, now)

    def sweep(self, now: datetime) -> None:
        """Deletes what has been kept for long enough."""
        retention.step(self._database, self._city.sayings.retention, now, self._keys_backup)

    def _tell_some(self, now: datetime) -> int:
        with self._database.write() as tx:
            some = notices.claim_due(tx, now, AT_ONCE)
            city = self._city.current(tx)
            for notice in some:
                with origin.of(notice.origin):
                    self._tell(tx, city, notice, now)
        return len(some)

    def _tell(self, tx: Tx, city: City, notice: Notice, now: datetime) -> None:
        """One that cannot be worded is dropped, or it would come again for ever."""
        to = residents.find(tx, notice.resident)
        if to is None or not to.follows:
            return  # nobody can write to who blocked the account
        try:
            with tx.connection.begin_nested():
                reply = self._word(tx, city, notice, now)
                if reply.parts:
                    self._put(tx, notice, reply, now)
                if reply.conversation != IDLE:
                    conversations.keep(tx, to.id, reply.conversation, now)
        except Exception as error:  # noqa: BLE001 - the others are told all the same
            self._report(f"notice {notice.id} could not be worded", error)
