"""What is told unasked of a case: neutral on a locked screen, and in the talk never more than whom it may concern.

A general answer is shown in the talk; one for this person alone is kept on the city's page, and only announced.
"""

from dataclasses import replace
from typing import Final

from faq.neighbours import Neighbour
from handlers import booking_screen, case_adding, case_answer, case_draft, case_ending, case_mine, words
from handlers.booking_verbs import Asker
from handlers.case_promise import say_promise, section_name, section_telephone
from handlers.case_verbs import Act, to_act
from handlers.city import City
from handlers.turn import SILENCE, Card, Cards, Fact, Reply
from store import case_apart, case_talk, cases, conversations
from store.case_saying import REOPENED_WITHIN
from store.case_talk import Entry
from store.cases import WAITING, Case, State
from store.conversations import Conversation
from store.notices import NoticeKind, OfCase

_BEGUN: Final = (case_draft.TOPIC, case_adding.TOPIC, case_ending.WITHDRAWING, booking_screen.TOPIC)


def word(to: Asker, kind: NoticeKind, about: OfCase) -> Reply:
    """The notice in words; silence where the case is erased, or is not this resident's any more."""
    case, entry = cases.own(to.tx, to.resident.id, about.case), case_talk.find(to.tx, about.entry)
    if case is None or entry is None:
        return SILENCE
    match kind:
        case NoticeKind.CASE_ANSWER | NoticeKind.CASE_PAGE:
            return _answered(to, case, entry)
        case NoticeKind.CASE_SENT_ON:
            return _sent_on(to, case, entry)
        case NoticeKind.CASE_ELSEWHERE:
            return _elsewhere(to, case, entry)
        case NoticeKind.CASE_CLOSED | NoticeKind.CASE_UNHEARD:
            return _closed(to, case, kind)
        case NoticeKind.CASE_PICTURE:
            return _picture_lost(to)
        case _:
            raise AssertionError(f"{kind} is no notice of a case")


def _answered(to: Asker, case: Case, entry: Entry) -> Reply:
    """A person has spoken: what is written back goes to them, also where the bot had been asked to answer again."""
    case_apart.come_back(to.tx, case.id)
    shown = case_answer.card(to, case, entry)
    return Reply((_shown(shown),), case_mine.onward(to), _talk(to, case))


def _talk(to: Asker, case: Case) -> Conversation:
    """What is written next is for the person who spoke; but what the resident has begun to write is not lost."""
    begun = conversations.current(to.tx, to.resident.id, to.now)
    if not case.is_open or begun.topic in _BEGUN:
        return begun
    return case_mine.talk_about(case, staff=True, asks=case.state is State.ANSWERED)


def _sent_on(to: Asker, case: Case, entry: Entry) -> Reply:
    """Another section's now, and by when that one answers; nothing where it has moved on, was answered or ended."""
    if entry.to_section != case.section or case.state not in WAITING:
        return SILENCE
    city = to.city
    section = section_name(city, case.section)
    facts = (
        Fact(city.say("case.section"), section),
        Fact(city.say("case.promise"), say_promise(city, case.promised_at, to.now)),
        words.telephone_fact(city, section_telephone(city, case.section)),
    )
    body = city.say("notice.case_sent_on.body", section=section)
    title = city.say("notice.case_sent_on.summary")
    return Reply((_shown(Card(title, body, facts)),), case_mine.onward(to))


def _elsewhere(to: Asker, case: Case, entry: Entry) -> Reply:
    """Whose it is, since it is not the city's: what they do, their telephone and page, and who says so."""
    again = (to_act(to, Act.REOPEN, case.id),)
    named = next((each for each in to.city.neighbours if each.id == entry.neighbour), None)
    card = card_of(to.city, named, entry.words)
    return Reply((_shown(replace(card, choices=again)),), case_mine.onward(to))


def card_of(city: City, named: Neighbour | None, said: str) -> Card:
    """The same without its button, as staff see it before it is sent; None: there is no such authority any more."""
    title = city.say("notice.case_elsewhere.summary")
    if named is None:
        return Card(title, said)
    body = "\n\n".join(filter(None, (city.say("notice.case_elsewhere.body", name=named.name), said)))
    return Card(title, body, _where(city, named), words.source_line(city, named.provenance))


def _where(city: City, named: Neighbour) -> tuple[Fact, ...]:
    telephone = (words.telephone_fact(city, named.telephone),) if named.telephone else ()
    hours = (Fact(city.say("fact.hours"), named.hours),) if named.hours else ()
    link = (Fact(city.say("fact.link"), city.say("fact.open_page"), named.link),) if named.link else ()
    return (*telephone, *hours, *link)


def _closed(to: Asker, case: Case, kind: NoticeKind) -> Reply:
    """How to come back to it; nothing to who has done so before they could be told."""
    if case.is_open:
        return SILENCE
    city = to.city
    body = city.say(f"notice.{kind.value}.body", days=REOPENED_WITHIN.days)
    again = (to_act(to, Act.REOPEN, case.id),)
    card = Card(city.say(f"notice.{kind.value}.summary"), body, choices=again)
    return Reply((_shown(card),), case_mine.onward(to))


def _picture_lost(to: Asker) -> Reply:
    """What can be done instead; the case goes on without the picture."""
    city = to.city
    card = Card(city.say("photograph.lost_summary"), city.say("photograph.lost_body"))
    return Reply((_shown(card),), case_mine.onward(to))


def _shown(card: Card) -> Cards:
    """A screen that is locked shows the title alone."""
    return Cards((card,), card.title)
