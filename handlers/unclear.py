"""A day that cannot be told is asked back, with the days that may be meant."""

from handlers import words
from handlers.city import City
from handlers.dates import say_day
from handlers.turn import Choice, Plain, Reply, ReplyOutcome, Say
from nlp.when import Unclear
from store.conversations import Conversation


def ask_back(city: City, name: str, unclear: Unclear, about: Conversation) -> Reply:
    """`name` is what the day was asked of: a press says it again with the day."""
    days = tuple(
        Choice(say_day(city, day, day), Say(f"{name} {words.month_day(city, day)}"))
        for day in unclear.candidates
    )
    said = Plain(city.say(f"unclear.{unclear.reason.name.lower()}", text=unclear.text))
    onward = (*days, words.to_a_person(city), words.to_the_menu(city))
    return Reply((said,), onward, about, ReplyOutcome.ASK)
