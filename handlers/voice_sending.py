"""What is sent, once: a voice of a section, with a receipt and a promise; or why it is not."""

from dataclasses import replace

from handlers import case_sending, voice_menu, voice_photographs, voice_same, voice_screen, words
from handlers.case_draft import clipped
from handlers.case_promise import say_promise, say_start, section_name
from handlers.turn import Card, Fact, Plain, Reply, Turn
from handlers.voice_draft import Draft, Step, handed, ward
from nlp.japan import today
from store import cases, receipts, voices
from store.audit import ByResident
from store.case_opening import CaseDraft
from store.case_refusals import TooMany
from store.voices import Voice, VoiceDraft, VoicePlace, Way


def send(turn: Turn, draft: Draft, *, is_another: bool) -> Reply:
    """Hands it to the section; asks first where the resident has told the same before and waits for an answer."""
    taken = handed(turn, draft)
    if taken is None or not draft.words:
        return voice_screen.ask(turn, replace(draft, step=Step.OVERVIEW if draft.words else Step.WRITE))
    if not is_another and (before := voice_same.found(turn, draft)):
        return voice_same.ask(turn, draft, before)
    case = CaseDraft(draft.once, taken.section, clipped(draft.words), (draft.words,), ward=ward(turn, draft))
    by = ByResident(turn.resident.id)
    made = voices.tell(turn.tx, case, _voice(turn, draft), taken.promised_at, by, turn.now)
    if isinstance(made, TooMany):
        return _too_many(turn, made)
    voice_photographs.attach(turn, draft, made.case.id)
    return sent(turn, made)


def sent(turn: Turn, voice: Voice) -> Reply:
    """Receipt, section, by when, and what can be done from now on."""
    city, case = turn.city, voice.case
    promise = (Fact(city.say("case.promise"), say_promise(city, case.promised_at, turn.now)),)
    facts = (
        Fact(city.say("case.receipt"), receipts.shown(case.receipt)),
        Fact(city.say("case.section"), section_name(city, case.section)),
        *(promise if voice.wants_answer else ()),
    )
    title = city.say("voice.sent.title", kind=voice_screen.kind_name(turn, voice.kind))
    body = city.say("case.sent.line" if voice.wants_answer else "voice.sent.no_answer")
    card = Card(title, body, facts, say_start(city, case.section, turn.now))
    return Reply((card,), case_sending.after(turn, case))


def gone(turn: Turn) -> Reply:
    """A button of a draft that is no longer open: sent already, or forgotten."""
    city = turn.city
    said = city.say("voice.gone", state=city.say("case.see_state"), hub=city.say("voice.menu.button"))
    choices = (voice_menu.offer(turn), words.to_a_person(city), words.to_the_menu(city))
    return Reply((Plain(said),), choices, turn.conversation)


def _voice(turn: Turn, draft: Draft) -> VoiceDraft:
    here = draft.here
    place = None
    if here or draft.where:
        place = VoicePlace(here.latitude if here else None, here.longitude if here else None, draft.where)
    return VoiceDraft(
        draft.kind,
        Way.LINE,
        draft.category,
        place,
        may_publish=bool(draft.may_publish),
        wants_answer=draft.wants_answer,
        received_on=today(turn.now),
    )


def _too_many(turn: Turn, refused: TooMany) -> Reply:
    city = turn.city
    said = Plain(city.say("case.too_many", most=refused.most))
    standing = cases.standing(turn.tx, turn.resident.id)
    choices = case_sending.after(turn, standing) if standing else (words.to_the_menu(city),)
    return Reply((said,), choices, turn.conversation)
