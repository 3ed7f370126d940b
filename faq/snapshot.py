"""The city's knowledge as one SQLite file that `sqlite-utils` and Datasette open as it is."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from faq.models import FaqEntry, Office, Provenance, Shelter, Synonyms
from faq.problems import Refused
from faq.writing import Written, saved

if TYPE_CHECKING:
    from sqlite_utils import Database

_Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Holdings:
    """All that a city knows, at one moment."""

    entries: Sequence[FaqEntry]
    offices: Sequence[Office]
    shelters: Sequence[Shelter]
    synonyms: Sequence[Synonyms]


def write_snapshot(holdings: Holdings, path: Path) -> Written | Refused:
    """Tables faq, phrasings, offices, office_names, shelters and synonyms, moved into place when whole.

    Dates are ISO text, yes or no is 1 or 0, what is not known is NULL. `faq` has a full-text index of
    trigrams, the one tokenizer of SQLite that finds Japanese; words of two letters need LIKE.
    """
    from sqlite_utils import Database

    def fill(place: Path) -> None:
        database = Database(place)
        try:
            _fill(database, holdings)
        finally:
            database.close()

    return saved(path, fill, len(holdings.entries))


def _fill(database: "Database", holdings: Holdings) -> None:
    tables: tuple[tuple[str, str | tuple[str, ...], list[tuple[str, str, str]], Iterable[_Row]], ...] = (
        ("faq", "id", [], map(_entry, holdings.entries)),
        ("phrasings", ("faq_id", "position"), [("faq_id", "faq", "id")], _phrasings(holdings.entries)),
        ("offices", "id", [], map(_office, holdings.offices)),
        ("office_names", ("office_id", "position"), [("office_id", "offices", "id")], _names(holdings.offices)),
        ("shelters", "id", [], map(_shelter, holdings.shelters)),
        ("synonyms", ("set_id", "position"), [], _words(holdings.synonyms)),
    )
    for name, key, references, rows in tables:
        database.table(name).create(_COLUMNS[name], pk=key, foreign_keys=references, strict=True)
        database.table(name).insert_all(rows)
    database.table("faq").enable_fts(["question", "answer"], tokenize="trigram")
    database.vacuum()


_PROVENANCE = {
    "source": str,
    "source_url": str,
    "published_on": str,
    "confirmed_on": str,
    "valid_until": str,
    "status": str,
}
_COLUMNS: dict[str, dict[str, type]] = {
    "faq": {
        **dict.fromkeys(("id", "category", "kind", "tone", "question", "answer", "section"), str),
        **dict.fromkeys(("telephone", "link"), str),
        **_PROVENANCE,
    },
    "phrasings": {"faq_id": str, "position": int, "phrasing": str},
    "offices": {
        **dict.fromkeys(("id", "name", "kana", "english", "kind", "ward", "address"), str),
        **dict.fromkeys(("latitude", "longitude"), float),
        **dict.fromkeys(("telephone", "telephone_of", "hours", "hours_note", "description", "link"), str),
        **dict.fromkeys(("remarks", "municipality_code", "municipality"), str),
        **_PROVENANCE,
    },
    "office_names": {"office_id": str, "position": int, "name": str},
    "shelters": {
        **dict.fromkeys(("id", "name", "ward", "address"), str),
        **dict.fromkeys(("latitude", "longitude"), float),
        "for_everybody": int,
        "remarks": str,
        **_PROVENANCE,
    },
    "synonyms": {"set_id": int, "position": int, "word": str, "weight": float, "source": str},
}
