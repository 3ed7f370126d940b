"""Consultations: when and where they are held, and how to come. No date is made up."""

from faq.programmes import Programme
from handlers import names, unclear, words
from handlers.consultation_card import card
from handlers.heard import nothing_else
from handlers.turn import Cards, Choice, Part, Reply, Turn
from store.conversations import Conversation

TOPIC = "consultation"
"""The conversation about consultations; slot `programmes`."""
MOST_CARDS = 8
"""Consultations side by side."""


def matches(turn: Turn) -> bool:
    return bool(_meant(turn))


def handle(turn: Turn) -> Reply:
    meant = _meant(turn)
    city, heard = turn.city, turn.heard
    about = Conversation(TOPIC, {"programmes": " ".join(programme.id for programme in meant)})
    if heard.when.unclear:
        return unclear.ask_back(city, names.shown(city, meant[0].name), heard.when.unclear[0], about)
    cards = tuple(card(turn, programme) for programme in meant)
    summary = city.say("consultation.summary", names=city.listed(each.title for each in cards))
    part: Part = cards[0] if len(cards) == 1 else Cards(cards, summary)
    choices: tuple[Choice, ...] = (words.to_a_person(city), words.to_the_menu(city))
    telephones = {programme.telephone for programme in meant} - {""}
    if len(telephones) == 1:
        choices = (words.call(city, telephones.pop()), *choices)
    return Reply((part,), choices, about)


def _meant(turn: Turn) -> tuple[Programme, ...]:
    """The consultations named, where nothing but dates and how to come is asked; or those talked about before."""
    heard = turn.heard
    if not turn.text or not nothing_else(
        turn.city, heard, "words.consultation", "words.office", "words.where", "words.doing"
    ):
        return ()
    if heard.programmes:
        here = tuple(each for each in heard.programmes if not heard.ward or each.ward in ("", heard.ward))
        return (here or heard.programmes)[:MOST_CARDS]
    return _talked_about(turn)


def _talked_about(turn: Turn) -> tuple[Programme, ...]:
    """来週は？, どこ？, 予約したい after talk of consultations; 西区は？ where the same is held in that ward."""
    heard, talk = turn.heard, turn.conversation
    if talk.topic != TOPIC or heard.procedure or heard.office or heard.sections or heard.kinds:
        return ()
    talked = talk.slots["programmes"].split()
    before = tuple(each for each in turn.city.schedule.programmes if each.id in talked)
    if heard.ward:
        there = {name for each in before for name in each.aliases}
        return tuple(
            each
            for each in turn.city.schedule.programmes
            if each.ward == heard.ward and not there.isdisjoint(each.aliases)
        )
    asks_days = heard.when.whens or heard.when.unclear
    return before if asks_days or turn.mentions("words.its_own") or turn.mentions("words.booking") else ()
