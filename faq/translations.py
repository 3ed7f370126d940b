"""What an entry says in other words: in plain Japanese, and in other languages."""

from dataclasses import dataclass

from faq.models import EntryId, Provenance
from nlp.language import Language


@dataclass(frozen=True, slots=True)
class Translation:
    """One entry in one language. Section, telephone and link are those of the entry."""

    entry: EntryId
    language: Language
    question: str
    answer: str
    provenance: Provenance
