"""The texts of danger as a city's folder has them: what is said where the database has none."""

from pathlib import Path
from typing import Any

from faq import exchange
from faq.danger_kinds import DANGER_LINE_NAMES, DANGER_LINES, DANGER_TEXTS, DANGER_TRANSLATIONS
from faq.danger_texts import DangerTexts
from faq.fitting import admit
from faq.holdings import Holdings
from faq.problems import Refused
from faq.schemas import Schema
from nlp.danger_words import DangerFileError


def read_danger_texts(folder: Path) -> DangerTexts:
    """Reads `danger-lines.csv` and `danger-texts.csv`, and what there is of them in other languages.

    Raises DangerFileError with all that has to be mended, FileNotFoundError where one of the first two is not there.
    """
    holdings = Holdings()
    for schema in (DANGER_LINES, DANGER_TEXTS):
        holdings = _with(schema, folder / f"{schema.name}.csv", holdings)
    for other in (DANGER_TRANSLATIONS, DANGER_LINE_NAMES):
        if (file := folder / f"{other.name}.csv").exists():
            holdings = _with(other, file, holdings)
    return DangerTexts.of(
        holdings.danger_texts,
        holdings.danger_lines,
        translations=holdings.danger_translations,
        names=holdings.danger_line_names,
    )


def _with(schema: Schema[Any], file: Path, before: Holdings) -> Holdings:
    file.stat()
    read = exchange.read(schema, file)
    admitted = read if isinstance(read, Refused) else admit(schema, read, before, replace_all=False)
    if isinstance(admitted, Refused):
        raise DangerFileError("\n".join(f"{file}: {problem}" for problem in admitted.problems))
    return admitted.holdings
