"""What the words of a resident ask for of notices: topics to hear of, to stop, or to see the settings."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from faq.topics import Topic
from handlers.turn import Turn
from nlp import covering
from nlp.compact import compact
from store import subscriptions, told
from store.subscriptions import NOTHING

TOPIC: Final = "subscribing"
"""The conversation after the settings were shown: a number or a name means a topic."""
_NUMBERS: Final = re.compile(r"\s*\d{1,2}番?(?:[\s,、，・と]+\d{1,2}番?)*\s*")
_BETWEEN: Final = re.compile(r"[、,，・\s]+|と")
_GROUPS: Final = tuple(f"words.notices_{each}" for each in ("about", "set", "start", "stop", "all", "beside"))


@dataclass(frozen=True, slots=True)
class Wish:
    """What the words ask for: topics to hear of, to stop, all to stop; nothing of these: to see the settings."""

    on: tuple[Topic, ...] = ()
    off: tuple[Topic, ...] = ()
    nothing: bool = False


def wish(turn: Turn) -> Wish | None:
    """What the words ask for; None where they say anything else besides."""
    if not turn.plain:
        return None
    if turn.says("words.notices_settings"):
        return Wish()
    if turn.says("words.tell_nothing") and told.of_resident(turn.tx, turn.resident.id):
        return None  # they await an answer, and want it no more
    if turn.says("words.notices_none") or turn.says("words.tell_nothing"):
        return _to_stop(turn, ())
    is_open = turn.conversation.topic == TOPIC
    if is_open and (alone := _numbered(turn) or _named_alone(turn)):
        return _switched(turn, alone)
    if not is_open and not turn.mentions("words.notices_about"):
        return None
    named = tuple(topic for topic in turn.city.topics if any(each in turn.plain for each in _names(topic)))
    return _meant(turn, named) if _is_covered(turn, named) else None


def _meant(turn: Turn, named: tuple[Topic, ...]) -> Wish | None:
    if turn.mentions("words.notices_stop"):
        return _to_stop(turn, named)
    if turn.mentions("words.notices_start"):
        return Wish(on=turn.city.topics if not named and turn.mentions("words.notices_all") else named)
    return Wish() if turn.mentions("words.notices_about") else None


def _to_stop(turn: Turn, named: tuple[Topic, ...]) -> Wish | None:
    """What is named; all where all is said; else the settings, where the buttons are. None where it is not ours."""
    if named:
        return Wish(off=named)
    if turn.mentions("words.notices_all"):
        return Wish(nothing=True)
    says_notices = turn.mentions("words.notices_about")
    return (
        Wish() if says_notices and subscriptions.of_resident(turn.tx, turn.resident.id) != NOTHING else None
    )


def _switched(turn: Turn, named: Iterable[Topic]) -> Wish:
    mine = subscriptions.of_resident(turn.tx, turn.resident.id).topics
    these = tuple(named)
    return Wish(
        on=tuple(topic for topic in these if topic.id not in mine),
        off=tuple(topic for topic in these if topic.id in mine),
    )


def _numbered(turn: Turn) -> tuple[Topic, ...]:
    """The topics of numbers and nothing else; none where one of them is no topic's."""
    if not _NUMBERS.fullmatch(turn.text):
        return ()
    places = [int(number) for number in re.findall(r"\d+", turn.text)]
    topics = turn.city.topics
    return tuple(topics[place - 1] for place in places) if all(0 < p <= len(topics) for p in places) else ()


def _named_alone(turn: Turn) -> tuple[Topic, ...]:
    """The topics of names and nothing else."""
    topics = turn.city.topics
    if whole := tuple(topic for topic in topics if turn.plain in topic.spoken):
        return whole
    pieces = [piece for piece in map(compact, _BETWEEN.split(turn.text)) if piece]
    found = [next((topic for topic in topics if piece in topic.spoken), None) for piece in pieces]
    return tuple(dict.fromkeys(filter(None, found))) if all(found) else ()


def _names(topic: Topic) -> frozenset[str]:
    """What stands for it within a sentence: a single letter is in too many words."""
    return frozenset(name for name in topic.spoken if len(name) >= covering.SHORTEST)


def _is_covered(turn: Turn, named: tuple[Topic, ...]) -> bool:
    known = [turn.city.wording.words(group) for group in (*_GROUPS, "words.polite")]
    return covering.covers(turn.plain, [*known, *map(_names, named)])
