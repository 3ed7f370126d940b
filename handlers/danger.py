"""Danger before everything: the right number by a fixed text, before any matching."""

from faq.danger_texts import DangerLine
from handlers import words
from handlers.city import City
from handlers.dates import say_date
from handlers.turn import Card, Fact, Part, Plain, Reply, Text, Turn
from nlp.danger import Danger, Severity
from store import alarms


def find(turn: Turn) -> Danger | None:
    """What danger the words speak of; looked for before anything is masked or tokenized."""
    said = turn.message.said
    return turn.city.danger.find(said.text) if isinstance(said, Text) else None


def is_now(danger: Danger) -> bool:
    """Whether the danger is present; otherwise the number comes first and the answer follows."""
    return danger.severity is Severity.NOW


def tell_staff(turn: Turn, danger: Danger) -> None:
    """Whom the city has chosen is told at once; the resident is told nothing of it, and promised nobody."""
    said = turn.message.said
    if isinstance(said, Text):
        alarms.report(turn.tx, turn.resident.id, danger.kind, danger.severity, said.text, turn.now)


def handle(turn: Turn, danger: Danger) -> Reply:
    """The fixed text of the kind, the ways for who cannot speak, and the numbers to tap.

    The numbers come last: a telephone shows the end of what was said.
    """
    guidance = turn.city.danger_texts.guidance(danger)
    parts: list[Part] = [Plain(guidance.text)]
    if guidance.cannot_speak:
        parts.append(_card(turn.city, "danger.cannot_speak", guidance.cannot_speak))
    parts.append(_card(turn.city, "danger.title", guidance.lines))
    return Reply(tuple(parts), (words.to_a_person(turn.city), words.to_the_menu(turn.city)))


def _card(city: City, title: str, lines: tuple[DangerLine, ...]) -> Card:
    return Card(city.say(title), "", tuple(_fact(city, line) for line in lines), _sources(city, lines))


def _fact(city: City, line: DangerLine) -> Fact:
    name = city.say("danger.line", name=line.name, hours=line.hours) if line.hours else line.name
    if not line.number:
        return Fact(name, city.say("fact.open_page"), line.url)
    return Fact(name, line.number, words.tel(line.number))


def _sources(city: City, lines: tuple[DangerLine, ...]) -> str:
    """Where the numbers are from, each source once, and when they were last looked at."""
    sources = [line.provenance for line in lines]
    names = city.listed(dict.fromkeys(each.source for each in sources))
    days = [day for each in sources if (day := each.confirmed_on or each.published_on)]
    since = "\n" + city.say("source.numbers_since", day=say_date(city, min(days))) if days else ""
    return city.say("source.name", source=names) + since
