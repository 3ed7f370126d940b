"""What voices are about: the categories that residents choose from, and the section of each."""

from dataclasses import dataclass
from typing import Final, NewType

from faq import cells
from faq.columns import FROM, PLACE, PROVENANCE, dates_in_order
from faq.counters import SectionId
from faq.models import Provenance
from faq.names_by_language import IN_LANGUAGES, NamedByLanguage
from faq.schemas import Column, Schema

VoiceCategoryId = NewType("VoiceCategoryId", str)


@dataclass(frozen=True, slots=True, kw_only=True)
class VoiceCategory(NamedByLanguage):
    """A matter of the city."""

    id: VoiceCategoryId
    section: SectionId | None
    """Whose it is; None where the words have to tell."""
    asks_place: bool
    """Whether one has to know where it is."""
    asks_photograph: bool
    """Whether a picture helps."""
    order: int
    """Where it stands among the others, the least first."""
    provenance: Provenance


_YES_NO: Final = cells.choice_of({"有": True, "無": False}, False)

VOICE_CATEGORIES: Final[Schema[VoiceCategory]] = Schema(
    name="voice-categories",
    record=VoiceCategory,
    key=("id",),
    columns=(
        Column("id", "id", cells.SLUG, required=True),
        Column("name", "name", cells.text(20), required=True),
        Column("words", "words", cells.items()),
        Column("section", "section", cells.optional(cells.SLUG), refers_to="sections"),
        Column("asks_place", "asks_place", _YES_NO),
        Column("asks_photograph", "asks_photograph", _YES_NO),
        Column("order", "order", PLACE),
        *IN_LANGUAGES,
        *PROVENANCE,
    ),
    parts=(FROM,),
    check=dates_in_order,
    may_be_empty=True,
)
