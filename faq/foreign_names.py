"""Names of the city's offices, sections, wards and services, as other languages say them."""

import csv
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from faq.readings import Readings
from nlp.language import Language
from nlp.readings import reading
from nlp.romaji import in_hangul, romanised

_ANY: Final = "〜"
"""Before an ending: 〜区役所 is every name that ends so."""
_IN_BRACKETS: Final = re.compile(r"(.+)（(.+)）")
_KANJI_OR_KANA: Final = re.compile(r"[぀-ヿ一-鿿々〆ヶ]")
_WRITERS: Final[Mapping[Language, Callable[[str], str]]] = {
    Language.ENGLISH: romanised,
    Language.VIETNAMESE: romanised,
    Language.KOREAN: in_hangul,
}
"""The languages that do not read kanji, and how they write what is only heard. Chinese leaves names as they are."""


@dataclass(frozen=True, slots=True)
class ForeignNames:
    """Whole names, and endings with a place for the name before them. Immutable."""

    whole: Mapping[tuple[Language, str], str]
    endings: tuple[tuple[str, Mapping[Language, str]], ...]
    """Longest first: 〜総合出張所 before 〜出張所."""

    def say(self, name: str, language: Language, readings: Readings, kana: str = "", own: str = "") -> str:
        """The name in that language, without the Japanese; as it is where the language reads kanji, and where nobody
        wrote down how it is read: 健軍東 may be read in several ways, and a wrong one is found on no map.

        `kana` is how it is read where somebody wrote that down, `own` the name that the city itself gives in English.
        """
        known = self.whole.get((language, name))
        if known or language not in _WRITERS or not _KANJI_OR_KANA.search(name):
            return known or name
        if own and language is Language.ENGLISH:
            return own
        return self._put(name, language, readings, kana) or name

    def _put(self, name: str, language: Language, readings: Readings, kana: str) -> str | None:
        if known := self.whole.get((language, name)):
            return known
        for ending, patterns in self.endings:
            if name.endswith(ending) and name != ending:
                stem = self._stem(name.removesuffix(ending), language, readings, _cut(kana, ending))
                return stem and patterns[language].format(name=stem)
        if bracketed := _IN_BRACKETS.fullmatch(name):
            before, within = (self._put(each, language, readings, "") for each in bracketed.groups())
            return before and within and f"{before} ({within})"
        return self._written(name, language, readings, kana)

    def _stem(self, stem: str, language: Language, readings: Readings, kana: str) -> str | None:
        return self.whole.get((language, stem)) or self._written(stem, language, readings, kana)

    def _written(self, name: str, language: Language, readings: Readings, kana: str) -> str | None:
        if not _KANJI_OR_KANA.search(name):
            return name
        write, heard = _WRITERS[language], (kana,) if kana else readings.of(name)
        return " ".join(map(write, heard)) if heard else None


def _cut(kana: str, ending: str) -> str:
    """ヒガシクヤクショ without the クヤクショ of 区役所; nothing where it ends otherwise."""
    heard = reading(ending)
    return kana.removesuffix(heard) if kana.endswith(heard) else ""


def read_foreign_names(path: Path) -> ForeignNames:
    """Reads `japanese` and a column a language, of which Chinese may be empty. Raises ValueError with the line."""
    whole: dict[tuple[Language, str], str] = {}
    endings: dict[str, dict[Language, str]] = {}
    with path.open(encoding="utf-8-sig", newline="") as file:
        for number, row in enumerate(csv.DictReader(file), 2):
            name = row.get("japanese") or ""
            said = {language: cell for language in Language if (cell := row.get(language.value) or "")}
            if not name or not _WRITERS.keys() <= said.keys():
                raise ValueError(f"{path}:{number}: a name or a language is missing")
            if name.startswith(_ANY):
                if not all("{name}" in each for each in said.values()):
                    raise ValueError(f"{path}:{number}: {{name}} is missing")
                endings[name.removeprefix(_ANY)] = said
            else:
                whole |= {(language, name): each for language, each in said.items()}
    return ForeignNames(whole, tuple(sorted(endings.items(), key=lambda each: -len(each[0]))))
