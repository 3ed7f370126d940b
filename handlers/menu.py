"""The menu, help, and the greeting of somebody who adds the account."""

from handlers import disaster_menu, subscribing, voice_menu, words
from handlers.city import City
from handlers.language_buttons import button, has_others, offers
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
        return Reply((*languages, Plain(turn.city.say(greeting)), card(turn.city)), _choices(turn))
    if turn.pressed == "help" or turn.says("words.help"):
        return Reply((Plain(_help(turn.city)),), _choices(turn))
    if turn.pressed == "stop" or turn.says("words.stop"):
        return Reply((Plain(turn.city.say("stop.text")),), areas(turn.city))
    area = turn.pressed.partition(":")[2]
    if area in AREAS:
        return _area(turn, area)
    if turn.pressed == disaster_menu.USUAL:
        return Reply((_usual(turn.city),), _usual_areas(turn.city))
    return Reply((card(turn.city),), _choices(turn))


def _choices(turn: Turn) -> tuple[Choice, ...]:
    notices = (subscribing.offer(turn),) if turn.city.topics else ()
    return (*areas(turn.city), voice_menu.offer(turn), *notices)


def _help(city: City) -> str:
    """With how to change the language, where there is more than one."""
    others = (city.say("language.help"),) if has_others(city) else ()
    return "\n".join((city.say("help.text"), *others))


def card(city: City) -> Card:
    """What can be asked; in a disaster, what matters now."""
    return _usual(city) if city.disaster is None else disaster_menu.card(city, city.disaster)


def _usual(city: City) -> Card:
    return Card(city.say("menu.title"), city.say("menu.body"))


def areas(city: City) -> tuple[Choice, ...]:
    """What can be asked; in a disaster what matters now, and the way to the rest. With the way to other languages."""
    if city.disaster is None:
        return _usual_areas(city)
    return (*disaster_menu.areas(city), disaster_menu.usual(city), *_languages(city))


def _usual_areas(city: City) -> tuple[Choice, ...]:
    named = (
        words.press(city, f"menu.{area}.label", "person" if area == "person" else f"menu:{area}")
        for area in AREAS
    )
    return (*named, *_languages(city))


def _languages(city: City) -> tuple[Choice, ...]:
    return (button(city),) if has_others(city) else ()


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
