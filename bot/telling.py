"""A reply as a person at a terminal, or a program, reads it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, assert_never

from handlers.router import Routed
from handlers.turn import Card, Cards, Choice, OpenUrl, Part, Plain, Reply


@dataclass(frozen=True, slots=True)
class Told:
    """All of a turn that `ask` and `talk` print."""

    routed: Routed
    milliseconds: float
    pushed: tuple[Reply, ...] = ()
    """What the service said unasked."""

    def as_json(self) -> dict[str, Any]:
        """The keys that the commands promise."""
        reply = self.routed.reply
        return {
            "handler": self.routed.handler,
            "outcome": reply.outcome.value,
            "reply": text(reply),
            "choices": [choice.label for choice in choices(reply)],
            "links": list(links(reply)),
            "pushed": [text(each) for each in self.pushed],
            "matches": [
                {
                    "id": match.entry.id,
                    "question": match.entry.question,
                    "score": round(match.score, 4),
                    "because": match.because,
                }
                for match in (reply.found.matches if reply.found else ())
            ],
            "ms": round(self.milliseconds, 2),
        }


def text(reply: Reply) -> str:
    """All the text that LINE would show."""
    return "\n\n".join(_part(part) for part in reply.parts)


def _part(part: Part) -> str:
    match part:
        case Plain(text=said):
            return said
        case Card():
            facts = [f"{fact.label}：{fact.value}" for fact in part.facts]
            buttons = [f"［{choice.label}］" for choice in part.choices]
            lines = [f"【{part.title}】", part.body, *facts, part.footnote, *buttons]
            return "\n".join(line for line in lines if line)
        case Cards(cards=cards):
            return "\n\n".join(_part(card) for card in cards)
        case other:
            assert_never(other)


def choices(reply: Reply) -> tuple[Choice, ...]:
    """Every button: those in cards first, then the quick replies."""
    return (*(choice for card in _cards(reply) for choice in card.choices), *reply.choices)


def links(reply: Reply) -> Iterator[str]:
    """Every address that can be tapped."""
    for card in _cards(reply):
        yield from (fact.url for fact in card.facts if fact.url)
    yield from (choice.does.url for choice in choices(reply) if isinstance(choice.does, OpenUrl))


def _cards(reply: Reply) -> Iterator[Card]:
    for part in reply.parts:
        match part:
            case Card():
                yield part
            case Cards(cards=cards):
                yield from cards
