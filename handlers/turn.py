"""What a handler is given and what it gives back."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from functools import cached_property
from typing import Literal, NewType

from faq.models import SearchResult
from faq.semantic import Vector
from handlers import understood
from handlers.city import City
from handlers.heard import Heard, hear
from nlp.compact import compact
from nlp.language import Language
from nlp.latin import spaced
from nlp.masking import without_labels
from store import buttons
from store.buttons import Button
from store.conversations import IDLE, Conversation
from store.db import Tx
from store.residents import Resident
from store.turn_begun import UNKNOWN_PAST, Past

EventId = NewType("EventId", str)
MessageId = NewType("MessageId", str)


# What a resident said -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Text:
    """Words, with LINE's own emoji already taken out."""

    text: str
    message_id: MessageId
    """Empty where a button said them."""
    earlier: tuple[MessageId, ...] = ()
    """The bubbles before this one that the text was joined from."""


@dataclass(frozen=True, slots=True)
class Pressed:
    """A button: `data` is what the button carries, without the prefix that marks it as ours."""

    data: str


@dataclass(frozen=True, slots=True)
class DatePicked:
    """A date or time from LINE's picker, with the data of the button that opened it."""

    data: str
    picked: datetime


@dataclass(frozen=True, slots=True)
class Located:
    """A location that was sent; degrees in WGS84."""

    latitude: float
    longitude: float
    message_id: MessageId


MediaKind = Literal["sticker", "image", "video", "audio", "file"]


@dataclass(frozen=True, slots=True)
class Media:
    """Something that is not words."""

    kind: MediaKind
    message_id: MessageId


@dataclass(frozen=True, slots=True)
class Followed:
    """The resident added or unblocked the account."""


@dataclass(frozen=True, slots=True)
class Unfollowed:
    """The resident blocked the account; nothing can be said."""


@dataclass(frozen=True, slots=True)
class Unsent:
    """The resident took a message back."""

    message_id: MessageId


Said = Text | Pressed | DatePicked | Located | Media | Followed | Unfollowed | Unsent


# What the bot says --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Plain:
    """A bubble of text."""

    text: str


@dataclass(frozen=True, slots=True)
class Fact:
    """A labelled line of a card: 担当 / こども支援課."""

    label: str
    value: str
    url: str = ""
    """tel: or https:, where the line can be tapped."""


@dataclass(frozen=True, slots=True)
class Card:
    """A bubble with a title, a body, labelled lines and a footnote (source and date)."""

    title: str
    body: str
    facts: tuple[Fact, ...] = ()
    footnote: str = ""
    choices: tuple["Choice", ...] = ()
    """Buttons within the bubble, which stay."""


@dataclass(frozen=True, slots=True)
class Cards:
    """Cards side by side, for things to compare (the nearest offices)."""

    cards: tuple[Card, ...]
    summary: str
    """What a screen that shows no cards says instead."""


Part = Plain | Card | Cards


@dataclass(frozen=True, slots=True)
class Say:
    """Pressing it says these words."""

    text: str


@dataclass(frozen=True, slots=True)
class Press:
    """Pressing it sends `data` back as `Pressed`, and shows `shown` as the resident's words."""

    data: str
    shown: str


@dataclass(frozen=True, slots=True)
class OpenUrl:
    """Pressing it opens a page or the telephone."""

    url: str


@dataclass(frozen=True, slots=True)
class PickDate:
    """Pressing it opens LINE's picker."""

    data: str
    mode: Literal["date", "time", "datetime"]
    initial: str = ""
    earliest: str = ""
    latest: str = ""


@dataclass(frozen=True, slots=True)
class AskLocation:
    """Pressing it opens LINE's location screen."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A button."""

    label: str
    does: Say | Press | OpenUrl | PickDate | AskLocation


class ReplyOutcome(StrEnum):
    """What a reply amounts to. The first three are for questions."""

    ANSWER = "answer"
    CHOOSE = "choose"
    NONE = "none"
    DONE = "done"
    ASK = "ask"


