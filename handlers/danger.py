"""Danger before everything: the right number by a fixed text, before any matching."""

from handlers import words
from handlers.city import City
from handlers.turn import Card, Fact, Reply, Text, Turn
from nlp.danger import Danger, Line, Severity


def find(turn: Turn) -> Danger | None:
    """What danger the words speak of; looked for before anything is masked or tokenized."""
    said = turn.message.said
    return turn.city.danger.find(said.text) if isinstance(said, Text) else None


def is_now(danger: Danger) -> bool:
    """Whether the danger is present; otherwise the number comes first and the answer follows."""
    return danger.severity is Severity.NOW


def handle(turn: Turn, danger: Danger) -> Reply:
    """The fixed text of the kind, its numbers as taps, and the ways for who cannot speak."""
    city = turn.city
    guidance = city.danger.guidance(danger)
    lines = tuple(_fact(city, line) for line in guidance.lines)
    first = Card(city.say("danger.title"), guidance.text, lines, _sources(city, guidance.lines))
    parts: tuple[Card, ...] = (first,)
    if guidance.cannot_speak:
        ways = tuple(_fact(city, line) for line in guidance.cannot_speak)
        parts += (Card(city.say("danger.cannot_speak"), "", ways, _sources(city, guidance.cannot_speak)),)
    return Reply(parts, (words.to_a_person(city), words.to_the_menu(city)))


def _fact(city: City, line: Line) -> Fact:
    hours = f"\n{line.hours}" if line.hours else ""
    if not line.number:
        return Fact(line.name, city.say("fact.open_page") + hours, line.url)
    return Fact(line.name, line.number + hours, words.tel(line.number))


def _sources(city: City, lines: tuple[Line, ...]) -> str:
    """Where the numbers are from, each source once, and when they were last looked at."""
    names = "、".join(dict.fromkeys(line.source for line in lines))
    days = [day for line in lines if (day := line.confirmed_on or line.published_on)]
    since = "\n" + city.say("source.numbers_since", day=words.day(city, min(days))) if days else ""
    return city.say("source.name", source=names) + since
