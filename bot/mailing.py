"""Sends mailings: each batch is claimed, sent between two transactions, and settled by what LINE answered."""

import logging
from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING

from bot.city import LiveCity
from bot.clock import Clock
from bot.line_messages import messages, to_bytes
from handlers import mailed
from handlers.turn import Reply
from nlp.japan import today
from store import line_plan, mailing_batches, mailing_beginning, mailing_figures, mailing_outcomes
from store.db import Database, Tx
from store.line_plan import Plan
from store.mailing_batches import Batch

if TYPE_CHECKING:  # the SDK takes 0.7 s to import; only the process that sends pays for it
    from bot.line import LineClient, Sent

log = logging.getLogger(__name__)
PLAN_AGE = timedelta(minutes=10)
"""How old what LINE said of its plan may be while a mailing is written or sent."""
PLAN_AGE_OTHERWISE = timedelta(hours=1)
"""For who watches the service: pushes take from the plan without a mailing too."""


class Mailer:
    """Begins, sends and ends mailings; one thread of a process, and any number of processes."""

    def __init__(
        self,
        database: Database,
        city: LiveCity,
        connect: Callable[[], "LineClient"],
        worker: str,
        clock: Clock,
    ) -> None:
        self._database = database
        self._city = city
        self._connect = connect
        self._worker = worker
        self._clock = clock

    def step(self) -> bool:
        """Does the next thing; False where nothing is to be done at once."""
        if self.end_what_is_over() or self.begin_next() or self.send_next():
            return True
        self.look_at_plan()
        self.look_at_reads()
        return False

    def end_what_is_over(self) -> bool:
        """Ends mailings whose last moment has passed; False where none has."""
        with self._database.read() as tx:
            if not mailing_outcomes.is_any_over(tx, self._clock()):
                return False
        with self._database.write() as tx:
            mailing_outcomes.lapse(tx, self._clock())
        return True

    def begin_next(self) -> bool:
        """Settles who gets the next mailing that is due; False where none is."""
        with self._database.read() as tx:
            if not mailing_beginning.is_any_due(tx, self._clock()):
                return False
        with self._database.write() as tx:
            begun = mailing_beginning.begin_next(tx, self._clock())
        if begun is not None:
            log.info("mailing %d: begun", begun)
        return begun is not None

    def send_next(self) -> bool:
        """Sends one batch; False where none may be sent now. The network is used between transactions."""
        with self._database.read() as tx:
            if not mailing_batches.is_any_ready(tx, self._clock()):
                return False
        with self._database.write() as tx:
            batch = mailing_batches.claim(tx, self._worker, self._clock())
            ready = None if batch is None else self._prepared(tx, batch)
        if batch is None:
            return False
        if ready is not None:
            to, body = ready
            result = self._connect().multicast(to, body, batch.retry_key, batch.mailing.unit)
            with self._database.write() as tx:
                if mailing_batches.holds(tx, batch, self._worker):
                    self._settle(tx, batch, result)
        return True

    def _prepared(self, tx: Tx, batch: Batch) -> tuple[tuple[str, ...], bytes] | None:
        """To whom it goes and what is said, as of its first try; None where there is nothing to be sent any more."""
        now = self._clock()
        if batch.tried_at is not None and now - batch.tried_at > mailing_outcomes.RETRY_KEY_LIFE:
            log.error("mailing %d, batch %d: given up", batch.mailing.id, batch.id)
            mailing_outcomes.given_up(tx, batch, now)
            return None
        body = batch.body
        if body is None:
            mailing_batches.thin_out(tx, batch)
            body = self._body(tx, batch)
        to = mailing_batches.addresses(tx, batch)
        if not to:
            mailing_outcomes.nobody(tx, batch, now)
            return None
        mailing_batches.trying(tx, batch, body, now)
        return to, body

    def _body(self, tx: Tx, batch: Batch) -> bytes:
        city = self._city.current(tx).speaking(batch.language)
        card = mailed.card(city, batch.mailing.what, batch.mailing.unit, today(self._clock()))
        return to_bytes(messages(Reply((card,))))

    def _settle(self, tx: Tx, batch: Batch, result: "Sent") -> None:
        """Decides by the status alone: LINE does not guarantee its error texts."""
        from bot.line import Unanswered, Unreached

        now, name = self._clock(), f"mailing {batch.mailing.id}, batch {batch.id}"
        if isinstance(result, Unreached):
            log.warning("%s: LINE cannot be reached (%s), trying again", name, result.error)
            mailing_outcomes.not_taken(tx, batch, now, 0, full=False)
            return
        if isinstance(result, Unanswered):
            log.warning("%s: no answer (%s), trying again", name, result.error)
            mailing_outcomes.later(tx, batch, now, 0)
            return
        status, request_id = result.status, result.request_id
        if 200 <= status < 300 or status == 409:
            log.info(
                "%s: sent, status %d, %s", name, status, request_id
            )  # 409: LINE had accepted this key before
            mailing_outcomes.sent(tx, batch, now, status, request_id)
        elif status == 429:
            log.warning("%s: LINE asks to wait (429)", name)
            mailing_outcomes.not_taken(tx, batch, now, status, full=result.monthly_limit)
        elif 400 <= status < 500:
            log.error("%s: refused for good, status %d, %s", name, status, request_id)
            mailing_outcomes.refused(tx, batch, now, status, request_id)
        else:
            log.warning("%s: status %d, trying again", name, status)
            mailing_outcomes.later(tx, batch, now, status)

    def look_at_plan(self) -> None:
        """Asks LINE what the month still gives: more often while somebody writes or waits for a mailing."""
        now = self._clock()
        with self._database.read() as tx:
            known = line_plan.read(tx)
            age = PLAN_AGE if mailing_figures.is_any_unfinished(tx) else PLAN_AGE_OTHERWISE
        if known is not None and known.as_of <= now < known.as_of + age:
            return
        quota = self._connect().quota()
        if quota is not None:
            with self._database.write(synced=False) as tx:
                line_plan.keep(tx, Plan(quota.most, quota.used, now))

    def look_at_reads(self) -> None:
        """Asks LINE how one mailing was read, where that is due."""
        now = self._clock()
        with self._database.read() as tx:
            due = mailing_figures.to_be_read(tx, now)
        if due is None:
            return
        reads = self._connect().reads(due.unit, today(due.begun_at), today(now))
        seen, clicked = (None, None) if reads is None else (reads.seen, reads.clicked)
        with self._database.write(synced=False) as tx:
            mailing_figures.keep_reads(tx, due.id, seen, clicked, now)
