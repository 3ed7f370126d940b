"""協働の提案: what it is, writing one on a form, and how one's own stand.

Only an explicit wish leads here (「市と一緒にやりたい」): a question about what the city does with others is one like
any other.
"""

from datetime import timedelta
from typing import Final, assert_never

from handlers import collaboration_card, my_data, words
from handlers.collaboration_verbs import Act, Step, act_of, read_step, to_act, to_step
from handlers.turn import Card, Cards, Choice, Fact, OpenUrl, Plain, Reply, ReplyOutcome, Turn
from nlp.japan import today
from store import (
    buttons,
    collaboration_drafts,
    collaboration_opening,
    collaboration_steps,
    collaborations,
    links,
    receipts,
)
from store.buttons import Refusal
from store.collaboration_stages import TAKEN_BACK_FROM
from store.collaborations import Collaboration, CollaborationId
from store.conversations import Conversation
from store.links import COLLABORATION_FORM_LIFE, Purpose

TOPIC: Final = "collaboration"
"""The conversation in which what is written next is what the resident would like to do."""
MOST: Final = 5
"""Proposals side by side."""
LONGEST: Final = 2_000
"""Letters of what is typed that stand in the form."""
_HOUR: Final = timedelta(hours=1)
_LEAVES: Final = ("words.stop", "words.menu", "words.help", "words.person")


def matches(turn: Turn) -> bool:
    if turn.city.profile.collaborations.section is None:
        return False
    if turn.pressed:
        return read_step(turn.pressed) is not None or act_of(turn.button) is not None
    return bool(turn.plain) and (_is_written(turn) or _asks_state(turn) or _wishes(turn))


def handle(turn: Turn) -> Reply:
    if act_of(turn.button) is not None:
        return _act(turn)
    step = read_step(turn.pressed)
    if step is not None:
        return _step(turn, step)
    if _asks_state(turn):
        return _state(turn)
    if _wishes(turn):
        return _about(turn)
    return _form(turn, turn.text[:LONGEST])


def is_theirs(turn: Turn) -> bool:
    """Whether the receipt of one of the resident's proposals is all that is said."""
    receipt = receipts.parse(turn.text)
    return receipt is not None and any(
        each.receipt == receipt for each in collaborations.of_resident(turn.tx, turn.resident.id)
    )


# What is meant ------------------------------------------------------------------------------------


def _wishes(turn: Turn) -> bool:
    """Whether nothing is said but that one would like to do something together with the city."""
    if turn.says("words.collaboration") or _wishes_for(turn):
        return True
    groups = ("words.collaboration_what", "words.collaboration_beside", "words.polite", "words.helping")
    return turn.mentions(groups[0]) and turn.city.wording.covers(turn.plain, *groups)


def _wishes_for(turn: Turn) -> bool:
    """市と一緒に花壇を作りたい: with whom at the beginning, that it is a wish at the end, and what between them."""
    begins, ends = (
        tuple(turn.city.wording.words(f"words.collaboration_{each}")) for each in ("with", "wish")
    )
    return turn.plain.startswith(begins) and turn.plain.endswith(ends)


def _asks_state(turn: Turn) -> bool:
    return turn.says("words.collaboration_state") or is_theirs(turn)


def _is_written(turn: Turn) -> bool:
    """What is written once it was asked what they would like to do, but for the ways out."""
    leaves = any(turn.says(group) for group in _LEAVES) or my_data.is_asked_for(turn)
    return turn.conversation.topic == TOPIC and not leaves


# What is pressed ----------------------------------------------------------------------------------


def _step(turn: Turn, step: Step) -> Reply:
    match step:
        case Step.ABOUT:
            return _about(turn)
        case Step.WRITE:
            return _ask(turn)
        case Step.SKIP:
            return _form(turn, "")
        case Step.STATE:
            return _state(turn)
        case Step.KEEP:
            return _said(turn, "collaboration.withdraw.kept")
        case other:
            assert_never(other)


def _act(turn: Turn) -> Reply:
    spent = buttons.spend(turn.tx, turn.resident.id, turn.token, turn.now)
    if isinstance(spent, Refusal):
        return _said(turn, "button.stale")
    which, act = CollaborationId(spent.subject), Act(spent.act)
    match act:
        case Act.ASK_WITHDRAW:
            return _ask_withdraw(turn, which)
        case Act.WITHDRAW:
            came = collaboration_opening.withdraw(turn.tx, turn.resident.id, which, turn.now)
            done = isinstance(came, Collaboration)
            return _said(turn, f"collaboration.withdraw.{'done' if done else 'late'}")
        case other:
            assert_never(other)


