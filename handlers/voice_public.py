"""寄せられた声を見る: the newest voices that the city has published with its answers, and the way to all of them.

Whoever told one is not told that it was published: what they wrote is shown to them as to everybody.
"""

from typing import Final

from handlers import voice_menu, words
from handlers.turn import Card, Cards, Choice, OpenUrl, Plain, Reply, Turn
from store import published_voices
from store.published_voices import PublishedVoice

SHOW: Final = voice_menu.PUBLISHED
NEWEST: Final = 3
EXCERPT: Final = 70
"""Letters of a voice in its card."""


def matches(turn: Turn) -> bool:
    return turn.pressed == SHOW or turn.says("words.published_voices")


def handle(turn: Turn) -> Reply:
    city, found = turn.city, published_voices.latest(turn.tx, NEWEST)
    more = (voice_menu.offer(turn), words.to_the_menu(city))
    if not found:
        return Reply((Plain(city.say("published_voices.none")),), more)
    everything = Choice(city.say("published_voices.all"), OpenUrl(_page(turn)))
    last = Card(city.say("published_voices.title"), city.say("published_voices.body"), choices=(everything,))
    cards = (*(_card(turn, each) for each in found), last)
    return Reply((Cards(cards, city.say("published_voices.title")),), more)


def _card(turn: Turn, voice: PublishedVoice) -> Card:
    said = " ".join(voice.shown.words.split())
    body = said if len(said) <= EXCERPT else said[: EXCERPT - 1] + "…"
    read = Choice(turn.city.say("published_voices.read"), OpenUrl(_page(turn, f"/{voice.id}")))
    return Card(voice.shown.title, body, footnote=voice.shown.section_name, choices=(read,))


def _page(turn: Turn, of: str = "") -> str:
    city = turn.city
    return f"{city.pages_url}/voices{of}?lang={city.language}"
