"""What is about to be handed to a person: what it is about is known from the talk, before anybody asks."""

import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from enum import StrEnum
from typing import Final

from faq import routing
from faq.counters import Procedure, SectionId
from faq.models import EntryId, OfficeId
from faq.routing import Topic
from handlers import booking_screen, booking_wish, office_card, procedure_talk
from handlers.turn import Turn
from nlp.japan import today
from store import queries
from store.conversations import IDLE, Conversation

TOPIC: Final = "case draft"
"""The conversation in which something is handed to a person."""
LATELY: Final = timedelta(hours=1)
"""So long a question is what the talk is about."""
SUBJECT: Final = 30
"""Letters of a subject."""
MOST: Final = 1000
"""Letters that are sent at once."""


_NAMED: Final = re.compile(r"(.{2,100}?)(?:のこと|について|に関して|の件)")
"""医療費のことで職員と話したい."""


class Step(StrEnum):
    """What the resident was asked last."""

    OFFERED = "offered"
    """To telephone, or to write here."""
    ABOUT = "about"
    """Whether it is about what was talked of."""
    WRITE = "write"
    WARD = "ward"
    CONSENT = "consent"


@dataclass(frozen=True, slots=True)
class Draft:
    """Nothing of it is sent before the resident says so."""

    once: str
    """Its own, so that a button of another draft does not send this one."""
    step: Step
    words: str = ""
    """Masked; what will be sent."""
    subject: str = ""
    entry: str = ""
    """The id of the entry that was shown; empty for none."""
    procedure: str = ""
    """The id of the procedure that was talked of; empty for none."""
    ward: str = ""
    ward_asked: bool = False

    def as_conversation(self) -> Conversation:
        slots = {
            "once": self.once,
            "step": self.step.value,
            "words": self.words,
            "subject": self.subject,
            "entry": self.entry,
            "procedure": self.procedure,
            "ward": self.ward,
            "ward_asked": "yes" if self.ward_asked else "",
        }
        return Conversation(TOPIC, slots)


def of_conversation(conversation: Conversation) -> Draft | None:
    """The draft that is open; None where none is."""
    if conversation.topic != TOPIC:
        return None
    slots = conversation.slots
    return Draft(
        slots["once"],
        Step(slots["step"]),
        slots["words"],
        slots["subject"],
        slots["entry"],
        slots["procedure"],
        slots["ward"],
        bool(slots["ward_asked"]),
    )


def empty(step: Step) -> Draft:
    return Draft(secrets.token_urlsafe(8), step)


def of_words(turn: Turn, words: str, step: Step) -> Draft:
    """About what the words say."""
    heard = turn.heard
    procedure = heard.procedure.id if heard.procedure else ""
    return replace(empty(step), words=words, subject=clipped(words), procedure=procedure, ward=heard.ward)


def of_another(turn: Turn, draft: Draft) -> Draft | None:
    """A draft of what the message names, where sections of another name deal with that; None where it belongs to the
    draft, or may do so.
    """
    if not _names_a_matter(turn):
        return None
    named = of_words(turn, turn.text, draft.step)
    board, day = turn.city.switchboard, today(turn.now)
    now, before = (routing.names_told(board, topic(turn, each), day) for each in (named, draft))
    # Where nothing is known of what was talked of, the words may well say it.
    known = before or draft.entry
    return replace(named, once=draft.once) if now and known and now.isdisjoint(before) else None


def _names_a_matter(turn: Turn) -> bool:
    return bool(_NAMED.match(turn.text)) or turn.heard.names_something


def of_talk(turn: Turn, step: Step) -> Draft:
    """About what the message itself names, what is being talked of, or the last question; empty where nothing was."""
    if _names_a_matter(turn):
        named = _NAMED.match(turn.text)
        return of_words(turn, named[1] if named else turn.text, step)
    return _of_conversation(turn, step) or _of_question(turn, step) or empty(step)


def _of_conversation(turn: Turn, step: Step) -> Draft | None:
    """An office, a procedure or a consultation, which are no questions of the knowledge."""
    slots, draft = turn.conversation.slots, empty(step)
    match turn.conversation.topic:
        case office_card.TOPIC:
            name, ward = _office(turn, slots)
            return replace(draft, words=name, subject=clipped(name), ward=ward) if name else None
        case procedure_talk.TOPIC:
            found = procedure(turn, slots["procedure"])
            if found is None:
                return None
            return replace(
                draft,
                words=found.name,
                subject=clipped(found.name),
                entry=found.faq or "",
                procedure=found.id,
                ward=_ward(turn, slots["office"]),
            )
        case booking_screen.TOPIC:
            wanted = booking_wish.from_slots(slots).programmes
            name = booking_screen.called(turn.city, wanted) if wanted else ""
            return replace(draft, words=name, subject=clipped(name)) if name else None
    return None


def _of_question(turn: Turn, step: Step) -> Draft | None:
    asked = queries.latest(turn.tx, turn.resident.id, turn.now - LATELY)
    if asked is None:
        return None
    entry = turn.city.knowledge.entry(asked.entry) if asked.entry else None
    subject = entry.question if entry else clipped(asked.text)
    return replace(empty(step), words=asked.text, subject=subject, entry=entry.id if entry else "")


def _office(turn: Turn, slots: Mapping[str, str]) -> tuple[str, str]:
    """The name and the ward of the office that was talked of."""
    office = turn.city.directory.office(OfficeId(slots["office"]))
    section = turn.city.switchboard.section(SectionId(slots["section"]))
    return (office_card.One(office, section).name, office.ward) if office else ("", "")


def _ward(turn: Turn, office: str) -> str:
    found = turn.city.directory.office(OfficeId(office)) if office else None
    return found.ward if found else ""


def procedure(turn: Turn, procedure_id: str) -> Procedure | None:
    return next((each for each in turn.city.procedures if each.id == procedure_id), None)


def topic(turn: Turn, draft: Draft) -> Topic:
    """What tells the section: of words beyond all measure the first, since every step looks at them again."""
    entry = turn.city.knowledge.entry(EntryId(draft.entry)) if draft.entry else None
    return Topic(entry, draft.words[:MOST], draft.ward, procedure(turn, draft.procedure))


def paused(conversation: Conversation) -> Conversation:
    """The draft, as it waits for 「ここで伝える」; idle where none is open."""
    draft = of_conversation(conversation)
    return IDLE if draft is None else replace(draft, step=Step.OFFERED).as_conversation()


def clipped(words: str) -> str:
    """The first line in few letters."""
    first = words.strip().partition("\n")[0]
    return first if len(first) <= SUBJECT else first[: SUBJECT - 1] + "…"
