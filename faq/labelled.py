"""Files of labelled questions, and of the entries they are about."""

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from faq.models import EntryId, FaqEntry, Kind, Provenance, Status, Tone
from faq.search import Knowledge


class BadFileError(Exception):
    """A file that cannot be measured on; says file, line and reason."""


@dataclass(frozen=True, slots=True)
class Labelled:
    """A question and how relevant which entries are to it (2 holds the answer, 1 something related)."""

    query: str
    relevance: dict[EntryId, int]
    """Empty where nothing in the knowledge answers."""


def read_entries(path: Path) -> list[FaqEntry]:
    """The entries of a file; BadFileError where a column is missing, or an id is empty or there twice."""
    entries: dict[EntryId, FaqEntry] = {}
    for line, row in _rows(path, ("id", "question", "answer")):
        entry = _entry(row)
        if not entry.id or entry.id in entries:
            raise BadFileError(f"{path}, line {line}: id {entry.id!r} is empty or was there before")
        entries[entry.id] = entry
    if not entries:
        raise BadFileError(f"{path}: no entries")
    return list(entries.values())


def read_questions(path: Path, knowledge: Knowledge) -> list[Labelled]:
    """The questions of a file in its order; BadFileError where a row names an unknown entry."""
    labelled: dict[str, Labelled] = {}
    for line, row in _rows(path, ("query_id", "query", "faq_id", "relevance")):
        question = labelled.setdefault(row["query_id"], Labelled(row["query"], {}))
        entry_id = EntryId(row["faq_id"].strip())
        if not entry_id:
            continue
        if knowledge.entry(entry_id) is None:
            raise BadFileError(f"{path}, line {line}: there is no entry {entry_id!r}")
        if row["relevance"] not in {"0", "1", "2"}:
            raise BadFileError(f"{path}, line {line}: relevance {row['relevance']!r} is not 0, 1 or 2")
        if row["relevance"] != "0":
            question.relevance[entry_id] = int(row["relevance"])
    if not labelled:
        raise BadFileError(f"{path}: no questions")
    return list(labelled.values())


def _rows(path: Path, columns: Sequence[str]) -> Iterator[tuple[int, dict[str, str]]]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file, strict=True)
            missing = [column for column in columns if column not in (reader.fieldnames or ())]
            if missing:
                raise BadFileError(f"{path}, line 1: column {missing[0]!r} is missing")
            for row in reader:
                if any(row[column] is None for column in columns):
                    raise BadFileError(f"{path}, line {reader.line_num}: too few columns")
                yield reader.line_num, row
    except OSError as error:
        raise BadFileError(f"{path}: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise BadFileError(f"{path}: not UTF-8 (byte {error.start})") from error
    except csv.Error as error:
        raise BadFileError(f"{path}, line {reader.line_num}: {error}") from error


def _entry(row: dict[str, str]) -> FaqEntry:
    phrasings = tuple(p.strip() for p in (row.get("phrasings") or "").split("|") if p.strip())
    return FaqEntry(
        id=EntryId(row["id"].strip()),
        category=row.get("category") or "",
        kind=Kind.FACT,
        tone=Tone.NORMAL,
        question=row["question"],
        phrasings=phrasings,
        answer=row["answer"],
        section=row.get("section") or "",
        telephone="",
        link="",
        provenance=Provenance("", "", None, None, None, Status.UNCONFIRMED),
    )
