"""Did this help? By button, or by typing はい or いいえ after an answer."""

from typing import assert_never

from handlers import opening, tell_later, words
from handlers.turn import Plain, Reply, Turn
from store import buttons, queries
from store.buttons import Button, Refusal
from store.conversations import Conversation
from store.queries import QueryId, Verdict

TOPIC = "answered"
"""The conversation after an answer; slot `query` is the question's row."""


def ask(turn: Turn, query: QueryId) -> tuple[str, str]:
    """Tokens for the two buttons: helped, did not help."""
    made = [Button(verdict.value, query) for verdict in (Verdict.HELPED, Verdict.DID_NOT_HELP)]
    helped, did_not = buttons.mint_each(turn.tx, turn.resident.id, made, turn.now)
    return helped, did_not


def matches(turn: Turn) -> bool:
    return bool(turn.token) or (turn.conversation.topic == TOPIC and _typed(turn) is not None)


def _typed(turn: Turn) -> Verdict | None:
    if turn.says("words.helped"):
        return Verdict.HELPED
    if turn.says("words.did_not_help"):
        return Verdict.DID_NOT_HELP
    return None


def handle(turn: Turn) -> Reply:
    typed = _typed(turn)
    if typed is not None:
        return _thank(turn, QueryId(int(turn.conversation.slots["query"])), typed)
    pressed = buttons.spend(turn.tx, turn.resident.id, turn.token, turn.now)
    match pressed:
        case Button(act=act, subject=subject):
            return _thank(turn, QueryId(subject), Verdict(act))
        case Refusal.SPENT:
            return _say(turn, "feedback.again")
        case Refusal.EXPIRED | Refusal.UNKNOWN:
            return _say(turn, "button.stale")
        case other:
            assert_never(other)


def _thank(turn: Turn, query: QueryId, verdict: Verdict) -> Reply:
    queries.judge(turn.tx, query, verdict)
    if verdict is Verdict.HELPED:
        return _say(turn, "feedback.helped")
    reply = _say(turn, "feedback.did_not_help")
    centre = Plain(turn.city.say("feedback.centre", now=opening.centre_now(turn.city, turn.now)))
    how = Plain(turn.city.say("told.how"))
    choices = (words.to_a_person(turn.city), words.to_the_menu(turn.city), tell_later.offer(turn, query))
    missed = Conversation(tell_later.MISSED, {"query": str(query)})
    return Reply((*reply.parts, centre, how), choices, missed)


def _say(turn: Turn, key: str) -> Reply:
    choices = (words.to_the_menu(turn.city), words.to_a_person(turn.city))
    return Reply((Plain(turn.city.say(key)),), choices, conversation=Conversation())
