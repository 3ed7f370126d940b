"""What the buttons of a voice carry: words of a closed list, and the draft that they belong to."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from handlers.city import City
from handlers.turn import Choice, Press
from store.voices import VoiceKind

VERB: Final = "voice"
"""`voice:VERB:ONCE:WHAT`; of `begin`, which is of no draft, `voice:begin::KIND`."""


class Verb(StrEnum):
    """Moves about; nothing is sent but by SEND and ADD."""

    BEGIN = "begin"
    """WHAT: the kind."""
    CATEGORY = "category"
    """WHAT: the id of one."""
    NEXT = "next"
    """Leaves a step out."""
    BACK = "back"
    STOP = "stop"
    GO_ON = "on"
    PUBLISH = "publish"
    """WHAT: yes or no."""
    MEND = "mend"
    """WHAT: what is changed; empty to be asked."""
    SEND = "send"
    """WHAT: `new` where it was asked whether it is the same as another."""
    ADD = "add"
    """To the voice that was told before. WHAT: its case."""


class Mend(StrEnum):
    """What can be changed of the whole."""

    CATEGORY = "category"
    MORE = "more"
    WORDS = "words"
    PLACE = "place"
    PHOTOGRAPH = "photograph"
    PUBLISH = "publish"
    ANSWER = "answer"


@dataclass(frozen=True, slots=True)
class Going:
    """Where a button leads, of which draft, and with what."""

    verb: Verb
    once: str
    what: str


def press(city: City, key: str, verb: Verb, once: str, what: str = "") -> Choice:
    """A button whose label is the sentence of that key."""
    return labelled(city.say(key), verb, once, what)


def labelled(label: str, verb: Verb, once: str, what: str = "") -> Choice:
    """A button of that label."""
    return Choice(label, Press(f"{VERB}:{verb}:{once}:{what}", label))


def begin(kind: VoiceKind) -> str:
    """What the button carries that begins a voice."""
    return f"{VERB}:{Verb.BEGIN}::{kind}"


def read(data: str) -> Going | None:
    """Where a button leads; None for what is no button of ours."""
    mine, _, rest = data.partition(":")
    name, _, rest = rest.partition(":")
    once, _, what = rest.partition(":")
    return Going(Verb(name), once, what) if mine == VERB and name in set(Verb) else None
