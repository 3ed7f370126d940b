"""What other programs are told of a thing that was found, as JSON: what the operators' page shows of it."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time
from typing import Final

from faq.hours import Closed, Open
from faq.models import FaqEntry, Office, Provenance
from faq.programmes import Programme
from faq.schedule import Occasion
from nlp.japan import today
from web.counters import At, at, counters_of
from web.known import Known
from web.panes import DATES
from web.reading_out import read_out
from web.suggested import Found, Thing, key_of

Json = dict[str, object]
"""As `openapi.json` has it."""

_NO_MATCH: Final[Json] = {"because": "", "score": None}


def suggestions(known: Known, words: str, found: Found, reasons: Found, now: datetime) -> list[Json]:
    """Best first. `reasons` is what the whole question found: why entries fit, and how well."""
    return [_suggestion(known, words, each, reasons, now) for each in found.things]


def _suggestion(known: Known, words: str, thing: Thing, reasons: Found, now: datetime) -> Json:
    told: Json = {"id": key_of(thing), **_of_kind(known, words, thing, now), **_source(thing.provenance)}
    if isinstance(thing, FaqEntry):
        told |= {
            "because": reasons.because.get(thing.id, ""),
            "score": _rounded(reasons.scores.get(thing.id)),
        }
    else:
        told |= _NO_MATCH
    return told


def _of_kind(known: Known, words: str, thing: Thing, now: datetime) -> Json:
    match thing:
        case FaqEntry():
            return {
                "kind": "entry",
                "title": thing.question,
                "says": read_out(thing, words),
                "details": thing.answer,
                "section": thing.section,
                "telephone": thing.telephone,
                "link": thing.link,
                "offices": [_office(each) for each in counters_of(known, thing, now)],
                "dates": [],
            }
        case Office():
            here = at(known, thing, now)
            return {
                "kind": "office",
                "title": thing.name,
                "says": here.said,
                "details": _lines((thing.hours_note, thing.description)),
                "section": thing.telephone_of,
                "telephone": thing.telephone,
                "link": thing.link,
                "offices": [_office(here)],
                "dates": [],
            }
        case Programme():
            held = known.schedule.next_dates(thing.id, today(now), DATES).occasions
            return {
                "kind": "programme",
                "title": thing.name,
                "says": thing.booking or thing.description,
                "details": _lines((thing.description, thing.frequency, thing.place)),
                "section": thing.held_by,
                "telephone": thing.telephone,
                "link": thing.link,
                "offices": [_office(each) for each in _place(known, thing, now)],
                "dates": [_date(each) for each in held],
            }


def _place(known: Known, programme: Programme, now: datetime) -> Iterator[At]:
    office = known.directory.office(programme.office) if programme.office else None
    if office is not None:
        yield at(known, office, now)


def _office(counter: At) -> Json:
    return {
        "id": f"office:{counter.office.id}",
        "name": counter.name,
        "kana": counter.kana,
        "telephone": counter.telephone,
        "address": counter.office.address,
        "open_now": True
        if isinstance(counter.state, Open)
        else False
        if isinstance(counter.state, Closed)
        else None,
        "says": counter.said,
    }


def _date(occasion: Occasion) -> Json:
    return {
        "day": occasion.day.isoformat(),
        "starts": _clock(occasion.starts),
        "ends": _clock(occasion.ends),
        "place": occasion.place,
        "note": occasion.note,
    }


def _source(provenance: Provenance) -> Json:
    return {
        "source": provenance.source,
        "source_url": provenance.source_url,
        "published_on": _day(provenance.published_on),
        "confirmed_on": _day(provenance.confirmed_on),
        "valid_until": _day(provenance.valid_until),
        "status": provenance.status.value,
    }


def _lines(texts: Iterable[str]) -> str:
    return "\n".join(text for text in texts if text)


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _clock(at: time | None) -> str | None:
    return None if at is None else at.strftime("%H:%M")


def _rounded(score: float | None) -> float | None:
    return None if score is None else round(float(score), 4)
