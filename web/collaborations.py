"""Proposals to work together with the city, by stage, what waits longest first; and the evaluations of a year."""

from typing import Final

import flask
from flask import Blueprint
from flask.typing import ResponseReturnValue

from faq.periods import Period
from nlp.japan import today
from store import collaboration_evaluations, collaboration_publishing
from store import collaborations as store
from store.collaboration_evaluations import period_of
from store.collaboration_refusals import Missing, No, NotOver, Yours
from store.collaboration_stages import OVER, Stage
from store.db import Tx
from store.receipts import Receipt, shown
from store.sight import Role
from web.collaboration_page import TONES
from web.door import viewer
from web.rule import APPROVERS, STAFF, page
from web.section_names import section_names
from web.site import site
from web.times import say_day

collaborations = Blueprint("collaborations", __name__)

_OPEN: Final = tuple(stage for stage in Stage if stage not in OVER)
_EARLIEST: Final = 2011
"""The fiscal year before which no city had such an ordinance here; earlier ones are a slip of the pen."""


@page(collaborations, "/staff/collaborations", STAFF)
def show() -> ResponseReturnValue:
    """What stands, by stage; or, where it is asked for, what is over."""
    is_over = flask.request.args.get("show") == "over"
    day = today(site().clock())
    with site().database.read() as tx:
        found = store.seen(tx, viewer(), OVER if is_over else _OPEN)
        sections = section_names(tx)
    stages = sorted(OVER) if is_over else _OPEN
    by_stage = {stage: [each for each in found if each.stage is stage] for stage in stages}
    return flask.render_template(
        "collaborations/list.html",
        by_stage=by_stage,
        is_over=is_over,
        late={each.id for each in found if each.is_late(day)},
        waits={each.id: (day - each.since).days for each in found},
        many=len({each.section for each in found}) > 1,
        sections=sections,
        tones=TONES,
        year=Period.year_of(day).first.year,
    )


@page(collaborations, "/staff/collaborations/years/<int:year>", STAFF)
def of_year(year: int) -> ResponseReturnValue:
    """What is said of a fiscal year, as it would be published."""
    with site().database.read() as tx:
        return _year(tx, year)


@page(collaborations, "/staff/collaborations/years/<int:year>", APPROVERS, methods=("POST",))
def publish(year: int) -> ResponseReturnValue:
    """Publishes all of it."""
    _check(year)
    with site().database.write() as tx:
        came = collaboration_publishing.publish(tx, viewer(), year, site().clock())
        if not isinstance(came, tuple):
            return _year(tx, year, _say(came)), 409
    flask.flash(site().say("collaborations.done.published", year=year, count=len(came)))
    return flask.redirect(flask.url_for("collaborations.of_year", year=year), 303)


def _year(tx: Tx, year: int, wrong: str = "") -> str:
    _check(year)
    rows = collaboration_evaluations.of_year(tx, viewer(), year)
    this = Period.year_of(today(site().clock())).first.year
    return flask.render_template(
        "collaborations/year.html",
        year=year,
        rows=rows,
        waiting=sum(1 for each in rows if each.evaluation and each.evaluation.published_at is None),
        last=period_of(year).last,
        is_over=period_of(year).last <= today(site().clock()),
        approves=viewer().role in (Role.APPROVER, Role.ADMIN),
        wrong=wrong,
        sections=section_names(tx),
        before=year - 1 if year > _EARLIEST else None,
        after=year + 1 if year < this else None,
    )


def _check(year: int) -> None:
    """Years to come, and those before there was any, have no page."""
    if not _EARLIEST <= year <= Period.year_of(today(site().clock())).first.year:
        flask.abort(404)


def _say(refused: No | NotOver | Yours | Missing) -> str:
    say = site().say
    match refused:
        case NotOver(last):
            return say("collaborations.refused.not_over", last=say_day(last))
        case Yours(receipts):
            return say("collaborations.refused.yours", receipts=_shown(receipts))
        case Missing(receipts):
            return say("collaborations.refused.missing", receipts=_shown(receipts))
        case No():
            return say(f"collaborations.refused.{refused.name.lower()}")


def _shown(receipts: tuple[Receipt, ...]) -> str:
    return "、".join(map(shown, receipts))