def _ask_withdraw(turn: Turn, which: CollaborationId) -> Reply:
    """Nothing has happened yet."""
    found = collaborations.own(turn.tx, turn.resident.id, which)
    if found is None or found.stage not in TAKEN_BACK_FROM:
        return _said(turn, "collaboration.withdraw.late")
    city = turn.city
    card = Card(
        city.say("collaboration.withdraw.title"),
        city.say("collaboration.withdraw.body", receipt=receipts.shown(found.receipt)),
        choices=(
            to_act(turn, Act.WITHDRAW, "collaboration.withdraw.yes", which),
            to_step(city, "collaboration.withdraw.no", Step.KEEP),
        ),
    )
    return Reply((card,), (words.to_the_menu(city),), outcome=ReplyOutcome.ASK)


# What is shown ------------------------------------------------------------------------------------


def _about(turn: Turn) -> Reply:
    """What it is, who can, what happens when, by which rule."""
    city, rules = turn.city, turn.city.profile.collaborations
    choices = [to_step(city, "collaboration.write", Step.WRITE)]
    if collaborations.of_resident(turn.tx, turn.resident.id):
        choices.append(to_step(city, "collaboration.mine", Step.STATE))
    card = Card(
        city.say("collaboration.title"),
        "\n".join((city.say("collaboration.about"), city.say("collaboration.dates"))),
        (
            Fact(city.say("collaboration.flow"), city.say("collaboration.stages")),
            Fact(city.say("collaboration.rule"), rules.rule),
        ),
        words.source_line(city, rules.provenance),
        (*choices, _public(turn)),
    )
    return Reply((card,), (words.to_voices(city), words.to_a_person(city), words.to_the_menu(city)))


def _ask(turn: Turn) -> Reply:
    city = turn.city
    skip = to_step(city, "collaboration.skip", Step.SKIP)
    return Reply(
        (Plain(city.say("collaboration.ask")),),
        (skip, words.to_the_menu(city)),
        Conversation(TOPIC, {}),
        ReplyOutcome.ASK,
    )


def _form(turn: Turn, typed: str) -> Reply:
    """The way to the form, in which stands what was typed."""
    city, resident = turn.city, turn.resident.id
    draft = collaboration_drafts.begin(turn.tx, resident, typed, turn.now)
    token = links.mint(
        turn.tx, Purpose.COLLABORATION_FORM, resident, draft, COLLABORATION_FORM_LIFE, turn.now
    )
    leads = Choice(city.say("collaboration.open"), OpenUrl(f"{city.pages_url}/k/{token}"))
    body = city.say("collaboration.ready", hours=COLLABORATION_FORM_LIFE // _HOUR)
    card = Card(city.say("collaboration.button"), body, choices=(leads,))
    return Reply((card,), (words.to_a_person(city), words.to_the_menu(city)))


def _state(turn: Turn) -> Reply:
    """All of theirs that stand; else the last that is over."""
    mine = collaborations.of_resident(turn.tx, turn.resident.id)
    shown = tuple(each for each in mine if each.is_open)[:MOST] or mine[:1]
    if not shown:
        return _said(turn, "collaboration.none")
    cards = tuple(_card(turn, each) for each in shown)
    part = cards[0] if len(cards) == 1 else Cards(cards, turn.city.say("collaboration.mine"))
    return Reply((part,), (words.to_a_person(turn.city), words.to_the_menu(turn.city)))


def _card(turn: Turn, found: Collaboration) -> Card:
    steps = collaboration_steps.of_collaboration(turn.tx, found.id)
    card = collaboration_card.of_state(turn.city, found, steps, today(turn.now))
    acts = (
        (to_act(turn, Act.ASK_WITHDRAW, "collaboration.withdraw.ask", found.id),)
        if found.stage in TAKEN_BACK_FROM
        else ()
    )
    return Card(card.title, card.body, card.facts, choices=(*acts, _public(turn)))


def _public(turn: Turn) -> Choice:
    """The page of what is done together with others."""
    return Choice(turn.city.say("collaboration.public"), OpenUrl(f"{turn.city.pages_url}/collaborations"))


def _said(turn: Turn, key: str) -> Reply:
    city = turn.city
    choices = (
        to_step(city, "collaboration.button", Step.ABOUT),
        words.to_the_menu(city),
        words.to_a_person(city),
    )
    return Reply((Plain(city.say(key)),), choices)
