"""The city as it is now: the knowledge of the store, taken up anew when its version moves."""

import threading
from dataclasses import dataclass
from pathlib import Path

from faq import ranker
from faq.offices import Directory
from faq.profile import CityProfile, read_profile
from faq.ranker import Ranker
from faq.search import Knowledge
from handlers.city import City
from handlers.wording import Wording, read_wording
from nlp import danger
from nlp.danger import DangerRules
from nlp.readings import reading
from store import knowledge
from store.db import Tx


@dataclass(frozen=True, slots=True)
class Sayings:
    """What comes from the data folder and stays while the process runs."""

    profile: CityProfile
    wording: Wording
    danger: DangerRules
    weights: Ranker


def read_sayings(data_dir: Path) -> Sayings:
    """Reads city.toml, the wording, the danger texts and the weights. Raises ValueError naming the file."""
    return Sayings(
        read_profile(data_dir / "city.toml"),
        read_wording(data_dir / "wording" / "ja.toml"),
        danger.load(data_dir / "danger.toml", reading),
        ranker.of_city(data_dir),
    )


class LiveCity:
    """Gives the present City; shared by all threads of a process."""

    def __init__(self, sayings: Sayings) -> None:
        self.sayings = sayings
        self._lock = threading.Lock()
        self._version = -1
        self._city: City | None = None

    def current(self, tx: Tx) -> City:
        """The city as this transaction sees it; one query where nothing changed."""
        version = knowledge.version(tx)
        with self._lock:
            if self._city is None or version != self._version:
                self._city = _load(tx, self.sayings)
                self._version = version
            return self._city


def _load(tx: Tx, sayings: Sayings) -> City:
    directory = Directory(knowledge.all_offices(tx), knowledge.all_shelters(tx))
    offices = (text for office in directory.offices for text in (office.telephone, office.address))
    return City(
        profile=sayings.profile,
        knowledge=Knowledge.of(
            knowledge.prepared_entries(tx), knowledge.all_synonyms(tx), weights=sayings.weights
        ),
        directory=directory,
        wording=sayings.wording,
        danger=sayings.danger,
        public=frozenset({sayings.profile.call_centre.telephone, *offices, *sayings.danger.numbers()} - {""}),
    )
