"""A question in the resident's own words: an answer, candidates to choose from, or an honest "not yet".

Always the last handler: whatever nobody else takes is a question.
"""

from collections.abc import Mapping

from faq.models import Kind, Match, Outcome, SearchResult
from handlers import choosing, words
from handlers.answer import answer
from handlers.turn import Card, Choice, Plain, Press, Reply, ReplyOutcome, Turn
from store import queries
from store.conversations import Conversation
from store.queries import Query, QueryId

CHANNEL = "LINE"
SIGNPOST = "signpost"
"""The outcome that is kept where the answer only names the counter: it does not count as answered."""
MISSED = "missed"
"""The conversation after a question that found no answer; slots `misses` and `refused`."""


def handle(turn: Turn) -> Reply:
    found = turn.city.knowledge.search(turn.text)
    offered = tuple(
        match for match in found.matches if match.entry.id not in refused(turn.conversation.slots)
    )
    outcome = found.outcome if offered else Outcome.NONE
    query = _record(turn, outcome, offered)
    match outcome:
        case Outcome.ANSWER:
            return answer(turn, offered[0].entry, query, found)
        case Outcome.CHOOSE:
            return choose(turn, offered, query, found)
        case Outcome.NONE:
            return no_answer(turn, query, found)


def refused(slots: Mapping[str, str]) -> frozenset[str]:
    """The entries that the resident was offered and did not want: they are not offered again."""
    return frozenset(slots.get("refused", "").split())


def misses(slots: Mapping[str, str]) -> int:
    """How many questions in a row found no answer."""
    return int(slots.get("misses", "0"))


def _record(turn: Turn, outcome: Outcome, offered: tuple[Match, ...]) -> QueryId:
    best = offered[0] if outcome is Outcome.ANSWER else None
    query = Query(
        text=turn.text,
        handler="question",
        outcome=SIGNPOST if best and best.entry.kind is Kind.SIGNPOST else outcome.value,
        entry=best.entry.id if best else None,
        score=best.score if best else None,
    )
    return queries.record(
        turn.tx, turn.resident.id, query, turn.now, channel=CHANNEL, message_id=turn.message_id
    )


def choose(turn: Turn, offered: tuple[Match, ...], query: QueryId, found: SearchResult) -> Reply:
    """The candidates, numbered; the number or なし may be typed, since buttons vanish."""
    city = turn.city
    entries = [match.entry for match in offered]
    buttons = [
        Choice(f"{number}. {entry.question}", Press(f"pick:{query}:{entry.id}", entry.question))
        for number, entry in enumerate(entries, 1)
    ]
    none = words.press(city, "button.none", f"none:{query}")
    card = Card(
        title=city.say("choose.title"),
        body=city.say("choose.how"),
        choices=(*buttons, none, words.to_a_person(city)),
    )
    slots = {
        **turn.conversation.slots,
        "query": str(query),
        "offered": " ".join(entry.id for entry in entries),
    }
    return Reply((card,), (), Conversation(choosing.TOPIC, slots), ReplyOutcome.CHOOSE, found)


def no_answer(turn: Turn, query: QueryId, found: SearchResult | None = None) -> Reply:
    """No answer yet: the call centre, whether it is open now, and what to do next."""
    city = turn.city
    count = misses(turn.conversation.slots) + 1
    text = city.say("none.first" if count == 1 else "none.again")
    centre = city.say("none.centre", now=words.centre_now(city, turn.now))
    slots = {"misses": str(count), "refused": turn.conversation.slots.get("refused", ""), "query": str(query)}
    person, menu = words.to_a_person(city), words.to_the_menu(city)
    call = words.call(city, city.profile.call_centre.telephone)
    choices = (menu, person) if count == 1 else (person, call, menu)
    return Reply(
        (Plain(f"{text}\n\n{centre}"),), choices, Conversation(MISSED, slots), ReplyOutcome.NONE, found
    )
