"""Danger before everything: the right number by a fixed text, before any matching."""

from handlers import words
from handlers.turn import Card, Fact, Plain, Reply, ReplyOutcome, Text, Turn
from nlp.danger import Danger, Line, Severity


def find(turn: Turn) -> Danger | None:
    """What danger the words speak of; looked for before anything is masked or tokenized."""
    said = turn.message.said
    return turn.city.danger.find(said.text) if isinstance(said, Text) else None


def handle(turn: Turn, danger: Danger) -> Reply:
    """The fixed text of the kind, its numbers as taps, and the ways for who cannot speak."""
    guidance = turn.city.danger.guidance(danger.kind)
    card = Card(
        title=guidance.title,
        body=guidance.text,
        facts=tuple(_fact(line) for line in guidance.lines),
        footnote=guidance.sources,
    )
    parts = (card, Plain(guidance.cannot_speak)) if guidance.cannot_speak else (card,)
    choices = (words.to_a_person(turn.city), words.to_the_menu(turn.city))
    return Reply(parts, choices, outcome=ReplyOutcome.DONE)


def _fact(line: Line) -> Fact:
    hours = f"\n{line.hours}" if line.hours else ""
    return Fact(line.name, f"{line.number}{hours}", words.tel(line.number))


def is_now(danger: Danger) -> bool:
    """Whether the danger is present; otherwise the number comes first and the answer follows."""
    return danger.severity is Severity.NOW
