"""Whose a case is instead: another section's (担当違い), or another authority's, named to the resident."""

import flask
from flask import Blueprint
from flask.typing import ResponseReturnValue

from faq.counters import SectionId
from store import case_acts, case_answers
from store.case_refusals import Refused
from store.cases import Case
from web.case_acts import take_in
from web.case_page import Page, elsewhere_form, kept
from web.case_preview import of_naming
from web.door import viewer
from web.personal import without_personal
from web.rule import STAFF, page
from web.site import site
from web.switchboard import switchboard

case_passing = Blueprint("case_passing", __name__)


@page(case_passing, "/staff/cases/<int:number>/send-on", STAFF, methods=("POST",))
def send_on(number: int) -> ResponseReturnValue:
    """Gives it to another section, which promises anew; the resident is told."""

    def give(of: Page) -> Case | Refused:
        form, now = of.on, site().clock()
        to = SectionId(form.section.data)
        promised = switchboard(of.known).promised_at(to, now)
        why = without_personal(of.known, form.why)
        return case_acts.send_on(of.tx, viewer(), of.case.id, form.read_version, to, why, promised, now)

    return take_in(number, lambda of: of.on, give, "send_on", stays=False)


@page(case_passing, "/staff/cases/<int:number>/elsewhere", STAFF, methods=("POST",))
def elsewhere(number: int) -> ResponseReturnValue:
    """Names the authority whose it is to the resident, and closes the case."""

    def name(of: Page) -> Case | Refused:
        form, chosen = of.elsewhere, of.elsewhere.chosen
        assert chosen is not None
        now, version = site().clock(), form.read_version
        return case_answers.elsewhere(of.tx, viewer(), of.case.id, version, chosen.id, form.text, now)

    return take_in(number, lambda of: of.elsewhere, name, "elsewhere")


@page(case_passing, "/staff/cases/<int:number>/elsewhere/preview", STAFF, methods=("POST",))
def preview(number: int) -> ResponseReturnValue:
    """What the resident would see of it."""
    with site().database.read() as tx:
        case, known = kept(tx, number), site().city(tx)
        seen = of_naming(tx, known, elsewhere_form(known, case, None))
    return flask.render_template("cases/naming.html", naming=seen)
