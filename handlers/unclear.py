"""A day that cannot be told is asked back, with the days that may be meant."""

from datetime import date

from handlers import words
from handlers.city import City
from handlers.dates import say_date, say_day
from handlers.turn import Plain, Reply, ReplyOutcome
from nlp.language import Language
from nlp.when import Unclear
from store.conversations import Conversation


def ask_back(city: City, name: str, unclear: Unclear, about: Conversation) -> Reply:
    """`name` is what the day was asked of: a press says it again with the day."""
    days = tuple(
        words.saying(city, say_day(city, day, day), f"{name} {_in_japanese(city, day)}")
        for day in unclear.candidates
    )
    said = Plain(city.say(f"unclear.{unclear.reason.name.lower()}", text=unclear.text))
    onward = (*days, words.to_a_person(city), words.to_the_menu(city))
    return Reply((said,), onward, about, ReplyOutcome.ASK)


def _in_japanese(city: City, day: date) -> str:
    """As days are read, whatever the resident speaks."""
    return say_date(city.speaking(Language.JAPANESE), day)
