"""市に声を届ける: the ways by which a resident is heard, in one card."""

from dataclasses import dataclass, replace
from typing import Final

from handlers import (
    collaboration_verbs,
    hearing,
    opinion_verbs,
    voice_draft,
    voice_verbs,
    voice_wish,
    ways,
    words,
)
from handlers.turn import Card, Choice, Pressed, Reply, Turn
from nlp.compact import compact
from store.conversations import Conversation
from store.voices import VoiceKind

TOPIC: Final = "voices"
"""The conversation after the ways were shown: the name of one, typed, means its button."""
SHOW: Final = words.VOICES
PUBLISHED: Final = "voices:published"


@dataclass(frozen=True, slots=True)
class Item:
    """A way."""

    label: str
    """The key of what its button says."""
    leads: str
    """What its button carries."""


ITEMS: Final = (
    Item("voice.menu.proposal", voice_verbs.begin(VoiceKind.PROPOSAL)),
    Item("voice.menu.letter", voice_verbs.begin(VoiceKind.LETTER)),
    Item("voice.menu.public_comment", opinion_verbs.to(opinion_verbs.Step.LIST)),
    Item("collaboration.button", collaboration_verbs.to(collaboration_verbs.Step.ABOUT)),
    Item("voice.menu.hearing", hearing.SHOW),
    Item("voice.menu.ombudsman", ways.SHOW),
    Item("published_voices.button", PUBLISHED),
)
"""In the order in which they are shown."""


def matches(turn: Turn) -> bool:
    """Its button, its name, or that one has something to say to the city."""
    if turn.pressed == SHOW or turn.says("words.voices"):
        return True
    return bool(turn.text) and voice_wish.has_something_to_say(turn)


def handle(turn: Turn) -> Reply:
    city = turn.city
    offered = tuple(words.press(city, item.label, item.leads) for item in ITEMS)
    card = Card(city.say("voice.menu.title"), city.say("voice.menu.body"), choices=offered)
    choices = (*go_on(turn), words.to_a_person(city), words.to_the_menu(city))
    is_writing = voice_draft.of_conversation(turn.conversation) is not None
    return Reply(
        (card,), choices, voice_draft.paused(turn.conversation) if is_writing else Conversation(TOPIC, {})
    )


def pressed(turn: Turn) -> Turn:
    """The turn as if the button had been pressed whose label was typed, where the ways were just shown."""
    if turn.conversation.topic != TOPIC or not turn.text:
        return turn
    typed = compact(turn.text)
    leads = next((item.leads for item in ITEMS if compact(turn.city.say(item.label)) == typed), None)
    return turn if leads is None else replace(turn, message=replace(turn.message, said=Pressed(leads)))


def offer(turn: Turn) -> Choice:
    """The way here."""
    return words.to_voices(turn.city)


def go_on(turn: Turn) -> tuple[Choice, ...]:
    """The way back to a voice that is being written; none where none is."""
    draft = voice_draft.of_conversation(turn.conversation)
    if draft is None:
        return ()
    return (voice_verbs.press(turn.city, "voice.go_on", voice_verbs.Verb.GO_ON, draft.once),)
