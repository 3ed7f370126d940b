"""Why an entry was found: word by word for operators, and as one plain line for residents."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, islice

from faq.asked import NEAR_WORD, OWN_WORD, Asked
from faq.evidence import Evidence
from faq.models import Field, WordMet
from nlp.token_filters import katakana

SOUNDS_ALIKE = "音の似た言葉からお探ししました。"
ALMOST_THE_SAME = 0.9
"""Likeness of the readings from which on two questions are called the same."""
MOST_NAMED = 4
"""Words that one sentence names; the rest is など."""
MOST_SYNONYMS = 2
"""Sentences about words that mean the same: the line stays one that is read at a glance."""


def words_met(asked: Asked, evidence: Evidence, candidate: int, text: str) -> tuple[WordMet, ...]:
    """How a candidate meets each word of the question, in order; words not met are left out.

    `text` is all that the entry says, to show its words as it writes them.
    """
    fields = (
        (Field.QUESTION, evidence.terms_of(candidate, in_questions=True)),
        (Field.ANSWER, evidence.terms_of(candidate, in_questions=False)),
    )
    best: dict[int, tuple[float, WordMet]] = {}
    for variant in asked.variants:
        for field, there in fields:
            if there.issuperset(variant.slots) and variant.weight > best.get(variant.group, (0.0,))[0]:
                said = asked.surfaces[variant.group]
                met = WordMet(said, _as_written(variant.shown, text), variant.source, field)
                best[variant.group] = variant.weight, met
    return tuple(best[group][1] for group in sorted(best))


def in_one_line(met: Sequence[WordMet], likeness: float, asked: str) -> str:
    """The same for people, as お尋ねの「住民票」が、この質問にあります。「持ち物」は、答えの中にあります。

    `likeness` is that of the readings, 0 to 1; `asked` is the question, to show words that stand together as one.
    """
    sentences = [*_same(likeness), *_own(met, asked), *islice(_others(met), MOST_SYNONYMS)]
    return "".join(sentences) or "お尋ねと書き方の似た質問です。"


def _same(likeness: float) -> Iterator[str]:
    if likeness >= ALMOST_THE_SAME:
        yield "お尋ねとほとんど同じ質問です。"


def _own(met: Sequence[WordMet], asked: str) -> Iterator[str]:
    """Where the resident's own words stand."""
    own = [word for word in met if word.source == OWN_WORD]
    in_question = _named((word for word in own if word.field is Field.QUESTION), asked)
    in_answer = _named((word for word in own if word.field is Field.ANSWER), asked)
    if in_question:
        yield f"お尋ねの{in_question}が、この質問にあります。"
    if in_answer:
        yield (
            f"{in_answer}は、答えの中にあります。"
            if in_question
            else f"お尋ねの{in_answer}が、答えの中にあります。"
        )


def _others(met: Sequence[WordMet]) -> Iterator[str]:
    """What other words were taken to mean."""
    others = (word for word in met if word.source != OWN_WORD)
    for (found, source, field), words in groupby(
        others, key=lambda word: (word.found, word.source, word.field)
    ):
        where = "、この質問" if field is Field.QUESTION else "、答えの中"
        said = "".join(word.said for word in words)
        if source == NEAR_WORD:
            yield f"「{said}」と意味の近い「{found}」が{where}にあります。"
        else:
            yield f"「{said}」は「{found}」のことと考えました。"


def _named(words: Iterable[WordMet], asked: str) -> str:
    """「犬」「飼い始める」など; words that stand side by side in the question are one, and end as in a dictionary."""
    said: list[str] = []
    shown: list[str] = []
    for word in dict.fromkeys(words):
        if said and said[-1] + word.said in asked:
            shown[-1] = said[-1] + word.found
            said[-1] += word.said
        else:
            said.append(word.said)
            shown.append(word.found)
    more = "など" if len(shown) > MOST_NAMED else ""
    return "".join(f"「{word}」" for word in shown[:MOST_NAMED]) + more


def _as_written(word: str, text: str) -> str:
    """Words are compared in hiragana; an entry may write バイク."""
    return katakana(word) if word not in text and katakana(word) in text else word
