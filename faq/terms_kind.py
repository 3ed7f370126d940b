"""The kind of file about the terms on which programmes are booked."""

from collections.abc import Iterator
from typing import Final

from faq import cells, terms_cells
from faq.columns import FROM, PROVENANCE, dates_in_order
from faq.schemas import Column, Finding, Schema
from faq.sentences import Fault
from faq.terms import Allocation, Before, Insurance, Mode, Residence, Sort, Terms

_YES_NO: Final = cells.choice_of({"有": True, "無": False}, False)


def _of_terms(terms: Terms) -> Iterator[Finding]:
    yield from dates_in_order(terms)
    yield from _without_times(terms) if terms.sort is Sort.APPLICATION else _with_times(terms)
    for column, until in (("LINEの締切", terms.line_until), ("電話の締切", terms.phone_until)):
        if until and terms.opens and not _earlier(terms.opens, until):
            yield Finding(column, Fault.SHUT_BEFORE_OPEN)
    if wrong := _of_draw(terms):
        yield Finding("抽選", wrong)


def _of_draw(terms: Terms) -> Fault | None:
    if terms.draw is None:
        return Fault.LOTTERY_WHEN if terms.allocation is Allocation.LOTTERY else None
    if terms.allocation is Allocation.FIRST_COME:
        return Fault.DRAW_WITHOUT_LOTTERY
    ends = filter(None, (terms.line_until, terms.phone_until))
    return Fault.DRAWN_BEFORE_SHUT if any(_earlier(terms.draw, until) for until in ends) else None


def _with_times(terms: Terms) -> Iterator[Finding]:
    if not terms.open:
        return
    if not terms.modes:
        yield Finding("方法", Fault.OPEN_HOW)
    if terms.seats is None:
        yield Finding("席数", Fault.OPEN_SEATS)
    if terms.sort is Sort.CONSULTATION and terms.minutes is None:
        yield Finding("1枠の分", Fault.OPEN_MINUTES)
    if terms.ahead < max(1, terms.opens.days if terms.opens else 1):
        yield Finding("何日先まで", Fault.OPEN_AHEAD)


def _without_times(terms: Terms) -> Iterator[Finding]:
    given = {
        "1枠の分": terms.minutes,
        "席数": terms.seats,
        "何日先まで": terms.ahead,
        "受付開始": terms.opens,
        "LINEの締切": terms.line_until,
        "電話の締切": terms.phone_until,
        "LINEの席": terms.line_share,
        "抽選": terms.draw,
    }
    yield from (Finding(column, Fault.NO_TIMES) for column, value in given.items() if value)


def _earlier(one: Before, other: Before) -> bool:
    return (-one.days, one.at) < (-other.days, other.at)


BOOKING_TERMS: Final[Schema[Terms]] = Schema(
    name="booking-terms",
    record=Terms,
    key=("programme",),
    columns=(
        Column("相談ID", "programme", cells.CODE, required=True, refers_to="programmes"),
        Column("課ID", "section", cells.optional(cells.CODE), refers_to="sections"),
        Column("受付", "open", _YES_NO, required=True),
        Column("種類", "sort", cells.choice(Sort, Sort.CONSULTATION), required=True),
        Column("方法", "modes", terms_cells.choices(Mode)),
        Column("1枠の分", "minutes", terms_cells.MINUTES),
        Column("席数", "seats", terms_cells.SEATS),
        Column("何日先まで", "ahead", terms_cells.DAYS),
        Column("受付開始", "opens", terms_cells.BEFORE),
        Column("LINEの締切", "line_until", terms_cells.BEFORE),
        Column("電話の締切", "phone_until", terms_cells.BEFORE),
        Column("LINEの席", "line_share", terms_cells.SEATS),
        Column("対象", "residence", terms_cells.choices(Residence)),
        Column("年度末の年齢", "ages", terms_cells.AGES),
        Column("保険", "insurance", terms_cells.choices(Insurance)),
        Column("回数", "limit", terms_cells.LIMIT),
        Column("確認事項", "exclusions", cells.items()),
        Column("相手方を尋ねる", "asks_opposing_party", _YES_NO),
        Column("配慮", "accommodations", cells.items()),
        Column("決め方", "allocation", cells.choice(Allocation, Allocation.FIRST_COME)),
        Column("抽選", "draw", terms_cells.BEFORE),
        Column("キャンセル待ち", "waiting_list", _YES_NO),
        Column("備考", "note", cells.text()),
        *PROVENANCE,
    ),
    parts=(FROM,),
    check=_of_terms,
    may_be_empty=True,
)
