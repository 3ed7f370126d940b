"""What a resident does about their cases: by button, by the words on the buttons, or by asking how it stands."""

from collections.abc import Callable, Mapping
from typing import Final, assert_never

from handlers import (
    booking_hold,
    case_adding,
    case_answer,
    case_ending,
    case_listening,
    case_mine,
    escalation,
)
from handlers.case_adding import Doing
from handlers.case_verbs import ONCE, Act, Step, act_of, read_step, to_step
from handlers.turn import Plain, Reply, Turn
from store import buttons, case_apart, cases, queries
from store.buttons import Button
from store.cases import Case
from store.queries import QueryId

Answerer = Callable[[Turn], Reply]
_LEAVES: Final = ("words.stop", "words.menu", "words.help")


def matches(turn: Turn) -> bool:
    return _answerer(turn) is not None


def handle(turn: Turn) -> Reply:
    answerer = _answerer(turn)
    assert answerer is not None
    return answerer(turn)


def _answerer(turn: Turn) -> Answerer | None:
    if act_of(turn.button):
        return _act
    if step := read_step(turn.pressed):
        return _STEPS.get(step.step)
    return _typed(turn) if turn.text else None


def _typed(turn: Turn) -> Answerer | None:
    """What the words on the buttons do when they are typed, and what was asked for; the rest is no act."""
    if any(turn.says(group) for group in _LEAVES):
        return None
    if case_mine.is_asked_for(turn):
        return case_mine.show
    if case_ending.answers(turn):
        return case_ending.typed
    if turn.conversation.topic == case_adding.TOPIC and not turn.says("words.case_to_bot"):
        return case_adding.take
    named = next((answerer for group, answerer in _SAID.items() if turn.says(group)), None)
    return named if named and cases.latest(turn.tx, turn.resident.id) else None


def _act(turn: Turn) -> Reply:
    """Does what a button stands for; what would count twice, once."""
    act, button = act_of(turn.button), turn.button
    assert act is not None
    assert button is not None
    if act in ONCE and not isinstance(buttons.spend(turn.tx, turn.resident.id, turn.token, turn.now), Button):
        return booking_hold.stale(turn)
    if act is Act.FORWARD:
        return _forward(turn, QueryId(button.subject))
    case = case_mine.of_id(turn, button.subject)
    return case_mine.show(turn, "case.gone") if case is None else _done(turn, act, case)


def _done(turn: Turn, act: Act, case: Case) -> Reply:
    match act:
        case Act.ADD | Act.REOPEN:
            return case_adding.reopen(turn, case)
        case Act.ASK_WITHDRAW:
            return case_ending.ask(turn, case)
        case Act.WITHDRAW:
            return case_ending.withdraw(turn, case)
        case Act.ANSWER:
            return case_answer.show(turn, case)
        case Act.SOLVED:
            return case_ending.solved(turn, case)
        case Act.NOT_YET:
            return case_ending.not_yet(turn, case)
        case Act.FORWARD:
            raise AssertionError("its subject is a question")
        case other:
            assert_never(other)


def _forward(turn: Turn, query: QueryId) -> Reply:
    """A question that the bot has answered, or could not, goes to the newest case all the same."""
    asked, case = queries.find(turn.tx, turn.resident.id, query), cases.standing(turn.tx, turn.resident.id)
    if asked is None or case is None:
        return booking_hold.stale(turn)
    return case_adding.add(turn, case, asked.text)


def _to_bot(turn: Turn) -> Reply:
    """The bot answers again; what staff answer is told all the same."""
    for case in case_mine.open_cases(turn):
        case_apart.leave(turn.tx, case.id, turn.now)
    to_staff = to_step(turn.city, "case.act.to_staff", Step.TO_STAFF)
    return Reply((Plain(turn.city.say("case.to_bot")),), (to_staff, *case_mine.onward(turn)))


def _to_staff(turn: Turn) -> Reply:
    """What is written next goes to the case; where none stands, to a person in the first place.

    職員に送る, typed, is the button under an answer: it sends the question that was answered.
    """
    asked = turn.conversation.slots.get("query", "")
    if asked and turn.plain == turn.city.say("case.act.forward") and case_mine.open_cases(turn):
        return _forward(turn, QueryId(int(asked)))
    for case in case_mine.open_cases(turn):
        case_apart.come_back(turn.tx, case.id)
    found = case_listening.spoken_with(turn) or cases.standing(turn.tx, turn.resident.id)
    return case_adding.ask(turn, found, Doing.ADD, "case.to_staff") if found else escalation.handle(turn)


def _add(turn: Turn) -> Reply:
    return _only(turn, lambda case: case_adding.ask(turn, case, Doing.ADD, "case.write_more"))


def _again(turn: Turn) -> Reply:
    """Takes up what ended last; who has nothing that is over adds to what stands."""
    over = (each for each in cases.of_resident(turn.tx, turn.resident.id) if each.closed_at)
    last = max(over, key=lambda each: each.closed_at or turn.now, default=None)
    return case_adding.reopen(turn, last) if last else _add(turn)


def _withdraw(turn: Turn) -> Reply:
    return _only(turn, lambda case: case_ending.ask(turn, case))


def _only(turn: Turn, do: Callable[[Case], Reply]) -> Reply:
    """Does it to the one case that stands; of several, the resident chooses by their buttons."""
    found = case_mine.open_cases(turn)
    return do(found[0]) if len(found) == 1 else case_mine.show(turn, "case.mine.which" if found else "")


_STEPS: Final[Mapping[Step, Answerer]] = {
    Step.STATE: case_mine.show,
    Step.TO_STAFF: _to_staff,
    Step.TO_BOT: _to_bot,
    Step.KEEP: case_ending.kept,
}
_SAID: Final[Mapping[str, Answerer]] = {
    "words.case_state_vague": case_mine.show,
    "words.case_to_bot": _to_bot,
    "words.case_to_staff": _to_staff,
    "words.case_more": _add,
    "words.case_again": _again,
    "words.case_withdraw": _withdraw,
}
"""Only from who has a case: from others they are words like any."""
