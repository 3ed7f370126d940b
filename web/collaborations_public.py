"""What residents and the city do together, for everybody: what was agreed upon, by year, and what came of it."""

from collections.abc import Sequence
from typing import Final

import flask
from flask import Blueprint
from flask.typing import ResponseReturnValue

from faq.periods import Period
from store import collaboration_publishing
from store.collaboration_publishing import Public
from web import sheets
from web.headers import ELSEWHERE
from web.rule import EVERYBODY, MACHINES, page
from web.section_names import section_names
from web.site import site

collaborations_public = Blueprint("collaborations_public", __name__)

_COLUMNS: Final = (
    "number",
    "title",
    "summary",
    "partner",
    "section",
    "stage",
    "begins",
    "ends",
    "citys_part",
    "partners_part",
    "year",
    "reached",
    "by_city",
    "by_partner",
)


@page(collaborations_public, "/collaborations", EVERYBODY)
def show() -> ResponseReturnValue:
    """By the fiscal year in which they began, the newest first."""
    found, sections = _found()
    years: dict[int, list[Public]] = {}
    for each in found:
        years.setdefault(Period.year_of(each.agreement.begins).first.year, []).append(each)
    return flask.render_template("collaborations/public.html", years=years, sections=sections)


@page(collaborations_public, "/collaborations.csv", MACHINES)
def as_csv_file() -> ResponseReturnValue:
    """A row for each year that was evaluated, and one for what was not yet."""
    found, sections = _found()
    heading = [site().say(f"collaborations.file.{name}") for name in _COLUMNS]
    rows = [row for each in found for row in _rows(each, sections.get(each.section, each.section))]
    headers = {
        **ELSEWHERE,
        "Content-Type": "text/csv; charset=utf-8",
        "Content-Disposition": 'attachment; filename="collaborations.csv"',
    }
    return flask.Response(sheets.as_csv([heading, *rows]), headers=headers)


def _found() -> tuple[Sequence[Public], dict[str, str]]:
    with site().database.read() as tx:
        return collaboration_publishing.public(tx, site().clock()), dict(section_names(tx))


def _rows(each: Public, section: str) -> list[list[str]]:
    what = each.agreement
    about = [
        str(each.id),
        what.title,
        what.summary,
        what.partner,
        section,
        site().say(f"collaborations.stages.{each.stage}"),
        what.begins.isoformat(),
        what.ends.isoformat(),
        what.citys_part,
        what.partners_part,
    ]
    said = [[str(of.year), of.what.reached, of.what.by_city, of.what.by_partner] for of in each.evaluations]
    return [[*about, *row] for row in said or [["", "", "", ""]]]
