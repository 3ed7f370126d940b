"""The kinds of file about what is said in danger: the texts, and the numbers below them."""

from collections.abc import Iterator
from typing import Final

from faq import cells
from faq.columns import FROM, PROVENANCE, dates_in_order
from faq.danger_texts import DangerLine, DangerLineName, DangerText, DangerTranslation
from faq.schemas import Column, Finding, Schema
from faq.sentences import Fault
from nlp.danger import DangerKind, Severity
from nlp.language import Language


def _of_line(line: DangerLine) -> Iterator[Finding]:
    yield from dates_in_order(line)
    if not line.number and not line.url:
        yield Finding("number", Fault.LINE_WITHOUT_WAY)
    if not line.provenance.source_url:
        yield Finding("source_url", Fault.LINE_WITHOUT_SOURCE)


DANGER_LINES: Final[Schema[DangerLine]] = Schema(
    name="danger-lines",
    record=DangerLine,
    key=("id",),
    columns=(
        Column("id", "id", cells.SLUG, required=True),
        Column("name", "name", cells.text(200), required=True),
        Column("number", "number", cells.TELEPHONE),
        Column("hours", "hours", cells.text(200)),
        Column("url", "url", cells.URL),
        *PROVENANCE,
    ),
    parts=(FROM,),
    check=_of_line,
)

DANGER_TEXTS: Final[Schema[DangerText]] = Schema(
    name="danger-texts",
    record=DangerText,
    key=("danger", "severity"),
    columns=(
        Column("danger", "danger", cells.choice(DangerKind, DangerKind.HELP), required=True),
        Column("severity", "severity", cells.choice(Severity, Severity.NOW), required=True),
        Column("text", "text", cells.text(400), required=True),
        Column("lines", "lines", cells.items(), required=True, refers_to="danger-lines"),
        Column("cannot_speak", "cannot_speak", cells.items(), refers_to="danger-lines"),
        *PROVENANCE,
    ),
    parts=(FROM,),
    check=dates_in_order,
)

DANGER_TRANSLATIONS: Final[Schema[DangerTranslation]] = Schema(
    name="danger-translations",
    record=DangerTranslation,
    key=("danger", "severity", "language"),
    columns=(
        Column("danger", "danger", cells.choice(DangerKind, DangerKind.HELP), required=True),
        Column("severity", "severity", cells.choice(Severity, Severity.NOW), required=True),
        Column("language", "language", cells.choice(Language, Language.EASY), required=True),
        Column("text", "text", cells.text(1_000), required=True),
        *PROVENANCE,
    ),
    parts=(FROM,),
    check=dates_in_order,
    may_be_empty=True,
)

DANGER_LINE_NAMES: Final[Schema[DangerLineName]] = Schema(
    name="danger-line-names",
    record=DangerLineName,
    key=("line", "language"),
    columns=(
        Column("line", "line", cells.SLUG, required=True, refers_to="danger-lines"),
        Column("language", "language", cells.choice(Language, Language.EASY), required=True),
        Column("name", "name", cells.text(200), required=True),
        Column("hours", "hours", cells.text(200)),
        *PROVENANCE,
    ),
    parts=(FROM,),
    check=dates_in_order,
    may_be_empty=True,
)
