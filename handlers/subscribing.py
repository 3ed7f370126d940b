"""受信設定: what the resident wants to hear of, chosen by buttons or in words, and given up with one tap.

To choose is to consent: nothing is chosen before. A button says what it does (receive, stop), so that one in an old
bubble does nothing else than it said.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from faq.topics import Topic
from handlers import mailed, names, words
from handlers.turn import Card, Choice, Fact, Plain, Press, Reply, Turn
from nlp import covering
from nlp.compact import compact
from store import mailing_figures, subscriptions, told
from store.conversations import Conversation
from store.mailing_figures import Answer
from store.subscriptions import NOTHING, WHOLE_CITY, Subscription

TOPIC: Final = "subscribing"
"""The conversation after the settings were shown: a number or a name means a topic."""
SHOW, ON, OFF, ALL_OFF = "topics", "topics:on:", "topics:off:", "topics:none"
WARDS, WARD = "topics:wards", "topics:ward:"
_NUMBERS: Final = re.compile(r"\s*\d{1,2}番?(?:[\s,、，・と]+\d{1,2}番?)*\s*")
_BETWEEN: Final = re.compile(r"[、,，・\s]+|と")
_GROUPS: Final = tuple(f"words.notices_{each}" for each in ("about", "set", "start", "stop", "all", "beside"))


@dataclass(frozen=True, slots=True)
class Wish:
    """What the words ask for: topics to hear of, to stop, all to stop; nothing of these: to see the settings."""

    on: tuple[Topic, ...] = ()
    off: tuple[Topic, ...] = ()
    nothing: bool = False


def matches(turn: Turn) -> bool:
    if turn.pressed:
        return turn.pressed == SHOW or turn.pressed.startswith((f"{SHOW}:", mailed.HELPED, mailed.OFF))
    return _wish(turn) is not None


def handle(turn: Turn) -> Reply:
    if turn.pressed:
        return _pressed(turn)
    wish = _wish(turn)
    assert wish is not None
    if wish.nothing:
        return _stop_all(turn)
    if wish.on or wish.off:
        return _changed(turn, wish)
    return _settings(turn)


def offer(turn: Turn) -> Choice:
    """The way to the settings, for the menu."""
    return words.press(turn.city, "subscribing.button", SHOW)


def called(turn: Turn, mine: Subscription) -> tuple[str, str]:
    """What the resident chose, in their language: topics, and the ward."""
    city = turn.city
    topics = [topic.called(city.language) for topic in city.topics if topic.id in mine.topics]
    ward = names.shown(city, mine.ward) if mine.ward else city.say("subscribing.whole_city")
    return city.listed(topics, "names"), ward


# What is pressed ----------------------------------------------------------------------------------


def _pressed(turn: Turn) -> Reply:
    data = turn.pressed
    if data.startswith(mailed.HELPED):
        return _helped(turn)
    if data.startswith(mailed.OFF):
        return _off(turn)
    if data == ALL_OFF:
        return _stop_all(turn)
    if data == WARDS:
        return _wards(turn)
    if data.startswith(WARD):
        return _live_in(turn, data.removeprefix(WARD))
    for verb in (ON, OFF):
        if data.startswith(verb):
            these = tuple(
                topic for topic in turn.city.topics if topic.id in data.removeprefix(verb).split(",")
            )
            if not these:
                return _said(turn, turn.city.say("subscribing.gone"))
            return _changed(turn, Wish(on=these) if verb == ON else Wish(off=these))
    return _settings(turn)


def _helped(turn: Turn) -> Reply:
    mailing_figures.answered(
        turn.tx, turn.pressed.removeprefix(mailed.HELPED), turn.resident.id, Answer.HELPED
    )
    return _said(turn, turn.city.say("subscribing.thanks"))


def _off(turn: Turn) -> Reply:
    """Stops the topics of a mailing, by the button in its bubble."""
    unit = turn.pressed.removeprefix(mailed.OFF)
    about = mailing_figures.answered(turn.tx, unit, turn.resident.id, Answer.TURNED_OFF)
    mine = subscriptions.of_resident(turn.tx, turn.resident.id)
    these = tuple(topic for topic in turn.city.topics if topic.id in about and topic.id in mine.topics)
    if not these:
        return _settings(turn, turn.city.say("subscribing.not_chosen"))
    return _changed(turn, Wish(off=these))


# What is said -------------------------------------------------------------------------------------


def _wish(turn: Turn) -> Wish | None:
    """What the words ask for; None where they say anything else besides."""
    if not turn.plain:
        return None
    if turn.says("words.notices_settings"):
        return Wish()
    if turn.says("words.tell_nothing") and told.of_resident(turn.tx, turn.resident.id):
        return None  # they await an answer, and want it no more
    if turn.says("words.notices_none") or turn.says("words.tell_nothing"):
        return _to_stop(turn, ())
    is_open = turn.conversation.topic == TOPIC
    if is_open and (alone := _numbered(turn) or _named_alone(turn)):
        return _switched(turn, alone)
    if not is_open and not turn.mentions("words.notices_about"):
        return None
    named = tuple(topic for topic in turn.city.topics if any(each in turn.plain for each in _names(topic)))
    return _meant(turn, named) if _is_covered(turn, named) else None


def _meant(turn: Turn, named: tuple[Topic, ...]) -> Wish | None:
    if turn.mentions("words.notices_stop"):
        return _to_stop(turn, named)
    if turn.mentions("words.notices_start"):
        return Wish(on=turn.city.topics if not named and turn.mentions("words.notices_all") else named)
    return Wish() if turn.mentions("words.notices_about") else None


def _to_stop(turn: Turn, named: tuple[Topic, ...]) -> Wish | None:
    """What is named; all where all is said; else the settings, where the buttons are. None where it is not ours."""
    if named:
        return Wish(off=named)
    if turn.mentions("words.notices_all"):
        return Wish(nothing=True)
    says_notices = turn.mentions("words.notices_about")
    return (
        Wish() if says_notices and subscriptions.of_resident(turn.tx, turn.resident.id) != NOTHING else None
    )


def _switched(turn: Turn, named: Iterable[Topic]) -> Wish:
    mine = subscriptions.of_resident(turn.tx, turn.resident.id).topics
    these = tuple(named)
    return Wish(
        on=tuple(topic for topic in these if topic.id not in mine),
        off=tuple(topic for topic in these if topic.id in mine),
    )


def _numbered(turn: Turn) -> tuple[Topic, ...]:
    """The topics of numbers and nothing else; none where one of them is no topic's."""
    if not _NUMBERS.fullmatch(turn.text):
        return ()
    places = [int(number) for number in re.findall(r"\d+", turn.text)]
    topics = turn.city.topics
    return tuple(topics[place - 1] for place in places) if all(0 < p <= len(topics) for p in places) else ()


