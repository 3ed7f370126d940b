"""In which language a resident is answered: as they chose, else as they write."""

import re
from dataclasses import replace
from typing import Final

from handlers import booking_screen, case_adding, case_draft, case_ending, choosing, menu, words
from handlers.language_buttons import VERB, button, choices
from handlers.turn import Card, Part, Plain, Reply, ReplyOutcome, Text, Turn
from nlp.language import Language
from nlp.tongue import detect
from store import receipts, residents

_BEGUN: Final = (
    case_draft.TOPIC,
    case_adding.TOPIC,
    case_ending.WITHDRAWING,
    booking_screen.TOPIC,
    choosing.TOPIC,
)
"""Conversations in which something has been begun that goes on."""
_JAPANESE: Final = re.compile(r"[ぁ-ヿ㐀-鿿]")
SURELY: Final = 8
"""Letters of Japanese with which who wrote in another language is answered in Japanese again: fewer may be the name of
a thing that they read somewhere."""
LONGEST: Final = 64
"""Characters of a message that says nothing but the name of a language, politely."""


def listen(turn: Turn) -> Turn:
    """The same turn in the language that is chosen by it, or else in which it is written; that is kept.

    Who has chosen is never switched by what they write. A button, a sticker or a place tells nothing.
    """
    if chosen := _chosen(turn):
        return _speaking(turn, chosen, has_chosen=True) if chosen in turn.city.wordings else turn
    heard = _heard(turn)
    if heard is None or turn.resident.has_chosen or heard is turn.resident.language:
        return turn
    return _speaking(turn, heard, has_chosen=False)


def _speaking(turn: Turn, language: Language, *, has_chosen: bool) -> Turn:
    residents.speak(turn.tx, turn.resident.id, language, chosen=has_chosen)
    resident = replace(turn.resident, language=language, has_chosen=has_chosen)
    return replace(turn, resident=resident, city=turn.city.speaking(language))


def _heard(turn: Turn) -> Language | None:
    """The language of what the resident typed, where it is spoken here and surely meant."""
    said = turn.message.said
    if not isinstance(said, Text) or not said.message_id:
        return None
    if receipts.parse(said.text) is not None:  # of no language, whatever words its letters look like
        return None
    heard = detect(said.text)
    if heard is Language.JAPANESE and not turn.city.language.is_japanese and len(turn.plain) < SURELY:
        return None
    return heard if heard in turn.city.wordings else None


def _chosen(turn: Turn) -> Language | None:
    """The language that a button or the words name, with nothing else said."""
    verb, _, tag = turn.pressed.partition(":")
    if verb == VERB:
        return next((each for each in Language if each.value == tag), None)
    if len(turn.plain) > LONGEST:
        return None
    return next((each for each in Language if _names(turn, each)), None)


def _names(turn: Turn, language: Language) -> bool:
    """英語, English please, 中文で."""
    group = f"words.language_{language.name.lower()}"
    if turn.says(group):
        return True
    return turn.mentions(group) and turn.city.wording.covers(
        turn.plain, group, "words.language_beside", "words.polite"
    )


def matches(turn: Turn) -> bool:
    return turn.pressed.partition(":")[0] == VERB or turn.says("words.language") or _chosen(turn) is not None


def handle(turn: Turn) -> Reply:
    """What was chosen, in its words, and what is open goes on; or all languages to choose from."""
    city, chosen = turn.city, _chosen(turn)
    if chosen is None:
        return _choose(turn)
    if chosen not in city.wordings:
        said = Plain(city.say("language.not_spoken", language=chosen.own_name))
        return replace(_choose(turn), parts=(said, *_choose(turn).parts))
    parts: tuple[Part, ...] = (Plain(city.say("language.chosen", language=chosen.own_name)),)
    if turn.conversation.topic not in _BEGUN:
        return Reply((*parts, menu.card(city)), menu.areas(city), turn.conversation)
    parts = (*parts, Plain(city.say("language.goes_on")))
    return Reply(parts, (words.to_the_menu(city), words.to_a_person(city)), turn.conversation)


def _choose(turn: Turn) -> Reply:
    city = turn.city
    card = Card(city.say("language.title"), city.say("language.body"), choices=choices(city, *city.wordings))
    return Reply((card,), (words.to_the_menu(city),), turn.conversation, ReplyOutcome.ASK)


def told(before: Turn, after: Turn, reply: Reply) -> Reply:
    """The reply with what the resident must know of its language: that it was switched and how to change it; or, where
    they have chosen another than they write, the button to that one.
    """
    if not reply.parts or matches(after):
        return reply
    if after.city.language is not before.city.language:
        return _switched(before.city.language, after, reply)
    if (
        after.resident.language is None
        and reply.outcome is ReplyOutcome.NONE
        and not _JAPANESE.search(after.text)
    ):
        way = (button(after.city),)
        is_word = after.text.isascii() and " " not in after.text.strip()  # asdf: of no language
        return replace(reply, choices=(*reply.choices, *way) if is_word else (*way, *reply.choices))
    heard = _heard(after)
    differs = heard is not None and heard is not after.city.language
    if heard is None or not differs or (heard.is_japanese and after.city.language.is_japanese):
        return reply
    return replace(reply, choices=(*choices(after.city, heard), *reply.choices))


def _switched(before: Language, after: Turn, reply: Reply) -> Reply:
    """The line stands with the first words: LINE sends five bubbles at most."""
    city = after.city
    line, (first, *others) = city.say("language.switched"), reply.parts
    parts = (
        (Plain(f"{line}\n\n{first.text}"), *others)
        if isinstance(first, Plain)
        else (Plain(line), first, *others)
    )
    near = (_OTHER_WRITING[city.language],) if city.language in _OTHER_WRITING else ()
    back = choices(
        city, before, Language.JAPANESE, *(() if city.language.is_japanese else (Language.EASY, *near))
    )
    return replace(reply, parts=parts, choices=(*back, button(city), *reply.choices))


_OTHER_WRITING: Final = {
    Language.SIMPLIFIED_CHINESE: Language.TRADITIONAL_CHINESE,
    Language.TRADITIONAL_CHINESE: Language.SIMPLIFIED_CHINESE,
}
"""Short messages in Chinese may have no letter that tells one from the other."""
