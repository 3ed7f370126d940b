"""The talk as it would be in a disaster: the whole router, in a transaction that is taken back."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from bot import turns
from bot.city import LiveCity
from faq.disaster import DisasterNow
from handlers.turn import (
    ACT,
    Card,
    Cards,
    Choice,
    EventId,
    Message,
    MessageId,
    Part,
    Plain,
    Press,
    Pressed,
    Reply,
    Say,
    Text,
)
from nlp.language import Language
from store import residents
from store.db import Database, Tx
from web.bubble import Bubble
from web.rehearsing import Button, Shown, Tried


@dataclass(frozen=True, slots=True)
class TalkRehearsal:
    """Nobody sees it, nothing is sent, and nothing is kept."""

    database: Database
    city: LiveCity

    def __call__(
        self, disaster: DisasterNow, tried: Tried, languages: tuple[Language, ...], now: datetime
    ) -> tuple[Shown, ...]:
        """What a new resident of each language would be answered."""
        with self.database.write() as tx:
            shown = tuple(self._answer(tx, disaster, tried, each, now) for each in languages)
            tx.connection.rollback()
        return shown

    def _answer(
        self, tx: Tx, disaster: DisasterNow, tried: Tried, language: Language, now: datetime
    ) -> Shown:
        city = self.city.current(tx).in_disaster(replace(disaster, since=min(disaster.since, now)))
        resident = residents.meet(tx, f"rehearsal:{language}", now).id
        residents.speak(tx, resident, language, chosen=True)
        said = Pressed(tried.pressed) if tried.pressed else Text(tried.words, MessageId("rehearsal"))
        message = Message(EventId("rehearsal"), said, now)
        reply = turns.take(tx, city, resident, message, now).reply
        bubbles = tuple(bubble for part in reply.parts for bubble in _bubbles(part))
        return Shown(language, bubbles, tuple(map(_button, _choices(reply))))


def _bubbles(part: Part) -> Iterator[Bubble]:
    match part:
        case Plain(text=text):
            yield Bubble("", text, (), "")
        case Card():
            yield _bubble(part)
        case Cards(cards=cards):
            yield from map(_bubble, cards)


def _bubble(card: Card) -> Bubble:
    facts = tuple((fact.label, fact.value) for fact in card.facts)
    return Bubble(card.title, card.body, facts, card.footnote)


def _choices(reply: Reply) -> Iterator[Choice]:
    """Those within bubbles first, as they stand."""
    for part in reply.parts:
        cards = part.cards if isinstance(part, Cards) else (part,) if isinstance(part, Card) else ()
        for card in cards:
            yield from card.choices
    yield from reply.choices


def _button(choice: Choice) -> Button:
    match choice.does:
        case Say(text=text):
            return Button(choice.label, text, "")
        case Press(data=data) if not data.startswith(ACT):
            return Button(choice.label, "", data)
    return Button(choice.label, "", "")
