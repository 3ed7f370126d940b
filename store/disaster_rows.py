"""What is said while a disaster lasts, as a row of the database and back."""

import json
from typing import Any, assert_never

import sqlalchemy as sa

from faq.disaster import (
    ClosedOffice,
    Message,
    OpenCounter,
    OpenShelter,
    ShelterState,
    WasteNote,
    WaterPoint,
    What,
)
from faq.models import OfficeId, Place, ShelterId
from nlp.language import Language

_EMPTY = {
    "subject": "",
    "state": "",
    "name": "",
    "ward": "",
    "words": "",
    "translated": "",
    "latitude": None,
    "longitude": None,
    "begins_at": None,
    "ends_at": None,
}


def columns_of(what: What) -> dict[str, Any]:
    """The columns that say what it is; `subject` is what there can be only one of at a time."""
    return _EMPTY | {"kind": kind_of(what)} | _own_columns(what)


def kind_of(what: What) -> str:
    """The word by which a kind is kept."""
    match what:
        case OpenShelter():
            return "shelter"
        case ClosedOffice():
            return "closed_office"
        case OpenCounter():
            return "counter"
        case WaterPoint():
            return "water"
        case WasteNote():
            return "waste"
        case Message():
            return "message"
        case other:
            assert_never(other)


def _own_columns(what: What) -> dict[str, Any]:
    match what:
        case OpenShelter(shelter=shelter, state=state, words=words):
            return {"subject": shelter, "state": state.value, "words": words}
        case ClosedOffice(office=office, begins_at=begins, ends_at=ends, words=words):
            return {"subject": office, "begins_at": begins, "ends_at": ends, "words": words}
        case OpenCounter(name=name, office=office, words=words):
            return {"subject": office or "", "name": name, "words": words}
        case WaterPoint(name=name, ward=ward, words=words, place=place):
            at = {"latitude": place.latitude, "longitude": place.longitude} if place else {}
            return {"name": name, "ward": ward, "words": words, **at}
        case WasteNote(words=words):
            return {"words": words}
        case Message(words=by_language):
            return {"translated": json.dumps(dict(by_language), ensure_ascii=False, sort_keys=True)}
        case other:
            assert_never(other)


def what_of(row: sa.Row[tuple[object, ...]]) -> What:
    """What a row says. Raises ValueError for a kind that this version does not know."""
    match row.kind:
        case "shelter":
            return OpenShelter(ShelterId(row.subject), ShelterState(row.state), row.words)
        case "closed_office":
            return ClosedOffice(OfficeId(row.subject), row.begins_at, row.ends_at, row.words)
        case "counter":
            return OpenCounter(row.name, OfficeId(row.subject) if row.subject else None, row.words)
        case "water":
            place = None if row.latitude is None else Place(row.latitude, row.longitude)
            return WaterPoint(row.name, row.ward, row.words, place)
        case "waste":
            return WasteNote(row.words)
        case "message":
            return Message({Language(tag): words for tag, words in json.loads(row.translated).items()})
    raise ValueError(f"measure {row.id} is of the unknown kind {row.kind!r}")
