"""Whether somebody says in their own words that they would like to tell the city something.

市長さんに手紙ば書きたかとだけど, 市に言いたいことがある: the whole message says so and nothing else. What asks
about the ways (手紙はどこに出すの) leaves words over, and is for the knowledge.
"""

from typing import Final

from handlers.turn import Turn

_LETTER: Final = ("words.voice_mayor", "words.voice_letter_what", "words.voice_wants")
_SAYING: Final = ("words.voice_mayor", "words.voice_whom", "words.voice_what", "words.voice_saying")
_BESIDE: Final = ("words.voice_wants", "words.polite", "words.helping")


def writes_to_mayor(turn: Turn) -> bool:
    """市長に手紙を書きたい."""
    named = ("words.voice_letter_what", "words.voice_mayor", "words.voice_wants")
    return all(map(turn.mentions, named)) and _covers(turn, *_LETTER, *_BESIDE)


def has_something_to_say(turn: Turn) -> bool:
    """市に要望がある, 意見を言いたい; 言いたいことがある only where it is said to whom."""
    to_whom = turn.mentions("words.voice_whom") or turn.mentions("words.voice_mayor")
    what = turn.mentions("words.voice_what") or (to_whom and turn.mentions("words.voice_saying"))
    return what and turn.mentions("words.voice_wants") and _covers(turn, *_SAYING, *_BESIDE)


def _covers(turn: Turn, *groups: str) -> bool:
    return turn.city.wording.covers(turn.meant_plain, *groups)
