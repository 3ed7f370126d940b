"""Tells staff: by mail, in a LINE group, by a program of theirs; where there is no way, the log says whom.

The network is used between transactions. A try is noted before it begins, so that a kill loses nothing; one of which
nobody knows the end is made again, and marked as what may come twice.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final, assert_never

from bot import hook, mail
from bot.delivery import Delivered, Delivery, NotTaken, Unsure
from bot.hook import Hook
from bot.mail import Mail
from bot.mail_server import MailServer
from nlp.japan import today
from store import sendings, tellings, work
from store.contacts import Way
from store.db import Database, Tx
from store.tellings import Problem, Telling, Why

if TYPE_CHECKING:  # the SDK takes 0.7 s to import; only the process that sends pays for it
    from bot.line import LineClient

log = logging.getLogger(__name__)
SHORTEST_WAIT: Final = timedelta(seconds=30)
"""A mail server asks who was told to wait, or hands in what nobody there would take, to come back in its own time."""
MONTHLY_WAIT: Final = timedelta(hours=1)
ABOUT: Final = "staff"
"""Under which pushes to groups of staff are counted."""


@dataclass(frozen=True, slots=True)
class Ways:
    """How contacts are reached."""

    mail: MailServer | None
    """None: the log has it."""
    groups: bool
    """Whether a LINE channel is configured; without one the log has it."""
    hooks: hook.Way
    sender_name: str
    """Beside the address that mail comes from."""


LOG_ALONE: Final = Ways(None, groups=False, hooks=hook.Way(development=False), sender_name="")


class Notifier:
    """Sends to contacts; one for all threads."""

    def __init__(
        self,
        database: Database,
        ways: Ways,
        connect: "Callable[[], LineClient]",
        worker: str,
        clock: Callable[[], datetime],
    ) -> None:
        self._database = database
        self._ways = ways
        self._connect = connect
        self._worker = worker
        self._clock = clock

    def tell_next(self, way: Way) -> bool:
        """Tells the contact who has waited longest of a way; False where none waits."""
        with self._database.read() as tx:
            ripe = tellings.next_ripe(tx, way)
        if ripe is None or ripe > self._clock():
            return False
        worker = f"{self._worker}:{way}"[-40:]
        with self._database.write() as tx:
            telling = tellings.claim(tx, way, worker, self._clock())
        if telling is None:
            return False
        delivery = self._deliver(telling)
        with self._database.write() as tx:
            if tellings.holds(tx, telling, worker):
                _settle(tx, telling, delivery, self._clock())
        return True

    def _deliver(self, telling: Telling) -> Delivery | None:
        """None where there is no way: the log says whom."""
        ways, contact, body = self._ways, telling.contact, telling.words.body
        match contact.way:
            case Way.MAIL:
                if ways.mail is None:
                    return None
                sent = Mail(contact.address, telling.words.subject, body, ways.sender_name, telling.retry_key)
                return mail.send(ways.mail, sent, self._clock())
            case Way.LINE_GROUP:
                return self._push(self._connect(), telling) if ways.groups else None
            case Way.WEBHOOK:
                to = Hook(contact.address, contact.secret)
                return hook.send(to, body.encode(), telling.retry_key, self._clock(), ways.hooks)
            case _:
                assert_never(contact.way)

    def _push(self, line: "LineClient", telling: Telling) -> Delivery:
        """To a group. A retry key makes sure that it comes once (409: it had come)."""
        from bot.line import Unanswered, Unreached

        result = line.push(telling.contact.address, telling.words.body.encode(), telling.retry_key)
        if isinstance(result, Unreached):
            return NotTaken(Problem(Why.NO_ANSWER))
        if isinstance(result, Unanswered):
            return Unsure(Problem(Why.NO_ANSWER))
        if 200 <= result.status < 300 or result.status == 409:
            return Delivered(line.members(telling.contact.address) or 1)
        if result.status == 429:
            why = Why.MONTH_IS_FULL if result.monthly_limit else Why.BUSY
            return NotTaken(Problem(why, 429))
        if result.status in (401, 403):
            return NotTaken(Problem(Why.SIGN_IN, result.status))
        if result.status >= 500:
            return Unsure(Problem(Why.BUSY, result.status))
        return NotTaken(Problem(Why.REFUSED, result.status), for_good=True)


def _settle(tx: Tx, telling: Telling, delivery: Delivery | None, now: datetime) -> None:
    whom = f"telling {telling.id} ({telling.kind}) to contact {telling.contact.id} ({telling.contact.way})"
    match delivery:
        case None:
            log.info("%s: would be told; no mail server, or no LINE channel, is configured", whom)
            tellings.logged(tx, telling, now)
        case Delivered(pushes):
            log.info("%s: told", whom)
            tellings.sent(tx, telling, now)
            if pushes:
                sendings.count(tx, sendings.Way.PUSH, ABOUT, today(now), pushes)
        case NotTaken(problem, for_good=True):
            log.error("%s: refused for good, %s", whom, problem)
            tellings.dead(tx, telling, problem, now)
        case NotTaken(problem) | Unsure(problem):
            log.warning("%s: %s, trying again", whom, problem)
            again = now + _wait(telling, problem)
            tellings.later(tx, telling, problem, again, now, unsure=isinstance(delivery, Unsure))
        case _:
            assert_never(delivery)


def _wait(telling: Telling, problem: Problem) -> timedelta:
    if problem.why is Why.MONTH_IS_FULL:
        return MONTHLY_WAIT
    return max(work.backoff(telling.attempts), SHORTEST_WAIT)
