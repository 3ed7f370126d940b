"""Why an entry was found: word by word, and as one plain line."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from faq.asked import OWN_WORD, Asked
from faq.evidence import Evidence

IN_QUESTION, IN_ANSWER = "質問", "回答"
SOUNDS_ALIKE = "読みの似た質問です。"
ALMOST_THE_SAME = 0.9
"""Likeness of the readings from which on two questions are called the same."""


@dataclass(frozen=True, slots=True)
class WordMet:
    """A word of the question that an entry has."""

    said: str
    """As the resident wrote it."""
    found: str
    """What the entry has: the same, or a synonym as it is written there."""
    source: str
    """Who says that the two mean the same; empty for the word itself."""
    field: str
    """質問 or 回答."""


def words_met(asked: Asked, evidence: Evidence, candidate: int) -> tuple[WordMet, ...]:
    """How a candidate meets each word of the question, in order; words not met are left out."""
    fields = (
        (IN_QUESTION, evidence.terms_of(candidate, in_questions=True)),
        (IN_ANSWER, evidence.terms_of(candidate, in_questions=False)),
    )
    best: dict[int, tuple[float, WordMet]] = {}
    for variant in asked.variants:
        for field, there in fields:
            if there.issuperset(variant.slots) and variant.weight > best.get(variant.group, (0.0,))[0]:
                said = asked.surfaces[variant.group]
                best[variant.group] = variant.weight, WordMet(said, variant.shown, variant.source, field)
    return tuple(best[group][1] for group in sorted(best))


def in_one_line(met: Sequence[WordMet], likeness: float) -> str:
    """The same for people: 「住民」「票」が質問に、「持ち物」が回答にあります。"""
    own = [word for word in met if word.source == OWN_WORD]
    parts = [
        f"「{'」「'.join(_once(word.said for word in own if word.field == field))}」が{field}に"
        for field in (IN_QUESTION, IN_ANSWER)
        if any(word.field == field for word in own)
    ]
    line = "、".join(parts) + "あります。" if parts else ""
    for (found, source), words in groupby(
        (word for word in met if word.source != OWN_WORD), key=lambda word: (word.found, word.source)
    ):
        line += f"「{''.join(word.said for word in words)}」は「{found}」のことと読みました（{source}）。"
    if likeness >= ALMOST_THE_SAME:
        return "ほぼ同じ質問です。" + line
    return line or "文字の並びが似ています。"


def _once(words: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(words))
