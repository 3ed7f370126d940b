"""An answer of staff, shown again: in the talk where it is general, else by a new link to the city's page."""

from dataclasses import replace
from datetime import datetime

from handlers import case_mine
from handlers.booking_verbs import Asker
from handlers.case_promise import section_name
from handlers.case_verbs import Act, to_act
from handlers.city import City
from handlers.dates import say_day
from handlers.turn import Card, Choice, OpenUrl, Plain, Reply, Turn
from nlp.japan import today
from store import links
from store.case_talk import Entry, EntryKind
from store.cases import Case, State
from store.links import CASE_ANSWER_LIFE, Purpose


def show(turn: Turn, case: Case) -> Reply:
    """The last answer."""
    answer = case_mine.last_answer(turn, case)
    if answer is None:
        return Reply((Plain(turn.city.say("case.answer_gone")),), case_mine.onward(turn), turn.conversation)
    return Reply((card(turn, case, answer),), case_mine.onward(turn), turn.conversation)


def card(asker: Asker, case: Case, answer: Entry) -> Card:
    """Who answers and when; the words, or the way to where they are."""
    on_page = (page(asker, answer),) if answer.kind is EntryKind.ANSWERED_PAGE else ()
    shown = card_to_read(asker.city, case, answer, asker.now)
    return replace(shown, choices=(*on_page, *whether_solved(asker, case)))


def card_to_read(city: City, case: Case, answer: Entry, now: datetime) -> Card:
    """The same without its buttons, as staff see it before it is sent."""
    if answer.kind is EntryKind.ANSWERED_PAGE:
        return Card(city.say("notice.case_page.summary"), city.say("notice.case_page.body"))
    title = city.say("notice.case_answer.summary")
    section, day = section_name(city, case.section), say_day(city, today(answer.at), today(now))
    who = city.say("notice.case_answer.body", section=section, day=day)
    solved = "\n\n" + city.say("notice.case_answer.solved") if case.state is State.ANSWERED else ""
    return Card(title, answer.words + solved, footnote=who)


def page(asker: Asker, answer: Entry) -> Choice:
    """The button that opens the answer, by a link of its own that opens it once."""
    token = links.mint(
        asker.tx, Purpose.CASE_ANSWER, asker.resident.id, answer.id, CASE_ANSWER_LIFE, asker.now
    )
    return Choice(asker.city.say("notice.case_page.open"), OpenUrl(f"{asker.city.pages_url}/a/{token}"))


def whether_solved(asker: Asker, case: Case) -> tuple[Choice, ...]:
    """はい and まだ where it is asked; the way back to a case that is over."""
    if case.state is State.ANSWERED:
        solved = to_act(asker, Act.SOLVED, case.id)
        return (solved, to_act(asker, Act.NOT_YET, case.id))
    if not case.is_open:
        return (to_act(asker, Act.REOPEN, case.id),)
    return (to_act(asker, Act.ADD, case.id),)
