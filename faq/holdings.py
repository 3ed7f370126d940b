"""All that a city knows, at one moment, by kind."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any, Final, Self

from faq.counters import Closure, Hours, Procedure, Section
from faq.danger_texts import DangerLine, DangerLineName, DangerText, DangerTranslation
from faq.hearings import Hearing
from faq.models import FaqEntry, Office, Shelter, Synonyms
from faq.neighbours import Neighbour
from faq.plans import Plan
from faq.programmes import Programme, ProgrammeDay
from faq.readings import Reading
from faq.schemas import Schema
from faq.terms import Terms
from faq.topics import Topic
from faq.translations import Translation
from faq.voice_categories import VoiceCategory
from faq.ways import Way


@dataclass(frozen=True, slots=True)
class Holdings:
    """The records of every kind but the labelled questions, which answer nobody."""

    entries: Sequence[FaqEntry] = ()
    offices: Sequence[Office] = ()
    shelters: Sequence[Shelter] = ()
    synonyms: Sequence[Synonyms] = ()
    sections: Sequence[Section] = ()
    procedures: Sequence[Procedure] = ()
    hours: Sequence[Hours] = ()
    closures: Sequence[Closure] = ()
    programmes: Sequence[Programme] = ()
    programme_days: Sequence[ProgrammeDay] = ()
    booking_terms: Sequence[Terms] = ()
    translations: Sequence[Translation] = ()
    readings: Sequence[Reading] = ()
    neighbours: Sequence[Neighbour] = ()
    danger_lines: Sequence[DangerLine] = ()
    danger_texts: Sequence[DangerText] = ()
    topics: Sequence[Topic] = ()
    plans: Sequence[Plan] = ()
    danger_translations: Sequence[DangerTranslation] = ()
    danger_line_names: Sequence[DangerLineName] = ()
    voice_categories: Sequence[VoiceCategory] = ()
    hearings: Sequence[Hearing] = ()
    ways: Sequence[Way] = ()

    def of(self, kind: str) -> Sequence[Any]:
        """The records of a kind, by its name in the commands; none of the labelled questions."""
        found: Sequence[Any] = getattr(self, FIELDS[kind]) if kind in FIELDS else ()
        return found

    def after(self, schema: Schema[Any], records: Sequence[object], *, replace_all: bool) -> Self:
        """The holdings once the records are taken in; these stand after those that were there."""
        if schema.name not in FIELDS:
            return self
        given = {schema.key_of(record) for record in records}
        kept = [] if replace_all else [r for r in self.of(schema.name) if schema.key_of(r) not in given]
        return replace(self, **{FIELDS[schema.name]: (*kept, *records)})


FIELDS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "faq": "entries",
        "programme-days": "programme_days",
        "booking-terms": "booking_terms",
        "danger-lines": "danger_lines",
        "danger-texts": "danger_texts",
        "danger-translations": "danger_translations",
        "danger-line-names": "danger_line_names",
        "voice-categories": "voice_categories",
        **{
            name: name
            for name in (
                *("offices", "shelters", "synonyms"),
                *("sections", "procedures", "hours", "closures", "programmes", "translations", "readings"),
                *("neighbours", "topics"),
                "plans",
                *("hearings", "ways"),
            )
        },
    }
)
