"""The city as it is now: the knowledge of the store, taken up anew when its version moves."""

import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from bot.live_knowledge import LiveKnowledge
from bot.live_vectors import LiveVectors
from bot.settings import SHIPPED_DATA, Settings, SettingsError
from faq import ranker
from faq.counters import Section
from faq.danger_files import read_danger_texts
from faq.danger_texts import DangerTexts
from faq.disaster import DisasterNow
from faq.foreign import Foreign
from faq.foreign_names import ForeignNames, read_foreign_names
from faq.foreign_places import ForeignPlaces
from faq.foreign_words import ForeignWord, read_foreign_words
from faq.models import Office
from faq.namebook import Namebook
from faq.neighbours import Neighbour
from faq.offices import Directory
from faq.profile import CityProfile, read_profile
from faq.programmes import Programme
from faq.ranker import Ranker
from faq.readings import Readings
from faq.retention import Retention, read_retention
from faq.schedule import Schedule
from faq.search import Knowledge
from faq.shelf import Shelf
from faq.timetable import Timetable
from faq.towns import Towns
from handlers.city import City
from handlers.wording import Wording, read_catalogue, read_translation, read_wording, wording_of
from nlp import danger_words, likeness
from nlp.danger import DangerRules
from nlp.language import Language
from nlp.plain import words
from nlp.plainness import PlainWords
from nlp.readings import reading
from store import (
    danger_texts,
    disaster_measures,
    hearings,
    knowledge,
    neighbours,
    places,
    plans,
    present,
    readings,
    terms,
    topics,
    translations,
    voice_categories,
    ways,
)
from store.db import Database, Tx
from store.disaster_measures import Edition
from store.present import Present
from web.known import Known


@dataclass(frozen=True, slots=True)
class Sayings:
    """What comes from the data folder and stays while the process runs."""

    profile: CityProfile
    wordings: Mapping[Language, Wording]
    """Of each language in which residents are answered."""
    staff_wording: Wording
    """What staff are told."""
    danger: DangerRules
    danger_texts: DangerTexts
    """What is said where the database has nothing to say."""
    weights: Ranker
    retention: Retention
    plain_words: PlainWords
    foreign_names: ForeignNames
    foreign_words: tuple[ForeignWord, ...]


def read_sayings(data_dir: Path) -> Sayings:
    """Reads the files of the folder that every process needs. Raises ValueError naming the one that is wrong."""
    try:
        return Sayings(
            read_profile(data_dir / "city.toml"),
            _read_wordings(data_dir),
            _read_shipped_or_own(data_dir, "staff.toml"),
            danger_words.load(data_dir / "danger.toml", reading, likeness.load()),
            read_danger_texts(data_dir),
            ranker.of_city(data_dir),
            _read_retention(data_dir),
            _read_plain_words(data_dir),
            read_foreign_names(_own_or_shipped(data_dir, "foreign-names.csv")),
            read_foreign_words(_own_or_shipped(data_dir, "foreign-words.csv")),
        )
    except FileNotFoundError as error:
        raise ValueError(f"{error.filename} is missing; docs/own-city.md says what a city brings") from error


def _read_wordings(data_dir: Path) -> Mapping[Language, Wording]:
    """The catalogues of the folder, one a language."""
    files = {language: data_dir / "wording" / f"{language}.toml" for language in Language}
    japanese = read_catalogue(files.pop(Language.JAPANESE))
    others = {language: read_translation(file, japanese) for language, file in files.items() if file.exists()}
    return MappingProxyType({Language.JAPANESE: wording_of(japanese), **others})


def _read_retention(data_dir: Path) -> Retention:
    """The city's own rules, or the proposals that ship."""
    own = data_dir / "retention.toml"
    return read_retention(own if own.exists() else SHIPPED_DATA / "retention.toml")


def _read_plain_words(data_dir: Path) -> PlainWords:
    """The city's own, or those that ship."""
    own = data_dir / "plain-words.csv"
    return words.load(own if own.exists() else SHIPPED_DATA / "plain-words.csv")


