"""The city as it is now: the knowledge of the store, taken up anew when its version moves."""

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from faq.counters import Section
from faq.models import Office
from faq.namebook import Namebook
from faq.offices import Directory
from faq.profile import CityProfile, read_profile
from faq.programmes import Programme
from faq.schedule import Schedule
from faq.search import Knowledge
from faq.timetable import Timetable
from faq.towns import Towns
from handlers.city import City
from handlers.wording import Wording, read_wording
from nlp import danger
from nlp.danger import DangerRules
from nlp.readings import reading
from store import knowledge, places
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
    profile = sayings.profile
    directory = Directory(places.all_offices(tx), places.all_shelters(tx), profile.counter_kinds)
    sections, procedures = places.all_sections(tx), places.all_procedures(tx)
    programmes = places.all_programmes(tx)
    return City(
        profile=profile,
        knowledge=Knowledge.of(knowledge.prepared_entries(tx), knowledge.all_synonyms(tx)),
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
        wording=sayings.wording,
        danger=sayings.danger,
        public=_public(sayings, directory.offices, sections, programmes),
    )


def _public(
    sayings: Sayings,
    offices: Sequence[Office],
    sections: Sequence[Section],
    programmes: Sequence[Programme],
) -> frozenset[str]:
    """Telephone numbers and addresses that are nobody's own."""
    with_telephone: list[Office | Section | Programme] = [*offices, *sections, *programmes]
    telephones = [each.telephone for each in with_telephone]
    addresses = [office.address for office in offices]
    centre = sayings.profile.call_centre.telephone
    return frozenset({centre, *telephones, *addresses, *sayings.danger.numbers()} - {""})