def _named_alone(turn: Turn) -> tuple[Topic, ...]:
    """The topics of names and nothing else."""
    topics = turn.city.topics
    if whole := tuple(topic for topic in topics if turn.plain in topic.spoken):
        return whole
    pieces = [piece for piece in map(compact, _BETWEEN.split(turn.text)) if piece]
    found = [next((topic for topic in topics if piece in topic.spoken), None) for piece in pieces]
    return tuple(dict.fromkeys(filter(None, found))) if all(found) else ()


def _names(topic: Topic) -> frozenset[str]:
    """What stands for it within a sentence: a single letter is in too many words."""
    return frozenset(name for name in topic.spoken if len(name) >= covering.SHORTEST)


def _is_covered(turn: Turn, named: tuple[Topic, ...]) -> bool:
    known = [turn.city.wording.words(group) for group in (*_GROUPS, "words.polite")]
    return covering.covers(turn.plain, [*known, *map(_names, named)])


# What is done -------------------------------------------------------------------------------------


def _changed(turn: Turn, wish: Wish) -> Reply:
    resident, city = turn.resident.id, turn.city
    if wish.on:
        subscriptions.choose(turn.tx, resident, [topic.id for topic in wish.on], turn.now)
    if wish.off:
        subscriptions.give_up(turn.tx, resident, [topic.id for topic in wish.off])
    said = [
        city.say(
            f"subscribing.{key}", topics=city.listed([each.called(city.language) for each in these], "names")
        )
        for key, these in (("started", wish.on), ("stopped", wish.off))
        if these
    ]
    return _settings(turn, "\n".join(said))


