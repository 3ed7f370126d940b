"""Choosing among candidates: by button, by number, or none of them."""

from dataclasses import replace
from typing import Final

from faq.models import EntryId, FaqEntry
from handlers import feedback, question, tell_later, words
from handlers.answer import answer
from handlers.numbered import number
from handlers.turn import Plain, Reply, ReplyOutcome, Turn
from store import queries
from store.conversations import Conversation
from store.queries import QueryId, Verdict

TOPIC = "choosing"
"""The conversation after candidates were offered; slots `query`, `offered`, `refused`, `misses`."""


def matches(turn: Turn) -> bool:
    if turn.pressed.partition(":")[0] in ("pick", "none") or number(turn) is not None:
        return True
    if turn.conversation.topic == TOPIC:
        return any(turn.says(group) for group in _ANSWERS)
    return turn.conversation.topic != feedback.TOPIC and turn.says("words.none")


_ANSWERS: Final = (
    "words.none",
    "words.this_one",
    "words.not_this",
    "words.the_first",
    "words.the_last",
    "words.unsure",
)


def handle(turn: Turn) -> Reply:
    verb, _, rest = turn.pressed.partition(":")
    if verb == "pick":
        return _pick(turn, EntryId(rest.partition(":")[2]))
    if verb == "none" or turn.says("words.none"):
        return _none(turn)
    offered = _offered(turn)
    if not offered:
        return _say(turn, "choose.number")
    if len(offered) == 1 and turn.says("words.not_this"):
        return _none(turn)
    chosen = meant(turn, len(offered))
    if chosen is None or not 1 <= chosen <= len(offered):
        return _again(turn, offered)
    return _pick(turn, offered[chosen - 1])


def meant(turn: Turn, most: int) -> int | None:
    """Which of the candidates the words mean: はい only where there is no other."""
    if turn.says("words.the_first") or (most == 1 and turn.says("words.this_one")):
        return 1
    return most if turn.says("words.the_last") else number(turn)


def _offered(turn: Turn) -> tuple[EntryId, ...]:
    if turn.conversation.topic != TOPIC:
        return ()
    return tuple(EntryId(entry) for entry in turn.conversation.slots["offered"].split())


def _pick(turn: Turn, picked: EntryId) -> Reply:
    entry = turn.city.knowledge.entry(picked)
    return _picked(turn, entry) if entry else _say(turn, "choose.gone")


def _again(turn: Turn, offered: tuple[EntryId, ...]) -> Reply:
    """The same list once more, with how to choose from it."""
    known = tuple(entry for each in offered if (entry := turn.city.knowledge.entry(each)))
    if not known:
        return _say(turn, "choose.gone")
    how = Plain(turn.city.say("choose.again", most=len(known)))
    card = question.candidates(turn.city, known, QueryId(int(turn.conversation.slots["query"])))
    return Reply((how, card), (), turn.conversation, ReplyOutcome.CHOOSE)


def _say(turn: Turn, key: str) -> Reply:
    choices = (words.to_the_menu(turn.city), words.to_a_person(turn.city))
    return Reply((Plain(turn.city.say(key)),), choices, turn.conversation)


def _picked(turn: Turn, entry: FaqEntry) -> Reply:
    query = _query(turn)
    if query is None:
        # An old bubble: it still gives its answer, as a question of its own.
        asked = queries.Query(entry.question, "choosing", "answer", entry.id)
        query = queries.record(
            turn.tx, turn.resident.id, asked, turn.now, channel=question.CHANNEL, message_ids=turn.message_ids
        )
    else:
        queries.settle(turn.tx, query, entry.id)
    return answer(turn, entry, query)


def _none(turn: Turn) -> Reply:
    query = _query(turn)
    if query is None:
        return _say(turn, "choose.rephrase")
    queries.judge(turn.tx, query, Verdict.NONE_OF_THESE)
    slots = turn.conversation.slots
    refused = " ".join(sorted({*question.refused(slots), *slots.get("offered", "").split()}))
    conversation = Conversation(tell_later.MISSED, {**slots, "refused": refused})
    return question.no_answer(_with(turn, conversation), query)


def _query(turn: Turn) -> QueryId | None:
    """The question that the open candidates belong to; None for a button of an older bubble."""
    open_query = turn.conversation.slots.get("query") if turn.conversation.topic == TOPIC else None
    if open_query is None:
        return None
    pressed = turn.pressed.split(":")
    return QueryId(int(open_query)) if len(pressed) < 2 or pressed[1] == open_query else None


def _with(turn: Turn, conversation: Conversation) -> Turn:
    return replace(turn, conversation=conversation)
