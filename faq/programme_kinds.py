"""The kinds of file about consultations: programmes, and single days of them."""

from collections.abc import Iterator
from typing import Final

from faq import cells
from faq.columns import FROM, PROVENANCE, dates_in_order, period_in_order, times_in_order
from faq.programmes import Held, Programme, ProgrammeDay
from faq.recurrence_cells import RECURRENCE, counts_from_a_day
from faq.schemas import Column, Finding, Schema
from faq.sentences import Fault


def _of_programme(programme: Programme) -> Iterator[Finding]:
    yield from dates_in_order(programme)
    yield from period_in_order(programme.valid_from, programme.valid_to, "valid_to")
    yield from times_in_order(programme.starts, programme.ends)
    if counts_from_a_day(programme.recurrence) and not programme.valid_from:
        yield Finding("RRULE", Fault.RULE_SINCE_WHEN)


def _of_programme_day(day: ProgrammeDay) -> Iterator[Finding]:
    yield from dates_in_order(day)
    yield from times_in_order(day.starts, day.ends)


PROGRAMMES: Final[Schema[Programme]] = Schema(
    name="programmes",
    record=Programme,
    key=("id",),
    columns=(
        Column("ID", "id", cells.CODE, required=True),
        Column("名称", "name", cells.text(200), required=True),
        Column("名称_通称", "aliases", cells.items()),
        Column("相談員", "held_by", cells.text(200)),
        Column("施設ID", "office", cells.optional(cells.CODE), refers_to="offices"),
        Column("会場", "place", cells.text(200)),
        Column("区", "ward", cells.text(100)),
        Column("頻度", "frequency", cells.text(200)),
        Column("RRULE", "recurrence", RECURRENCE),
        Column("開始時刻", "starts", cells.TIME),
        Column("終了時刻", "ends", cells.TIME),
        Column("祝日も実施", "on_holidays", cells.choice_of({"有": True, "無": False}, False)),
        Column("valid_from", "valid_from", cells.DATE),
        Column("valid_to", "valid_to", cells.DATE),
        Column("予約", "booking", cells.text()),
        Column("電話番号", "telephone", cells.TELEPHONE),
        Column("説明", "description", cells.text()),
        Column("URL", "link", cells.URL),
        *PROVENANCE,
    ),
    parts=(FROM,),
    check=_of_programme,
    may_be_empty=True,
)

PROGRAMME_DAYS: Final[Schema[ProgrammeDay]] = Schema(
    name="programme-days",
    record=ProgrammeDay,
    key=("programme", "day"),
    columns=(
        Column("相談ID", "programme", cells.CODE, required=True, refers_to="programmes"),
        Column("日付", "day", cells.DATE, required=True),
        Column("実施", "held", cells.choice(Held, Held.ON), required=True),
        Column("開始時刻", "starts", cells.TIME),
        Column("終了時刻", "ends", cells.TIME),
        Column("会場", "place", cells.text(200)),
        Column("備考", "note", cells.text()),
        *PROVENANCE,
    ),
    parts=(FROM,),
    check=_of_programme_day,
    may_be_empty=True,
)
