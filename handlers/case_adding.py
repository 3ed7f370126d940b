"""Words for a case that stands, or that is taken up again: asked for, and then added."""

from dataclasses import replace
from enum import StrEnum
from typing import Final, assert_never

from handlers import case_listening, case_mine, case_screen
from handlers.case_draft import MOST, Step, empty
from handlers.case_promise import say_promise
from handlers.turn import Plain, Reply, ReplyOutcome, Turn
from store import case_saying, receipts
from store.case_refusals import Gone, TooLate
from store.case_saying import REOPENED_WITHIN
from store.cases import Case, State
from store.conversations import Conversation

TOPIC: Final = "case words"
"""The conversation in which words for a case are asked for; slots `case` and `doing`."""


class Doing(StrEnum):
    """What becomes of the words."""

    ADD = "add"
    REOPEN = "reopen"


def ask(turn: Turn, case: Case, doing: Doing, key: str) -> Reply:
    """Asks for the words."""
    said = Plain(turn.city.say(key))
    return Reply((said,), case_screen.onward(turn), asked(case, doing), ReplyOutcome.ASK)


def asked(case: Case, doing: Doing) -> Conversation:
    """The conversation from then on."""
    return Conversation(TOPIC, {"case": str(case.id), "doing": doing.value})


def reopen(turn: Turn, case: Case) -> Reply:
    """Within the time it is the same case; later a new one that names it."""
    if case.is_open:
        return ask(turn, case, Doing.ADD, "case.write_more")
    if case_saying.may_reopen(case, turn.now):
        return ask(turn, case, Doing.REOPEN, "case.reopen")
    return too_late(turn, case)


def too_late(turn: Turn, case: Case, said: str = "") -> Reply:
    """A new one, which names the old."""
    city = turn.city
    number = receipts.shown(case.receipt)
    late = Plain(city.say("case.too_late", receipt=number, days=REOPENED_WITHIN.days))
    named = "\n".join(filter(None, (city.say("case.before", receipt=number), case.subject, said)))
    draft = replace(
        empty(Step.WRITE),
        words=named,
        subject=case.subject,
        entry=case.entry or "",
        ward=case.ward,
        ward_asked=True,
    )
    reply = case_screen.consent(turn, draft) if said else case_screen.write(turn, draft, "case.write_more")
    return Reply((late, *reply.parts), reply.choices, reply.conversation, reply.outcome)


def take(turn: Turn) -> Reply:
    """Adds what was written."""
    slots = turn.conversation.slots
    case = case_mine.of_id(turn, int(slots["case"]))
    if case is None:
        return case_mine.show(turn, "case.gone")
    if len(turn.text) > MOST:
        said = Plain(turn.city.say("case.too_long", most=MOST))
        return Reply((said,), case_screen.onward(turn), turn.conversation, ReplyOutcome.ASK)
    match Doing(slots["doing"]):
        case Doing.ADD:
            return add(turn, case, turn.text)
        case Doing.REOPEN:
            return _reopened(turn, case)
        case other:
            assert_never(other)


def add(turn: Turn, case: Case, said: str, key: str = "case.added") -> Reply:
    """Adds words to a case that stands. By when one hears is told anew where it had been answered."""
    promised = case_listening.promise(turn, case)
    added = case_saying.say(turn.tx, turn.resident.id, case.id, said, turn.now, promised)
    return _added(turn, added, key, promised_anew=case.state is State.ANSWERED)


def _reopened(turn: Turn, case: Case) -> Reply:
    promised = case_listening.promise(turn, case)
    found = case_saying.reopen(turn.tx, turn.resident.id, case.id, promised, turn.text, turn.now)
    if isinstance(found, TooLate):
        return too_late(turn, case, turn.text)
    return _added(turn, found, "case.reopened", promised_anew=True)


def _added(turn: Turn, case: Case | Gone, key: str, *, promised_anew: bool) -> Reply:
    if isinstance(case, Gone):
        return case_mine.show(turn, "case.gone")
    city = turn.city
    said = city.say(key)
    if promised_anew:
        said += "\n" + city.say("case.by", promise=say_promise(city, case.promised_at, turn.now))
    open_talk = case_listening.spoken(case)
    return Reply((Plain(said),), case_listening.ways(turn, case), open_talk)