def _own_or_shipped(data_dir: Path, name: str) -> Path:
    """The city's own file, or the one that ships: what a ward office is called is the same everywhere."""
    own = data_dir / name
    return own if own.exists() else SHIPPED_DATA / name


def read_pages_wording(data_dir: Path) -> Wording:
    """What pages say; the words that ship where the city has none of its own. Raises SettingsError."""
    try:
        pages, columns = (_read_shipped_or_own(data_dir, name) for name in ("pages.toml", "columns.toml"))
    except ValueError as error:
        raise SettingsError(f"DATA_DIR: {error}") from error
    return Wording({**pages.sentences, **columns.sentences}, {**pages.groups, **columns.groups})


def _read_shipped_or_own(data_dir: Path, name: str) -> Wording:
    own = data_dir / "wording" / name
    return read_wording(own if own.exists() else SHIPPED_DATA / "wording" / name)


def live_city(settings: Settings) -> "LiveCity":
    """The city of these settings. Raises SettingsError where a file of its data folder is missing or wrong."""
    shelf = Shelf(settings.index_dir) if settings.index_dir else None
    try:
        sayings = read_sayings(settings.data_dir)
        if not settings.embeddings:
            return LiveCity(sayings, shelf, pages_url=settings.pages_url)
        sure = sayings.profile.with_vectors
        vectors = LiveVectors.of(settings.semantic_model, settings.data_dir, sure)
        return LiveCity(sayings, shelf, vectors, settings.pages_url)
    except (OSError, ValueError) as error:
        raise SettingsError(f"DATA_DIR: {error}") from error


class LiveCity:
    """Gives the present City; shared by all threads of a process."""

    def __init__(
        self,
        sayings: Sayings,
        shelf: Shelf | None = None,
        vectors: LiveVectors | None = None,
        pages_url: str = "http://127.0.0.1:8000",
    ) -> None:
        """A large knowledge is kept on the shelf, where there is one; with vectors it has the semantic layer."""
        self.sayings = sayings
        self._knowledge = LiveKnowledge(shelf, sayings.weights, sayings.profile.thresholds)
        self._vectors = vectors
        self.pages_url = pages_url
        self._taking_up = threading.Lock()
        self._present: tuple[int, City] | None = None
        self._disaster: tuple[Edition, DisasterNow] | None = None

    def current(self, tx: Tx, patience: float = 0) -> City:
        """The city as this transaction sees it; one query of a row where nothing changed.

        A disaster is that of the store, `City.at` leaves out what has expired of it.

        While another thread takes up what is new, the city before it: nobody waits for that longer than
        `patience`, in seconds, and nobody should who holds the database's lock.
        """
        return self.as_seen(tx, present.look(tx), patience)

    def as_seen(self, tx: Tx, seen: Present, patience: float = 0) -> City:
        """`current`, where this transaction has looked already."""
        city = self._at(tx, seen.knowledge, patience)[1]
        return city.in_disaster(self._disaster_now(tx, seen.disaster))

    def taken_up(self, database: Database, version: int, patience: float) -> City:
        """The city of this version of the knowledge, without any disaster; read where this process has another.

        While another thread takes it up for longer than `patience`, the one before.
        """
        before = self._present
        if before is not None and before[0] == version:
            return before[1]
        with database.read() as tx:
            return self._at(tx, knowledge.version(tx), patience)[1]

    def _disaster_now(self, tx: Tx, edition: Edition | None) -> DisasterNow | None:
        """What is on: taken up in the very transaction in which anything of it has changed."""
        before = self._disaster
        if edition is None:
            return None
        if before is not None and before[0] == edition:
            return before[1]
        taken_up = disaster_measures.all_of(tx, edition.disaster)
        self._disaster = edition, taken_up
        return taken_up

    def known(self, tx: Tx) -> Known:
        """The part of the same that pages use."""
        version, city = self._at(tx, knowledge.version(tx), 0)
        return Known(
            version,
            city.knowledge,
            city.directory,
            city.timetable,
            city.schedule,
            city.sections,
            city.terms,
            city.danger,
            city.danger_texts,
            city.public,
            city.readings,
            city.neighbours,
            city.topics,
            city.voice_categories,
            city.hearings,
        )

    def _at(self, tx: Tx, version: int, patience: float) -> tuple[int, City]:
        before = self._present
        if before is not None and before[0] == version:
            return before
        if not self._taking_up.acquire(timeout=-1 if before is None else patience):
            assert before is not None
            return before
        try:
            if self._present is None or self._present[0] != version:
                known = self._knowledge_at(tx, version)
                city = before[1] if before else None
                self._present = version, _load(tx, self.sayings, known, self.pages_url, city)
            return self._present
        finally:
            self._taking_up.release()

    def _knowledge_at(self, tx: Tx, version: int) -> Knowledge:
        known = self._knowledge.current(tx)
        return self._vectors.added(tx, known, version) if self._vectors else known


