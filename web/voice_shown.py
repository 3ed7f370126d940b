"""What the page of a case shows of a voice: its kind and wishes, where it is, and what it is joined with."""

from dataclasses import dataclass

from store import cases, voice_alike, voices
from store.cases import Case
from store.db import Tx
from store.voices import Voice
from web.door import viewer
from web.known import Known


@dataclass(frozen=True, slots=True)
class Told:
    """A voice, as staff see it."""

    voice: Voice
    category: str
    """Its name; empty where nobody chose one, or there is none of it any more."""
    map_link: str
    """The place on the map of the Geospatial Information Authority of Japan (地理院地図); empty without a location."""
    head: Case | None
    """The voice that is answered in its place."""
    joined: tuple[Voice, ...]
    """Those in whose place this one is answered."""
    alike: tuple[Voice, ...]
    """Those that may be of the same matter."""


def told_of(tx: Tx, known: Known, case: Case) -> Told | None:
    """The voice that a case is; None of any other."""
    me = viewer()
    voice = voices.of_case(tx, me, case.id)
    if voice is None:
        return None
    names = {each.id: each.name for each in known.voice_categories}
    return Told(
        voice,
        names.get(voice.category, "") if voice.category else "",
        _map_link(voice),
        cases.find(tx, me, voice.joined_to) if voice.joined_to else None,
        voices.of_head(tx, me, case.id),
        voice_alike.alike(tx, me, voice) if case.is_open and voice.joined_to is None else (),
    )


def _map_link(voice: Voice) -> str:
    """As the map itself writes its addresses: zoom, latitude, longitude; 18 shows single houses."""
    at = voice.place.at if voice.place else None
    return f"https://maps.gsi.go.jp/#18/{at.latitude:.6f}/{at.longitude:.6f}/" if at else ""
