"""A text of danger as the resident sees it, with the names and numbers of its lines."""

from collections.abc import Iterable, Sequence

from faq.danger_texts import DangerLine, DangerText, Guidance, guidance_of
from store import danger_texts
from store.db import Tx
from store.proposals import Change


def bubble_of(tx: Tx, record: object) -> Guidance | None:
    """What is said; None where the record is no text of danger, or has nothing helpful to say."""
    if not isinstance(record, DangerText):
        return None
    return guidance_of(record, {line.id: line for line in danger_texts.all_lines(tx)})


def bubbles_of(tx: Tx, proposed: Iterable[Change], shown: Sequence[Change]) -> tuple[Guidance | None, ...]:
    """What will be said, for each of the changes shown, once all that are proposed are made."""
    known = {line.id: line for line in danger_texts.all_lines(tx)}
    known |= {each.after.id: each.after for each in proposed if isinstance(each.after, DangerLine)}
    return tuple(
        guidance_of(each.after, known) if isinstance(each.after, DangerText) else None for each in shown
    )
