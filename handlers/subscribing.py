"""受信設定: what the resident wants to hear of, chosen by buttons or in words, and given up with one tap.

To choose is to consent: nothing is chosen before. A button says what it does (receive, stop), so that one in an old
bubble does nothing else than it said.
"""

from faq.topics import Topic
from handlers import mailed, names, words
from handlers.subscribing_wish import TOPIC, Wish, wish
from handlers.turn import Card, Choice, Fact, Plain, Press, Reply, Turn
from store import mailing_figures, subscriptions
from store.conversations import Conversation
from store.mailing_figures import Answer
from store.subscriptions import NOTHING, WHOLE_CITY, Subscription

SHOW, ON, OFF, ALL_OFF = "topics", "topics:on:", "topics:off:", "topics:none"
WARDS, WARD = "topics:wards", "topics:ward:"


def matches(turn: Turn) -> bool:
    if turn.pressed:
        return turn.pressed == SHOW or turn.pressed.startswith((f"{SHOW}:", mailed.HELPED, mailed.OFF))
    return wish(turn) is not None


def handle(turn: Turn) -> Reply:
    if turn.pressed:
        return _pressed(turn)
    wanted = wish(turn)
    assert wanted is not None
    if wanted.nothing:
        return _stop_all(turn)
    if wanted.on or wanted.off:
        return _changed(turn, wanted)
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


def _changed(turn: Turn, wanted: Wish) -> Reply:
    resident, city = turn.resident.id, turn.city
    if wanted.on:
        subscriptions.choose(turn.tx, resident, [topic.id for topic in wanted.on], turn.now)
    if wanted.off:
        subscriptions.give_up(turn.tx, resident, [topic.id for topic in wanted.off])
    said = [
        city.say(
            f"subscribing.{key}", topics=city.listed([each.called(city.language) for each in these], "names")
        )
        for key, these in (("started", wanted.on), ("stopped", wanted.off))
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
