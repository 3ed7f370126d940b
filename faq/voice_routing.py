"""Which section a voice goes to, and by when it answers."""

from datetime import datetime, timedelta

from faq.counters import SectionId
from faq.routing import Because, Handed, Topic, hand_over
from faq.switchboard import Switchboard
from faq.voice_categories import VoiceCategory
from faq.voice_rules import VoiceRules
from faq.working_hours import due
from nlp.japan import today


def letter(board: Switchboard, rules: VoiceRules, topic: Topic, opened: datetime) -> Handed | None:
    """To the section that takes letters to the mayor, by the time that the city names for them.

    None where the city has no sections at all.
    """
    taker = _there(board, rules.letters, opened)
    if taker is None:
        return hand_over(board, topic, opened)
    promised = board.promised_at(taker, opened)
    if rules.letters_within is not None:
        promised = due(board.working_at(taker), opened + rules.letters_within, timedelta())
    return Handed(taker, Because.FALLBACK, promised)


def proposal(
    board: Switchboard, rules: VoiceRules, category: VoiceCategory | None, topic: Topic, opened: datetime
) -> Handed | None:
    """To the section of its category, else to that which the words tell, else where letters go."""
    named = _there(board, category.section if category else None, opened)
    if named is not None:
        return Handed(named, Because.WORDS, board.promised_at(named, opened))
    told = hand_over(board, topic, opened)
    last = _there(board, rules.letters, opened)
    if told is None or told.because is not Because.FALLBACK or last is None:
        return told
    return Handed(last, Because.FALLBACK, board.promised_at(last, opened))


def to_section(board: Switchboard, section: SectionId, opened: datetime) -> Handed:
    """To the section that somebody chose."""
    return Handed(section, Because.WORDS, board.promised_at(section, opened))


def _there(board: Switchboard, section: SectionId | None, opened: datetime) -> SectionId | None:
    """The section, where it is there on that day."""
    found = board.section(section) if section else None
    return found.id if found and found.holds_on(today(opened)) else None
