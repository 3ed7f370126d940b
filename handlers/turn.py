"""What a handler is given and what it gives back."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, NewType

EventId = NewType("EventId", str)
MessageId = NewType("MessageId", str)


# What a resident said -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Text:
    """Words, with LINE's own emoji already taken out."""

    text: str
    message_id: MessageId


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


@dataclass(frozen=True, slots=True)
class Media:
    """Something that is not words."""

    kind: Literal["sticker", "image", "video", "audio", "file"]
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
