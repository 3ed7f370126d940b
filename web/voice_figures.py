"""The year's figures of voices, for everybody: a page and a file."""

from typing import Final

import flask
from flask import Blueprint
from flask.typing import ResponseReturnValue

from nlp.japan import today
from store.db import Tx
from store.voice_figures import voice_years
from web.headers import ELSEWHERE
from web.report_words import fiscal_year_name
from web.rule import EVERYBODY, MACHINES, page
from web.sheets import as_csv
from web.site import site
from web.speech import tell, tell_day
from web.voice_years import Row, charts_of, rows

voice_figures = Blueprint("voice_figures", __name__)

A_WHILE: Final = "public, max-age=600"
"""Figures of a year need not be asked for anew at each look."""


@page(voice_figures, "/voices/figures", EVERYBODY)
def show() -> ResponseReturnValue:
    """Each fiscal year, the newest first."""
    with site().database.read() as tx:
        shown = years_shown(tx)
    return flask.render_template(
        "voice_figures/public.html",
        rows_shown=shown,
        charts=charts_of(_tell, shown, _year_name),
        year_name=_year_name,
        day=tell_day(today(site().clock())),
    )


@page(voice_figures, "/voices/figures.csv", MACHINES)
def as_file() -> ResponseReturnValue:
    """The same as CSV: a year a row, in Japanese, the oldest first."""
    with site().database.read() as tx:
        shown = years_shown(tx)
    response = flask.Response(as_csv(csv_rows(shown)), content_type="text/csv; charset=utf-8")
    response.headers.update({**ELSEWHERE, "Cache-Control": A_WHILE})
    response.headers["Content-Disposition"] = 'attachment; filename="voice-figures.csv"'
    return response


def years_shown(tx: Tx) -> tuple[Row, ...]:
    """What the city published, and what is counted here."""
    return rows(voice_years(tx, site().clock()), site().profile.published_voices)


def csv_rows(shown: tuple[Row, ...]) -> list[list[str]]:
    """The heading, and a row a year; empty where the city did not say."""
    say = site().say
    found = [say("voice_figures.file.heading").split("|")]
    day = today(site().clock()).isoformat()
    for row in reversed(shown):
        numbers = ("" if number is None else str(number) for number in row.cells)
        source = row.source or say("voice_figures.counted")
        found.append(
            [str(row.year), fiscal_year_name(say, row.year), *numbers, source, day if row.is_running else ""]
        )
    return found


def _year_name(year: int) -> str:
    return tell("page.voice_figures.year", year=year)


def _tell(key: str, **values: object) -> str:
    return tell(f"page.voice_figures.{key}", **values)
