"""The city's knowledge as one SQLite file that `sqlite-utils` and Datasette open as it is."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import date, time
from pathlib import Path
from types import MappingProxyType, NoneType
from typing import TYPE_CHECKING, get_args, get_origin, get_type_hints

from faq.counters import Closure, Hours, Procedure, Section
from faq.danger_texts import DangerLine, DangerLineName, DangerText, DangerTranslation
from faq.hearings import Hearing
from faq.holdings import Holdings
from faq.models import FaqEntry, Office, Place, Provenance, Shelter, Synonyms
from faq.neighbours import Neighbour
from faq.plans import Plan
from faq.problems import Refused
from faq.programmes import Programme, ProgrammeDay
from faq.readings import Reading
from faq.terms import Terms
from faq.topics import Topic
from faq.translations import Translation
from faq.voice_categories import VoiceCategory
from faq.ways import Way
from faq.writing import Written, saved

if TYPE_CHECKING:
    from sqlite_utils import Database

_Value = str | float | int | None
_Row = dict[str, _Value]


def write_snapshot(holdings: Holdings, path: Path) -> Written | Refused:
    """A table of each kind and of each list of texts in it, moved into place when whole.

    Dates and times are ISO text, yes or no is 1 or 0, what is not known is NULL or empty. `faq` has a full-text
    index of trigrams, the one tokenizer of SQLite that finds Japanese; words of two letters need LIKE.
    """

    def fill(place: Path) -> None:
        from sqlite_utils import Database

        database = Database(place)
        try:
            _fill(database, holdings)
        finally:
            database.close()

    return saved(path, fill, len(holdings.entries))


def _fill(database: "Database", holdings: Holdings) -> None:
    _records(database, "faq", FaqEntry, holdings.entries)
    _records(database, "offices", Office, holdings.offices)
    _records(database, "shelters", Shelter, holdings.shelters)
    _texts(database, "phrasings", "faq", [(entry.id, entry.phrasings) for entry in holdings.entries])
    _texts(database, "office_names", "offices", [(office.id, office.aliases) for office in holdings.offices])
    _counters(database, holdings)
    _programmes(database, holdings)
    _terms(database, holdings)
    _translations(database, holdings)
    _readings(database, holdings)
    _neighbours(database, holdings)
    _records(database, "plans", Plan, holdings.plans)
    _danger(database, holdings)
    _topics(database, holdings)
    _voice_categories(database, holdings)
    _hearings(database, holdings)
    words = database.table("synonyms").create(
        {"set_id": int, "position": int, "word": str, "weight": float, "source": str},
        pk=("set_id", "position"),
    )
    words.insert_all(_words(holdings.synonyms))
    words.create_index(["word"])
    database.table("faq").enable_fts(["question", "answer"], tokenize="trigram")


def _counters(database: "Database", holdings: Holdings) -> None:
    at = {"office": "offices", "section": "sections"}
    _records(database, "sections", Section, holdings.sections, {"office": "offices"})
    _records(database, "procedures", Procedure, holdings.procedures)
    _records(database, "hours", Hours, holdings.hours, at)
    _records(database, "closures", Closure, holdings.closures, at)
    sections, procedures = holdings.sections, holdings.procedures
    _texts(database, "section_names", "sections", [(each.id, each.aliases) for each in sections])
    _texts(database, "section_handles", "sections", [(each.id, each.handles) for each in sections])
    _texts(database, "section_former", "sections", [(each.id, each.former) for each in sections])
    _texts(database, "procedure_names", "procedures", [(each.id, each.aliases) for each in procedures])
    _texts(database, "procedure_done_at", "procedures", [(each.id, each.done_at) for each in procedures])
    _texts(database, "procedure_not_at", "procedures", [(each.id, each.not_at) for each in procedures])


def _programmes(database: "Database", holdings: Holdings) -> None:
    programmes = holdings.programmes
    _records(database, "programmes", Programme, programmes, {"office": "offices"})
    _texts(database, "programme_names", "programmes", [(each.id, each.aliases) for each in programmes])
    days = dict(_columns(ProgrammeDay))
    table = database.table("programme_days").create(
        days, pk=("programme", "day"), foreign_keys=[("programme", "programmes", "id")]
    )
    table.insert_all(_filled(days, holdings.programme_days))


def _terms(database: "Database", holdings: Holdings) -> None:
    """On what terms each programme is booked; a list of texts that are told apart by `of`."""
    columns = dict(_columns(Terms))
    ties = [("programme", "programmes", "id"), ("section", "sections", "id")]
    table = database.table("booking_terms").create(columns, pk="programme", foreign_keys=ties)
    table.insert_all(_filled(columns, holdings.booking_terms))
    lists = database.table("booking_term_lists").create(
        {"programme": str, "of": str, "position": int, "text": str},
        pk=("programme", "of", "position"),
        foreign_keys=[("programme", "booking_terms", "programme")],
    )
    lists.insert_all(
        {"programme": terms.programme, "of": name, "position": position, "text": text}
        for terms in holdings.booking_terms
        for name, texts in _values(terms)
        if isinstance(texts, tuple)
        for position, text in enumerate(texts, start=1)
    )


def _translations(database: "Database", holdings: Holdings) -> None:
    columns = dict(_columns(Translation))
    table = database.table("translations").create(
        columns, pk=("entry", "language"), foreign_keys=[("entry", "faq", "id")]
    )
    table.insert_all(_filled(columns, holdings.translations))


def _readings(database: "Database", holdings: Holdings) -> None:
    columns = dict(_columns(Reading))
    database.table("readings").create(columns, pk="word").insert_all(_filled(columns, holdings.readings))


def _neighbours(database: "Database", holdings: Holdings) -> None:
    found = holdings.neighbours
    _records(database, "neighbours", Neighbour, found)
    _texts(database, "neighbour_names", "neighbours", [(each.id, each.aliases) for each in found])
    _texts(database, "neighbour_deals", "neighbours", [(each.id, each.deals) for each in found])
    _texts(database, "neighbour_leaves", "neighbours", [(each.id, each.leaves) for each in found])


def _topics(database: "Database", holdings: Holdings) -> None:
    _records(database, "topics", Topic, holdings.topics)
    _texts(database, "topic_words", "topics", [(each.id, each.words) for each in holdings.topics])


def _voice_categories(database: "Database", holdings: Holdings) -> None:
    found = holdings.voice_categories
    _records(database, "voice_categories", VoiceCategory, found)
    _texts(database, "voice_category_words", "voice_categories", [(each.id, each.words) for each in found])


def _hearings(database: "Database", holdings: Holdings) -> None:
    ties = {"office": "offices", "programme": "programmes"}
    _records(database, "hearings", Hearing, holdings.hearings, ties)
    _records(database, "ways", Way, holdings.ways, {"entry": "faq"})
    _texts(database, "hearing_names", "hearings", [(each.id, each.aliases) for each in holdings.hearings])
    _texts(database, "way_names", "ways", [(each.id, each.aliases) for each in holdings.ways])


def _danger(database: "Database", holdings: Holdings) -> None:
    """What is said in danger; its lines in their order, told apart by `of`."""
    _records(database, "danger_lines", DangerLine, holdings.danger_lines)
    columns = dict(_columns(DangerText))
    texts = database.table("danger_texts").create(columns, pk=("danger", "severity"))
    texts.insert_all(_filled(columns, holdings.danger_texts))
    _in_languages(database, "danger_translations", DangerTranslation, holdings.danger_translations)
    _in_languages(database, "danger_line_names", DangerLineName, holdings.danger_line_names)
    shown = database.table("danger_text_lines").create(
        {"danger": str, "severity": str, "of": str, "position": int, "line": str},
        pk=("danger", "severity", "of", "position"),
        foreign_keys=[("line", "danger_lines", "id")],
    )
    shown.insert_all(
        {"danger": said.danger, "severity": said.severity, "of": of, "position": position, "line": line}
        for said in holdings.danger_texts
        for of, lines in (("lines", said.lines), ("cannot_speak", said.cannot_speak))
        for position, line in enumerate(lines, start=1)
    )


def _in_languages(database: "Database", name: str, kind: type, records: Sequence[object]) -> None:
    """Records that a language is part of what tells them apart."""
    columns = dict(_columns(kind))
    keys = [column for column in ("danger", "severity", "line", "language") if column in columns]
    database.table(name).create(columns, pk=keys).insert_all(_filled(columns, records))


def _records(
    database: "Database",
    name: str,
    kind: type,
    records: Sequence[object],
    named: Mapping[str, str] = MappingProxyType({}),
) -> None:
    """A table of a dataclass: its texts that are lists left out, the records within it spread out.

    `named` has the table of the records that a column names.
    """
    columns = dict(_columns(kind))
    ties = [(column, parent, "id") for column, parent in named.items()]
    table = database.table(name).create(columns, pk="id", foreign_keys=ties)
    table.insert_all(_filled(columns, records))


def _filled(columns: Mapping[str, type], records: Sequence[object]) -> Iterator[_Row]:
    empty: _Row = dict.fromkeys(columns)
    return (empty | _row(record) for record in records)


def _texts(database: "Database", name: str, parent: str, lists: Iterable[tuple[str, Sequence[str]]]) -> None:
    """A table of the lists of text that belong to the records of another."""
    owner = f"{parent.removesuffix('s')}_id"
    table = database.table(name).create(
        {owner: str, "position": int, "text": str},
        pk=(owner, "position"),
        foreign_keys=[(owner, parent, "id")],
    )
    table.insert_all(
        {owner: identity, "position": position, "text": text}
        for identity, texts in lists
        for position, text in enumerate(texts, start=1)
    )


def _words(synonyms: Sequence[Synonyms]) -> Iterator[_Row]:
    for number, group in enumerate(synonyms, start=1):
        for position, word in enumerate(group.words, start=1):
            yield {
                "set_id": number,
                "position": position,
                "word": word,
                "weight": group.weight,
                "source": group.source,
            }


def _columns(kind: type) -> Iterator[tuple[str, type]]:
    for name, hint in get_type_hints(kind).items():
        inner = next((part for part in get_args(hint) if part is not NoneType), hint)
        if get_origin(hint) is tuple:
            continue
        if isinstance(inner, type) and is_dataclass(inner):
            yield from ((_prefix(inner, name) + column, kind) for column, kind in _columns(inner))
        else:
            yield name, inner if inner in (float, bool, int) else str


def _prefix(kind: type, name: str) -> str:
    """Of the columns of a record within the record; it is told apart where there may be several of its kind."""
    return "" if kind in (Place, Provenance) else f"{name}_"


def _row(record: object) -> _Row:
    row: _Row = {}
    for name, value in _values(record):
        if is_dataclass(value):
            row |= {_prefix(type(value), name) + column: inner for column, inner in _row(value).items()}
        elif isinstance(value, date):
            row[name] = value.isoformat()
        elif isinstance(value, time):
            row[name] = value.isoformat("minutes")
        elif isinstance(value, str | float | bool | int):
            row[name] = value
    return row


def _values(record: object) -> Iterator[tuple[str, object]]:
    if is_dataclass(record):
        yield from ((field.name, getattr(record, field.name)) for field in fields(record))
