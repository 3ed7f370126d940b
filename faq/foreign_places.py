"""What residents who speak other languages call the city's offices: Higashi Ward Office, 东区政府, 동구청."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from faq.foreign_names import ForeignNames
from faq.foreign_words import COLUMNS, ForeignWord
from faq.models import Office
from faq.readings import Readings
from nlp.language import Language


@dataclass(frozen=True)
class ForeignPlaces:
    """The offices of a city, and the words by which they may be called."""

    offices: tuple[Office, ...]
    words: tuple[ForeignWord, ...]
    names: ForeignNames
    readings: Readings

    def called(self, language: Language) -> Mapping[str, Sequence[str]]:
        """Each name in Japanese with what that language calls it: as it is shown, and as it may be put together."""
        found: dict[str, list[str]] = defaultdict(list)
        for (spoken, name), said in self.names.whole.items():
            if spoken is language:
                found[name].append(said)
        variants = {word.japanese: word.said[COLUMNS[language]] for word in self.words}
        for office in self.offices:
            shown = self.names.say(office.name, language, self.readings, office.kana, office.english)
            found[office.name] += [shown, *self._put_together(office, variants, language)]
        return found

    def _put_together(
        self, office: Office, variants: Mapping[str, Sequence[str]], language: Language
    ) -> Iterator[str]:
        """Each way to say the name with each way to say the kind: east ward + ward office, quận + quận đông."""
        stem = self._stem(office)
        own = self.names.say(stem, language, self.readings)
        for before in {own, *variants.get(stem, ())}:
            for kind in variants.get(office.kind, ()):
                pair = (kind, before) if language is Language.VIETNAMESE else (before, kind)
                yield _merged(*pair, gap=language in (Language.ENGLISH, Language.VIETNAMESE))

    def _stem(self, office: Office) -> str:
        """東区 of 東区役所, 託麻 of 託麻総合出張所."""
        if office.ward and _merged(office.ward, office.kind, gap=False) == office.name:
            return office.ward
        return office.name.removesuffix(office.kind)


def _merged(first: str, second: str, *, gap: bool) -> str:
    """One after the other; what ends the first and begins the second is said once: 東区, 区役所."""
    shared = next((n for n in range(min(len(first), len(second)), 0, -1) if first.endswith(second[:n])), 0)
    is_whole = shared > 1 or not gap
    joined = second[shared:] if shared and is_whole else (" " if gap else "") + second
    return first + joined
