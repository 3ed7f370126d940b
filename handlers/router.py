"""Which handler answers: danger first, then the way out, the open conversation, the handlers, the question."""

from dataclasses import dataclass, replace
from types import ModuleType
from typing import Final

from handlers import (
    arrivals,
    booking,
    booking_hold,
    case_acts,
    case_draft,
    case_drafting,
    case_listening,
    case_passing,
    choosing,
    collaboration,
    consultation,
    danger,
    disaster,
    escalation,
    feedback,
    hearing,
    menu,
    my_data,
    nearest,
    office,
    opinion,
    opinion_draft,
    opinion_writing,
    procedure,
    question,
    smalltalk,
    subscribing,
    tell_later,
    tongue,
    voice,
    voice_draft,
    voice_menu,
    voice_public,
    ways,
    words,
)
from handlers.city import City
from handlers.opinion_verbs import Step, to_step
from handlers.turn import SAY, Message, MessageId, Plain, Pressed, Reply, Said, Text, Turn
from nlp.compact import MOST
from nlp.masking import Personal, mask, without_labels
from nlp.width import bounded

HANDLERS: tuple[ModuleType, ...] = (
    tongue,
    voice,
    case_drafting,
    opinion_writing,
    case_acts,
    collaboration,
    case_listening,
    booking,
    disaster,
    subscribing,
    opinion,
    voice_public,
    voice_menu,
    hearing,
    ways,
    menu,
    arrivals,
    my_data,
    choosing,
    tell_later,
    feedback,
    escalation,
    procedure,
    nearest,
    consultation,
    office,
    smalltalk,
    case_passing,
)
"""Each has `matches(turn) -> bool` and `handle(turn) -> Reply`; the first that matches answers."""


_MEANWHILE: Final = (
    "menu",
    "question",
    "choosing",
    "feedback",
    "tell_later",
    "escalation",
    "office",
    "procedure",
    "consultation",
    "nearest",
    "smalltalk",
)
"""Handlers whose answers begin nothing that has to go on."""


@dataclass(frozen=True, slots=True)
class Routed:
    """The reply, and the name of the handler that gave it."""

    handler: str
    reply: Reply


def route(turn: Turn) -> Routed:
    """Answers a message. Personal data in it is masked before any handler but danger sees it."""
    turn = _bounded(replace(turn, message=replace(turn.message, said=_worded(turn.message.said))))
    found = danger.find(turn)
    masked, personal = _masked(turn)
    if found is not None:
        warning = danger.handle(turn, found)
        danger.tell_staff(turn, found)
        if danger.is_now(found):
            return Routed("danger", _left_waiting(masked, warning))
        calm = _in_their_language(masked, personal)
        return Routed("danger", replace(calm.reply, parts=(*warning.parts, *calm.reply.parts)))
    return _in_their_language(masked, personal)


def _left_waiting(turn: Turn, warning: Reply) -> Reply:
    """What was begun waits, with the way back to it: what is written next is not taken for its words."""
    if voice_draft.of_conversation(turn.conversation) is not None:
        waiting = voice_draft.paused(turn.conversation, turn.text)
        return replace(warning, conversation=waiting, choices=(*voice_menu.go_on(turn), *warning.choices))
    if turn.conversation.topic == opinion_draft.TOPIC:
        go_on = to_step(turn.city, "opinion.go_on", Step.GO_ON)
        waiting = opinion_draft.paused(turn.conversation)
        return replace(warning, conversation=waiting, choices=(go_on, *warning.choices))
    return replace(warning, conversation=case_draft.paused(turn.conversation))


def _in_their_language(turn: Turn, personal: frozenset[Personal]) -> Routed:
    """The answer in the language that is chosen or written; what was masked stands below."""
    heard = tongue.listen(turn)
    routed = _ask(heard)
    routed = replace(routed, reply=tongue.told(turn, heard, routed.reply))
    return _told_of_masking(heard, routed, personal)


def searched(city: City, said: Said) -> str:
    """The words that a search would be made with: masked; empty where there are none, or they speak of danger."""
    said = _worded(said)
    if not isinstance(said, Text) or city.danger.find(said.text) is not None:
        return ""
    return without_labels(mask(said.text, city.public).text)


def _told_of_masking(turn: Turn, routed: Routed, personal: frozenset[Personal]) -> Routed:
    if personal:
        told = sorted(turn.city.say(f"masked.kind.{kind}") for kind in personal)
        kinds = turn.city.listed(told, "names")
        parts = (*routed.reply.parts, Plain(turn.city.say("masked.kinds", kinds=kinds)))
        return Routed(routed.handler, replace(routed.reply, parts=parts))
    return routed


def _ask(turn: Turn) -> Routed:
    routed = _answered(turn)
    if to_staff := case_passing.offer(turn, routed.reply):
        routed = replace(routed, reply=replace(routed.reply, choices=(*routed.reply.choices, *to_staff)))
    if routed.handler == booking.__name__.rpartition(".")[2] or not routed.reply.parts:
        return routed
    parts, choices = booking_hold.rest_of_time(turn)
    reply = routed.reply
    return replace(
        routed, reply=replace(reply, parts=(*reply.parts, *parts), choices=(*choices, *reply.choices))
    )


def _answered(turn: Turn) -> Routed:
    """The answer; what somebody was telling the city waits for them, unless they want no more of it."""
    routed = _handled(voice_menu.pressed(turn))
    waits = routed.handler in _MEANWHILE and not turn.says("words.stop") and turn.pressed != "stop"
    if not waits or not (on := voice_menu.go_on(turn)):
        return routed
    reply = routed.reply
    waiting = voice_draft.beside(voice_draft.paused(turn.conversation), reply.conversation)
    return replace(routed, reply=replace(reply, choices=(*on, *reply.choices), conversation=waiting))


def _handled(turn: Turn) -> Routed:
    for handler in HANDLERS:
        if handler.matches(turn):
            return Routed(handler.__name__.rpartition(".")[2], handler.handle(turn))
    if not turn.text:
        # A button of ours that no longer exists: say so, rather than nothing.
        choices = (words.to_the_menu(turn.city), words.to_a_person(turn.city))
        return Routed("menu", Reply((Plain(turn.city.say("choose.gone")),), choices))
    return Routed("question", question.handle(turn))


def _worded(said: Said) -> Said:
    """A button that says words, as those words."""
    if isinstance(said, Pressed) and said.data.startswith(SAY):
        return Text(said.data.removeprefix(SAY), MessageId(""))
    return said


def _bounded(turn: Turn) -> Turn:
    """No longer than LINE lets anybody write, also once letters such as ﷺ are written out."""
    said = turn.message.said
    if not isinstance(said, Text) or (text := bounded(said.text, MOST)) == said.text:
        return turn
    return replace(turn, message=replace(turn.message, said=replace(said, text=text)))


def _masked(turn: Turn) -> tuple[Turn, frozenset[Personal]]:
    said = turn.message.said
    if not isinstance(said, Text):
        return turn, frozenset()
    masked = mask(said.text, turn.city.public)
    message = Message(turn.message.event_id, replace(said, text=masked.text), turn.message.sent_at)
    return replace(turn, message=message), masked.kinds
