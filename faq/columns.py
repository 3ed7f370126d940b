"""The columns that kinds of file share: where a row comes from, and how long it holds."""

from collections.abc import Iterator
from typing import Final, Protocol

from faq import cells
from faq.models import Provenance, Status
from faq.problems import Reason
from faq.schemas import Column, Finding, Part

PROVENANCE: Final = (
    Column("source", "provenance.source", cells.text(), required=True),
    Column("source_url", "provenance.source_url", cells.URL),
    Column("published_on", "provenance.published_on", cells.DATE),
    Column("confirmed_on", "provenance.confirmed_on", cells.DATE),
    Column("valid_until", "provenance.valid_until", cells.DATE),
    Column("status", "provenance.status", cells.choice(Status, Status.UNCONFIRMED), required=True),
)
FROM: Final = Part("provenance", Provenance)


class Sourced(Protocol):
    """A record that says where it comes from."""

    @property
    def provenance(self) -> Provenance: ...


def dates_in_order(record: Sourced) -> Iterator[Finding]:
    """A record does not end before it was published."""
    published, until = record.provenance.published_on, record.provenance.valid_until
    if published and until and until < published:
        yield Finding("valid_until", Reason.REVERSED_DATES)
