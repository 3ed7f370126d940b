"""Residents who write without pause, a service that is killed under them, and the count of what reached whom."""

import contextlib
import csv
import itertools
import random
import threading
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from bot.platform import Platform
from bot.platform.http import Answer, Request
from bot.platform.server import Server
from bot.platform.talk import Spoken, UserId
from store import inbox, outbox
from tests.promises.length import at_length
from tests.service import Line, Service, text_event

RATE = at_length(10, 20)
"""Events a second, of all residents together."""
RESIDENTS = 24
UNANSWERED = 10
"""Nobody asks on who waits for so many answers: where a machine answers fewer than are asked, none pile up."""
LINE_TAKES = 0.1
"""Seconds from LINE's taking a message to its answer: the time in which a kill leaves the outcome unknown."""
HELD_FOR = 3.0
"""Seconds at most that an answer is held back: below the time after which the service gives a call up."""
FIRST_IMPORT = 4.0
IMPORTED_EACH = at_length(12.0, 4.0)
"""Seconds from the start to the first import, and from one to the next."""
QUIET_WITHIN = 120.0
"""Seconds without any answer after which none is expected any more: longer than a lease."""

Moment = Literal["early", "any", "reply", "push"]
"""When to kill: soon after the start, at any moment of work, or while LINE's answer is on its way."""


class SlowLine(Server):
    """The double of LINE, which takes its time to answer, tells when it has taken something and can be held there."""

    def __init__(self, platform: Platform, host: str = "127.0.0.1") -> None:
        self.took: Mapping[str, threading.Event] = {"reply": threading.Event(), "push": threading.Event()}
        self._held: tuple[str, threading.Event] | None = None
        super().__init__(platform, 0, host)

    def respond(self, request: Request) -> Answer | None:
        given = super().respond(request)
        if given and given.status == 200:
            kind, held = request.path.rpartition("/")[2], self._held
            if took := self.took.get(kind):
                took.set()
            if held and held[0] == kind:
                held[1].wait(HELD_FOR)
            time.sleep(LINE_TAKES)
        return given

    @contextlib.contextmanager
    def holding(self, kind: str) -> Iterator[None]:
        """Begins when LINE has taken such a message; no answer to one leaves LINE while the block runs."""
        let_go = threading.Event()
        self._held = kind, let_go
        _wait_for(self.took[kind])
        try:
            yield
        finally:
            self._held = None
            let_go.set()


