"""The city as it is now: the knowledge of the store, taken up anew when its version moves."""

import threading
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from faq.models import EntryId
from faq.offices import Directory
from faq.profile import CityProfile, read_profile
from faq.search import Knowledge
from faq.semantic import EntryVectors
from faq.towns import Towns
from handlers.city import City
from handlers.wording import Wording, read_wording
from nlp import danger
from nlp.danger import DangerRules
from nlp.readings import reading
from store import knowledge, vectors
from store.db import Tx


@dataclass(frozen=True, slots=True)
class Sayings:
    """What comes from the data folder and stays while the process runs."""

    profile: CityProfile
    wording: Wording
    danger: DangerRules


def read_sayings(data_dir: Path) -> Sayings:
    """Reads city.toml, the wording and the danger texts. Raises ValueError naming the file."""
    return Sayings(
        read_profile(data_dir / "city.toml"),
        read_wording(data_dir / "wording" / "ja.toml"),
        danger.load(data_dir / "danger.toml", reading),
    )


class LiveCity:
    """Gives the present City; shared by all threads of a process."""

    def __init__(self, sayings: Sayings, model: str = "") -> None:
        """`model`: whose vectors the semantic layer compares; empty where there is none."""
        self.sayings = sayings
        self._model = model
        self._lock = threading.Lock()
        self._version = -1
        self._vectors: dict[EntryId, EntryVectors] = {}
        self._city: City | None = None

    def current(self, tx: Tx) -> City:
        """The city as this transaction sees it; one query where nothing changed."""
        version = knowledge.version(tx)
        with self._lock:
            if self._city is None or version != self._version:
                if self._model:
                    new = vectors.since(tx, self._model, self._version)
                    self._vectors |= {each.entry_id: each for each in new}
                self._city = _load(tx, self.sayings, self._vectors)
                self._version = version
            return self._city


def _load(tx: Tx, sayings: Sayings, kept: Mapping[EntryId, EntryVectors]) -> City:
    directory = Directory(knowledge.all_offices(tx), knowledge.all_shelters(tx))
    offices = (text for office in directory.offices for text in (office.telephone, office.address))
    known = Knowledge.of(knowledge.prepared_entries(tx), knowledge.all_synonyms(tx))
    return City(
        profile=sayings.profile,
        knowledge=known.with_vectors(kept) if kept else known,
        directory=directory,
        towns=Towns([*directory.offices, *directory.shelters], sayings.profile.name),
        wording=sayings.wording,
        danger=sayings.danger,
        public=frozenset({sayings.profile.call_centre.telephone, *offices, *sayings.danger.numbers()} - {""}),
    )