def _stop_all(turn: Turn) -> Reply:
    had = subscriptions.give_up_all(turn.tx, turn.resident.id)
    return _said(turn, turn.city.say("subscribing.stopped_all" if had else "subscribing.none"))


def _live_in(turn: Turn, ward: str) -> Reply:
    if ward not in (WHOLE_CITY, *turn.city.profile.wards):
        return _settings(turn)
    subscriptions.live_in(turn.tx, turn.resident.id, ward, turn.now)
    key = "subscribing.ward_set" if ward else "subscribing.whole_city_set"
    return _settings(turn, turn.city.say(key, ward=names.shown(turn.city, ward)))


# What is shown ------------------------------------------------------------------------------------


def _settings(turn: Turn, first: str = "") -> Reply:
    """What is on and what is not, each a button that changes it."""
    city, mine = turn.city, subscriptions.of_resident(turn.tx, turn.resident.id)
    if not city.topics:
        return _said(turn, city.say("subscribing.no_topics"))
    on, ward = called(turn, mine)
    say = city.say
    body = [first, say("subscribing.body" if on else "subscribing.body_none"), say("subscribing.how")]
    facts = [Fact(say("subscribing.on"), on or say("subscribing.nothing"))]
    switches = [_switch(turn, number, topic, mine) for number, topic in enumerate(city.topics, start=1)]
    if city.profile.wards:
        facts.append(Fact(say("subscribing.ward"), ward))
        switches.append(words.press(city, "subscribing.choose_ward", WARDS))
    if mine != NOTHING:
        switches.append(words.press(city, "subscribing.stop_all", ALL_OFF))
    card = Card(
        say("subscribing.title"),
        "\n".join(filter(None, body)),
        tuple(facts),
        say("subscribing.kept"),
        tuple(switches),
    )
    return Reply((card,), (words.to_the_menu(city), words.to_a_person(city)), Conversation(TOPIC, {}))


def _switch(turn: Turn, number: int, topic: Topic, mine: Subscription) -> Choice:
    city, name = turn.city, topic.called(turn.city.language)
    if topic.id in mine.topics:
        shown = city.say("subscribing.stop", topic=name)
        return Choice(city.say("subscribing.is_on", number=number, topic=name), Press(OFF + topic.id, shown))
    shown = city.say("subscribing.start", topic=name)
    return Choice(city.say("subscribing.is_off", number=number, topic=name), Press(ON + topic.id, shown))


def _wards(turn: Turn) -> Reply:
    city = turn.city
    whole = city.say("subscribing.whole_city")
    named = ((whole, WHOLE_CITY), *((names.shown(city, ward), ward) for ward in city.profile.wards))
    card = Card(
        city.say("subscribing.ward_title"),
        city.say("subscribing.ward_body"),
        choices=tuple(Choice(label, Press(WARD + ward, label)) for label, ward in named),
    )
    return Reply((card,), (offer(turn), words.to_the_menu(city)), Conversation(TOPIC, {}))


def _said(turn: Turn, text: str) -> Reply:
    choices = (offer(turn), words.to_the_menu(turn.city), words.to_a_person(turn.city))
    return Reply((Plain(text),), choices)
