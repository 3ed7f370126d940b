"""An entry as JSON and back, for files that only the program itself reads."""

import hashlib
import json
from datetime import date

from faq.models import EntryId, FaqEntry, Kind, Provenance, Status, Tone


def write(entry: FaqEntry) -> bytes:
    """The entry on one line."""
    source = entry.provenance
    dates = (source.published_on, source.confirmed_on, source.valid_until)
    fields = (
        *(entry.id, entry.category, entry.kind, entry.tone, entry.question, entry.phrasings, entry.answer),
        *(entry.section, entry.telephone, entry.link, source.source, source.source_url),
        *(day and day.isoformat() for day in dates),
        source.status,
    )
    return json.dumps(fields, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")


def read(line: bytes) -> FaqEntry:
    """The entry that was written; ValueError where the line is something else."""
    (entry_id, category, kind, tone, question, phrasings, answer, section, telephone, link, *rest) = (
        json.loads(line.decode("utf-8", "surrogatepass"))
    )
    source, source_url, published_on, confirmed_on, valid_until, status = rest
    return FaqEntry(
        EntryId(entry_id),
        category,
        Kind(kind),
        Tone(tone),
        question,
        tuple(phrasings),
        answer,
        section,
        telephone,
        link,
        Provenance(
            source, source_url, _day(published_on), _day(confirmed_on), _day(valid_until), Status(status)
        ),
    )


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def fingerprint(entry: FaqEntry, tokens_json: str) -> int:
    """63 bits that tell this entry with these words from any other."""
    whole = write(entry) + tokens_json.encode("utf-8", "surrogatepass")
    return int.from_bytes(hashlib.blake2b(whole, digest_size=8).digest(), "big") >> 1
