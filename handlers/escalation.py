"""To a person: whom to call, and whether somebody answers now."""

from handlers import opening, words
from handlers.turn import Card, Fact, Plain, Reply, Turn
from nlp.compact import compact

MOST = 30
"""Letters; who writes more has a question, and it may have an answer."""


def matches(turn: Turn) -> bool:
    return turn.pressed in ("person", "menu:person") or turn.says("words.person") or _asks_for_somebody(turn)


def _asks_for_somebody(turn: Turn) -> bool:
    """Somebody (職員, 係の) to do something (代わって, 話したい), in few words."""
    plain = compact(turn.text)
    return len(plain) <= MOST and turn.mentions("words.person_who") and turn.mentions("words.person_does")


def handle(turn: Turn) -> Reply:
    parts = (Plain(turn.city.say("person.intro")), centre_card(turn))
    return Reply(parts, (words.to_the_menu(turn.city),))


def centre_card(turn: Turn) -> Card:
    """The call centre: number, hours, whether it answers now."""
    city = turn.city
    centre = city.profile.call_centre
    facts = (
        words.telephone_fact(city, centre.telephone),
        Fact(city.say("fact.hours"), centre.hours_text),
        Fact(city.say("fact.now"), opening.centre_now(city, turn.now)),
    )
    return Card(centre.name, city.say("person.body"), facts, choices=(words.call(city, centre.telephone),))
