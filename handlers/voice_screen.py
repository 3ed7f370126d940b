"""What a resident is asked of a voice, one step at a time; every step has a way back and a way to leave it."""

from dataclasses import replace
from typing import Final, assert_never

from handlers import voice_menu, voice_photographs, words
from handlers.case_promise import say_promise, say_start, section_name
from handlers.turn import AskLocation, Card, Choice, Fact, OpenUrl, Part, Plain, Reply, ReplyOutcome, Turn
from handlers.voice_draft import MOST, Draft, Step, before, category, handed, steps
from handlers.voice_verbs import Mend, Verb, labelled, press
from nlp.compact import compact
from store import links, photographs
from store.links import VOICE_FORM_LIFE, Purpose
from store.voices import VoiceKind

_OMITTED: Final = (Step.CATEGORY, Step.PLACE, Step.PHOTOGRAPH, Step.PUBLISH)
"""Steps that can be left out."""


def ask(turn: Turn, draft: Draft, *lead: str) -> Reply:
    """The question of the draft's step, after what is said first."""
    match draft.step:
        case Step.CATEGORY:
            part: Part = _category(turn, draft)
        case Step.WRITE:
            part = Plain(turn.city.say("voice.write", most=MOST, example=turn.city.say("voice.example")))
        case Step.PLACE:
            part = Plain(turn.city.say("voice.place", button=turn.city.say("button.location")))
        case Step.PHOTOGRAPH:
            skip = turn.city.say("voice.skip")
            part = Plain(turn.city.say("voice.photograph", most=photographs.MOST, skip=skip))
        case Step.PUBLISH:
            part = _publish(turn, draft)
        case Step.OVERVIEW:
            return _overview(turn, draft, *lead)
        case Step.SAME:
            raise AssertionError("handlers/voice_same.py asks that")
        case other:
            assert_never(other)
    said = tuple(Plain(each) for each in lead if each)
    return _asked(draft, (*said, part), onward(turn, draft))


def again(turn: Turn, draft: Draft, *lead: str) -> Reply:
    """What was said answers nothing: the ways on, without the whole question once more."""
    said = tuple(Plain(each) for each in lead if each)
    if draft.step in (Step.CATEGORY, Step.PUBLISH, Step.OVERVIEW):
        return ask(turn, draft, *lead)
    return _asked(draft, said, onward(turn, draft))


def mend(turn: Turn, draft: Draft) -> Reply:
    """What can be changed."""
    city = turn.city
    left_out = {
        Mend.CATEGORY: not city.voice_categories,
        Mend.PHOTOGRAPH: not draft.photographs and Step.PHOTOGRAPH not in steps(city, draft),
    }
    shown = [each for each in Mend if not left_out.get(each, False)]
    buttons = tuple(press(city, f"voice.mend.{each}", Verb.MEND, draft.once, each) for each in shown)
    card = Card(city.say("voice.mend.title"), city.say("voice.mend.body"), choices=buttons)
    keep = press(city, "voice.back", Verb.GO_ON, draft.once)
    return _asked(replace(draft, step=Step.OVERVIEW), (card,), (keep, _stop(turn, draft)))


def asked_for_more(turn: Turn, draft: Draft) -> Reply:
    """Asks for words that are added to those of the whole."""
    keep = press(turn.city, "voice.back", Verb.GO_ON, draft.once)
    return _asked(draft, (Plain(turn.city.say("case.write_more")),), (keep, _stop(turn, draft)))


def kind_name(turn: Turn, kind: VoiceKind) -> str:
    """わたしの提言, as the resident's language calls it."""
    return turn.city.say(f"voice.menu.{kind}")


def _category(turn: Turn, draft: Draft) -> Card:
    """All of them; what the words name comes first."""
    city, plain = turn.city, compact(draft.words)
    named = [each for each in city.voice_categories if any(word in plain for word in each.spoken)]
    ordered = (*named, *(each for each in city.voice_categories if each not in named))
    buttons = tuple(
        labelled(each.called(city.language), Verb.CATEGORY, draft.once, each.id) for each in ordered
    )
    body = city.say("voice.category.body", skip=city.say("voice.skip"))
    return Card(city.say("voice.category.title"), body, choices=buttons)


