"""The kinds of file about counters: sections, procedures, hours, closures."""

from collections.abc import Iterator
from typing import Final

from faq import cells, weekly_cells
from faq.columns import FROM, PROVENANCE, dates_in_order, period_in_order, times_in_order
from faq.counters import Closure, Hours, Procedure, Section, Service, Span, Unusual
from faq.schemas import Column, Finding, Schema
from faq.sentences import Fault


def _of_procedure(procedure: Procedure) -> Iterator[Finding]:
    yield from dates_in_order(procedure)
    for value in procedure.done_at:
        if value in procedure.not_at:
            yield Finding("できない施設", Fault.DONE_AND_NOT.format(value=value))


def _section_in_order(section: Section) -> Iterator[Finding]:
    yield from dates_in_order(section)
    yield from period_in_order(section.valid_from, section.valid_to, "valid_to")
    if section.successor == section.id:
        yield Finding("後継の課ID", Fault.OWN_SUCCESSOR)
    elif section.successor and section.valid_to is None:
        yield Finding("valid_to", Fault.SUCCESSOR_WHEN)


def _of_hours(hours: Hours) -> Iterator[Finding]:
    yield from dates_in_order(hours)
    yield from period_in_order(hours.valid_from, hours.valid_to, "valid_to")
    if hours.span is Span.SEASON and not (hours.valid_from and hours.valid_to):
        yield Finding("valid_to" if hours.valid_from else "valid_from", Fault.SEASON_WHEN)
    shortest = min((end - begin for begin, end in weekly_cells.spans(hours.weekly)), default=24 * 60)
    if hours.last_admission >= shortest:
        reason = Fault.NEVER_ADMITTED.format(minutes=hours.last_admission, shortest=shortest)
        yield Finding("最終受付_分前", reason)


def _of_closure(closure: Closure) -> Iterator[Finding]:
    yield from dates_in_order(closure)
    yield from period_in_order(closure.first, closure.last, "終了日")
    yield from times_in_order(closure.opens, closure.closes)
    if closure.kind is Unusual.OPEN and not (closure.opens or closure.closes):
        yield Finding("開始時刻", Fault.OPEN_WHEN)
    if closure.section and not closure.office:
        yield Finding("施設ID", Fault.SECTION_WITHOUT_OFFICE)


_OFFICE: Final = Column("施設ID", "office", cells.CODE, required=True, refers_to="offices")
_ANY_OFFICE: Final = Column("施設ID", "office", cells.optional(cells.CODE), refers_to="offices")
_SECTION: Final = Column("課ID", "section", cells.optional(cells.CODE), refers_to="sections")

SECTIONS: Final[Schema[Section]] = Schema(
    name="sections",
    record=Section,
    key=("id",),
    columns=(
        Column("ID", "id", cells.CODE, required=True),
        _OFFICE,
        Column("名称", "name", cells.text(200), required=True),
        Column("名称_カナ", "kana", cells.text(200)),
        Column("名称_通称", "aliases", cells.items()),
        Column("取り扱い", "handles", cells.items()),
        Column("場所", "floor", cells.text(200)),
        Column("電話番号", "telephone", cells.TELEPHONE),
        Column("URL", "link", cells.URL),
        Column("valid_from", "valid_from", cells.DATE, late=True),
        Column("valid_to", "valid_to", cells.DATE, late=True),
        Column("後継の課ID", "successor", cells.optional(cells.CODE), refers_to="sections", late=True),
        Column("旧称", "former", cells.items(), late=True),
        *PROVENANCE,
    ),
    parts=(FROM,),
    check=_section_in_order,
    may_be_empty=True,
)

PROCEDURES: Final[Schema[Procedure]] = Schema(
    name="procedures",
    record=Procedure,
    key=("id",),
    columns=(
        Column("ID", "id", cells.CODE, required=True),
        Column("名称", "name", cells.text(200), required=True),
        Column("名称_通称", "aliases", cells.items()),
        Column("担当課", "section", cells.text(200)),
        Column("できる施設", "done_at", cells.items(), refers_to="counters"),
        Column("できない施設", "not_at", cells.items(), refers_to="counters"),
        Column("できない理由", "why_not", cells.text()),
        Column("条件", "condition", cells.text()),
        Column("faq_id", "faq", cells.optional(cells.CODE), refers_to="faq"),
        *PROVENANCE,
    ),
    parts=(FROM,),
    check=_of_procedure,
    may_be_empty=True,
)

HOURS: Final[Schema[Hours]] = Schema(
    name="hours",
    record=Hours,
    key=("id",),
    columns=(
        Column("ID", "id", cells.CODE, required=True),
        _OFFICE,
        _SECTION,
        Column("サービス", "service", cells.choice(Service, Service.COUNTER), required=True),
        Column("営業時間_OSM", "weekly", weekly_cells.WEEKLY),
        Column("最終受付_分前", "last_admission", cells.MINUTES),
        Column("valid_from", "valid_from", cells.DATE),
        Column("valid_to", "valid_to", cells.DATE),
        Column("区分", "span", cells.choice(Span, Span.USUAL), required=True),
        Column("備考", "note", cells.text()),
        *PROVENANCE,
    ),
    parts=(FROM,),
    check=_of_hours,
    may_be_empty=True,
)

CLOSURES: Final[Schema[Closure]] = Schema(
    name="closures",
    record=Closure,
    key=("id",),
    columns=(
        Column("ID", "id", cells.CODE, required=True),
        _ANY_OFFICE,
        _SECTION,
        Column("サービス", "service", cells.optional(cells.choice(Service, Service.COUNTER))),
        Column("種別", "kind", cells.choice(Unusual, Unusual.CLOSED), required=True),
        Column("開始日", "first", cells.DATE, required=True),
        Column("終了日", "last", cells.DATE, required=True),
        Column("開始時刻", "opens", cells.TIME),
        Column("終了時刻", "closes", cells.TIME),
        Column("理由", "reason", cells.text()),
        *PROVENANCE,
    ),
    parts=(FROM,),
    check=_of_closure,
    may_be_empty=True,
)
