"""Having one's data erased: what goes, what is cancelled, what stays, and the confirmation by a button."""

from enum import StrEnum
from typing import assert_never

from faq.models import Status
from handlers import booking_mine, words
from handlers.turn import ACT, Card, Choice, Plain, Press, Reply, ReplyOutcome, Turn
from store import ahead, buttons, leaving, my_data, receipts
from store.buttons import Button, Refusal
from store.my_data import Kept

NO = "my-data:no"
"""Nothing is to be erased."""


class Act(StrEnum):
    """What the buttons do."""

    ASK = "my-data-ask"
    NOW = "my-data-now"
    LATER = "my-data-later"
    """Once all that is to come is over; what that does not need, now."""
    STAY = "my-data-stay"


def button(turn: Turn, act: Act, key: str) -> Choice:
    """A button that only this resident may press, once."""
    token = buttons.mint(turn.tx, turn.resident.id, Button(act.value, 0), turn.now)
    label = turn.city.say(key)
    return Choice(label, Press(ACT + token, label))


def pressed(turn: Turn) -> Reply:
    """Does what a button of this file does."""
    if turn.pressed == NO:
        return _said(turn, turn.city.say("my_data.done.no"))
    spent = buttons.spend(turn.tx, turn.resident.id, turn.token, turn.now)
    if isinstance(spent, Refusal):
        return _said(turn, turn.city.say("button.stale"))
    act = Act(spent.act)
    match act:
        case Act.ASK:
            return ask(turn)
        case Act.NOW | Act.LATER:
            return _leave(turn, waits=act is Act.LATER)
        case Act.STAY:
            stays = leaving.take_back(turn.tx, turn.resident.id, turn.now)
            return _said(turn, turn.city.say("my_data.done.stays" if stays else "button.stale"))
        case other:
            assert_never(other)


def ask(turn: Turn) -> Reply:
    """Says exactly what would happen, and asks; nothing has happened yet."""
    city, kept = turn.city, my_data.kept_of(turn.tx, turn.resident.id, turn.now)
    coming = _coming(turn, kept)
    parts = [city.say("my_data.ask.goes", things="\n".join(_goes(turn, kept)))]
    if coming:
        parts.append(city.say("my_data.ask.coming", things="\n".join(coming)))
    parts += [_stays(turn), city.say("my_data.ask.how")]
    acts = ((Act.LATER, "later"), (Act.NOW, "now_and_cancel")) if coming else ((Act.NOW, "now"),)
    does = tuple(button(turn, act, f"my_data.ask.{name}") for act, name in acts)
    no = words.press(city, "my_data.ask.no", NO)
    card = Card(
        city.say("my_data.ask.title"), "\n\n".join(parts), footnote=_source(turn), choices=(*does, no)
    )
    return Reply((card,), (words.to_the_menu(city),), outcome=ReplyOutcome.ASK)


def _goes(turn: Turn, kept: Kept) -> list[str]:
    counts = {
        "questions": kept.questions,
        "wishes": kept.wishes,
        "subscribed": len(kept.subscription.topics),
        "forms": kept.forms,
        "closed": kept.closed,
        "collaborations": kept.collaborations - len(kept.ahead.collaborations),
        "past": kept.past,
    }
    say = turn.city.say
    some = (say(f"my_data.ask.thing_{name}", count=count) for name, count in counts.items() if count)
    return [say("my_data.ask.thing_identifier"), *some]


def _coming(turn: Turn, kept: Kept) -> list[str]:
    """What is before them: bookings by their time, cases by their receipt; not what they are about."""
    say = turn.city.say
    times = (booking_mine.said(turn, each) for each in kept.ahead.bookings)
    numbers = (receipts.shown(each.receipt) for each in kept.ahead.cases)
    proposed = (receipts.shown(each.receipt) for each in kept.ahead.collaborations)
    return [
        *(say("my_data.ask.thing_booking", said=each) for each in times),
        *(say("my_data.ask.thing_case", number=each) for each in numbers),
        *(say("my_data.ask.thing_collaboration", number=each) for each in proposed),
    ]


def _stays(turn: Turn) -> str:
    """What stays, what the city has to keep as a record of its own, and how to see that."""
    city, told = turn.city, turn.city.profile.disclosure
    stays = city.say("my_data.ask.stays")
    if not told.records:
        return stays
    record = city.say("my_data.ask.record", records=told.records, how=told.how, telephone=told.telephone)
    return f"{stays}\n{record}"


def _source(turn: Turn) -> str:
    city, told = turn.city, turn.city.profile.disclosure
    if not told.source:
        return ""
    if told.status is Status.CONFIRMED:
        return city.say("my_data.ask.source", source=told.source, mark="")
    marked = city.say("my_data.ask.source", source=told.source, mark=city.say("source.mark"))
    return f"{marked}\n{city.say('source.unconfirmed')}"


def _leave(turn: Turn, *, waits: bool) -> Reply:
    coming = ahead.of_resident(turn.tx, turn.resident.id, turn.now)
    leaving.ask(turn.tx, turn.resident.id, turn.now, waits=waits)
    said = [turn.city.say("my_data.done.later" if waits else "my_data.done.now")]
    if not waits and not coming.is_nothing:
        said.insert(0, turn.city.say("my_data.done.cancelled", count=len(coming)))
    return _said(turn, "\n".join(said))


def _said(turn: Turn, text: str) -> Reply:
    choices = (words.to_the_menu(turn.city), words.to_a_person(turn.city))
    return Reply((Plain(text),), choices)
