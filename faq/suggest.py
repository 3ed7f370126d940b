"""What somebody may be about to ask for, while they type: entries and offices."""

from collections.abc import Sequence

from faq.asked import ask, completed
from faq.decision import MOST_OFFERED
from faq.index import phrase_of
from faq.lexicon import Heard
from faq.models import FaqEntry, Office
from faq.offices import Directory
from faq.search import Knowledge
from nlp import half_typed
from nlp.analyzer import QUESTION
from nlp.half_typed import HalfTyped
from nlp.tokenizer import Token

Suggested = FaqEntry | Office

CANDIDATES = 20
"""Entries that the ranker sees at each key. With the thirty of a whole question it takes a fifth longer, and of the
labelled questions, typed to 40-100 %, the right entry is among the three in hardly more (0.6 points at most).
"""


def suggest(knowledge: Knowledge, directory: Directory, text: str) -> tuple[Suggested, ...]:
    """Up to three entries and up to three offices for a text in any state of typing; any `str` is welcome.

    Offices first where the text is the beginning of an office's name, else entries.
    """
    typed = half_typed.read(text)
    found = _entries(knowledge, typed, MOST_OFFERED)
    begun = directory.begun.beginning(typed)
    if begun:
        return (*begun[:MOST_OFFERED], *found)
    named = directory.named(typed.plain)
    return (*found, *([named.office] if named else directory.begun.ending(typed))[:MOST_OFFERED])


def entries(knowledge: Knowledge, text: str, most: int = MOST_OFFERED) -> tuple[FaqEntry, ...]:
    """The entries that fit best, best first.

    Words that stand are sought as in any question. The kana at the end are parted into words of the knowledge, of
    which the last may be unfinished; what it may become counts as a synonym does. Kana that cannot be parted are
    looked up by their sound, so that a slip of the finger is forgiven.
    """
    return _entries(knowledge, half_typed.read(text), most)


def _entries(knowledge: Knowledge, typed: HalfTyped, most: int) -> tuple[FaqEntry, ...]:
    known = knowledge.known
    heard = knowledge.lexicon.hear(typed)
    standing = _standing(knowledge, typed)
    if standing and not typed.kana and standing[-1].normalized not in known.matrix.vocabulary:
        heard = knowledge.lexicon.see(standing[-1])
    tokens = [*standing, *heard.words]
    asked = ask(tokens, known.matrix, knowledge.thesaurus, known.meaning)
    asked = completed(asked, heard.begun, heard.may_become, known.matrix)
    phrase = phrase_of(_converted(typed, heard), tokens)
    ranked = knowledge.ranked(knowledge.weigh(asked, phrase, most=CANDIDATES)).entries
    if heard.is_clear:
        return ranked[:most]
    alike = knowledge.typed.sounding_like(typed.plain, most)
    return tuple(dict.fromkeys((*(knowledge.entries[place] for place, _ in alike), *ranked)))[:most]


def _converted(typed: HalfTyped, heard: Heard) -> str:
    """The text as it will probably stand once the kana are converted: kana as such are like no phrasing."""
    head = typed.plain[: len(typed.plain) - len(typed.kana)]
    return head + "".join(word.normalized for word in heard.words) + "".join(heard.may_become[:1])


def _standing(knowledge: Knowledge, typed: HalfTyped) -> Sequence[Token]:
    """The words before the kana at the end; among these, only words that the knowledge has: はっこ is no 葉っこ."""
    head = len(typed.plain) - len(typed.kana)
    tokens, at = [], 0
    for token in QUESTION.tokens(typed.plain):
        at = typed.plain.find(token.surface, at) + len(token.surface)
        if at <= head or token.normalized in knowledge.known.matrix.vocabulary:
            tokens.append(token)
    return list({token.normalized: token for token in tokens}.values())
