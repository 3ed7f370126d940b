"""The end of a case: solved, not yet, or taken back by the resident."""

from typing import Final

from handlers import case_adding, case_answer, case_listening, case_mine, case_subject
from handlers.case_adding import Doing
from handlers.case_verbs import Act, Step, to_act, to_step
from handlers.turn import Card, Plain, Reply, ReplyOutcome, Turn
from store import case_saying
from store.case_refusals import Gone
from store.case_saying import REOPENED_WITHIN
from store.cases import Case, State
from store.conversations import Conversation

WITHDRAWING: Final = "case withdrawal"
"""The conversation in which it was asked whether to take a case back; slot `case`."""


def answers(turn: Turn) -> bool:
    """Whether はい or まだ answers what was asked of a case."""
    if turn.conversation.topic == WITHDRAWING:
        return (
            turn.says("words.yes_cancel") or turn.says("words.not_cancel") or turn.says("words.case_withdraw")
        )
    if not _asked_whether_solved(turn):
        return False
    return (
        turn.says("words.case_solved") or turn.says("words.case_not_yet") or case_listening.is_courtesy(turn)
    )


def typed(turn: Turn) -> Reply:
    case = case_mine.of_id(turn, int(turn.conversation.slots["case"]))
    if case is None:
        return case_mine.show(turn, "case.gone")
    if turn.conversation.topic == WITHDRAWING:
        return kept(turn) if turn.says("words.not_cancel") else withdraw(turn, case)
    if turn.says("words.case_solved"):
        return solved(turn, case)
    return not_yet(turn, case) if turn.says("words.case_not_yet") else _whether_solved(turn, case)


def _asked_whether_solved(turn: Turn) -> bool:
    """Also of who had gone back to the bot, and looks how their case stands."""
    talk = turn.conversation
    if talk.topic != case_mine.TALK or not talk.slots["asks"]:
        return False
    case = case_mine.of_id(turn, int(talk.slots["case"]))
    return case is not None and case.is_open


def _whether_solved(turn: Turn, case: Case) -> Reply:
    """Thanks for an answer: not passed on to staff, who would have to look at it again."""
    choices = case_answer.whether_solved(turn, case)
    return Reply((Plain(turn.city.say("case.welcome")),), choices, turn.conversation, ReplyOutcome.ASK)


def ask(turn: Turn, case: Case) -> Reply:
    """Asks whether to take it back."""
    if not case.is_open:
        return case_mine.show(turn, "case.gone")
    city = turn.city
    buttons = (
        to_act(turn, Act.WITHDRAW, case.id),
        to_step(city, "case.act.keep", Step.KEEP),
    )
    subject = case_subject.shown(city, case.subject, case.entry or "")
    body = city.say("case.withdraw.body", subject=subject)
    card = Card(city.say("case.withdraw.title"), body, choices=buttons)
    about = Conversation(WITHDRAWING, {"case": str(case.id)})
    return Reply((card,), case_mine.onward(turn), about, ReplyOutcome.ASK)


def withdraw(turn: Turn, case: Case) -> Reply:
    found = case_saying.withdraw(turn.tx, turn.resident.id, case.id, turn.now)
    return _ended(turn, found, turn.city.say("case.withdrawn"))


def kept(turn: Turn) -> Reply:
    return Reply((Plain(turn.city.say("case.kept")),), case_mine.onward(turn))


def solved(turn: Turn, case: Case) -> Reply:
    found = case_saying.solved(turn.tx, turn.resident.id, case.id, turn.now)
    return _ended(turn, found, turn.city.say("case.solved", days=REOPENED_WITHIN.days))


def _ended(turn: Turn, case: Case | Gone, said: str) -> Reply:
    if isinstance(case, Gone):
        return case_mine.show(turn, "case.gone")
    again = to_act(turn, Act.REOPEN, case.id)
    return Reply((Plain(said),), (again, *case_mine.onward(turn)))


def not_yet(turn: Turn, case: Case) -> Reply:
    """It joins the same case at once, in case the resident writes nothing more; what is missing is asked for."""
    if not case.is_open:
        return case_adding.reopen(turn, case)
    if case.state is not State.ANSWERED:
        return case_adding.ask(turn, case, Doing.ADD, "case.write_more")
    reply = case_adding.add(turn, case, turn.city.say("case.not_yet_said"), "case.not_yet")
    return Reply(reply.parts, reply.choices, case_adding.asked(case, Doing.ADD), ReplyOutcome.ASK)
