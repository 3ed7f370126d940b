"""What the resident has told already and nobody has answered yet: offered to be added to, in place of a second one."""

from dataclasses import replace
from typing import Final

from faq.same_matter import Matter, is_same
from handlers import case_listening, case_mine, voice_photographs, voice_screen, words
from handlers.dates import say_day
from handlers.turn import Card, Plain, Reply, ReplyOutcome, Turn
from handlers.voice_draft import Draft, Step, said
from handlers.voice_verbs import Verb, press
from nlp.japan import today
from store import case_saying, case_talk, receipts, voices
from store.case_refusals import Gone
from store.case_talk import EntryKind
from store.cases import WAITING, CaseId
from store.voices import Voice

ANOTHER: Final = "new"
"""It is another matter all the same."""


def found(turn: Turn, draft: Draft) -> Voice | None:
    """The newest of the resident's own that waits for an answer and is about the same matter."""
    mine = Matter(said(draft), draft.category, draft.here)
    waiting = (each for each in voices.of_resident(turn.tx, turn.resident.id) if each.case.state in WAITING)
    return next((each for each in waiting if is_same(mine, _matter(turn, each))), None)


def ask(turn: Turn, draft: Draft, before: Voice) -> Reply:
    """Whether to add to it."""
    city, case = turn.city, before.case
    body = city.say(
        "voice.same.body",
        kind=voice_screen.kind_name(turn, before.kind),
        when=say_day(city, today(case.opened_at), today(turn.now)),
        subject=case.subject,
        receipt=receipts.shown(case.receipt),
    )
    buttons = (
        press(city, "voice.same.add", Verb.ADD, draft.once, str(case.id)),
        press(city, "voice.same.another", Verb.SEND, draft.once, ANOTHER),
    )
    card = Card(city.say("voice.same.title"), body, choices=buttons)
    asked = replace(draft, step=Step.SAME)
    return Reply((card,), voice_screen.onward(turn, asked), asked.as_conversation(), ReplyOutcome.ASK)


def ask_again(turn: Turn, draft: Draft) -> Reply:
    """The same, once what was typed says neither; the whole where the other one was answered meanwhile."""
    before = found(turn, draft)
    return ask(turn, draft, before) if before else voice_screen.ask(turn, replace(draft, step=Step.OVERVIEW))


def add(turn: Turn, draft: Draft, to: CaseId) -> Reply:
    """Words, place and photographs go to the voice that was told before."""
    city, before = turn.city, voices.own(turn.tx, turn.resident.id, to)
    if before is None:
        return voice_screen.ask(turn, replace(draft, step=Step.OVERVIEW))
    promise = case_listening.promise(turn, before.case)
    case = case_saying.say(turn.tx, turn.resident.id, to, said(draft), turn.now, promise)
    if isinstance(case, Gone):
        return voice_screen.ask(turn, replace(draft, step=Step.OVERVIEW))
    voice_photographs.attach(turn, draft, to)
    receipt = Plain(city.say("voice.same.added", receipt=receipts.shown(case.receipt)))
    return Reply((receipt,), (*case_mine.onward(turn)[:1], words.to_the_menu(city)))


def _matter(turn: Turn, before: Voice) -> Matter:
    heard = case_talk.told_to(turn.tx, turn.resident.id, before.case.id)
    told = [each.words for each in heard if each.kind is EntryKind.SAID]
    where = before.place
    at = where.at if where else None
    return Matter(" ".join((*told, where.words if where else "")), before.category, at)
