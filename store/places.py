"""Where residents go: offices, sections, procedures, hours, closures, consultations, shelters."""

from faq.counters import Closure, Hours, Procedure, Section, Service, Span, Unusual
from faq.models import Office, Place, Shelter
from faq.programmes import Held, Programme, ProgrammeDay
from store import keeping
from store.db import Tx
from store.keeping import Kept, Row, read, rows
from store.tables import (
    closures,
    hours,
    offices,
    procedures,
    programme_days,
    programmes,
    sections,
    shelters,
)


def all_offices(tx: Tx) -> tuple[Office, ...]:
    return tuple(map(_office, rows(tx, offices)))


def all_shelters(tx: Tx) -> tuple[Shelter, ...]:
    return tuple(map(_shelter, rows(tx, shelters)))


def all_sections(tx: Tx) -> tuple[Section, ...]:
    return tuple(map(_section, rows(tx, sections)))


def all_procedures(tx: Tx) -> tuple[Procedure, ...]:
    return tuple(map(_procedure, rows(tx, procedures)))


def all_hours(tx: Tx) -> tuple[Hours, ...]:
    return tuple(map(_hours, rows(tx, hours)))


def all_closures(tx: Tx) -> tuple[Closure, ...]:
    return tuple(map(_closure, rows(tx, closures)))


def all_programmes(tx: Tx) -> tuple[Programme, ...]:
    return tuple(map(_programme, rows(tx, programmes)))


def all_programme_days(tx: Tx) -> tuple[ProgrammeDay, ...]:
    return tuple(map(_programme_day, rows(tx, programme_days)))


def _office(row: Row) -> Office:
    place = Place(row["latitude"], row["longitude"]) if row["latitude"] is not None else None
    return read(Office, row, place=place, aliases=tuple(row["aliases"]))


def _shelter(row: Row) -> Shelter:
    return read(Shelter, row, place=Place(row["latitude"], row["longitude"]))


def _section(row: Row) -> Section:
    several = {name: tuple(row[name]) for name in ("aliases", "handles", "former")}
    return read(Section, row, **several)


def _procedure(row: Row) -> Procedure:
    aliases, done_at, not_at = (tuple(row[name]) for name in ("aliases", "done_at", "not_at"))
    return read(Procedure, row, aliases=aliases, done_at=done_at, not_at=not_at)


def _hours(row: Row) -> Hours:
    return read(Hours, row, service=Service(row["service"]), span=Span(row["span"]))


def _closure(row: Row) -> Closure:
    service = Service(row["service"]) if row["service"] else None
    return read(Closure, row, service=service, kind=Unusual(row["kind"]))


def _programme(row: Row) -> Programme:
    return read(Programme, row, aliases=tuple(row["aliases"]))


def _programme_day(row: Row) -> ProgrammeDay:
    return read(ProgrammeDay, row, held=Held(row["held"]))


KEPT = {
    Office: Kept("offices", offices, lambda office: (office.id,), keeping.write, _office),
    Shelter: Kept("shelters", shelters, lambda shelter: (shelter.id,), keeping.write, _shelter),
    Section: Kept("sections", sections, lambda section: (section.id,), keeping.write, _section),
    Procedure: Kept("procedures", procedures, lambda procedure: (procedure.id,), keeping.write, _procedure),
    Hours: Kept("hours", hours, lambda each: (each.id,), keeping.write, _hours),
    Closure: Kept("closures", closures, lambda closure: (closure.id,), keeping.write, _closure),
    Programme: Kept("programmes", programmes, lambda programme: (programme.id,), keeping.write, _programme),
    ProgrammeDay: Kept(
        "programme-days",
        programme_days,
        lambda each: (each.programme, each.day),
        keeping.write,
        _programme_day,
    ),
}
