"""Records -> files that staff open: CSV and TSV (UTF-8 with its mark, CRLF), JSON, Excel.

`faq.exchange.read` gives back the same records from each of them.
"""

import errno
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Final, TypeVar

from faq.guard import delimited, guarded
from faq.problems import Refused, of_file
from faq.replacing import replacing
from faq.schemas import Schema
from faq.sentences import Fault

T = TypeVar("T")
Lines = Iterator[list[str]]
"""The heading, then the rows."""


@dataclass(frozen=True, slots=True)
class Written:
    """A file that now stands at its place."""

    path: Path
    rows: int


_OBSTACLES: Final = MappingProxyType[int | None, str](
    {
        errno.ENOENT: Fault.NO_FOLDER,
        errno.ENOTDIR: Fault.NO_FOLDER,
        errno.EACCES: Fault.NOT_ALLOWED,
        errno.EPERM: Fault.NOT_ALLOWED,
        errno.EROFS: Fault.NOT_ALLOWED,
        errno.ENOSPC: Fault.DISK_FULL,
        errno.EISDIR: Fault.IS_FOLDER,
    }
)


def write(schema: Schema[T], records: Sequence[T], path: Path) -> Written | Refused:
    """Write the records, in the format that the ending of the name tells, whole or not at all.

    Text is written as `read` would have it: without blanks at its ends, without control characters.
    """
    writer = _WRITERS.get(path.suffix.lower())
    if writer is None:
        return Refused.because([of_file(Fault.WRONG_ENDING.format(endings="、".join(_WRITERS)))])
    rows = [[column.write(record) for column in schema.columns] for record in records]
    return saved(path, lambda place: writer(place, schema.name, _lines(schema, rows)), len(rows))


def saved(path: Path, fill: Callable[[Path], None], rows: int) -> Written | Refused:
    """What `fill` writes to the path it is given, moved to `path`."""
    try:
        with replacing(path) as temporary:
            fill(temporary)
    except OSError as error:
        unnamed = Fault.NOT_WRITABLE.format(error=error.strerror or error)
        return Refused.because([of_file(_OBSTACLES.get(error.errno, unnamed))])
    return Written(path, rows)


def write_json(path: Path, value: object) -> None:
    """JSON for people too: indented, Japanese as it is."""
    path.write_text(json.dumps(value, ensure_ascii=False, indent=1) + "\n", encoding="utf-8", newline="\n")


def _lines(schema: Schema[T], rows: Sequence[list[str]]) -> Lines:
    yield [column.name for column in schema.columns]
    yield from rows


def _inert(lines: Lines) -> Lines:
    return ([guarded(cell) for cell in line] for line in lines)


def _csv(path: Path, _: str, lines: Lines) -> None:
    write_delimited(path, lines, ",")


def _tsv(path: Path, _: str, lines: Lines) -> None:
    write_delimited(path, lines, "\t")


def write_delimited(path: Path, lines: Lines, delimiter: str) -> None:
    """Text that Excel reads, and in which no cell runs as a formula; the lines may be made as they are written."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:  # Excel knows UTF-8 by the mark alone
        file.writelines(delimited(line, delimiter) for line in lines)


def _json(path: Path, _: str, lines: Lines) -> None:
    names = next(lines)
    write_json(path, [dict(zip(names, line, strict=True)) for line in lines])


def _xlsx(path: Path, title: str, lines: Lines) -> None:
    from faq.workbooks import write_workbook

    write_workbook(path, title, _inert(lines))


_WRITERS: Final = MappingProxyType({".csv": _csv, ".tsv": _tsv, ".json": _json, ".xlsx": _xlsx})
