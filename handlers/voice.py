"""わたしの提言 and 市長への手紙 in the talk: asked for step by step, and sent when the resident says so."""

from typing import assert_never

from faq.voice_categories import VoiceCategoryId
from handlers import (
    case_mine,
    my_data,
    voice_answers,
    voice_same,
    voice_screen,
    voice_sending,
    voice_typed,
    voice_wish,
)
from handlers.turn import Located, Media, Reply, Turn
from handlers.voice_draft import Draft, Step, of_conversation
from handlers.voice_verbs import Going, Mend, Verb, read
from store.cases import CaseId
from store.voices import VoiceKind

_LEAVES = ("words.menu", "words.help", "words.voices", "words.case_to_bot", "words.person")
"""Ways out by which the draft waits."""
_BETWEEN = (Step.PLACE, Step.PHOTOGRAPH, Step.PUBLISH)
"""Steps at which a question is one of its own: elsewhere it may be what they tell the city."""


def matches(turn: Turn) -> bool:
    """A button of ours, an explicit wish, or whatever is sent while a voice is being written, but for the ways out."""
    if read(turn.pressed) is not None or _wished(turn) is not None:
        return True
    draft = of_conversation(turn.conversation)
    if draft is None or draft.waits or turn.pressed:
        return False
    if isinstance(turn.message.said, Located | Media):
        return True
    if not turn.text or my_data.is_asked_for(turn):
        return False
    if any(turn.says(group) for group in _LEAVES) and not turn.says("words.voice_back"):
        return False
    if draft.step in _BETWEEN and _is_question(turn):
        return False
    return not (case_mine.is_asked_for(turn) and case_mine.open_cases(turn))


def handle(turn: Turn) -> Reply:
    draft = of_conversation(turn.conversation)
    going = read(turn.pressed)
    if going is None and (wished := _wished(turn)) is not None:
        return voice_answers.begin(turn, wished, draft)
    if going is not None and going.verb is Verb.BEGIN:
        return voice_answers.begin(turn, VoiceKind(going.what), draft)
    if draft is None or (going is not None and draft.once != going.once):
        return voice_sending.gone(turn)
    match turn.message.said:
        case Located() as here:
            return voice_answers.located(turn, draft, here)
        case Media() as media:
            return voice_answers.pictured(turn, draft, media)
    if going is None and turn.says("words.stop"):
        return voice_answers.stop(turn, draft)
    going = going or voice_typed.pressed(turn, draft)
    return _done(turn, draft, going) if going else voice_typed.answered(turn, draft)


def _wished(turn: Turn) -> VoiceKind | None:
    """提言を送りたい, 市長に手紙を書きたい, and no less: what asks about them is for the knowledge."""
    if not turn.text:
        return None
    named = next((kind for kind in VoiceKind if turn.says(f"words.voice_{kind}")), None)
    if named is None and of_conversation(turn.conversation) is None and voice_wish.writes_to_mayor(turn):
        return VoiceKind.LETTER
    return named


def _is_question(turn: Turn) -> bool:
    """Something that one would like to know meanwhile (熊本城は何時まで), and no answer to what was asked."""
    ends = tuple(turn.city.wording.words("words.voice_question"))
    return turn.text.rstrip().endswith(("?", "？")) or turn.plain.endswith(ends)


def _done(turn: Turn, draft: Draft, going: Going) -> Reply:
    match going.verb:
        case Verb.CATEGORY:
            return voice_answers.in_category(turn, draft, VoiceCategoryId(going.what))
        case Verb.NEXT:
            return voice_answers.left_out(turn, draft)
        case Verb.BACK:
            return voice_answers.back(turn, draft)
        case Verb.STOP:
            return voice_answers.stop(turn, draft)
        case Verb.GO_ON:
            return voice_answers.go_on(turn, draft)
        case Verb.PUBLISH:
            return voice_answers.published(turn, draft, may=going.what == "yes")
        case Verb.MEND:
            asked = Mend(going.what) if going.what in set(Mend) else None
            return voice_answers.mended(turn, draft, asked) if asked else voice_screen.mend(turn, draft)
        case Verb.SEND:
            return voice_sending.send(turn, draft, is_another=going.what == voice_same.ANOTHER)
        case Verb.ADD:
            return voice_same.add(turn, draft, CaseId(int(going.what)))
        case Verb.BEGIN:
            raise AssertionError("a voice is begun without a draft")
        case other:
            assert_never(other)
