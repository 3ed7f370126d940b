"""Words of fire, illness, crime, violence and despair in what a resident writes, found before anything else.

Pure: text in, value out. The words are in `data/danger.toml` and, of other languages, in `data/danger/`, where staff
edit them (`nlp/danger_words.py` reads them); what is said at once is in `faq/danger_texts.py`. A danger is looked for
in the letters as written, and only additionally in a reading made by a tokenizer, because a tokenizer hides words:
旦那にくらされた (beaten, in Kumamoto) becomes 暮らす (to live).
Where no rule finds one, `nlp.likeness` may still say that a message is like those that tell of a danger.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from nlp.language import Language
from nlp.likeness import Likeness
from nlp.looks import NO_HAN, HanForms, Looks, Way
from nlp.phrase import Phrase


class DangerKind(StrEnum):
    """What kind of help is needed."""

    FIRE_OR_ILLNESS = "fire_or_illness"
    SEA = "sea"
    GAS = "gas"
    POISON = "poison"
    DISASTER = "disaster"
    """Earthquake, tsunami, flood, landslide."""
    CRIME = "crime"
    SCAM = "scam"
    SUICIDE = "suicide"
    DV = "dv"
    CHILD_ABUSE = "child_abuse"
    ELDER_OR_DISABLED_ABUSE = "elder_or_disabled_abuse"
    PREGNANCY = "pregnancy"
    SEXUAL_VIOLENCE = "sexual_violence"
    BULLYING = "bullying"
    MISSING = "missing"
    HELP = "help"
    """A cry for help that does not say what has happened."""


class Severity(StrEnum):
    """How much may be said beside the number."""

    NOW = "now"
    """Somebody may be in danger: the fixed text and the numbers, no question, no matching."""
    TALK = "talk"
    """A question about help (DV相談窓口の時間は): the gentler text and the numbers first; then the
    handler goes on to match, and the ordinary answer follows."""


@dataclass(frozen=True, slots=True)
class Danger:
    """A danger found in a message."""

    kind: DangerKind
    severity: Severity
    because: str
    """The words that met, for staff; never shown to the resident."""
    language: Language = Language.JAPANESE
    """Of the words that met; of Japanese in Latin letters too, which tells little of who writes it."""


@dataclass(frozen=True, slots=True)
class Rule:
    """Words that mean one kind of danger."""

    kind: DangerKind
    severity: Severity
    phrase: Phrase
    reading: bool = False
    """Whether the words are safe to look for in a reading, where homophones are one."""
    language: Language = Language.JAPANESE
    way: Way = Way.KANA


@dataclass(frozen=True, slots=True)
class DangerRules:
    """All that the files say. Immutable, so one is shared by all threads."""

    rules: tuple[Rule, ...]
    """In the order in which they are tried: what is happening now before what is asked about."""
    reading: Callable[[str], str] | None
    """Makes the kana of a text, for words hidden in unusual kanji; without it only the letters count."""
    likeness: Likeness | None = None
    """A second look where no rule has found anything; without it only the rules count."""
    han: HanForms = NO_HAN
    """How Chinese is told and evened out, where there are rules of it."""
    _begun: Mapping[Way, Mapping[str, tuple[int, ...]]] = field(init=False, repr=False, compare=False)
    """The places of the rules that have a word beginning so: a text has few such beginnings, so few rules are tried."""

    def __post_init__(self) -> None:
        begun: dict[Way, dict[str, list[int]]] = {}
        for place, rule in enumerate(self.rules):
            for opening in rule.phrase.openings:
                begun.setdefault(rule.way, {}).setdefault(opening, []).append(place)
        frozen = {
            way: {opening: tuple(places) for opening, places in some.items()} for way, some in begun.items()
        }
        object.__setattr__(self, "_begun", frozen)

    def find(self, text: str) -> Danger | None:
        """The danger in a message of any length, in whatever language, or nothing."""
        looks = Looks(text, self.reading, self.han)
        for rule in map(self.rules.__getitem__, sorted(self._to_try(looks))):
            for view in looks.views(rule.way, read=rule.reading):
                if because := rule.phrase.match(view):
                    return Danger(rule.kind, rule.severity, because, looks.language(rule.language))
        return self._like(looks.folded)

    @property
    def languages(self) -> frozenset[Language]:
        """In which a danger is found; of Chinese in one script stands for both."""
        return frozenset(rule.language for rule in self.rules)

    def _to_try(self, looks: Looks) -> Iterable[int]:
        """The places of the rules one of whose words begins as something in the message does."""
        found: set[int] = set()
        for way, begun in self._begun.items():
            for view in looks.views(way, read=True):
                found.update(place for opening in view.openings & begun.keys() for place in begun[opening])
        return found

    def _like(self, folded: str) -> Danger | None:
        """Only ever a talk, and of no kind: numbers before the answer cost little where it is mistaken."""
        because = self.likeness.because(folded) if self.likeness else ""
        return Danger(DangerKind.HELP, Severity.TALK, because) if because else None
