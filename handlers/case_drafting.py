"""The open conversation in which something is handed to a person: each answer leads on, and words are added to it."""

from dataclasses import replace
from typing import assert_never

from handlers import case_mine, case_screen, case_sending, my_data, words
from handlers.case_draft import MOST, Draft, Step, clipped, of_another, of_conversation, of_talk
from handlers.case_verbs import Going, read_step
from handlers.case_verbs import Step as Verb
from handlers.turn import Plain, Reply, Turn
from store.cases import Reach

_OF_A_DRAFT = (Verb.AS_IS, Verb.MORE, Verb.OTHER, Verb.WARD, Verb.SEND_LINE, Verb.SEND_TELEPHONE)
_LEAVES = ("words.stop", "words.menu", "words.help", "words.case_to_bot")


def matches(turn: Turn) -> bool:
    """A button of a draft, 「ここで伝える」, or whatever is written while a draft is open, but for the ways out."""
    going = read_step(turn.pressed)
    if going is not None:
        return going.step is Verb.HERE or going.step in _OF_A_DRAFT
    draft = of_conversation(turn.conversation)
    if draft is None or not turn.text or any(turn.says(group) for group in _LEAVES):
        return False
    if my_data.is_asked_for(turn):
        return False
    if case_mine.is_asked_for(turn) and case_mine.open_cases(turn):
        return False
    return draft.step is not Step.OFFERED or turn.says("words.case_here")


def handle(turn: Turn) -> Reply:
    draft = of_conversation(turn.conversation)
    going = read_step(turn.pressed)
    if going is None:
        assert draft is not None
        return _typed(turn, draft)
    if going.step is Verb.HERE:
        return case_screen.about(turn, draft or of_talk(turn, Step.ABOUT))
    if draft is None or draft.once != going.once:
        return case_sending.gone(turn)
    return _pressed(turn, draft, going)


def _pressed(turn: Turn, draft: Draft, going: Going) -> Reply:
    match going.step:
        case Verb.AS_IS:
            return case_screen.consent(turn, draft)
        case Verb.MORE:
            return case_screen.write(turn, draft, "case.write_more")
        case Verb.OTHER:
            return _other(turn, draft)
        case Verb.WARD:
            return _in_ward(turn, draft, going.what)
        case Verb.SEND_LINE:
            return case_sending.send(turn, draft, Reach.LINE)
        case Verb.SEND_TELEPHONE:
            return case_sending.send(turn, draft, Reach.TELEPHONE)
        case _:
            raise AssertionError("matches() lets nothing else through")


def _typed(turn: Turn, draft: Draft) -> Reply:
    """What the words mean at this step; those that answer nothing are added to what is sent."""
    match draft.step:
        case Step.OFFERED:
            return case_screen.about(turn, draft)
        case Step.WRITE:
            return _added(turn, draft)
        case Step.ABOUT:
            return _about(turn, draft)
        case Step.WARD:
            unknown = turn.says("words.unsure") or turn.says("words.case_no_ward")
            if turn.heard.ward or unknown:
                return _in_ward(turn, draft, turn.heard.ward)
            return _added(turn, draft)
        case Step.CONSENT:
            return _consent(turn, draft)
        case other:
            assert_never(other)


def _about(turn: Turn, draft: Draft) -> Reply:
    if turn.says("words.case_send") or turn.says("words.this_one"):
        return case_screen.consent(turn, draft)
    another = of_another(turn, draft)
    return case_screen.consent(turn, another) if another else _changed(turn, draft)


def _consent(turn: Turn, draft: Draft) -> Reply:
    if turn.says("words.case_by_telephone"):
        return case_sending.send(turn, draft, Reach.TELEPHONE)
    if turn.says("words.case_by_line"):
        return case_sending.send(turn, draft, Reach.LINE)
    if turn.says("words.case_send") or turn.says("words.this_one"):
        return case_screen.consent(turn, draft)
    return _changed(turn, draft)


def _changed(turn: Turn, draft: Draft) -> Reply:
    if turn.says("words.case_more"):
        return case_screen.write(turn, draft, "case.write_more")
    if turn.says("words.case_other") or turn.says("words.none") or turn.says("words.not_this"):
        return _other(turn, draft)
    return _added(turn, draft)


def _other(turn: Turn, draft: Draft) -> Reply:
    """Something else: nothing of what was talked of is sent."""
    return case_screen.write(turn, Draft(draft.once, Step.WRITE), "case.write_other")


def _in_ward(turn: Turn, draft: Draft, ward: str) -> Reply:
    known = ward if ward in turn.city.profile.wards else ""
    return case_screen.consent(turn, replace(draft, ward=known, ward_asked=True))


def _added(turn: Turn, draft: Draft) -> Reply:
    """The words are added; the first of them say what it is about."""
    heard, added = turn.heard, "\n".join(filter(None, (draft.words, turn.text.strip())))
    if len(added) > MOST:
        return _too_long(turn, draft)
    return case_screen.consent(
        turn,
        replace(
            draft,
            words=added,
            subject=draft.subject or clipped(turn.text),
            ward=heard.ward or draft.ward,
            procedure=draft.procedure or (heard.procedure.id if heard.procedure else ""),
        ),
    )


def _too_long(turn: Turn, draft: Draft) -> Reply:
    said = Plain(turn.city.say("case.too_long", most=MOST))
    asked = case_screen.consent(turn, draft) if draft.words else case_screen.write(turn, draft)
    return replace(asked, parts=(said, *asked.parts), choices=(*asked.choices, words.to_the_menu(turn.city)))
