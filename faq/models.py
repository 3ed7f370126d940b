"""The nouns of a city's knowledge: entries, offices, shelters, synonyms, and what a search finds."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NewType

EntryId = NewType("EntryId", str)
OfficeId = NewType("OfficeId", str)
ShelterId = NewType("ShelterId", str)


class Kind(StrEnum):
    """How much an entry can promise."""

    FACT = "fact"
    """The city's own rule, with its source."""
    STATUTORY = "statutory"
    """What national law says; the city's own details are with the counter."""
    SIGNPOST = "signpost"
    """Names the counter only; does not count as answered."""


class Tone(StrEnum):
    """How an entry is spoken."""

    NORMAL = "normal"
    SOLEMN = "solemn"
    """Bereavement and the like: opens with condolences, no survey, no emoji."""
    URGENT = "urgent"
    """Somebody may be in need now: telephone first, no survey."""


class Status(StrEnum):
    """Whether the section in charge has confirmed a record."""

    CONFIRMED = "確認済み"
    UNCONFIRMED = "未確認"


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where a record comes from and how long it holds; every record carries one."""

    source: str
    source_url: str
    published_on: date | None
    confirmed_on: date | None
    valid_until: date | None
    status: Status


@dataclass(frozen=True, slots=True)
class FaqEntry:
    """One question that the city answers."""

    id: EntryId
    category: str
    kind: Kind
    tone: Tone
    question: str
    phrasings: tuple[str, ...]
    """Other ways to ask the same."""
    answer: str
    section: str
    """The section in charge, or the call centre where that is not known."""
    telephone: str
    link: str
    """A page with more, or empty."""
    provenance: Provenance


@dataclass(frozen=True, slots=True)
class Place:
    """A point in WGS84 degrees."""

    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class Office:
    """A place of the city that serves residents."""

    id: OfficeId
    name: str
    kana: str
    kind: str
    """区役所, 総合出張所, 公民館等, ..."""
    ward: str
    address: str
    place: Place | None
    telephone: str
    telephone_of: str
    """Whose telephone it is: 総務企画課, 代表."""
    aliases: tuple[str, ...]
    hours: str
    """Weekly hours in the OpenStreetMap syntax; empty where nobody confirmed them."""
    hours_note: str
    description: str
    link: str
    provenance: Provenance
    english: str = ""
    """The name in English."""
    remarks: str = ""
    municipality_code: str = ""
    """Six digits (全国地方公共団体コード)."""
    municipality: str = ""


@dataclass(frozen=True, slots=True)
class Shelter:
    """A designated shelter. Designated is not open."""

    id: ShelterId
    name: str
    ward: str
    address: str
    place: Place
    for_everybody: bool
    """False for welfare facilities, which are not offered as the nearest."""
    provenance: Provenance
    remarks: str = ""


@dataclass(frozen=True, slots=True)
class Synonyms:
    """Words that mean the same to residents; the first is the one the city uses."""

    words: tuple[str, ...]
    weight: float
    """How much a synonym counts against the word itself, 0 to 1."""
    source: str


class Answerer(StrEnum):
    """Who is expected to answer a labelled question."""

    QUESTION = "question"
    """An entry."""
    NONE = "none"
    """Nobody: nothing may be answered with confidence."""
    DANGER = "danger"
    OFFICE = "office"
    MENU = "menu"
    SMALLTALK = "smalltalk"
    PROCEDURE = "procedure"
    CONSULTATION = "consultation"
    BOOKING = "booking"
    SHELTER = "shelter"
    ESCALATION = "escalation"
    MY_DATA = "my_data"
    OPINION = "opinion"
    VOICE = "voice"
    """Who wants to tell the city something."""
    COLLABORATION = "collaboration"
    HEARING = "hearing"
    WAYS = "ways"
    VOICE_PUBLIC = "voice_public"


@dataclass(frozen=True, slots=True)
class LabelledQuestion:
    """A question as a resident would put it, and what should answer it; a question may have several."""

    query_id: str
    query: str
    faq_id: EntryId | None
    """None where no entry answers."""
    relevance: int
    """2 = holds the answer, 1 = related, 0 = neither."""
    handler: Answerer


class Outcome(StrEnum):
    """What may be said after a search."""

    ANSWER = "answer"
    CHOOSE = "choose"
    NONE = "none"


class Field(StrEnum):
    """Which part of an entry a word stands in."""

    QUESTION = "質問"
    """The question or a phrasing."""
    ANSWER = "回答"


@dataclass(frozen=True, slots=True)
class WordMet:
    """A word of the question that an entry has."""

    said: str
    """As the resident wrote it."""
    found: str
    """What the entry has: the same word in its plain form, or words that mean the same."""
    source: str
    """Who says that the two mean the same; empty for the word itself."""
    field: Field


@dataclass(frozen=True, slots=True)
class Match:
    """An entry that fits a question."""

    entry: FaqEntry
    score: float
    """How likely it is that the entry answers the question, 0 to 1."""
    because: str
    """Which words met, through which synonym, in which field: one plain Japanese line for residents."""
    words: tuple[WordMet, ...]
    """The same word by word, for operators; words not met are left out, and none met where only the sound did."""


@dataclass(frozen=True, slots=True)
class SearchResult:
    """What a search found, best first."""

    outcome: Outcome
    matches: tuple[Match, ...]
    tokens: tuple[str, ...]
    """The content words of the question, normalized."""
