"""A resident's own cases: how each stands, in plain words, and what can be done about it."""

from dataclasses import replace
from typing import Final

from handlers import case_draft, case_sending, case_subject, words
from handlers.booking_verbs import Asker
from handlers.case_promise import say_promise, section_name, section_telephone
from handlers.case_verbs import Act, Step, to_act, to_step
from handlers.dates import say_day
from handlers.turn import Card, Cards, Choice, Fact, Part, Plain, Reply, Turn
from nlp.japan import today
from store import case_talk, cases, receipts, voices
from store.cases import Case, CaseId, Reach, State
from store.conversations import IDLE, Conversation
from store.voices import Voice

TALK: Final = "case"
"""The conversation with a person, see `handlers/case_listening.py`, for as long as any lasts. Slots: `case`, `staff`
(not empty where a person spoke last), `asks` (where it was asked whether it is solved) and `told` (where the resident
knows that words are passed on)."""
MOST = 5
"""Cases side by side."""


def open_cases(turn: Turn) -> tuple[Case, ...]:
    """What stands, the newest first."""
    return cases.open_of_resident(turn.tx, turn.resident.id)


def is_asked_for(turn: Turn) -> bool:
    """Whether nothing is said but that one waits for an answer (返事がまだ来ない), or the receipt of a case."""
    if turn.says("words.case_state") or _is_receipt(turn):
        return True
    if not (turn.mentions("words.case_state_what") and turn.mentions("words.case_state_how")):
        return False
    groups = ("words.case_state_what", "words.case_state_how", "words.polite", "words.helping")
    return turn.city.wording.covers(turn.plain, *groups)


def _is_receipt(turn: Turn) -> bool:
    receipt = receipts.parse(turn.text)
    return receipt is not None and any(
        each.receipt == receipt for each in cases.of_resident(turn.tx, turn.resident.id)
    )


def talk_about(case: Case, *, staff: bool, asks: bool = False, told: bool = False) -> Conversation:
    """The conversation `TALK` from then on."""
    flags = {"staff": staff, "asks": asks, "told": told}
    return Conversation(
        TALK, {"case": str(case.id), **{name: "yes" if each else "" for name, each in flags.items()}}
    )


def show(turn: Turn, key: str = "") -> Reply:
    """All that stands; else the last that is over. `key`: a sentence that is said first."""
    city = turn.city
    found = open_cases(turn)[:MOST] or cases.of_resident(turn.tx, turn.resident.id)[:1]
    if not found:
        call = words.call(city, city.profile.call_centre.telephone)
        return Reply(
            (Plain(city.say("case.mine.none")),), (words.to_a_person(city), call, words.to_the_menu(city))
        )
    shown = tuple(card(turn, each) for each in found)
    part: Part = shown[0] if len(shown) == 1 else Cards(shown, city.say("case.mine.summary"))
    lead, on = (Plain(city.say(key)),) if key else (), IDLE
    if len(found) == 1 and found[0].state is State.ANSWERED:
        part = replace(shown[0], body=city.say("notice.case_answer.solved"))
        on = talk_about(found[0], staff=False, asks=True)
    if turn.conversation.topic in (TALK, case_draft.TOPIC):
        on = turn.conversation
    return Reply((*lead, part), (words.to_a_person(city), words.to_the_menu(city)), on)


def card(turn: Turn, case: Case) -> Card:
    """How a case stands. A telephone call can be asked for instead where what was promised has not come."""
    city, now = turn.city, turn.now
    voice = voices.own(turn.tx, turn.resident.id, case.id)
    facts = [
        Fact(city.say("case.receipt"), receipts.shown(case.receipt)),
        Fact(city.say("case.state"), city.say(f"case.is.{case.ending or case.state}")),
    ]
    if case.subject:
        facts.insert(
            1, Fact(city.say("case.subject"), case_subject.shown(city, case.subject, case.entry or ""))
        )
    if case.is_open:
        facts.append(Fact(city.say("case.section"), section_name(city, case.section)))
    if case.state in cases.WAITING:
        facts.append(Fact(city.say("case.promise"), say_promise(city, case.promised_at, now)))
    body = city.say("voice.mine.joined") if voice is not None and voice.waits_with_another else ""
    if case.is_late(now):
        body = "\n".join(filter(None, (city.say("case.mine.late"), body)))
        facts.append(words.telephone_fact(city, section_telephone(city, case.section)))
    return Card(_title(turn, case, voice), body, tuple(facts), choices=acts(turn, case))


def _title(turn: Turn, case: Case, voice: Voice | None) -> str:
    when = say_day(turn.city, today(case.opened_at), today(turn.now))
    if voice is None:
        return turn.city.say("case.mine.title", when=when)
    return turn.city.say("voice.mine.title", when=when, kind=turn.city.say(f"voice.menu.{voice.kind}"))


def acts(asker: Asker, case: Case) -> tuple[Choice, ...]:
    """What the resident can do about it now."""
    answer = (Act.ANSWER,) if last_answer(asker, case) else ()
    match case.state:
        case State.NEW | State.TAKEN:
            keys: tuple[Act, ...] = (*answer, Act.ADD, Act.ASK_WITHDRAW)
        case State.ANSWERED:
            keys = (*answer, Act.SOLVED, Act.NOT_YET)
        case State.CLOSED:
            keys = (*answer, Act.REOPEN)
    made = tuple(to_act(asker, each, case.id) for each in keys)
    wants_call = case.is_open and case.reach is Reach.TELEPHONE
    return (*((case_sending.form(asker, case),) if wants_call else ()), *made)


def last_answer(asker: Asker, case: Case) -> case_talk.Entry | None:
    """What the resident heard last and can read again."""
    kinds = (case_talk.EntryKind.ANSWERED_LINE, case_talk.EntryKind.ANSWERED_PAGE)
    heard = case_talk.told_to(asker.tx, asker.resident.id, case.id)
    return next((each for each in reversed(heard) if each.kind in kinds), None)


def of_id(turn: Turn, case_id: int) -> Case | None:
    """A case of the resident's."""
    return cases.own(turn.tx, turn.resident.id, CaseId(case_id))


def onward(asker: Asker) -> tuple[Choice, ...]:
    city = asker.city
    return (to_step(city, "case.see_state", Step.STATE), words.to_a_person(city), words.to_the_menu(city))