def _publish(turn: Turn, draft: Draft) -> Card:
    city = turn.city
    buttons = tuple(
        press(city, f"voice.publish.{each}", Verb.PUBLISH, draft.once, each) for each in ("yes", "no")
    )
    return Card(city.say("voice.publish.title"), city.say("voice.publish.body"), choices=buttons)


def _overview(turn: Turn, draft: Draft, *lead: str) -> Reply:
    """The whole: who will read what, by when they answer, and what may become of it. To press is to send."""
    city, taken = turn.city, handed(turn, draft)
    if taken is None:
        choices = (words.call(city, city.profile.call_centre.telephone), words.to_the_menu(city))
        return Reply((Plain(city.say("case.nobody")),), choices)
    section = section_name(city, taken.section)
    facts = (
        *_told(turn, draft),
        Fact(city.say("case.section"), section),
        *(
            (Fact(city.say("case.promise"), say_promise(city, taken.promised_at, turn.now)),)
            if draft.wants_answer
            else ()
        ),
    )
    body = city.say("voice.overview.body", words=draft.words, section=section, send=city.say("voice.send"))
    buttons = (
        press(city, "voice.send", Verb.SEND, draft.once),
        press(city, "voice.mend.button", Verb.MEND, draft.once),
        _on_a_page(turn),
    )
    starts = say_start(city, taken.section, turn.now)
    card = Card(city.say("voice.overview.title"), body, facts, starts, buttons)
    whole = replace(draft, whole=True)
    return _asked(whole, (*map(Plain, filter(None, lead)), card), onward(turn, whole))


def _on_a_page(turn: Turn) -> Choice:
    """The form, which has all of this already: for who wants an answer by post or by telephone."""
    token = links.mint(turn.tx, Purpose.VOICE_FORM, turn.resident.id, 0, VOICE_FORM_LIFE, turn.now)
    return Choice(turn.city.say("photograph.form"), OpenUrl(f"{turn.city.pages_url}/v/{token}"))


def _told(turn: Turn, draft: Draft) -> tuple[Fact, ...]:
    """What will be sent besides the words; what was left out is named only where it was asked."""
    city, about = turn.city, category(turn.city, draft)
    say = city.say
    where = city.listed(filter(None, (draft.where, say("voice.overview.on_map") if draft.here else "")))
    count = len(voice_photographs.sent(turn, draft))
    public = say(f"voice.publish.{'yes' if draft.may_publish else 'no'}")
    found = [
        (say("voice.overview.kind"), kind_name(turn, draft.kind)),
        (say("voice.overview.category"), about.called(city.language) if about else ""),
        (say("voice.overview.place"), where),
        (say("voice.overview.photographs"), say("voice.overview.count", count=count) if count else ""),
        (say("voice.overview.public"), public),
        (say("voice.overview.answer"), say(f"voice.answer.{'here' if draft.wants_answer else 'none'}")),
    ]
    return tuple(Fact(label, value) for label, value in found if value)


def _asked(draft: Draft, parts: tuple[Part, ...], choices: tuple[Choice, ...]) -> Reply:
    return Reply(parts, choices, draft.as_conversation(), ReplyOutcome.ASK)


def onward(turn: Turn, draft: Draft) -> tuple[Choice, ...]:
    """The ways out that every step has: on without it, back, and out."""
    city = turn.city
    location = (Choice(city.say("button.location"), AskLocation()),) if draft.step is Step.PLACE else ()
    onward = "voice.next" if draft.photographs and draft.step is Step.PHOTOGRAPH else "voice.skip"
    skip = (press(city, onward, Verb.NEXT, draft.once),) if draft.step in _OMITTED else ()
    return (*location, *skip, _back(turn, draft), _stop(turn, draft))


def _back(turn: Turn, draft: Draft) -> Choice:
    """To the question before; at the beginning to where one chooses how to be heard."""
    first = before(turn.city, draft) is None
    return (
        words.press(turn.city, "voice.back", voice_menu.SHOW)
        if first
        else press(turn.city, "voice.back", Verb.BACK, draft.once)
    )


def _stop(turn: Turn, draft: Draft) -> Choice:
    return press(turn.city, "booking.stop", Verb.STOP, draft.once)
