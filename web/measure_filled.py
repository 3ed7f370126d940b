"""What stands in the form of a measure before anybody types: the usual, or what is changed."""

from datetime import datetime, time, timedelta
from typing import Final

from faq.disaster import ClosedOffice, Measure, Message, OpenCounter, OpenShelter, WaterPoint, What
from nlp.japan import JAPAN
from nlp.language import Language
from web.known import Known
from web.site import site
from web.typed import typed_moment

HOLDS: Final = {
    "shelter": 6,
    "closed_office": 24,
    "counter": 12,
    "water": 12,
    "waste": 24,
    "message": 12,
}
"""Hours for which each kind is said where nobody says otherwise."""


def filled(kind: str, known: Known, there: Measure[What] | None, now: datetime) -> dict[str, object]:
    """By field; `there` is the measure that is changed, None for a new one."""
    tomorrow = datetime.combine(now.astimezone(JAPAN).date() + timedelta(days=1), time(8, 30), JAPAN)
    usual = {"as_of": typed_moment(now), "hours": str(HOLDS[kind])}
    if there is None:
        source = site().say("disasters.source", city=site().profile.name)
        return {**usual, "source": source, "begins": typed_moment(now), "ends": typed_moment(tomorrow)}
    of_it = {
        "source": there.source,
        "source_url": there.source_url,
        "words": getattr(there.what, "words", ""),
    }
    return {**usual, **of_it, **_of_its_kind(there.what, known)}


def _of_its_kind(what: What, known: Known) -> dict[str, object]:
    match what:
        case OpenShelter(shelter=shelter, state=state):
            name = next((each.name for each in known.directory.shelters if each.id == shelter), shelter)
            return {"shelter": name, "state": state.value}
        case ClosedOffice(office=office, begins_at=begins, ends_at=ends):
            return {"office": office, "begins": typed_moment(begins), "ends": typed_moment(ends)}
        case OpenCounter(name=name):
            return {"name": name}
        case WaterPoint(name=name, ward=ward, place=place):
            return {
                "name": name,
                "ward": ward,
                "place": f"{place.latitude},{place.longitude}" if place else "",
            }
        case Message():
            return {"words": what.in_(Language.JAPANESE)}
        case _:
            return {}
