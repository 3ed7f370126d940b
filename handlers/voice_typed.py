"""What is typed while a voice is written: the label of a button does what the button does, other words answer."""

from collections.abc import Iterator
from typing import assert_never

from handlers import smalltalk, voice_answers, voice_same, voice_screen
from handlers.turn import Card, Choice, Press, Reply, Turn
from handlers.voice_draft import Draft, Step
from handlers.voice_verbs import Going, Mend, Verb, read
from nlp.compact import compact

BEGUN = 8
"""Letters from which on words at the choice of a category are what one has to say, and no name of a category."""


def pressed(turn: Turn, draft: Draft) -> Going | None:
    """The button that the words name, of those that are on the screen; or what they mean at this step."""
    for choice in _buttons(turn, draft):
        does = choice.does if compact(choice.label) == turn.plain else None
        if isinstance(does, Press) and (going := read(does.data)):
            return going
    return _meant(turn, draft)


def answered(turn: Turn, draft: Draft) -> Reply:
    """The words as an answer to what was asked last."""
    text = turn.text.strip()
    match draft.step:
        case Step.CATEGORY:
            if len(text) < BEGUN or smalltalk.kind(turn) is not None:
                return voice_screen.again(turn, draft, turn.city.say("voice.choose"))
            return voice_answers.added(turn, draft, text)
        case Step.WRITE:
            if smalltalk.kind(turn) is not None:
                return voice_screen.ask(turn, draft)
            return voice_answers.written(turn, draft, text)
        case Step.PLACE:
            return voice_answers.placed(turn, draft, text)
        case Step.PHOTOGRAPH | Step.PUBLISH:
            return voice_screen.again(turn, draft, turn.city.say("voice.choose"))
        case Step.OVERVIEW:
            if smalltalk.kind(turn) is not None:
                return voice_screen.again(turn, draft, turn.city.say("voice.choose"))
            return voice_answers.added(turn, draft, text)
        case Step.SAME:
            return voice_same.ask_again(turn, draft)
        case other:
            assert_never(other)


def _buttons(turn: Turn, draft: Draft) -> Iterator[Choice]:
    """All that can be pressed at this step."""
    shown = [(voice_same.ask_again if draft.step is Step.SAME else voice_screen.ask)(turn, draft)]
    if draft.step is Step.OVERVIEW:
        shown.append(voice_screen.mend(turn, draft))
    for reply in shown:
        yield from reply.choices
        yield from (each for part in reply.parts if isinstance(part, Card) for each in part.choices)


def _meant(turn: Turn, draft: Draft) -> Going | None:
    """Words that every step knows, and the names of categories."""
    if turn.says("words.voice_back"):
        return Going(Verb.BACK, draft.once, "")
    if draft.step is Step.CATEGORY and (named := _category(turn)):
        return Going(Verb.CATEGORY, draft.once, named)
    if draft.step is Step.PUBLISH and turn.says("words.voice_may"):
        return Going(Verb.PUBLISH, draft.once, "yes")
    if draft.step is Step.PUBLISH and turn.says("words.voice_may_not"):
        return Going(Verb.PUBLISH, draft.once, "no")
    if draft.step is Step.OVERVIEW and (turn.says("words.case_send") or turn.says("words.this_one")):
        return Going(Verb.SEND, draft.once, "")
    if draft.step is Step.OVERVIEW and (turn.says("words.voice_mend") or turn.says("words.case_withdraw")):
        return Going(Verb.MEND, draft.once, "")
    if draft.step is Step.OVERVIEW and turn.says("words.case_more"):
        return Going(Verb.MEND, draft.once, Mend.MORE)
    return Going(Verb.NEXT, draft.once, "") if turn.says("words.voice_skip") else None


def _category(turn: Turn) -> str:
    named = (each.id for each in turn.city.voice_categories if turn.plain in each.spoken)
    return next(named, "")
