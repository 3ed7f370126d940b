"""Thanks, greetings and what else people say to somebody who answers."""

from functools import lru_cache

from handlers import words
from handlers.turn import Plain, Reply, Turn

KINDS = (
    "rude",
    "thanks",
    "sorry",
    "bye",
    "who",
    "praise",
    "hungry",
    "weather",
    "joke",
    "tired",
    "morning",
    "evening",
    "hello",
    "yes",
    "silence",
)
"""In the order in which they are looked for; each a table `smalltalk.KIND` of the wording."""


def matches(turn: Turn) -> bool:
    return bool(turn.text) and kind(turn) is not None


def handle(turn: Turn) -> Reply:
    found = kind(turn)
    choices = (words.to_the_menu(turn.city), words.to_a_person(turn.city))
    return Reply((Plain(turn.city.say(f"smalltalk.{found}.reply")),), choices, conversation=turn.conversation)


def kind(turn: Turn) -> str | None:
    """The kind of small talk that is all the message says; a question beside it goes on to be answered."""
    rest = turn.plain
    if not rest:
        return "silence"
    found: str | None = None
    for each in KINDS:
        for phrase in _longest_first(turn.city.wording.words(f"smalltalk.{each}.words")):
            if phrase in rest:
                found = found or each
                rest = rest.replace(phrase, "")
    for phrase in _longest_first(turn.city.wording.words("words.polite")):
        rest = rest.replace(phrase, "")
    return found if rest == "" else None


@lru_cache(maxsize=256)
def _longest_first(phrases: frozenset[str]) -> tuple[str, ...]:
    return tuple(sorted(phrases, key=len, reverse=True))
