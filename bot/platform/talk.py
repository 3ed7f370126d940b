"""What stands in one person's talk with the account, as both of them saw it come about."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, NewType

UserId = NewType("UserId", str)
Speaker = Literal["bot", "person"]


@dataclass(frozen=True, slots=True)
class Spoken:
    """A bubble."""

    speaker: Speaker
    message_id: str
    """Empty where the bubble is no message that could be taken back: the words that a button shows."""
    message: Mapping[str, object]
    """A message as the Messaging API writes it: `{"type": "text", "text": ...}`."""


@dataclass(frozen=True, slots=True)
class Typing:
    """The loading animation."""

    seconds: int


@dataclass(frozen=True, slots=True)
class Read:
    """The account has read everything so far."""


@dataclass(frozen=True, slots=True)
class TakenBack:
    """A message was unsent."""

    message_id: str


@dataclass(frozen=True, slots=True)
class Friendship:
    """The person added, blocked or unblocked the account."""

    state: Literal["added", "blocked", "unblocked"]


@dataclass(frozen=True, slots=True)
class Undelivered:
    """The webhook did not take an event; nobody on a telephone would see this."""

    reason: str


Happening = Spoken | Typing | Read | TakenBack | Friendship | Undelivered


@dataclass(frozen=True, slots=True)
class Entry:
    """One happening, numbered from 1 within its talk."""

    number: int
    at: datetime
    what: Happening


@dataclass(slots=True)
class Person:
    """Somebody with a LINE account, and their talk."""

    user_id: UserId
    display_name: str
    standing: Literal["stranger", "friend", "blocking"] = "stranger"
    """A stranger can write and be answered, as on LINE."""
    entries: list[Entry] = field(default_factory=list)
    spoken: int = 0
    """How many entries there ever were: a message taken back leaves the list, its number stays used."""

    def add(self, what: Happening, at: datetime) -> None:
        """Append to the talk."""
        self.spoken += 1
        self.entries.append(Entry(self.spoken, at, what))

    def forget(self, message_id: str) -> bool:
        """Remove what was said in a message of this person; False where there is none."""
        kept = [entry for entry in self.entries if not _is_own(entry.what, message_id)]
        found = len(kept) < len(self.entries)
        self.entries[:] = kept
        return found


def _is_own(what: Happening, message_id: str) -> bool:
    return isinstance(what, Spoken) and what.speaker == "person" and what.message_id == message_id
