"""The year's figures of voices, for staff: as everybody sees them, and how each came."""

import flask
from flask import Blueprint
from flask.typing import ResponseReturnValue

from nlp.japan import today
from store.voice_figures import VoiceYear, voice_years
from store.voices import VoiceKind, Way
from web.report_words import fiscal_year_name
from web.rule import STAFF, page
from web.site import site
from web.voice_years import charts_of, rows

voices_counted = Blueprint("voices_counted", __name__)

MOST_YEARS = 5
"""Of those that are counted here, so many stand side by side."""


@page(voices_counted, "/staff/voices/figures", STAFF)
def show() -> ResponseReturnValue:
    """Each fiscal year, and the ways by which letters and proposals came."""
    here = site()
    with here.database.read() as tx:
        counted = voice_years(tx, here.clock())
    shown = rows(counted, here.profile.published_voices)
    return flask.render_template(
        "voice_figures/staff.html",
        rows_shown=shown,
        charts=charts_of(_say, shown, _year_name),
        year_name=_year_name,
        counted=counted[: -MOST_YEARS - 1 : -1],
        ways=_ways(counted),
        day=today(here.clock()),
    )


def _ways(counted: tuple[VoiceYear, ...]) -> list[tuple[VoiceKind, Way]]:
    """Those by which something came, in the order in which they are declared."""
    found = {way for year in counted[-MOST_YEARS:] for way in year.ways}
    return [(kind, way) for kind in VoiceKind for way in Way if (kind, way) in found]


def _year_name(year: int) -> str:
    return fiscal_year_name(site().say, year)


def _say(key: str, **values: object) -> str:
    return site().say(f"voice_figures.{key}", **values)
