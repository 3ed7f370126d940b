"""What the city reports of a month or a fiscal year: on a page, and to take away."""

from collections.abc import Callable, Iterable

import flask
from flask import Blueprint
from flask.typing import ResponseReturnValue

from faq.periods import Period, read_month, read_year
from nlp.japan import today
from store import places
from store.db import Tx
from store.reports import Report, kept_since, report
from web import sheets
from web.report_charts import charts_of
from web.report_tables import Names, tables
from web.report_words import fiscal_year_name, percent, period_name
from web.rule import STAFF, page
from web.section_names import section_names
from web.site import Say, site
from web.tables import Table, one_a_row

figures = Blueprint("figures", __name__)

_EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@page(figures, "/staff/figures", STAFF)
def show() -> ResponseReturnValue:
    """A month, this one unless another or a fiscal year is asked for."""
    period = _asked()
    with site().database.read() as tx:
        found, made = _report(tx, period)
        years = _years(tx, period)
    return flask.render_template(
        "figures/report.html",
        report=found,
        period=period,
        name=period_name(site().say, period),
        tables=made,
        charts=charts_of(site().say, found),
        rate=percent(found.figures.first_answers, found.figures.counted),
        years=years,
        now=site().clock(),
    )


@page(figures, "/staff/figures.csv", STAFF)
def as_csv_file() -> ResponseReturnValue:
    """The same as CSV: a number a row, which programs read."""
    return _file("csv", "text/csv; charset=utf-8", lambda *of: sheets.as_csv(csv_rows(site().say, *of)))


@page(figures, "/staff/figures.xlsx", STAFF)
def as_excel_file() -> ResponseReturnValue:
    """The same as an Excel workbook: a table a sheet."""
    return _file("xlsx", _EXCEL, lambda _, made: sheets.as_book(made))


def csv_rows(say: Say, period: Period, made: Iterable[Table]) -> list[list[str]]:
    """All tables below each other, the heading first."""
    heading = [say(f"figures.file.{name}") for name in ("table", "row", "column", "number")]
    about = say("figures.file.period")
    days = [
        [about, "", say(f"figures.file.{name}"), day.isoformat()]
        for name, day in (("from", period.first), ("to", period.last))
    ]
    return [heading, *days, *one_a_row(made)]


def names(tx: Tx) -> Names:
    """What sections and programmes are called now."""
    return Names(section_names(tx), {each.id: each.name for each in places.all_programmes(tx)})


def _file(ending: str, kind: str, made: Callable[[Period, tuple[Table, ...]], bytes]) -> ResponseReturnValue:
    period = _asked()
    with site().database.read() as tx:
        _, found = _report(tx, period)
    disposition = f'attachment; filename="figures-{period.named()}.{ending}"'
    headers = {"Content-Type": kind, "Content-Disposition": disposition}
    return flask.Response(made(period, found), headers=headers)


def _report(tx: Tx, period: Period) -> tuple[Report, tuple[Table, ...]]:
    here = site()
    found = report(tx, period, here.clock())
    return found, tables(here.say, found, names(tx), here.profile.published_years)


def _asked() -> Period:
    asked = flask.request.args
    if "year" in asked and (year := read_year(asked["year"])):
        return year
    return read_month(asked.get("month", "")) or Period.month_of(today(site().clock()))


def _years(tx: Tx, shown: Period) -> list[tuple[str, str]]:
    """The fiscal years to choose from, the newest first: those that are kept, this one and the one that is shown."""
    now = today(site().clock())
    first, this = kept_since(tx) or now, Period.year_of(now).first.year
    begun = {*range(Period.year_of(first).first.year, this + 1), Period.year_of(shown.first).first.year}
    return [(str(year), fiscal_year_name(site().say, year)) for year in sorted(begun, reverse=True)]
