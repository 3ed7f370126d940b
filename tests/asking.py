"""Residents who ask without pause, of whichever machine LINE is led to, and how long each waited for the answer."""

import itertools
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from bot.platform import Platform
from bot.platform.talk import Spoken, UserId
from tests.lan import Place
from tests.promises.length import at_length
from tests.service import Line, text_event

RESIDENTS = at_length(6, 24)
RATE = at_length(3, 10)
"""Events a second, of all residents together."""
PATIENCE = 3.0
"""Seconds that LINE waits for a machine's answer before it turns to the next."""
AGAIN = 0.2
"""Seconds until what got no 200 is delivered again, to the next machine."""
SETTLED_WITHIN = 90.0
"""Seconds at most until all that was asked is answered; one who was not by then is lost."""
_numbers = itertools.count()


def now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, when LINE first delivered it, and when a machine took it."""

    text: str
    written: datetime
    taken: datetime


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back, by the heading of its card, and the words of it."""

    heading: str
    words: str
    at: datetime


@dataclass
class Resident:
    """Asks one question after the other, and then from the first again."""

    user_id: UserId
    questions: Sequence[str]
    platform: Platform
    webs: Sequence[Place]
    asked: list[Asked] = field(default_factory=list)
    repeated: int = 0

    def ask(self, stopping: threading.Event) -> None:
        pace, due = RESIDENTS / RATE, time.monotonic()
        for number, question in enumerate(itertools.cycle(self.questions)):
            if stopping.wait(max(0.0, due - time.monotonic())):
                return
            due = max(due + pace, time.monotonic())
            self._deliver(number, question)

    def _deliver(self, number: int, question: str) -> None:
        # Every third event carries no reply token, so that pushes are made too.
        token = self.platform.issue_reply_token(self.user_id) if number % 3 else ""
        event_id, written, until = f"{self.user_id[-4:]}-{number}", now(), time.monotonic() + SETTLED_WITHIN
        for tried, web in enumerate(itertools.islice(itertools.cycle(self.webs), next(_numbers) % 2, None)):
            line, at = Line(web.port, web.address, PATIENCE), int(written.timestamp() * 1000)
            taken = line.post(text_event(event_id, self.user_id, question, token, at, again=tried > 0)) == 200
            line.close()
            if taken:
                break
            assert time.monotonic() < until, "no machine takes an event"
            self.repeated += 1
            time.sleep(AGAIN)
        self.asked.append(Asked(question, written, now()))

    def answers(self) -> list[Answer]:
        """The cards that this resident got, oldest first."""
        found = []
        for entry in self.platform.talk(self.user_id):
            if isinstance(entry.what, Spoken) and entry.what.message["type"] == "flex":
                words = str(entry.what.message["altText"])
                found.append(Answer(words.partition("\n")[0], words, entry.at))
        return found


@dataclass(frozen=True, slots=True)
class Back:
    """How soon the service was back after something happened to it, in seconds."""

    what: str
    taken: float
    """Until the first 200 to an event written afterwards."""
    answered: float
    """Until the first answer to one."""
    slowest: float
    """The longest that anybody waited for an answer, who had written in the seconds before or afterwards."""


@dataclass
class Town:
    """All who ask."""

    residents: Sequence[Resident]

    @contextmanager
    def asking(self) -> Iterator[None]:
        """They ask while the block runs."""
        stopping = threading.Event()
        threads = [threading.Thread(target=each.ask, args=[stopping]) for each in self.residents]
        for each in threads:
            each.start()
        try:
            yield
        finally:
            stopping.set()
            for each in threads:
                each.join()

    def settle(self, since: datetime) -> bool:
        """Waits until something that was asked after `since` is answered, and all from before it; whether that came."""
        until = time.monotonic() + SETTLED_WITHIN
        while time.monotonic() < until:
            waits = self.waits()
            later = [each for each, _ in waits if each.written > since]
            if later and all(answer for each, answer in waits if each.written <= later[0].written):
                return True
            time.sleep(0.1)
        return False

    def settle_all(self) -> None:
        """Waits until everything is answered, or was lost."""
        until = time.monotonic() + SETTLED_WITHIN
        while time.monotonic() < until and any(answer is None for _, answer in self.waits()):
            time.sleep(0.1)

    def waits(self) -> list[tuple[Asked, datetime | None]]:
        """Each question in the order of asking, and when it was answered."""
        found = list[tuple[Asked, datetime | None]]()
        for resident in self.residents:
            answered = defaultdict[str, list[datetime]](list)
            for answer in reversed(resident.answers()):
                answered[answer.heading].append(answer.at)
            for each in list(resident.asked):
                found.append((each, answered[each.text].pop() if answered[each.text] else None))
        return sorted(found, key=lambda each: each[0].written)

    def back(self, what: str, since: datetime, before: timedelta = timedelta(seconds=5)) -> Back:
        """How soon it was back after `since`; to be asked once all is settled."""
        answered = [(each, at) for each, at in self.waits() if at is not None]
        later = [(each, at) for each, at in answered if each.written >= since]
        near = [(at - each.written) for each, at in answered if each.written >= since - before]
        return Back(
            what,
            taken=min((each.taken - since).total_seconds() for each, _ in later),
            answered=min((at - since).total_seconds() for _, at in later),
            slowest=max(near).total_seconds(),
        )


@dataclass(frozen=True, slots=True)
class Kept:
    """What became of all that was asked."""

    asked: int
    repeated: int
    lost: tuple[str, ...]
    doubled: tuple[str, ...]
    disordered: int
    may_be_doubled: int

    @property
    def is_exact(self) -> bool:
        """Each was answered once and in order; only what the outbox marks may have come twice."""
        return not self.lost and not self.disordered and len(self.doubled) <= self.may_be_doubled


def town_of(platform: Platform, webs: Sequence[Place], questions: Sequence[str], first: int = 0) -> Town:
    """Each asks every question, beginning at another; `first` is the number of the first resident."""
    turned = [[*questions[start:], *questions[:start]] for start in range(RESIDENTS)]
    numbers = range(first, first + RESIDENTS)
    people = [platform.meet(UserId(f"U{number:032x}")).user_id for number in numbers]
    return Town([Resident(person, asks, platform, webs) for person, asks in zip(people, turned, strict=True)])


def count(town: Town, may_be_doubled: int) -> Kept:
    """Counts what was answered, how often and in which order."""
    lost, doubled = Counter[str](), Counter[str]()
    disordered = 0
    for resident in town.residents:
        asked = [each.text for each in resident.asked]
        headings = [answer.heading for answer in resident.answers()]
        answered = Counter(headings)
        lost += Counter(asked) - answered
        doubled += answered - Counter(asked)
        disordered += list(dict.fromkeys(headings)) != [
            text for text in dict.fromkeys(asked) if text in answered
        ]
    return Kept(
        asked=sum(len(each.asked) for each in town.residents),
        repeated=sum(each.repeated for each in town.residents),
        lost=tuple(lost.elements()),
        doubled=tuple(doubled.elements()),
        disordered=disordered,
        may_be_doubled=may_be_doubled,
    )