@dataclass(frozen=True, slots=True)
class Reply:
    """What is said, and what the conversation is about from now on."""

    parts: tuple[Part, ...]
    choices: tuple[Choice, ...] = ()
    """Quick replies: they vanish with the next message and are missing on PCs, so the text says them too."""
    conversation: Conversation = IDLE
    outcome: ReplyOutcome = ReplyOutcome.DONE
    found: SearchResult | None = None


SILENCE = Reply(parts=())

SAY = "say:"
"""Before the words of a button that says them without showing them, see `handlers/words.py: saying`."""
ACT = "do:"
"""Before the token of a button that acts on a record, see `store/buttons.py`."""


@dataclass(frozen=True, slots=True)
class Message:
    """What one resident said, at one moment; several bubbles of one question are one message."""

    event_id: EventId
    said: Said
    sent_at: datetime


@dataclass(frozen=True)
class Turn:
    """All that a handler is given."""

    message: Message
    resident: Resident
    conversation: Conversation
    city: City
    tx: Tx
    now: datetime
    vectors: Mapping[str, Vector] = field(default_factory=dict)
    """Of words that may be searched for, where a semantic layer is configured and answered in time."""
    past: Past = UNKNOWN_PAST

    @property
    def text(self) -> str:
        """The words, masked of personal data; empty where it was no text."""
        said = self.message.said
        return said.text if isinstance(said, Text) else ""

    @cached_property
    def plain(self) -> str:
        """The words compacted, as the words of the wording are."""
        return compact(self.text)

    @cached_property
    def spaced(self) -> str:
        """The same with its words apart, where letters are written so."""
        return spaced(self.text)

    @cached_property
    def tongue(self) -> Language | None:
        """The language in which the words are to be read, where it is not Japanese; a button's words always are."""
        said = self.message.said
        is_typed = isinstance(said, Text) and bool(said.message_id)
        return understood.tongue(self.city, without_labels(self.text)) if is_typed else None

    @cached_property
    def meant(self) -> str:
        """The words as the Japanese handlers read them: of another language what it says, with what nobody knows."""
        text = without_labels(self.text)
        return self.city.foreign.gist(text, self.tongue).text if self.tongue else text

    @cached_property
    def meant_plain(self) -> str:
        """What is meant, compacted."""
        return compact(self.meant)

    @cached_property
    def _meant_spaced(self) -> str:
        return spaced(self.meant)

    @cached_property
    def heard(self) -> Heard:
        """What the words name: places, procedures, days and times."""
        return hear(self.city, self.meant, self.now)

    @property
    def pressed(self) -> str:
        """The data of the button, without our prefix; empty where none was pressed."""
        said = self.message.said
        return said.data if isinstance(said, Pressed | DatePicked) else ""

    @property
    def token(self) -> str:
        """The token of a button that acts on a record; empty where none was pressed."""
        return self.pressed.removeprefix(ACT) if self.pressed.startswith(ACT) else ""

    @cached_property
    def button(self) -> Button | None:
        """What that button does, not yet spent; None where it is not this resident's."""
        return buttons.look(self.tx, self.resident.id, self.token) if self.token else None

    @property
    def message_ids(self) -> tuple[MessageId, ...]:
        """The messages that the words came in; none where it was no text."""
        said = self.message.said
        ids = (*said.earlier, said.message_id) if isinstance(said, Text) else ()
        return tuple(each for each in ids if each)

    def says(self, group: str) -> bool:
        """Whether the whole message is one of the words of a group of the wording (`words.menu`)."""
        return self.plain in self.city.wording.words(group)

    def mentions(self, group: str) -> bool:
        """Whether the message, or what it says in Japanese, has one of the words of a group anywhere."""
        wording = self.city.wording
        return wording.mentions(group, self.plain, self.spaced) or (
            self.tongue is not None and wording.mentions(group, self.meant_plain, self._meant_spaced)
        )
