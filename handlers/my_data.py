"""わたしのデータ: what is kept about the resident and until when, the way to see it all, and having it erased."""

from enum import StrEnum
from typing import Final, assert_never

from faq.retention import Trace
from handlers import my_data_erasing, subscribing, words
from handlers.my_data_erasing import Act, button
from handlers.turn import Card, Choice, Fact, OpenUrl, Reply, Turn
from store import links, my_data
from store.booked import Booking
from store.conversations import Conversation
from store.links import MY_DATA_LIFE, Purpose
from store.my_data import Kept
from store.refusals import State
from store.subscriptions import NOTHING

TOPIC: Final = "my data"
"""The conversation in which it was shown what is kept: 消す means that."""
_QUEUED = (State.WAITING, State.OFFERED)


class Wish(StrEnum):
    """What somebody wants of their data."""

    SEE = "see"
    ERASE = "erase"


_GROUPS = tuple(
    f"words.my_data_{each}" for each in ("whose", "what", "own", "see", "erase", "leave", "beside")
)


def matches(turn: Turn) -> bool:
    if turn.button is not None:
        return turn.button.act in tuple(Act)
    return turn.pressed == my_data_erasing.NO or is_asked_for(turn)


def is_asked_for(turn: Turn) -> bool:
    """Whether nothing is said but that one wants to see or erase what is kept."""
    return _wish(turn) is not None


def _wish(turn: Turn) -> Wish | None:
    """What the words ask for; None where they say anything else besides."""
    if turn.conversation.topic == TOPIC and _means_that(turn):
        return Wish.ERASE
    whose, what, own, see, erase, leave = (turn.mentions(group) for group in _GROUPS[:6])
    if not (what or own or leave) or turn.mentions("words.my_data_not"):
        return None
    if not turn.city.wording.covers(turn.plain, *_GROUPS, "words.polite", "words.helping"):
        return None
    if leave or (erase and (own or (whose and what))):
        return Wish.ERASE
    return Wish.SEE if not erase and (whose or (own and see)) else None


def _means_that(turn: Turn) -> bool:
    """消してください, and nothing else."""
    groups = ("words.my_data_erase", "words.polite")
    return turn.mentions(groups[0]) and turn.city.wording.covers(turn.plain, *groups)


def handle(turn: Turn) -> Reply:
    if turn.token or turn.pressed:
        return my_data_erasing.pressed(turn)
    match _wish(turn):
        case Wish.ERASE:
            return my_data_erasing.ask(turn)
        case Wish.SEE:
            return show(turn)
        case None:
            raise AssertionError("matches() lets nothing else through")
        case other:
            assert_never(other)


