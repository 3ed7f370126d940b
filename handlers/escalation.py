"""To a person: by telephone, and whether somebody answers now; or in writing, to the section in charge."""

from dataclasses import replace

from handlers import case_mine, names, opening, words
from handlers.case_draft import Step, of_conversation, of_talk
from handlers.case_verbs import Act, to_act, to_step
from handlers.case_verbs import Step as Verb
from handlers.turn import Card, Choice, Fact, Plain, Reply, Turn

MOST = 30
"""Letters; who writes more has a question, and it may have an answer."""


def matches(turn: Turn) -> bool:
    groups = ("words.person", "words.case_to_staff")
    pressed = turn.pressed in ("person", "menu:person")
    return pressed or any(turn.says(group) for group in groups) or _asks_for_somebody(turn)


def _asks_for_somebody(turn: Turn) -> bool:
    """Somebody (職員, 係の) to do something (代わって, 話したい), in few words."""
    plain = turn.plain
    return len(plain) <= MOST and turn.mentions("words.person_who") and turn.mentions("words.person_does")


def handle(turn: Turn) -> Reply:
    """Both ways. What the talk was about is kept, so that nobody need say it again."""
    city = turn.city
    standing = case_mine.open_cases(turn)
    draft = replace(of_conversation(turn.conversation) or of_talk(turn, Step.OFFERED), step=Step.OFFERED)
    here = to_step(city, "case.here_new" if standing else "case.here", Verb.HERE)
    lead = (Plain(city.say("person.standing")),) if standing else ()
    own = (to_step(city, "case.see_state", Verb.STATE),) if standing else ()
    add = (to_act(turn, Act.ADD, standing[0].id),) if len(standing) == 1 else ()
    parts = (*lead, Plain(city.say("person.intro", here=here.label)), centre_card(turn, (*own, *add, here)))
    return Reply(parts, (here, words.to_the_menu(city)), draft.as_conversation())


def centre_card(turn: Turn, more: tuple[Choice, ...] = ()) -> Card:
    """The call centre: number, hours, whether it answers now."""
    city = turn.city
    centre = city.profile.call_centre
    facts = (
        words.telephone_fact(city, centre.telephone),
        Fact(city.say("fact.hours"), names.short(city, centre.hours_text)),
        Fact(city.say("fact.now"), opening.centre_now(city, turn.now)),
    )
    call = words.call(city, centre.telephone)
    return Card(names.shown(city, centre.name), city.say("person.body"), facts, choices=(call, *more))
