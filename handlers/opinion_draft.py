"""An opinion that is being written: nothing of it is sent before the resident says so."""

import secrets
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from faq.plans import PlanId
from store.conversations import IDLE, Conversation

TOPIC: Final = "opinion draft"
"""The conversation in which an opinion is written."""


class Step(StrEnum):
    """Whether what is written now is added to it."""

    WRITING = "writing"
    PAUSED = "paused"
    """Something else was more urgent; 「意見の続きを書く」 goes on."""


@dataclass(frozen=True, slots=True)
class OpinionDraft:
    """On one plan."""

    once: str
    """Its own, so that a button of another draft does not send this one."""
    plan: PlanId
    words: str = ""
    """Masked; what will be sent."""
    step: Step = Step.WRITING

    def as_conversation(self) -> Conversation:
        slots = {"once": self.once, "plan": self.plan, "words": self.words, "step": self.step.value}
        return Conversation(TOPIC, slots)


def begun(plan: PlanId) -> OpinionDraft:
    """An empty one."""
    return OpinionDraft(secrets.token_urlsafe(8), plan)


def of_conversation(conversation: Conversation) -> OpinionDraft | None:
    """The draft that is open; None where none is."""
    if conversation.topic != TOPIC:
        return None
    slots = conversation.slots
    return OpinionDraft(slots["once"], PlanId(slots["plan"]), slots["words"], Step(slots["step"]))


def paused(conversation: Conversation) -> Conversation:
    """The draft, as it waits until somebody goes on with it; idle where none is open."""
    draft = of_conversation(conversation)
    if draft is None:
        return IDLE
    return OpinionDraft(draft.once, draft.plan, draft.words, Step.PAUSED).as_conversation()