def show(turn: Turn) -> Reply:
    """How much is kept and until when; nothing of what it says, since others may see the screen."""
    city, kept = turn.city, my_data.kept_of(turn.tx, turn.resident.id, turn.now)
    body = [city.say("my_data.body")]
    if kept.leaving is not None:
        body.append(city.say("my_data.leaving" if kept.leaving.waits else "my_data.leaving_now"))
    body.append(city.say("my_data.see_how", minutes=int(MY_DATA_LIFE.total_seconds()) // 60))
    card = Card(
        city.say("my_data.title"),
        "\n".join(body),
        _facts(turn, kept),
        city.say("my_data.not_here"),
        (_see(turn), _erase(turn, kept)),
    )
    return Reply((card,), (words.to_the_menu(city), words.to_a_person(city)), Conversation(TOPIC, {}))


def _see(turn: Turn) -> Choice:
    """The button to the page, by a link of its own."""
    token = links.mint(turn.tx, Purpose.MY_DATA, turn.resident.id, 0, MY_DATA_LIFE, turn.now)
    return Choice(turn.city.say("my_data.see"), OpenUrl(f"{turn.city.pages_url}/me/{token}"))


def _erase(turn: Turn, kept: Kept) -> Choice:
    if kept.leaving is not None:
        return button(turn, Act.STAY, "my_data.stay")
    return button(turn, Act.ASK, "my_data.erase")


def _facts(turn: Turn, kept: Kept) -> tuple[Fact, ...]:
    city, traces = turn.city, turn.city.retention.traces
    say = city.say
    talk = say("my_data.open", until=_until(turn, Trace.CONVERSATIONS))
    told = {
        "language": _language(turn),
        "identifier": say("my_data.identifier_kept", days=traces[Trace.UNFOLLOWED].days),
        "questions": _counted(turn, kept.questions, Trace.QUESTIONS),
        "talks": talk if kept.talks else say("my_data.nothing"),
        "bookings": _bookings(turn, kept),
        "waiting": _waiting(turn, kept),
        "cases": _cases(turn, kept),
        "opinions": _counted(turn, kept.opinions, Trace.OPINIONS),
        "collaborations": _collaborations(turn, kept),
        "wishes": _counted(turn, kept.wishes, Trace.TO_TELL),
        "subscribed": _subscribed(turn, kept),
        "forms": say("my_data.forms_kept", count=kept.forms) if kept.forms else say("my_data.nothing"),
        "records": say("my_data.records_kept", until=_until(turn, Trace.REPLIES)),
    }
    return tuple(Fact(say(f"my_data.{name}"), value) for name, value in told.items())


def _language(turn: Turn) -> str:
    """In which they are answered, and whether they said so."""
    resident = turn.resident
    if resident.language is None:
        return turn.city.say("my_data.nothing")
    key = "my_data.language_chosen" if resident.has_chosen else "my_data.language_heard"
    return turn.city.say(key, language=resident.language.own_name)


def _counted(turn: Turn, count: int, trace: Trace) -> str:
    if not count:
        return turn.city.say("my_data.nothing")
    return turn.city.say("my_data.counted", count=count, until=_until(turn, trace))


def _until(turn: Turn, trace: Trace) -> str:
    """Counted from what the code counts from, so it is the catalogue's and not the city's to word."""
    after = turn.city.say(f"my_data.after.{trace}")
    return turn.city.say("my_data.until", after=after, days=turn.city.retention.traces[trace].days)


def _bookings(turn: Turn, kept: Kept) -> str:
    coming = len(kept.ahead.bookings) - len(_queued(kept))
    if not coming and not kept.past:
        return turn.city.say("my_data.nothing")
    until = _until(turn, Trace.PERSONS)
    return turn.city.say("my_data.bookings_kept", coming=coming, past=kept.past, until=until)


def _waiting(turn: Turn, kept: Kept) -> str:
    queued = len(_queued(kept))
    return turn.city.say("my_data.waiting_kept", count=queued) if queued else turn.city.say("my_data.nothing")


def _cases(turn: Turn, kept: Kept) -> str:
    if not kept.ahead.cases and not kept.closed:
        return turn.city.say("my_data.nothing")
    until = _until(turn, Trace.CASES)
    return turn.city.say(
        "my_data.cases_kept", standing=len(kept.ahead.cases), closed=kept.closed, until=until
    )


def _collaborations(turn: Turn, kept: Kept) -> str:
    if not kept.collaborations:
        return turn.city.say("my_data.nothing")
    until = _until(turn, Trace.COLLABORATIONS)
    return turn.city.say("my_data.collaborations_kept", count=kept.collaborations, until=until)


def _subscribed(turn: Turn, kept: Kept) -> str:
    if kept.subscription == NOTHING:
        return turn.city.say("my_data.nothing")
    topics, ward = subscribing.called(turn, kept.subscription)
    topics = topics or turn.city.say("subscribing.nothing")
    return turn.city.say("my_data.subscribed_kept", topics=topics, ward=ward)


def _queued(kept: Kept) -> tuple[Booking, ...]:
    return tuple(each for each in kept.ahead.bookings if each.state in _QUEUED)
