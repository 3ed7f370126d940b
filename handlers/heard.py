"""What a resident's words say of places, things and times: read once, used by several handlers."""

import re
from dataclasses import dataclass
from datetime import datetime

from faq.counters import Procedure, Section
from faq.models import Office
from faq.programmes import Programme
from handlers.city import City
from nlp import dates
from nlp.when import Reading

MOST = 200
"""Letters; of longer texts nothing is left out."""


@dataclass(frozen=True, slots=True)
class Heard:
    """What the text names; empty or None where it does not, or names several."""

    office: Office | None
    section: Section | None
    """Of the office, or the only one of that name."""
    sections: tuple[Section, ...]
    """All that share the name."""
    kinds: tuple[str, ...]
    """Kinds of office: 区役所; several may share a name (公民館)."""
    ward: str
    procedure: Procedure | None
    programmes: tuple[Programme, ...]
    when: Reading
    rest: str
    """The compacted text without days and times, with a gap for each name."""

    @property
    def names_something(self) -> bool:
        """Whether a place, a procedure or a consultation is named."""
        return bool(
            self.office or self.sections or self.kinds or self.ward or self.procedure or self.programmes
        )


_CLAUSES = re.compile(r"(?<=[。！？!?\n])|(?<=ですが、)|(?<=ますが、)|(?<=けど、)|(?<=ので、)")


def hear(city: City, text: str, now: datetime) -> Heard:
    """What the text names. Of several sentences only the last counts where it alone names something:
    すみません、75歳の者ですが、東区役所の電話番号を教えてください。
    """
    *before, last = [clause for clause in _CLAUSES.split(text[:MOST]) if clause.strip()] or [""]
    if before and len(text) <= MOST:
        heard, earlier = _read(city, last, now), _read(city, "".join(before), now)
        if heard.names_something and not earlier.names_something and not earlier.when.whens:
            return heard
    return _read(city, text, now)


def _read(city: City, text: str, now: datetime) -> Heard:
    """Days and times first, since names are looked for in what is left."""
    when = dates.read(text, now)
    named = city.names.read(when.rest)
    office = named.offices[0] if named.offices else None
    ward = named.wards[0].name if named.wards else (office.ward if office else "")
    mine = [each for each in named.sections if office is None or each.office == office.id]
    if office is None and ward:
        mine = [each for each in mine if _ward_of(city, each) == ward]
    return Heard(
        office,
        mine[0] if len(mine) == 1 else None,
        named.sections,
        tuple(kind.name for kind in named.kinds),
        ward,
        named.procedures[0] if named.procedures else None,
        named.programmes,
        when,
        named.rest,
    )


def nothing_else(city: City, heard: Heard, *groups: str) -> bool:
    """Whether nothing but words of these groups (and courtesies) is left."""
    return city.wording.covers(heard.rest, *groups, "words.polite", "words.helping")


def _ward_of(city: City, section: Section) -> str:
    office = city.directory.office(section.office)
    return office.ward if office else ""
