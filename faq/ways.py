"""The ways to be heard when something at the city went wrong, or a document is wanted: which is for what.

They name who takes what, and until when; whether somebody's own matter fits is for those who take it to say.
"""

from dataclasses import dataclass
from typing import Final, NewType

from faq import cells
from faq.columns import FROM, PLACE, PROVENANCE, dates_in_order
from faq.models import EntryId, Provenance
from faq.schemas import Column, Schema

WayId = NewType("WayId", str)


@dataclass(frozen=True, slots=True)
class Way:
    """One of them: オンブズマン, 住民監査請求, 公益通報."""

    id: WayId
    name: str
    aliases: tuple[str, ...]
    """What residents call it besides."""
    need: str
    """What somebody wants who takes it, as they would say it, on a button: 市の対応を調べてほしい."""
    about: str
    """What is done there, as a sentence or two."""
    whom: str
    """Who may take it."""
    limits: str
    """Until when, and what it is not for."""
    how: str
    """How to take it."""
    telephone: str
    link: str
    entry: EntryId | None
    """The entry that says more."""
    place: int
    """Where it stands among the others, the least first."""
    provenance: Provenance


WAYS: Final[Schema[Way]] = Schema(
    name="ways",
    record=Way,
    key=("id",),
    columns=(
        Column("ID", "id", cells.SLUG, required=True),
        Column("名称", "name", cells.text(100), required=True),
        Column("名称_通称", "aliases", cells.items()),
        Column("用件", "need", cells.text(20), required=True),
        Column("内容", "about", cells.text(300), required=True),
        Column("対象", "whom", cells.text(200)),
        Column("期限と条件", "limits", cells.text(300)),
        Column("出し方", "how", cells.text(300)),
        Column("電話番号", "telephone", cells.TELEPHONE),
        Column("URL", "link", cells.URL),
        Column("faq_id", "entry", cells.optional(cells.CODE), refers_to="faq"),
        Column("order", "place", PLACE),
        *PROVENANCE,
    ),
    parts=(FROM,),
    check=dates_in_order,
    may_be_empty=True,
)
