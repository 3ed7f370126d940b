"""Quoting what the city knows in an answer: an entry's own words, with their source and when they were confirmed."""

from dataclasses import dataclass
from typing import Final

from faq.models import FaqEntry
from web.known import Known
from web.site import site
from web.times import say_day

MOST: Final = 5
"""Entries that are offered."""
LONGEST: Final = 200
"""Letters of what is sought."""


@dataclass(frozen=True, slots=True)
class Quote:
    """An entry, and what goes into the answer."""

    entry: FaqEntry
    words: str


def to_quote(known: Known, words: str) -> tuple[Quote, ...]:
    """The entries that come nearest to some words, best first."""
    sought = words.strip()[:LONGEST]
    found = known.knowledge.rank(sought).entries[:MOST] if sought else ()
    return tuple(Quote(each, quoted(each)) for each in found)


def quoted(entry: FaqEntry) -> str:
    """Its answer, its page and its source, as they go into an answer."""
    of, say = entry.provenance, site().say
    when = say("cases.quote.confirmed", day=say_day(of.confirmed_on)) if of.confirmed_on else ""
    source = say("cases.quote.source", source=of.source, confirmed=when) if of.source else ""
    return "\n".join(filter(None, (entry.answer, entry.link, source)))
