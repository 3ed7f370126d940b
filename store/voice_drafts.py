"""What somebody has begun to tell in the talk, as the form takes it up that was opened from there."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from faq.voice_categories import VoiceCategoryId
from store import conversations
from store.conversations import IDLE, Conversation
from store.db import Tx
from store.photographs import PhotographId
from store.residents import ResidentId
from store.voices import VoiceKind

TOPIC: Final = "voice draft"
"""The conversation in which somebody tells the city something."""
_BESIDE: Final = "voice."
"""Before the names of its slots in another conversation."""


@dataclass(frozen=True, slots=True)
class Begun:
    """What is known of it so far."""

    kind: VoiceKind
    category: VoiceCategoryId | None
    words: str
    where: str
    photographs: tuple[PhotographId, ...]


def slots_of(conversation: Conversation) -> Mapping[str, str] | None:
    """What is kept of it: the conversation itself, or beside what was asked meanwhile; None where nothing was begun."""
    if conversation.topic == TOPIC:
        return conversation.slots
    own = {
        key.removeprefix(_BESIDE): value
        for key, value in conversation.slots.items()
        if key.startswith(_BESIDE)
    }
    return own or None


def beside(waiting: Conversation, other: Conversation) -> Conversation:
    """The other conversation, with the one that waits in it."""
    kept = {f"{_BESIDE}{key}": value for key, value in (slots_of(waiting) or {}).items()}
    return waiting if other == IDLE else Conversation(other.topic, {**other.slots, **kept})


def begun(tx: Tx, resident: ResidentId, now: datetime) -> Begun | None:
    """None where nothing was begun, or it was left long ago."""
    slots = slots_of(conversations.current(tx, resident, now))
    if slots is None:
        return None
    return Begun(
        VoiceKind(slots["kind"]),
        VoiceCategoryId(slots["category"]) if slots.get("category") else None,
        slots.get("words", ""),
        slots.get("where", ""),
        tuple(PhotographId(int(each)) for each in slots.get("photographs", "").split(",") if each),
    )


def sent(tx: Tx, resident: ResidentId, now: datetime) -> None:
    """The form was sent: the talk does not go on with it."""
    if slots_of(conversations.current(tx, resident, now)) is not None:
        conversations.keep(tx, resident, IDLE, now)
