"""The menu, help, and the greeting of somebody who adds the account."""

from handlers import words
from handlers.city import City
from handlers.language_buttons import button, offers
from handlers.turn import Card, Choice, Followed, Plain, Reply, Turn
from nlp.language import Language

AREAS = ("procedures", "waste", "offices", "consultations", "disaster", "person")
"""The areas of the rich menu, each a verb `menu:AREA` and a table `menu.AREA` of the wording."""


def matches(turn: Turn) -> bool:
    verb = turn.pressed.partition(":")[0]
    return (
        isinstance(turn.message.said, Followed)
        or (verb in ("menu", "help", "stop") and turn.pressed != "menu:person")
        or any(turn.says(group) for group in ("words.menu", "words.help", "words.stop"))
    )


def handle(turn: Turn) -> Reply:
    if isinstance(turn.message.said, Followed):
        greeting = "greeting.follow" if turn.resident.follows else "greeting.back"
        languages = () if turn.resident.has_chosen else offers(turn.city)
        return Reply((Plain(turn.city.say(greeting)), *languages, card(turn.city)), areas(turn.city))
    if turn.pressed == "help" or turn.says("words.help"):
        return Reply((Plain(_help(turn.city)),), areas(turn.city))
    if turn.pressed == "stop" or turn.says("words.stop"):
        return Reply((Plain(turn.city.say("stop.text")),), areas(turn.city))
    area = turn.pressed.partition(":")[2]
    if area in AREAS:
        return _area(turn, area)
    return Reply((card(turn.city),), areas(turn.city))


def _help(city: City) -> str:
    """With how to change the language, where there is more than one."""
    return (
        f"{city.say('help.text')}\n{city.say('language.help')}"
        if len(city.wordings) > 1
        else city.say("help.text")
    )


def card(city: City) -> Card:
    return Card(city.say("menu.title"), city.say("menu.body"))


def areas(city: City) -> tuple[Choice, ...]:
    """The areas, and the way to other languages where there are any."""
    named = (
        words.press(city, f"menu.{area}.label", "person" if area == "person" else f"menu:{area}")
        for area in AREAS
    )
    return (*named, *((button(city),) if len(city.wordings) > 1 else ()))


def _area(turn: Turn, area: str) -> Reply:
    """What can be asked in this area, as questions to tap."""
    city = turn.city
    card = Card(
        title=city.say(f"menu.{area}.label"),
        body=city.say(f"menu.{area}.body"),
        choices=examples(city, area),
    )
    return Reply((card,), (words.to_a_person(city), words.to_the_menu(city)))


def examples(city: City, area: str) -> tuple[Choice, ...]:
    """Questions to tap."""
    japanese = city.wordings[Language.JAPANESE]
    return tuple(
        words.saying(city, city.say(key), japanese.say(key))
        for key in japanese.keys_below(f"menu.{area}.ask.")
    )
