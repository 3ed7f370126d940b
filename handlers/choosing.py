"""Choosing among candidates: by button, by number, or none of them."""

import re
from typing import Final

from faq.models import EntryId, FaqEntry
from handlers import question, words
from handlers.answer import answer
from handlers.turn import Plain, Reply, Turn
from nlp.compact import compact
from store import queries
from store.conversations import Conversation
from store.queries import QueryId, Verdict

TOPIC = "choosing"
"""The conversation after candidates were offered; slots `query`, `offered`, `refused`, `misses`."""

_NUMBER: Final = re.compile(r"([1-9一二三])(?:番|番目|つめ|つ目|個目|で|です|を|番です|番で)?")
_KANJI: Final = {"一": 1, "二": 2, "三": 3}


def matches(turn: Turn) -> bool:
    if turn.pressed.partition(":")[0] in ("pick", "none"):
        return True
    return turn.conversation.topic == TOPIC and (turn.says("words.none") or _typed(turn) is not None)


def _typed(turn: Turn) -> EntryId | None:
    """The entry whose number was typed."""
    typed = _NUMBER.fullmatch(compact(turn.text))
    if typed is None:
        return None
    number = _KANJI.get(typed[1]) or int(typed[1])
    offered = turn.conversation.slots["offered"].split()
    return EntryId(offered[number - 1]) if number <= len(offered) else None


def handle(turn: Turn) -> Reply:
    verb, _, rest = turn.pressed.partition(":")
    if verb == "none" or (verb == "" and turn.says("words.none")):
        return _none(turn)
    picked = EntryId(rest.partition(":")[2]) if verb == "pick" else _typed(turn)
    entry = turn.city.knowledge.entry(picked) if picked else None
    if entry is None:
        choices = (words.to_the_menu(turn.city), words.to_a_person(turn.city))
        return Reply((Plain(turn.city.say("choose.gone")),), choices)
    return _picked(turn, entry)


def _picked(turn: Turn, entry: FaqEntry) -> Reply:
    query = _query(turn)
    if query is None:
        # An old bubble: it still gives its answer, as a question of its own.
        asked = queries.Query(entry.question, "choosing", "answer", entry.id)
        query = queries.record(
            turn.tx, turn.resident.id, asked, turn.now, channel=question.CHANNEL, message_id=turn.message_id
        )
    else:
        queries.settle(turn.tx, query, entry.id)
    return answer(turn, entry, query)


def _none(turn: Turn) -> Reply:
    query = _query(turn)
    if query is None:
        choices = (words.to_the_menu(turn.city), words.to_a_person(turn.city))
        return Reply((Plain(turn.city.say("choose.rephrase")),), choices, conversation=turn.conversation)
    queries.judge(turn.tx, query, Verdict.NONE_OF_THESE)
    slots = turn.conversation.slots
    refused = " ".join(sorted({*question.refused(slots), *slots.get("offered", "").split()}))
    conversation = Conversation(question.MISSED, {**slots, "refused": refused})
    return question.no_answer(_with(turn, conversation), query)


def _query(turn: Turn) -> QueryId | None:
    """The question that the open candidates belong to; None for a button of an older bubble."""
    open_query = turn.conversation.slots.get("query") if turn.conversation.topic == TOPIC else None
    if open_query is None:
        return None
    pressed = turn.pressed.split(":")
    return QueryId(int(open_query)) if len(pressed) < 2 or pressed[1] == open_query else None


def _with(turn: Turn, conversation: Conversation) -> Turn:
    return Turn(turn.message, turn.resident, conversation, turn.city, turn.tx, turn.now)
