"""A text of danger as the resident sees it, with the names and numbers of its lines."""

from collections.abc import Iterable, Mapping, Sequence

from faq.danger_texts import (
    DangerLine,
    DangerText,
    DangerTranslation,
    Guidance,
    LineId,
    guidance_of,
    in_other_words,
)
from store import danger_texts
from store.db import Tx
from store.proposals import Change


def bubble_of(tx: Tx, record: object) -> Guidance | None:
    """What is said; None where the record is no text of danger, or has nothing helpful to say."""
    return _shown(tx, record, {line.id: line for line in danger_texts.all_lines(tx)})


def bubbles_of(tx: Tx, proposed: Iterable[Change], shown: Sequence[Change]) -> tuple[Guidance | None, ...]:
    """What will be said, for each of the changes shown, once all that are proposed are made."""
    known = {line.id: line for line in danger_texts.all_lines(tx)}
    known |= {each.after.id: each.after for each in proposed if isinstance(each.after, DangerLine)}
    return tuple(_shown(tx, each.after, known) for each in shown)


def _shown(tx: Tx, record: object, known: Mapping[LineId, DangerLine]) -> Guidance | None:
    """A translation stands with the lines of its Japanese text, named in its language."""
    match record:
        case DangerText():
            return guidance_of(record, known)
        case DangerTranslation():
            japanese = {each.occasion: each for each in danger_texts.all_texts(tx)}.get(record.occasion)
            guidance = guidance_of(japanese, known) if japanese else None
            names = {(each.line, each.language): each for each in danger_texts.all_line_names(tx)}
            return in_other_words(guidance, record, names) if guidance else None
        case _:
            return None
