"""A person is on the case: what the resident writes back to them goes to the case, and the bot keeps quiet about it."""

from datetime import datetime
from typing import Final

from handlers import case_mine, smalltalk, words
from handlers.case_verbs import Step, to_step
from handlers.turn import Choice, Plain, Reply, Turn
from store import case_apart, case_saying
from store.case_refusals import Gone
from store.cases import Case, State
from store.conversations import Conversation

TOPIC: Final = case_mine.TALK
_QUESTION_MARKS: Final = ("?", "？", "か", "か。")


def spoken(case: Case) -> Conversation:
    """After words that were added: where a person is on the case, the resident need not be told again with each."""
    by_a_person = case.state is State.TAKEN
    return case_mine.talk_about(case, staff=by_a_person, told=by_a_person)


def spoken_with(turn: Turn) -> Case | None:
    """The case that the conversation is about, where it still stands."""
    if turn.conversation.topic != TOPIC:
        return None
    case = case_mine.of_id(turn, int(turn.conversation.slots["case"]))
    return case if case and case.is_open and not case_apart.is_apart(turn.tx, case.id) else None


def matches(turn: Turn) -> bool:
    """Words after what a person said, unless they ask something that somebody else may answer, or are a courtesy."""
    if not turn.text or not turn.conversation.slots.get("staff") or asks_something(turn) or is_courtesy(turn):
        return False
    return spoken_with(turn) is not None


def handle(turn: Turn) -> Reply:
    case = spoken_with(turn)
    assert case is not None
    return pass_on(turn, case, turn.text)


def pass_on(turn: Turn, case: Case, said: str) -> Reply:
    """Adds words to the case; the resident is told so once, and not again with each bubble."""
    told = turn.conversation.topic == TOPIC and bool(turn.conversation.slots["told"])
    added = case_saying.say(turn.tx, turn.resident.id, case.id, said, turn.now, promise(turn, case))
    if isinstance(added, Gone):
        return case_mine.show(turn, "case.gone")
    open_talk = spoken(added)
    if told:
        return Reply((), conversation=open_talk)
    return Reply((Plain(turn.city.say("case.passed_on")),), ways(turn, added), open_talk)


def promise(turn: Turn, case: Case) -> datetime | None:
    """By when one hears who says something now."""
    return turn.city.switchboard.promised_at(case.section, turn.now)


def ways(turn: Turn, case: Case) -> tuple[Choice, ...]:
    """To what can be done about the case, and out of the talk with a person."""
    city = turn.city
    to_bot = (to_step(city, "case.act.to_bot", Step.TO_BOT),) if case.state is State.TAKEN else ()
    return (to_step(city, "case.see_state", Step.STATE), *to_bot, words.to_the_menu(city))


def asks_something(turn: Turn) -> bool:
    """Whether the words look like a question or a wish, which the bot may know the answer to."""
    return turn.text.strip().endswith(_QUESTION_MARKS) or turn.mentions("words.case_asks")


def is_courtesy(turn: Turn) -> bool:
    """Thanks and greetings; はい and いいえ are answers to what a person asked."""
    kind = smalltalk.kind(turn)
    return kind is not None and kind not in ("yes", "silence")