@dataclass
class Resident:
    """Writes one question after the other, each until the webhook has taken it."""

    user_id: UserId
    questions: Sequence[str]
    platform: Platform
    port: int
    pace: float
    accepted: list[str] = field(default_factory=list)
    repeated: int = 0
    """How often a question had to be sent again, as LINE does after anything but a 200."""

    def write(self, stopping: threading.Event) -> None:
        line = Line(self.port)
        due = time.monotonic() + random.random() * self.pace
        for number, question in enumerate(self.questions):
            if stopping.wait(max(0.0, due - time.monotonic())):
                break
            while len(self.accepted) - len(self.answered()) >= UNANSWERED and not stopping.wait(self.pace):
                pass
            due = max(due + self.pace, time.monotonic())
            self._deliver(line, number, question)
        line.close()

    def _deliver(self, line: Line, number: int, question: str) -> None:
        # Every third event carries no reply token, so that pushes are made too.
        token = self.platform.issue_reply_token(self.user_id) if number % 3 else ""
        event_id, at = f"{self.user_id[-4:]}-{number}", int(time.time() * 1000)
        for tried in itertools.count():
            if line.post(text_event(event_id, self.user_id, question, token, at, again=tried > 0)) == 200:
                break
            self.repeated += 1
            time.sleep(0.2)
        self.accepted.append(question)

    def answered(self) -> list[str]:
        """The questions that this resident got answers to, in the order of the answers."""
        spoken = (entry.what for entry in self.platform.talk(self.user_id))
        cards = (
            str(what.message["altText"]).partition("\n")[0]
            for what in spoken
            if isinstance(what, Spoken) and what.message["type"] == "flex"
        )
        return list(cards)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of the events that were answered 200."""

    kills: int
    imports: int
    accepted: int
    repeated: int
    """Posts that got no 200 and were sent again."""
    lost: tuple[str, ...]
    doubled: tuple[str, ...]
    unasked: tuple[str, ...]
    disordered: int
    """Residents whose answers came in another order than their questions."""
    settled: int
    """Tries of LINE that a kill had left open, and that a used token (400) or a known retry key (409) settled."""
    may_be_doubled: int
    unfinished: int
    """Events and answers that still waited in the end."""

    @property
    def exact(self) -> bool:
        """Every event had one effect, in order; only what the outbox marks may have come twice."""
        kept = not (self.lost or self.unasked or self.disordered or self.unfinished)
        return kept and len(self.doubled) <= self.may_be_doubled


def kill_over_and_over(
    service: Service, line: SlowLine, platform: Platform, questions: Sequence[str], kills: int,
    moments: Sequence[Moment], faq: Path | None = None,
) -> Outcome:  # fmt: skip
    """Kills the service so many times while residents write, and this file, if any, is imported; then counts."""
    residents = _residents(platform, service.setting.port, questions)
    stopping = threading.Event()
    writing = [
        threading.Thread(target=resident.write, args=[stopping], daemon=True) for resident in residents
    ]
    service.start()
    with _importing(service, faq) if faq else contextlib.nullcontext(list[int]()) as imports:
        for thread in writing:
            thread.start()
        chance = random.Random(kills)
        for moment, _ in zip(itertools.cycle(moments), range(kills), strict=False):
            _kill(service, line, moment, chance)
            service.start()
        stopping.set()
        for thread in writing:
            thread.join()
    unfinished = _wait_until_quiet(service)
    service.stop()
    return _count(service, platform, residents, kills, len(imports), unfinished)


def _residents(platform: Platform, port: int, questions: Sequence[str]) -> list[Resident]:
    """Each asks every question once, beginning at another."""
    turned = [questions[start:] + questions[:start] for start in range(RESIDENTS)]
    people = [platform.meet(UserId(f"U{number:032x}")).user_id for number in range(RESIDENTS)]
    return [
        Resident(person, asks, platform, port, RESIDENTS / RATE)
        for person, asks in zip(people, turned, strict=True)
    ]


def _kill(service: Service, line: SlowLine, moment: Moment, chance: random.Random) -> None:
    parts = service.setting.parts
    wait = chance.uniform(0.1, 0.9)
    match moment:
        case "early":
            time.sleep(wait)
            service.kill(parts)
        case "any":
            _wait_for(line.took["reply"])
            time.sleep(wait)
            service.kill(chance.sample(parts, chance.randint(1, len(parts))))
        case "reply" | "push":
            time.sleep(wait)
            with line.holding(moment):
                service.kill(parts)


def _wait_for(taken: threading.Event) -> None:
    """For what LINE takes next; after long without, the kill comes all the same."""
    taken.clear()
    taken.wait(30)


@contextlib.contextmanager
def _importing(service: Service, faq: Path) -> Iterator[list[int]]:
    """Imports a changed file again and again; the exit codes so far."""
    stopping, codes = threading.Event(), list[int]()

    def work() -> None:
        while not stopping.wait(IMPORTED_EACH if codes else FIRST_IMPORT):
            _change(faq, len(codes))
            codes.append(service.run("import", "faq", str(faq)))

    thread = threading.Thread(target=work)
    thread.start()
    try:
        yield codes
    finally:
        stopping.set()
        thread.join()
    assert codes
    assert not any(codes), codes


def _change(faq: Path, number: int) -> None:
    with faq.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    for row in rows[:20]:
        row["answer"] = row["answer"].partition("(第")[0] + f"(第{number}版)"
    with faq.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def _wait_until_quiet(service: Service) -> int:
    """Waits until nothing waits any more; how much still does."""
    database = service.setting.open_database()
    least, until = None, 0.0
    try:
        while True:
            with database.read() as tx:
                waiting = inbox.counts(tx).get("waiting", 0) + outbox.counts(tx).get("waiting", 0)
            if waiting != least:
                least, until = waiting, time.monotonic() + QUIET_WITHIN
            if not waiting or time.monotonic() > until:
                return waiting
            time.sleep(0.2)
    finally:
        database.close()


def _count(
    service: Service,
    platform: Platform,
    residents: Sequence[Resident],
    kills: int,
    imports: int,
    unfinished: int,
) -> Outcome:
    lost, doubled, unasked = Counter[str](), Counter[str](), Counter[str]()
    disordered = 0
    for resident in residents:
        answered = Counter(got := resident.answered())
        accepted = Counter(resident.accepted)
        lost += accepted - answered
        unasked += Counter(set(got) - set(accepted))
        doubled += Counter({text: count - 1 for text, count in answered.items() if text in accepted})
        first = list(dict.fromkeys(got))
        disordered += first != [text for text in resident.accepted if text in answered]
    database = service.setting.open_database()
    with database.read() as tx:
        marked = outbox.counts(tx)["may_be_doubled"]
    database.close()
    return Outcome(
        kills=kills,
        imports=imports,
        accepted=sum(len(resident.accepted) for resident in residents),
        repeated=sum(resident.repeated for resident in residents),
        lost=tuple(lost.elements()),
        doubled=tuple(doubled.elements()),
        unasked=tuple(unasked.elements()),
        disordered=disordered,
        settled=sum(call.status in (400, 409) for call in platform.calls("/v2/bot/message/")),
        may_be_doubled=marked,
        unfinished=unfinished,
    )


def new_platform() -> Platform:
    return Platform(lambda: datetime.now(UTC))
