"""The answers as open data: a schema.org FAQPage, the vocabulary that search engines and catalogues read.

https://schema.org/FAQPage, https://schema.org/Question, https://schema.org/Answer. There is no Japanese
standard for FAQ data.
"""

from collections.abc import Sequence
from pathlib import Path

from faq.models import FaqEntry, Provenance
from faq.problems import Refused
from faq.writing import Written, saved, write_json

_Json = dict[str, object]


def write_faqpage(entries: Sequence[FaqEntry], path: Path) -> Written | Refused:
    """A JSON-LD file of all entries, each with its source, the day it was confirmed and its status."""
    return saved(path, lambda place: write_json(place, faqpage(entries)), len(entries))


def faqpage(entries: Sequence[FaqEntry]) -> _Json:
    """The page as JSON-LD; `dateModified` is the last day on which any entry was confirmed or published."""
    days = [day for entry in entries if (day := _modified(entry.provenance))]
    return _filled(
        {
            "@context": "https://schema.org",
            "@type": "FAQPage",
            "inLanguage": "ja",
            "dateModified": max(days, default=None),
        }
    ) | {"mainEntity": [_question(entry) for entry in entries]}


def _question(entry: FaqEntry) -> _Json:
    return _filled(
        {
            "@type": "Question",
            "identifier": entry.id,
            "name": entry.question,
            "alternateName": list(entry.phrasings),
            "keywords": entry.category,
            "dateModified": _modified(entry.provenance),
            "acceptedAnswer": _answer(entry),
        }
    )


def _answer(entry: FaqEntry) -> _Json:
    provenance = entry.provenance
    return _filled(
        {
            "@type": "Answer",
            "text": entry.answer,
            "url": entry.link,
            "dateModified": _modified(provenance),
            "expires": provenance.valid_until.isoformat() if provenance.valid_until else None,
            "creativeWorkStatus": provenance.status.value,
            "citation": _filled(
                {
                    "@type": "CreativeWork",
                    "name": provenance.source,
                    "url": provenance.source_url,
                    "datePublished": provenance.published_on.isoformat() if provenance.published_on else None,
                }
            ),
            "maintainer": _section(entry),
        }
    )


def _section(entry: FaqEntry) -> _Json | None:
    if not entry.section:
        return None
    return _filled({"@type": "Organization", "name": entry.section, "telephone": entry.telephone})


def _modified(provenance: Provenance) -> str | None:
    day = provenance.confirmed_on or provenance.published_on
    return day.isoformat() if day else None


def _filled(node: _Json) -> _Json:
    """Only the properties that have a value."""
    return {name: value for name, value in node.items() if value not in ("", None, [])}
