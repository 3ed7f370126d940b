"""What residents may choose to hear of: topics of notices, and what each is called in their language."""

from dataclasses import dataclass
from typing import Final, NewType

from faq import cells
from faq.columns import FROM, PLACE, PROVENANCE, dates_in_order
from faq.models import Provenance
from faq.names_by_language import IN_LANGUAGES, NamedByLanguage
from faq.schemas import Column, Schema

TopicId = NewType("TopicId", str)


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic(NamedByLanguage):
    """Something that notices are about."""

    id: TopicId
    place: int
    """Where it stands among the others, the least first."""
    provenance: Provenance


TOPICS: Final[Schema[Topic]] = Schema(
    name="topics",
    record=Topic,
    key=("id",),
    columns=(
        Column("id", "id", cells.SLUG, required=True),
        Column("name", "name", cells.text(100), required=True),
        Column("words", "words", cells.items()),
        Column("order", "place", PLACE),
        *IN_LANGUAGES,
        *PROVENANCE,
    ),
    parts=(FROM,),
    check=dates_in_order,
    may_be_empty=True,
)
