"""What a resident is about to tell the city: わたしの提言 or a letter to the mayor, step by step."""

import secrets
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from faq.models import Place
from faq.routing import Handed, Topic
from faq.voice_categories import VoiceCategory, VoiceCategoryId
from faq.voice_routing import letter, proposal
from handlers.city import City
from handlers.heard import hear
from handlers.turn import Turn
from store.conversations import Conversation
from store.photographs import PhotographId
from store.voice_drafts import TOPIC as TOPIC
from store.voice_drafts import beside as beside
from store.voice_drafts import slots_of
from store.voices import VoiceKind

MOST: Final = 1000
"""Letters of what is told; of the place a tenth of it."""


class Step(StrEnum):
    """What the resident was asked last, in the order in which it is asked."""

    CATEGORY = "category"
    WRITE = "write"
    PLACE = "place"
    PHOTOGRAPH = "photograph"
    PUBLISH = "publish"
    OVERVIEW = "overview"
    SAME = "same"
    """Whether it is the same as what was told before."""


@dataclass(frozen=True, slots=True)
class Draft:
    """Nothing of it is sent before the resident says so."""

    once: str
    """Its own, so that a button of another draft does not send this one."""
    kind: VoiceKind
    step: Step
    category: VoiceCategoryId | None = None
    words: str = ""
    """Masked; what will be sent."""
    here: Place | None = None
    """A location that was sent."""
    where: str = ""
    """The place in words, masked."""
    photographs: tuple[PhotographId, ...] = ()
    may_publish: bool | None = None
    """None while nobody has said."""
    wants_answer: bool = True
    whole: bool = False
    """Whether all was asked once: each change leads back to the whole."""
    waits: bool = False
    """For who comes back to it: what is written meanwhile is not taken for its words."""

    def as_conversation(self) -> Conversation:
        slots = {
            "once": self.once,
            "kind": self.kind.value,
            "step": self.step.value,
            "category": self.category or "",
            "words": self.words,
            "here": f"{self.here.latitude},{self.here.longitude}" if self.here else "",
            "where": self.where,
            "photographs": ",".join(map(str, self.photographs)),
            "may_publish": "" if self.may_publish is None else _flag(self.may_publish),
            "wants_answer": _flag(self.wants_answer),
            "whole": _flag(self.whole),
            "waits": _flag(self.waits),
        }
        return Conversation(TOPIC, slots)


def new(kind: VoiceKind) -> Draft:
    """An empty one."""
    return Draft(secrets.token_urlsafe(8), kind, Step.CATEGORY)


def of_conversation(conversation: Conversation) -> Draft | None:
    """The draft that is open; None where none is."""
    slots = slots_of(conversation)
    if slots is None:
        return None
    latitude, _, longitude = slots["here"].partition(",")
    return Draft(
        slots["once"],
        VoiceKind(slots["kind"]),
        Step(slots["step"]),
        VoiceCategoryId(slots["category"]) if slots["category"] else None,
        slots["words"],
        Place(float(latitude), float(longitude)) if longitude else None,
        slots["where"],
        tuple(PhotographId(int(each)) for each in slots["photographs"].split(",") if each),
        _read_flag(slots["may_publish"]) if slots["may_publish"] else None,
        _read_flag(slots["wants_answer"]),
        _read_flag(slots["whole"]),
        _read_flag(slots["waits"]),
    )


def paused(conversation: Conversation, said: str = "") -> Conversation:
    """The same where a voice is open, waiting. `said`: masked words that were meant for it, and are not lost."""
    draft = of_conversation(conversation)
    if draft is None:
        return conversation
    longer = "\n".join(filter(None, (draft.words, said)))
    if said and not draft.waits and draft.step in _WRITTEN and len(longer) <= MOST:
        draft = replace(draft, words=longer)
    return replace(draft, waits=True).as_conversation()


def after(city: City, draft: Draft) -> Step:
    """What is asked next; of the whole, nothing that was asked before but what a new category asks for."""
    later = (each for each in steps(city, draft) if _ORDER.index(each) > _ORDER.index(draft.step))
    return next(each for each in later if _is_wanted(draft, each))


def before(city: City, draft: Draft) -> Step | None:
    """What was asked before; None at the beginning."""
    earlier = [each for each in steps(city, draft) if _ORDER.index(each) < _ORDER.index(draft.step)]
    return earlier[-1] if earlier else None


def first(city: City) -> Step:
    """What is asked first."""
    return Step.CATEGORY if city.voice_categories else Step.WRITE


def back_at(city: City, draft: Draft) -> Draft:
    """The draft where it was left, once somebody comes back to it; on from there where the words came meanwhile."""
    there = replace(draft, waits=False)
    if draft.step is Step.SAME:
        return replace(there, step=Step.OVERVIEW)
    written = draft.step is Step.WRITE and draft.words
    return replace(there, step=after(city, there)) if written else there


def steps(city: City, draft: Draft) -> tuple[Step, ...]:
    """All that is asked of a voice of this category, in order."""
    found = category(city, draft)
    left_out = {
        Step.CATEGORY: not city.voice_categories,
        Step.PLACE: not (found and found.asks_place),
        Step.PHOTOGRAPH: not (found and found.asks_photograph),
        Step.SAME: True,
    }
    return tuple(each for each in _ORDER if not left_out.get(each, False))


def _is_wanted(draft: Draft, step: Step) -> bool:
    if step is Step.WRITE:
        return not draft.words
    if step is Step.PLACE and draft.step is Step.CATEGORY:
        return draft.here is None and not draft.where
    return step is Step.OVERVIEW or not draft.whole


def category(city: City, draft: Draft) -> VoiceCategory | None:
    """What it is about; None where nobody said, or the city has no such category any more."""
    return next((each for each in city.voice_categories if each.id == draft.category), None)


def handed(turn: Turn, draft: Draft) -> Handed | None:
    """Whose it is, and by when they answer; None where the city has no sections at all."""
    city, rules = turn.city, turn.city.profile.voices
    topic = Topic(None, said(draft), ward(turn, draft))
    if draft.kind is VoiceKind.LETTER:
        return letter(city.switchboard, rules, topic, turn.now)
    return proposal(city.switchboard, rules, category(city, draft), topic, turn.now)


def ward(turn: Turn, draft: Draft) -> str:
    """The ward that it names; empty where it names none."""
    return hear(turn.city, said(draft), turn.now).ward


def said(draft: Draft) -> str:
    """All that was written of it."""
    return " ".join(filter(None, (draft.words, draft.where)))


_ORDER: Final = tuple(Step)
_WRITTEN: Final = (Step.CATEGORY, Step.WRITE, Step.OVERVIEW)
"""Steps at which words are those of the voice."""


def _flag(value: bool) -> str:
    return "yes" if value else "no"


def _read_flag(value: str) -> bool:
    return value == "yes"
