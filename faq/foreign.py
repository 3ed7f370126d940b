"""Questions in other languages: what they say in Japanese, and the translations of entries that are alike."""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from typing import Final

from faq.decision import MOST_OFFERED
from faq.foreign_places import ForeignPlaces
from faq.gist import Gist, Interpreter
from faq.models import EntryId, Match, Outcome, SearchResult
from faq.search import Knowledge
from faq.semantic import Vector
from faq.translations import Translation
from nlp.language import Language
from nlp.units import units

UNDERSTOOD: Final = 0.6
"""Share of what a question is about that must be understood for an answer to be given alone."""
HALF_UNDERSTOOD: Final = 0.3
"""The same for anything to be offered."""
ALIKE: Final = 0.8
"""How like a translation's question must be for its entry to be the answer."""
ALMOST_ALIKE: Final = 0.42
"""The same for it to be offered."""
RIVAL: Final = 0.8
"""How near to the first the second may come, as a share of it, for the first to be given alone."""
_KNOWN: Final = "="
"""Before a Japanese word, so that it is none that nobody knows."""
_ANSWER_COUNTS: Final = 0.35
"""What a word is worth that only the translated answer has."""


@dataclass(frozen=True, slots=True)
class TranslationIndex:
    """The translations of one language by the words of their questions. Immutable."""

    language: Language
    interpreter: Interpreter
    translations: tuple[Translation, ...]
    questions: tuple[frozenset[str], ...]
    answers: tuple[frozenset[str], ...]
    having: Mapping[str, tuple[int, ...]]
    """In which questions a word stands."""

    @classmethod
    def of(
        cls, translations: Iterable[Translation], interpreter: Interpreter, language: Language
    ) -> "TranslationIndex":
        mine = tuple(each for each in translations if each.language is language)
        questions = tuple(_terms(interpreter.gist(each.question), language) for each in mine)
        answers = tuple(_terms(interpreter.gist(each.answer), language) for each in mine)
        having: dict[str, list[int]] = defaultdict(list)
        for place, terms in enumerate(questions):
            for term in terms:
                having[term].append(place)
        return cls(
            language, interpreter, mine, questions, answers, {term: tuple(at) for term, at in having.items()}
        )

    def alike(self, gist: Gist) -> dict[EntryId, float]:
        """How like their questions a text is, 0 to 1: the share, by idf, of what both say that both have."""
        asked = _terms(gist, self.language)
        worth = {term: self._worth(term) for term in asked}
        total = sum(worth.values())
        places = Counter(place for term in asked for place in self.having.get(term, ()))
        found: dict[EntryId, float] = {}
        for place, _ in places.most_common(30):
            question, answer = self.questions[place], self.answers[place]
            shared = asked & question
            met = sum(worth[term] for term in shared)
            beside = sum(worth[term] for term in (asked & answer) - question)
            both = total + sum(self._worth(term) for term in question)
            alike = (2 * met + _ANSWER_COUNTS * beside) / both
            if alike >= ALIKE or any(self._asks_something(term) for term in shared):
                found[self.translations[place].entry] = alike
        return found

    def _asks_something(self, term: str) -> bool:
        return not self.interpreter.is_general(term.removeprefix(_KNOWN))

    def _worth(self, term: str) -> float:
        return math.log(1 + (len(self.questions) + 0.5) / (len(self.having.get(term, ())) + 0.5))


def _terms(gist: Gist, language: Language) -> frozenset[str]:
    """What is said in the words of the city, and what nobody knows: pairs of letters where words run together."""
    known = {f"{_KNOWN}{word}" for word in gist.words}
    if language in (Language.ENGLISH, Language.VIETNAMESE):
        return frozenset(known | set(gist.unknown))
    pairs = ("".join(pair) for word in gist.unknown for pair in pairwise(units(word, language)))
    return frozenset(known | set(pairs))


@dataclass(frozen=True)
class Foreign:
    """What a city knows of other languages. Immutable; indexes are made when a language is first spoken."""

    places: ForeignPlaces
    translations: tuple[Translation, ...]
    _interpreters: dict[Language, Interpreter] = field(default_factory=dict)
    _indexes: dict[Language, TranslationIndex] = field(default_factory=dict)

    @cached_property
    def _by_entry(self) -> Mapping[tuple[EntryId, Language], Translation]:
        return {(each.entry, each.language): each for each in self.translations}

    def translation(self, entry: EntryId, language: Language) -> Translation | None:
        """What an entry says in that language, whoever has looked at it."""
        return self._by_entry.get((entry, language))

    def gist(self, text: str, language: Language) -> Gist:
        """What a text in that language says in Japanese."""
        return self._interpreter(language).gist(text)

    def search(
        self, knowledge: Knowledge, text: str, language: Language, vector: Vector | None = None
    ) -> SearchResult:
        """The entries that answer a question in that language, with a decision as `Knowledge.search` makes it."""
        gist = self.gist(text, language)
        alike = self._index(language).alike(gist)
        if gist.share < HALF_UNDERSTOOD:
            return _decided(knowledge, gist, SearchResult(Outcome.NONE, (), gist.words), alike)
        return _decided(knowledge, gist, knowledge.search(" ".join(gist.words), vector), alike)

    def _interpreter(self, language: Language) -> Interpreter:
        if language not in self._interpreters:
            made = Interpreter(self.places.words, self.places.called(language), language)
            self._interpreters.setdefault(language, made)
        return self._interpreters[language]

    def _index(self, language: Language) -> TranslationIndex:
        if language not in self._indexes:
            made = TranslationIndex.of(self.translations, self._interpreter(language), language)
            self._indexes.setdefault(language, made)
        return self._indexes[language]


def _decided(
    knowledge: Knowledge, gist: Gist, found: SearchResult, alike: Mapping[EntryId, float]
) -> SearchResult:
    """By the Japanese words and by the translations: who is sure decides, and where both are, they must agree."""
    best = sorted(alike, key=lambda entry: -alike[entry])[:MOST_OFFERED]
    surely = [each for each in best if alike[each] >= ALIKE and alike[each] * RIVAL >= _second(alike, each)]
    by_words = found.matches[:1] if found.outcome is Outcome.ANSWER and gist.share >= UNDERSTOOD else ()
    sure = {each.entry.id for each in by_words} | set(surely[:1])
    offered = {each.entry.id: each for each in found.matches}
    for entry in best:
        known = knowledge.entry(entry)
        if known and entry not in offered and alike[entry] >= ALMOST_ALIKE:
            offered[entry] = Match(known, alike[entry], "", ())
    if len(sure) == 1 and (only := offered.get(next(iter(sure)))):
        return SearchResult(Outcome.ANSWER, (only,), gist.words)
    ranked = sorted(offered.values(), key=lambda each: -max(each.score, alike.get(each.entry.id, 0)))
    if not ranked:
        return SearchResult(Outcome.NONE, (), gist.words)
    return SearchResult(Outcome.CHOOSE, tuple(ranked[:MOST_OFFERED]), gist.words)


def _second(alike: Mapping[EntryId, float], first: EntryId) -> float:
    return max((value for entry, value in alike.items() if entry != first), default=0.0)
