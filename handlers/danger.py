"""Danger before everything: the right number by a fixed text, before any matching."""

from typing import Final

from faq.danger_texts import DangerLine, Guidance
from handlers import words
from handlers.city import City
from handlers.dates import say_date
from handlers.turn import Card, Fact, Part, Plain, Reply, Text, Turn
from nlp.danger import Danger, Severity
from nlp.language import Language
from nlp.tongue import detect
from store import alarms

CHINESE: Final = frozenset((Language.SIMPLIFIED_CHINESE, Language.TRADITIONAL_CHINESE))


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
    language = language_of(turn.city.language, danger, _written_in(turn))
    city = turn.city.speaking(language)
    guidance = city.danger_texts.guidance(danger, language)
    parts: list[Part] = [Plain(_text(city, danger, guidance))]
    if guidance.cannot_speak:
        parts.append(_card(city, "danger.cannot_speak", guidance.cannot_speak))
    parts.append(_card(city, "danger.title", guidance.lines))
    return Reply(tuple(parts), (words.to_a_person(city), words.to_the_menu(city)))


def language_of(spoken: Language, danger: Danger, written: Language | None) -> Language:
    """That in which the danger was told; where its words are Japanese, that of the message around them (自殺怎麼辦);
    the resident's where neither tells who writes.

    Japanese tells nothing: who speaks another language may have copied it, and the Japanese text stands below in any
    case. Of the two ways of writing Chinese the resident's holds.
    """
    told = danger.language if danger.language is not Language.JAPANESE else written
    if told is None or told.is_japanese or {spoken, told} <= CHINESE:
        return spoken
    return told


def _written_in(turn: Turn) -> Language | None:
    """The language of the whole message, where it tells one."""
    said = turn.message.said
    return detect(said.text) if isinstance(said, Text) else None


def _text(city: City, danger: Danger, guidance: Guidance) -> str:
    """What to do; in another language with the Japanese below it, for who stands by and helps."""
    said = [guidance.text]
    if guidance.is_draft:
        said.append(city.say("danger.draft"))
    if not guidance.language.is_japanese:
        said.append(city.say("danger.in_japanese", text=city.danger_texts.guidance(danger).text))
    return "\n\n".join(said)


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
