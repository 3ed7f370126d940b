"""What is said at once to who is in danger, and the numbers below it, as staff keep them."""

import logging
from collections.abc import Mapping
from typing import Final

from faq.danger_texts import (
    DangerLine,
    DangerLineName,
    DangerText,
    DangerTexts,
    DangerTranslation,
    LineId,
)
from nlp.danger import DangerKind, Severity
from nlp.language import Language
from store import keeping
from store.db import Tx
from store.keeping import Kept, Row, read, rows
from store.tables import danger_line_names, danger_lines, danger_texts, danger_translations

log = logging.getLogger(__name__)


def all_lines(tx: Tx) -> tuple[DangerLine, ...]:
    return tuple(map(_line, rows(tx, danger_lines)))


def all_texts(tx: Tx) -> tuple[DangerText, ...]:
    return tuple(map(_text, rows(tx, danger_texts)))


def all_translations(tx: Tx) -> tuple[DangerTranslation, ...]:
    return tuple(map(_translation, rows(tx, danger_translations)))


def translations_of(tx: Tx, text: DangerText) -> tuple[DangerTranslation, ...]:
    """What a text says in other languages."""
    return tuple(each for each in all_translations(tx) if each.occasion == text.occasion)


def names_of_line(tx: Tx, line: LineId) -> tuple[DangerLineName, ...]:
    """What a line is called in other languages."""
    return tuple(each for each in all_line_names(tx) if each.line == line)


def all_line_names(tx: Tx) -> tuple[DangerLineName, ...]:
    return tuple(map(_line_name, rows(tx, danger_line_names)))


def present(tx: Tx, shipped: DangerTexts) -> DangerTexts:
    """The texts as they stand; what is missing or unreadable is said as the files of the folder have it."""
    try:
        found = DangerTexts.of(
            all_texts(tx), all_lines(tx), shipped, all_translations(tx), all_line_names(tx)
        )
    except (KeyError, TypeError, ValueError):
        log.exception("the texts of danger cannot be read, those of the data folder serve")
        return DangerTexts.of((), (), shipped)
    if found.borrowed:
        log.warning("%d texts of danger are missing, those of the data folder serve", len(found.borrowed))
    return found


def _line(row: Row) -> DangerLine:
    return read(DangerLine, row)


def _text(row: Row) -> DangerText:
    return read(
        DangerText,
        row,
        danger=DangerKind(row["danger"]),
        severity=Severity(row["severity"]),
        lines=tuple(row["lines"]),
        cannot_speak=tuple(row["cannot_speak"]),
    )


def _translation(row: Row) -> DangerTranslation:
    return read(
        DangerTranslation,
        row,
        danger=DangerKind(row["danger"]),
        severity=Severity(row["severity"]),
        language=Language(row["language"]),
    )


def _line_name(row: Row) -> DangerLineName:
    return read(DangerLineName, row, language=Language(row["language"]))


KEPT: Final[Mapping[type, Kept]] = {
    DangerLine: Kept("danger-lines", danger_lines, lambda each: (each.id,), keeping.write, _line),
    DangerText: Kept(
        "danger-texts", danger_texts, lambda each: (each.danger, each.severity), keeping.write, _text
    ),
    DangerTranslation: Kept(
        "danger-translations",
        danger_translations,
        lambda each: (each.danger, each.severity, each.language),
        keeping.write,
        _translation,
    ),
    DangerLineName: Kept(
        "danger-line-names",
        danger_line_names,
        lambda each: (each.line, each.language),
        keeping.write,
        _line_name,
    ),
}
