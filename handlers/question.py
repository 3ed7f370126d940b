"""A question in the resident's own words: an answer, candidates to choose from, or an honest "not yet".

Always the last handler: whatever nobody else takes is a question.
"""

import re
from collections.abc import Mapping

from faq.models import FaqEntry, Kind, Match, Outcome, SearchResult, Status, Tone
from handlers import choosing, foreign_desk, opening, tell_later, words
from handlers.answer import answer
from handlers.city import City
from handlers.tell_later import MISSED
from handlers.turn import Card, Choice, Part, Plain, Press, Reply, ReplyOutcome, Turn
from nlp.language import Language
from nlp.masking import without_labels
from store import queries
from store.conversations import Conversation
from store.queries import Query, QueryId

CHANNEL = "LINE"
SIGNPOST = "signpost"
"""The outcome that is kept where the answer only names the counter: it does not count as answered."""
_CITY = re.compile(r"([\u4e00-\u9fff々ヶ]{1,4})市(?:の|内|役所|[\u4e00-\u9fff]{1,2}区)")
_NO_NAMES = ("都", "本", "当", "他", "県", "政令", "指定都", "各", "同", "旧", "の")
"""What may stand before 市 and is no city's name: 都市の, 他市の."""
_FOREIGN = re.compile(
    r"[\uac00-\ud7af\u0e00-\u0e7f]"
    r"|(?<![A-Za-z\u00c0-\u1eff'])(?:[A-Za-z\u00c0-\u1eff']{2,}[\s,]++){2}[A-Za-z\u00c0-\u1eff]"
)
"""Hangul, Thai, or three words in Latin letters. Kanji alone may be either Japanese or Chinese.

A word is tried from its first letter alone: from each of them, one of five thousand letters would take a third of a
second.
"""
_FOREIGN_SAID = "none.foreign"


def handle(turn: Turn) -> Reply:
    if _is_elsewhere(turn):
        return _elsewhere(turn)
    found = _found(turn)
    offered = _offered(turn, found)
    outcome = found.outcome if offered else Outcome.NONE
    query = _record(turn, outcome, offered)
    match outcome:
        case Outcome.ANSWER:
            return answer(turn, offered[0].entry, query, found)
        case Outcome.CHOOSE:
            return choose(turn, offered, query, found)
        case Outcome.NONE:
            return no_answer(turn, query, found)


def _found(turn: Turn) -> SearchResult:
    """By the Japanese search, or what it finds for words in another language."""
    text, known = without_labels(turn.text), turn.city.knowledge
    vector = turn.vectors.get(text)
    if turn.tongue is None:
        return known.search(text, vector)
    return turn.city.foreign.search(known, text, turn.tongue, vector)


def _is_elsewhere(turn: Turn) -> bool:
    """Whether it is about another city: 大阪市北区役所の電話, 宇城市の水道. Who moves names two cities."""
    if turn.mentions("words.moving"):
        return False
    named = {name for name in _CITY.findall(turn.text) if not name.endswith(_NO_NAMES)}
    return bool(named) and not any(turn.city.profile.name.startswith(name) for name in named)


def _elsewhere(turn: Turn) -> Reply:
    query = _record(turn, Outcome.NONE, ())
    choices = (words.to_the_menu(turn.city), words.to_a_person(turn.city))
    slots = {"misses": "0", "query": str(query)}
    said = Plain(turn.city.say("none.elsewhere"))
    return Reply((said,), choices, Conversation(MISSED, slots), ReplyOutcome.NONE)


def _offered(turn: Turn, found: SearchResult) -> tuple[Match, ...]:
    """What may be shown. An answer always; of candidates, none that was refused just before, and of those for
    people in need only the one that fits best: nobody bereaved is to read of suicide further down a list.
    """
    if found.outcome is Outcome.ANSWER:
        return found.matches
    before = refused(turn.conversation.slots)
    return tuple(
        match
        for place, match in enumerate(found.matches)
        if match.entry.id not in before and (place == 0 or match.entry.tone is not Tone.URGENT)
    )


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
        turn.tx, turn.resident.id, query, turn.now, channel=CHANNEL, message_ids=turn.message_ids
    )


def choose(turn: Turn, offered: tuple[Match, ...], query: QueryId, found: SearchResult) -> Reply:
    """The candidates, numbered; the number or なし may be typed."""
    entries = tuple(match.entry for match in offered)
    parts: tuple[Part, ...] = (candidates(turn.city, entries, query),)
    if entries[0].tone is Tone.SOLEMN and turn.mentions("words.death"):
        parts = (Plain(turn.city.say("answer.condolence")), *parts)
    slots = {
        **turn.conversation.slots,
        "query": str(query),
        "offered": " ".join(entry.id for entry in entries),
    }
    return Reply(parts, (), Conversation(choosing.TOPIC, slots), ReplyOutcome.CHOOSE, found)


def candidates(city: City, entries: tuple[FaqEntry, ...], query: QueryId) -> Card:
    """The list to choose from, or the question whether the only one is meant."""
    buttons = [
        Choice(f"{number}. {named(city, entry)}", Press(f"pick:{query}:{entry.id}", named(city, entry)))
        for number, entry in enumerate(entries, 1)
    ]
    none = words.press(city, "button.none", f"none:{query}")
    some = "one" if len(entries) == 1 else "some"
    return Card(
        title=city.say(f"choose.title_{some}"),
        body=city.say(f"choose.how_{some}"),
        choices=(*buttons, none, words.to_a_person(city)),
    )


def named(city: City, entry: FaqEntry) -> str:
    """The entry's question in the resident's language where there is one; beside one that nobody approved stands the
    Japanese, where there is room.
    """
    translation = city.foreign.translation(entry.id, city.language)
    if translation is None:
        return entry.question
    both = city.say("names.both", said=translation.question, name=entry.question)
    is_sure = translation.provenance.status is Status.CONFIRMED or city.language is Language.EASY
    return translation.question if is_sure or len(both) > LABEL else both


LABEL = 36
"""Letters of a candidate that are seen, besides its number."""


def no_answer(turn: Turn, query: QueryId, found: SearchResult | None = None) -> Reply:
    """No answer yet: the call centre, whether it is open now, and what to do next."""
    city = turn.city
    count = misses(turn.conversation.slots) + 1
    regret = _regret(turn, count)
    said = [city.say(regret), city.say("none.centre", now=opening.centre_now(city, turn.now))]
    if not city.language.is_japanese:
        said.append(foreign_desk.said(city))
    if regret != _FOREIGN_SAID:
        said.append(city.say("told.how"))
    slots = {"misses": str(count), "refused": turn.conversation.slots.get("refused", ""), "query": str(query)}
    person, menu = words.to_a_person(city), words.to_the_menu(city)
    call = words.call(city, city.profile.call_centre.telephone)
    choices = (menu, person) if count == 1 else (person, call, menu)
    choices = (*choices, tell_later.offer(turn, query))
    return Reply((Plain("\n\n".join(said)),), choices, Conversation(MISSED, slots), ReplyOutcome.NONE, found)


LONG = 100
"""Letters; who writes more mostly asks several things at once."""


def _regret(turn: Turn, count: int) -> str:
    """How to say that there is no answer, and what to try next."""
    if turn.city.language.is_japanese and (turn.tongue or _FOREIGN.search(turn.text)):
        return _FOREIGN_SAID
    if count == 1:
        return "none.long" if len(turn.text) > LONG else "none.first"
    return "none.again" if count == 2 else "none.still"
