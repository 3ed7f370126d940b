"""パブリックコメント for everybody: what the city asks opinions on, sending one without LINE, and the results.

The server's own time decides about the close. Where somebody writes from is counted as a keyed hash for 15 minutes.
"""

from typing import Final

import flask
from flask import Blueprint
from flask.typing import ResponseReturnValue

from faq.plans import Phase, Plan, PlanId
from faq.retention import Purpose as Kept
from store import opinion_results, tries
from store import plans as store
from store.db import Tx
from store.opinions import LONGEST, OPEN_FORM, Opinion, Refusal, refused
from store.tries import Limit
from web import visitor
from web.opinion_fields import OpinionForm, Sender, is_open, say_refusal, say_until, take
from web.rule import EVERYBODY, page
from web.section_names import section_names
from web.site import site
from web.speech import is_switched, tell

plans = Blueprint("plans", __name__)

MOST: Final = 10
"""Opinions from one place in a quarter of an hour: a family, or a class, and no flood."""
_PHASES: Final = (Phase.OPEN, Phase.COMING, Phase.CLOSED)


@page(plans, "/plans", EVERYBODY)
def show() -> str:
    """All of them: open, coming and closed."""
    now = site().clock()
    with site().database.read() as tx:
        found = store.all_plans(tx)
        groups = {phase: [each for each in found if each.phase(now) is phase] for phase in _PHASES}
        groups[Phase.OPEN].reverse()
        public = opinion_results.public(tx) | {each.id for each in found if each.results_at}
    return flask.render_template("plans/list.html", groups=groups, public=public, say_until=say_until)


@page(plans, "/plans/<plan>", EVERYBODY)
def one(plan: str) -> ResponseReturnValue:
    """One: what it is about, how to send an opinion, the form while it is open, the results."""
    with site().database.read() as tx:
        found = _there(tx, plan)
        return render(tx, found, OpinionForm(found, may_be_told=False))


@page(plans, "/plans/<plan>", EVERYBODY, methods=("POST",))
def send(plan: str) -> ResponseReturnValue:
    """Takes an opinion; after the close it is told so, and what was written stands there still."""
    with site().database.read() as tx:
        found = _there(tx, plan)
        form = OpinionForm(found, may_be_told=False)
        if is_switched():
            return render(tx, found, form)
        if form.is_of_program:
            flask.abort(400)
        once = form.read_once()
        refusal = refused(found, OPEN_FORM, site().clock(), has_name=True)
        if refusal is not None:
            return late(found, form, refusal)
        if not form.validate() or once is None:
            return render(tx, found, form), 422
    return _taken(found, form, once)


def _taken(found: Plan, form: OpinionForm, once: str) -> ResponseReturnValue:
    now = site().clock()
    with site().database.write() as tx:
        if tries.take(tx, [Limit(f"opinion {visitor.address()}", MOST)], now) is not None:
            form.form_errors.append(tell("page.plans.busy"))
            return render(tx, found, form), 429
        made = take(tx, found, form, Sender(OPEN_FORM, once, now))
    if not isinstance(made, Opinion):
        return late(found, form, made)
    return done(found, made)


def render(tx: Tx, found: Plan, form: OpinionForm, send_to: str = "") -> str:
    """The page; `send_to`: where the form goes, where that is not the page itself."""
    now = site().clock()
    form.number()
    results = opinion_results.find(tx, found.id)
    return flask.render_template(
        "plans/one.html",
        plan=found,
        phase=found.phase(now),
        form=form if is_open(found, now) else None,
        results=results if results is not None and results.is_public else None,
        section=section_names(tx).get(found.section, "") if found.section else "",
        until=say_until(found),
        most=LONGEST,
        kept=site().retention.particulars[Kept.OPINION],
        send_to=send_to or flask.url_for("plans.send", plan=found.id),
    )


def late(found: Plan, form: OpinionForm, refusal: Refusal) -> ResponseReturnValue:
    """Nothing was taken: why, what was written, and the other ways."""
    why = say_refusal(found, refusal)
    return flask.render_template("plans/late.html", plan=found, why=why, words=form.text), 409


def done(found: Plan, made: Opinion) -> ResponseReturnValue:
    """The receipt."""
    return flask.render_template("plans/done.html", plan=found, opinion=made, until=say_until(found))


def _there(tx: Tx, plan: str) -> Plan:
    return store.find(tx, PlanId(plan)) or flask.abort(404)
