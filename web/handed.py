"""Cases that operators handed over for callers: how they stand, and what a caller is told who asks."""

from collections.abc import Mapping
from typing import Final

import flask
from flask import Blueprint
from flask.typing import ResponseReturnValue

from store import case_lists, cases, receipts
from store.case_saying import REOPENED_WITHIN
from store.cases import Case, CaseId, Reach
from store.db import Tx
from web.door import viewer
from web.places import onward
from web.rule import SIGNED_IN, page
from web.section_names import section_names
from web.site import site
from web.switchboard import switchboard
from web.times import say_clock, say_short_day

handed = Blueprint("handed", __name__)

LATELY: Final = REOPENED_WITHIN
"""So long what is closed stays in the list: as long as it may be taken up again."""


@page(handed, "/operators/cases", SIGNED_IN)
def show() -> ResponseReturnValue:
    """What one handed over; or how the case of a receipt stands, whoever handed it over."""
    here, now = site(), site().clock()
    wanted = flask.request.args.get("receipt", "").strip()[:40]
    with here.database.read() as tx:
        receipt = receipts.parse(wanted)
        found = cases.standing_of(tx, receipt) if receipt else None
        sections = section_names(tx)
        return flask.render_template(
            "handed/list.html",
            handed=case_lists.made_by(tx, viewer(), now - LATELY),
            wanted=wanted,
            found=found,
            tells=_tells(tx, found, sections) if found else "",
            sections=sections,
            days=LATELY.days,
            now=now,
        )


@page(handed, "/operators/cases/<int:number>", SIGNED_IN)
def one(number: int) -> ResponseReturnValue:
    """One of those that the viewer may see, with what to tell the caller."""
    with site().database.read() as tx:
        found = cases.find(tx, viewer(), CaseId(number)) or flask.abort(404)
        sections = section_names(tx)
        return flask.render_template(
            "handed/one.html",
            case=found,
            tells=_tells(tx, found, sections),
            section=sections.get(found.section, found.section),
            telephone=_telephone(tx, found),
            back=onward(flask.request.args.get("back", "")) or flask.url_for("operators.show"),
            now=site().clock(),
        )


def _tells(tx: Tx, case: Case, sections: Mapping[str, str]) -> str:
    """What the caller is told: who answers by when, or what became of it."""
    say, who = site().say, sections.get(case.section, case.section)
    if case.state not in cases.WAITING:
        return say(f"handed.tells.{case.state}", who=who)
    if case.promised_at is None:
        return say("handed.tells.no_promise", who=who)
    if case.is_late(site().clock()):
        return say("handed.tells.late", who=who)
    day, clock = say_short_day(case.promised_at), say_clock(case.promised_at)
    telephone = _telephone(tx, case)
    return say(f"handed.tells.{_way(case, telephone)}", who=who, day=day, clock=clock, telephone=telephone)


def _way(case: Case, telephone: str) -> str:
    """How they hear of it."""
    if case.reach is Reach.LINE:
        return "line"
    if case.particulars is not None:
        return "call"
    return "ask_at" if telephone else "ask"


def _telephone(tx: Tx, case: Case) -> str:
    """Of the section, or of its office."""
    known = site().city(tx)
    section = switchboard(known).section(case.section)
    office = known.directory.office(section.office) if section else None
    return (section.telephone if section else "") or (office.telephone if office else "")
