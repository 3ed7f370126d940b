"""A case is handed over for a caller: whose it is, by when they answer, and whom they call."""

import flask
from flask import Blueprint
from flask.typing import ResponseReturnValue

from faq.retention import Purpose
from nlp.japan import today
from store import case_for_caller
from store.audit import ByAccount
from web.door import viewer
from web.handing_form import HandingForm
from web.partial import partial
from web.places import onward
from web.rule import PART, SIGNED_IN, page
from web.section_names import section_names
from web.site import site

new_case = Blueprint("new_case", __name__)


@page(new_case, "/operators/cases/new", SIGNED_IN)
def show() -> ResponseReturnValue:
    """The empty form."""
    return _begun()


@page(new_case, "/operators/cases/new", SIGNED_IN, methods=("POST",))
def begin() -> ResponseReturnValue:
    """The form with what the desk knows: `about`, `entry`, `section`, and by `back` where to go on."""
    return _begun()


@page(new_case, "/operators/cases/whose", PART, methods=("POST",))
def whose() -> ResponseReturnValue:
    """The part of the form that says whose it is and by when they answer, once ward or section was changed."""
    form = _form()
    form.settle()
    return partial("handed/whose.html", form=form)


@page(new_case, "/operators/cases", SIGNED_IN, methods=("POST",))
def make() -> ResponseReturnValue:
    """Hands it over, and shows what to tell the caller."""
    here, form = site(), _form()
    if not form.validate():
        return _asked(form), 422
    now, promised = here.clock(), form.promised_at
    delete_on = here.retention.delete_on(Purpose.CASE, today(max(now, promised or now)))
    by, draft = ByAccount(viewer().account), form.draft()
    with here.database.write() as tx:
        made = case_for_caller.hand_over(tx, draft, form.whom, delete_on, promised, by, now)
    flask.flash(here.say("new_case.made"))
    back = onward(flask.request.form.get("back", "")) or None
    return flask.redirect(flask.url_for("handed.one", number=made.id, back=back), 303)


def _begun() -> str:
    form = _form()
    form.begin()
    return _asked(form)


def _form() -> HandingForm:
    with site().database.read() as tx:
        return HandingForm(site().city(tx), section_names(tx))


def _asked(form: HandingForm) -> str:
    return flask.render_template(
        "handed/new.html",
        form=form,
        rule=site().retention.particulars[Purpose.CASE],
        back=onward(flask.request.form.get("back", "")) or "",
    )
