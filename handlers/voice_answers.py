"""What becomes of each answer: it is noted in the draft, and the next thing is asked."""

from dataclasses import replace
from typing import assert_never

from faq.models import Place
from faq.voice_categories import VoiceCategoryId
from handlers import nearest, voice_menu, voice_photographs, voice_screen, words
from handlers.turn import Located, Media, Plain, Reply, Turn
from handlers.voice_draft import MOST, Draft, Step, after, back_at, before, first, new
from handlers.voice_verbs import Mend
from store import photographs
from store.voices import VoiceKind

MOST_PLACE = 100
"""Letters of a place."""


def begin(turn: Turn, kind: VoiceKind, open_draft: Draft | None) -> Reply:
    """A new one; words that were begun are not lost, also where another kind is chosen for them."""
    if open_draft is not None and open_draft.words:
        return go_on(turn, replace(open_draft, kind=kind), turn.city.say("voice.kept"))
    draft = replace(new(kind), step=first(turn.city))
    return voice_screen.ask(turn, draft, turn.city.say(f"voice.begin.{kind}"))


def go_on(turn: Turn, draft: Draft, *lead: str) -> Reply:
    """From where it was left."""
    return voice_screen.ask(turn, back_at(turn.city, draft), *lead)


def on(turn: Turn, draft: Draft, *lead: str) -> Reply:
    """What comes after this step."""
    return voice_screen.ask(turn, replace(draft, step=after(turn.city, draft)), *lead)


def back(turn: Turn, draft: Draft) -> Reply:
    """What was asked before; at the beginning the ways by which one is heard."""
    step = before(turn.city, draft)
    return voice_screen.ask(turn, replace(draft, step=step)) if step else voice_menu.handle(turn)


def left_out(turn: Turn, draft: Draft) -> Reply:
    """On without an answer to this step."""
    match draft.step:
        case Step.CATEGORY:
            return on(turn, replace(draft, category=None))
        case Step.PLACE:
            return on(turn, replace(draft, here=None, where=""))
        case Step.PHOTOGRAPH:
            return on(turn, draft)
        case Step.PUBLISH:
            return on(turn, replace(draft, may_publish=False))
        case Step.WRITE | Step.OVERVIEW | Step.SAME:
            return voice_screen.again(turn, draft, turn.city.say("voice.choose"))
        case other:
            assert_never(other)


def in_category(turn: Turn, draft: Draft, category: VoiceCategoryId) -> Reply:
    return on(turn, replace(draft, step=Step.CATEGORY, category=category))


def written(turn: Turn, draft: Draft, text: str) -> Reply:
    """The words; those before are given up."""
    if len(text) > MOST:
        return voice_screen.again(turn, draft, turn.city.say("case.too_long", most=MOST))
    return on(turn, replace(draft, words=text))


def added(turn: Turn, draft: Draft, text: str) -> Reply:
    """Words to those before; the step stays."""
    longer = "\n".join(filter(None, (draft.words, text)))
    if len(longer) > MOST:
        return voice_screen.again(turn, draft, turn.city.say("case.too_long", most=MOST))
    return voice_screen.again(turn, replace(draft, words=longer), turn.city.say("voice.heard"))


def placed(turn: Turn, draft: Draft, text: str) -> Reply:
    """The place in words."""
    if len(text) > MOST_PLACE:
        return voice_screen.again(turn, draft, turn.city.say("voice.place_long", most=MOST_PLACE))
    return on(turn, replace(draft, where=text))


def located(turn: Turn, draft: Draft, said: Located) -> Reply:
    """A location is the place, whenever it is sent; one that is far from the city is not."""
    here = Place(said.latitude, said.longitude)
    if nearest.is_far(turn.city, here):
        return voice_screen.again(turn, draft, turn.city.say("voice.place_far"))
    seen = replace(draft, here=here)
    if draft.step is Step.PLACE:
        return on(turn, seen)
    return voice_screen.again(turn, seen, turn.city.say("voice.place_taken"))


def pictured(turn: Turn, draft: Draft, media: Media) -> Reply:
    """A photograph belongs to it, whenever it is sent; nothing else that is not words does."""
    say = turn.city.say
    if media.kind == "sticker":
        return voice_screen.again(turn, draft, say("voice.choose"))
    if media.kind != "image":
        return voice_screen.again(turn, draft, say("voice.photograph_only"))
    taken = voice_photographs.take(turn, draft, media)
    if taken == draft:
        return voice_screen.again(turn, draft, say("voice.photograph_most", most=photographs.MOST))
    count = len(voice_photographs.sent(turn, taken))
    return voice_screen.again(turn, taken, say("voice.photograph_taken", count=count))


def published(turn: Turn, draft: Draft, *, may: bool) -> Reply:
    return on(turn, replace(draft, step=Step.PUBLISH, may_publish=may))


def mended(turn: Turn, draft: Draft, what: Mend) -> Reply:
    """Asks anew for what is to be changed."""
    match what:
        case Mend.CATEGORY:
            return voice_screen.ask(turn, replace(draft, step=Step.CATEGORY))
        case Mend.MORE:
            return voice_screen.asked_for_more(turn, replace(draft, step=Step.OVERVIEW))
        case Mend.WORDS:
            return voice_screen.ask(turn, replace(draft, step=Step.WRITE))
        case Mend.PLACE:
            return voice_screen.ask(turn, replace(draft, step=Step.PLACE))
        case Mend.PHOTOGRAPH:
            without = voice_photographs.drop(turn, draft)
            return voice_screen.ask(turn, replace(without, step=Step.PHOTOGRAPH))
        case Mend.PUBLISH:
            return voice_screen.ask(turn, replace(draft, step=Step.PUBLISH))
        case Mend.ANSWER:
            other = replace(draft, step=Step.OVERVIEW, wants_answer=not draft.wants_answer)
            return voice_screen.ask(turn, other)
        case other:
            assert_never(other)


def stop(turn: Turn, draft: Draft) -> Reply:
    """Nothing of it is kept."""
    voice_photographs.drop(turn, draft)
    city = turn.city
    return Reply((Plain(city.say("voice.stopped")),), (words.to_a_person(city), words.to_the_menu(city)))
