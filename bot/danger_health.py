"""What `doctor` says of danger: texts and numbers that nobody confirmed, and texts that the database does not have."""

from collections.abc import Iterator, Sequence

from bot.findings import Finding
from faq.columns import Sourced
from faq.danger_texts import OCCASIONS, guidance_of
from faq.holdings import Holdings
from faq.models import Status


def look(holdings: Holdings) -> Iterator[Finding]:
    """One line on what is unconfirmed, and one for all occasions that borrow their text from the data folder."""
    texts, lines = holdings.danger_texts, holdings.danger_lines
    unconfirmed = (
        f"{_unconfirmed(texts)} of {len(texts)} texts and {_unconfirmed(lines)} of {len(lines)} numbers"
    )
    yield Finding(True, f"danger: {unconfirmed} are unconfirmed (status in danger-texts, danger-lines)")
    known = {line.id: line for line in lines}
    there = {each.occasion for each in texts if guidance_of(each, known)}
    if missing := [f"{kind} {severity}" for kind, severity in OCCASIONS if (kind, severity) not in there]:
        told = f"{len(missing)} have no text in the database ({', '.join(missing[:3])}...)"
        instead = "those of DATA_DIR are said; `python -m bot import danger-texts FILE`"
        yield Finding(False, f"danger: {told}: {instead}")


def _unconfirmed(records: Sequence[Sourced]) -> int:
    return sum(each.provenance.status is Status.UNCONFIRMED for each in records)
