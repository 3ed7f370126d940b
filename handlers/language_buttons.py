"""The buttons by which a resident chooses a language."""

from typing import Final

from handlers import words
from handlers.city import City
from handlers.turn import Card, Choice, Press
from nlp.language import Language

VERB: Final = "language"
"""Opens the choice; `language:TAG` makes it, see `handlers/tongue.py`."""


def has_others(city: City) -> bool:
    """Whether anything but Japanese is spoken here."""
    return len(city.wordings) > 1


def choices(city: City, *languages: Language) -> tuple[Choice, ...]:
    """A button for each of these that is spoken here, named as who reads it names it."""
    spoken = (each for each in Language if each in languages and each in city.wordings)
    return tuple(Choice(each.own_name, Press(f"{VERB}:{each}", each.own_name)) for each in spoken)


def offers(city: City) -> tuple[Card, ...]:
    """To who adds the account: a line in each language beside Japanese, with its button."""
    others = [each for each in city.wordings if each is not Language.JAPANESE]
    if not others:
        return ()
    lines = [city.speaking(each).say("language.offer") for each in Language if each in others]
    return (Card(city.say("language.button"), "\n".join(lines), choices=choices(city, *others)),)


def button(city: City) -> Choice:
    """Opens the choice of all languages."""
    return words.press(city, "language.button", VERB)
