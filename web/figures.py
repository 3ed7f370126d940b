"""A month's figures for the city's yearly table: on a page, and to take away."""

import re
from calendar import monthrange
from datetime import date
from typing import Final

import flask
from flask import Blueprint
from flask.typing import ResponseReturnValue

from nlp.japan import today
from store.figures import figures as counted
from web import sheets
from web.figure_rows import rows
from web.rule import STAFF, page
from web.section_names import section_names
from web.site import site

figures = Blueprint("figures", __name__)

_MONTH: Final = re.compile(r"2\d{3}-\d{2}", re.ASCII)


@page(figures, "/staff/figures", STAFF)
def show() -> ResponseReturnValue:
    """A month, this one unless another is asked for."""
    first = _asked_month()
    heading, *body = _rows(first)
    return flask.render_template("figures/month.html", first=first, heading=heading, rows=body)


@page(figures, "/staff/figures.csv", STAFF)
def as_csv_file() -> ResponseReturnValue:
    """The same as CSV."""
    first = _asked_month()
    disposition = f'attachment; filename="figures-{first:%Y-%m}.csv"'
    headers = {"Content-Type": "text/csv; charset=utf-8", "Content-Disposition": disposition}
    return flask.Response(sheets.as_csv(_rows(first)), headers=headers)


def month_of(text: str) -> date | None:
    """The first day of 2026-11; None where it is no month of this millennium."""
    try:
        return date.fromisoformat(f"{text}-01") if _MONTH.fullmatch(text) else None
    except ValueError:
        return None


def last_of(first: date) -> date:
    """The last day of a month."""
    return first.replace(day=monthrange(first.year, first.month)[1])


def _asked_month() -> date:
    return month_of(flask.request.args.get("month", "")) or today(site().clock()).replace(day=1)


def _rows(first: date) -> list[list[str]]:
    with site().database.read() as tx:
        return rows(site().say, counted(tx, first, last_of(first)), section_names(tx))