def _load(tx: Tx, sayings: Sayings, known: Knowledge, pages_url: str, before: City | None) -> City:
    profile = sayings.profile
    directory = Directory(places.all_offices(tx), places.all_shelters(tx), profile.counter_kinds)
    sections, procedures = _sections(tx), places.all_procedures(tx)
    programmes, beside = places.all_programmes(tx), neighbours.all_neighbours(tx)
    texts = danger_texts.present(tx, sayings.danger_texts)
    read = Readings(readings.all_readings(tx))
    return City(
        profile=profile,
        knowledge=known,
        directory=directory,
        towns=Towns([*directory.offices, *directory.shelters], profile.name),
        names=Namebook(
            directory.offices,
            sections,
            procedures,
            programmes,
            profile.wards,
            profile.counter_kinds,
            profile.called,
        ),
        sections=sections,
        procedures=procedures,
        timetable=Timetable.of(directory.offices, places.all_hours(tx), places.all_closures(tx)),
        schedule=Schedule.of(programmes, places.all_programme_days(tx)),
        terms={each.programme: each for each in terms.all_terms(tx)},
        wording=sayings.wordings[Language.JAPANESE],
        wordings=sayings.wordings,
        danger=sayings.danger,
        danger_texts=texts,
        public=_public(sayings, directory.offices, sections, programmes, beside) | texts.numbers(),
        readings=read,
        foreign_names=sayings.foreign_names,
        foreign=_foreign(tx, sayings, directory.offices, read, before),
        neighbours=beside,
        topics=topics.all_topics(tx),
        voice_categories=voice_categories.all_categories(tx),
        plans=plans.all_plans(tx),
        hearings=hearings.all_hearings(tx),
        ways=ways.all_ways(tx),
        retention=sayings.retention,
        pages_url=pages_url,
    )


def _foreign(
    tx: Tx, sayings: Sayings, offices: tuple[Office, ...], read: Readings, before: City | None
) -> Foreign:
    """That of the city before, with its indexes, where no translation and no office has changed."""
    found = translations.all_translations(tx)
    if before and before.foreign.translations == found and before.foreign.places.offices == offices:
        return before.foreign
    places = ForeignPlaces(offices, sayings.foreign_words, sayings.foreign_names, read)
    return Foreign(places, found)


def _sections(tx: Tx) -> tuple[Section, ...]:
    """Those that are there: the knowledge changes on each day on which one begins or ends."""
    day = knowledge.changed_on(tx)
    return tuple(each for each in places.all_sections(tx) if day is None or each.holds_on(day))


def _public(
    sayings: Sayings,
    offices: Sequence[Office],
    sections: Sequence[Section],
    programmes: Sequence[Programme],
    beside: Sequence[Neighbour],
) -> frozenset[str]:
    """Telephone numbers and addresses that are nobody's own."""
    with_telephone: list[Office | Section | Programme | Neighbour] = [*offices, *sections]
    with_telephone += [*programmes, *beside]
    telephones = [each.telephone for each in with_telephone]
    addresses = [office.address for office in offices]
    centre = sayings.profile.call_centre.telephone
    return frozenset({centre, *sayings.profile.own, *telephones, *addresses} - {""})
