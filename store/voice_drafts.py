"""What somebody has begun to tell in the talk, as the form takes it up that was opened from there."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from faq.voice_categories import VoiceCategoryId
from store import conversations
from store.conversations import IDLE
from store.db import Tx
from store.photographs import PhotographId
from store.residents import ResidentId
from store.voices import VoiceKind

TOPIC: Final = "voice draft"
"""The conversation in which somebody tells the city something."""


@dataclass(frozen=True, slots=True)
class Begun:
    """What is known of it so far."""

    kind: VoiceKind
    category: VoiceCategoryId | None
    words: str
    where: str
    photographs: tuple[PhotographId, ...]


def begun(tx: Tx, resident: ResidentId, now: datetime) -> Begun | None:
    """None where nothing was begun, or it was left long ago."""
    conversation = conversations.current(tx, resident, now)
    if conversation.topic != TOPIC:
        return None
    slots = conversation.slots
    return Begun(
        VoiceKind(slots["kind"]),
        VoiceCategoryId(slots["category"]) if slots.get("category") else None,
        slots.get("words", ""),
        slots.get("where", ""),
        tuple(PhotographId(int(each)) for each in slots.get("photographs", "").split(",") if each),
    )


def sent(tx: Tx, resident: ResidentId, now: datetime) -> None:
    """The form was sent: the talk does not go on with it."""
    if conversations.current(tx, resident, now).topic == TOPIC:
        conversations.keep(tx, resident, IDLE, now)
