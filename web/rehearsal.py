"""The rehearsal of a disaster: measures as drafts, and the talk as it would be; seen by nobody but who rehearses."""

from typing import Final

import flask
from flask import Blueprint
from flask.typing import ResponseReturnValue

from nlp.language import Language
from store import audit, disaster_measures, disaster_switch
from store import disaster as store
from store.audit import ByAccount, Kind
from store.disaster import Disaster, Draft
from web.disaster import SOON, ProposalForm, back, refused
from web.door import viewer
from web.measure_words import MeasureWords
from web.rehearsing import Shown, Tried
from web.rule import STAFF, page
from web.site import site

rehearsal = Blueprint("rehearsal", __name__)

MOST: Final = 500
"""Letters of what is tried."""
ALL: Final = "all"
"""In place of a language: each of them."""


@page(rehearsal, "/staff/disaster/rehearsal", STAFF)
def show() -> ResponseReturnValue:
    """What is set up, and what a resident would see of it."""
    return _page(ProposalForm())


@page(rehearsal, "/staff/disaster/rehearsal/begin", STAFF, methods=("POST",))
def begin() -> ResponseReturnValue:
    """Begins one."""
    form = ProposalForm()
    if not form.validate():
        return _page(form), 422
    with site().database.write() as tx:
        made = disaster_switch.rehearse(tx, viewer(), form.draft(), site().clock())
    if not isinstance(made, Disaster):
        flask.abort(404)
    return _here()


@page(rehearsal, "/staff/disaster/rehearsal/try", STAFF, methods=("POST",))
def attempt() -> ResponseReturnValue:
    """Shows what the talk would answer; who tried, and when, is kept, what they wrote is not."""
    form, now = flask.request.form, site().clock()
    tried = Tried(form.get("words", "").strip()[:MOST], form.get("pressed", "")[:MOST])
    asked = form.get("language", Language.JAPANESE.value)
    languages = tuple(Language) if asked == ALL else tuple(each for each in Language if each == asked)
    with site().database.write() as tx:
        mine = store.rehearsed(tx, viewer())
        if mine is None or not languages:
            flask.abort(404)
        disaster = disaster_measures.as_said(tx, mine, now)
        by = ByAccount(viewer().account)
        audit.record(tx, by, "tried", Kind.DISASTER, str(mine.id), now)
    if not tried.words and not tried.pressed:
        return _page(ProposalForm(), wrong=site().say("disasters.wrong.tried")), 422
    shown = site().rehearsal(disaster, tried, languages, now)
    return _page(ProposalForm(), tried, shown, asked)


@page(rehearsal, "/staff/disaster/rehearsal/adopt", STAFF, methods=("POST",))
def adopt() -> ResponseReturnValue:
    """Makes what was rehearsed the proposal."""
    now = site().clock()
    with site().database.write() as tx:
        mine = store.rehearsed(tx, viewer())
        if mine is None:
            flask.abort(404)
        done = disaster_switch.adopt(tx, viewer(), mine.id, Draft(mine.what, mine.section, mine.lasts), now)
    if not isinstance(done, Disaster):
        flask.flash(refused(done), "error")
        return _here()
    flask.flash(site().say("disasters.adopted"))
    return back()


@page(rehearsal, "/staff/disaster/rehearsal/leave", STAFF, methods=("POST",))
def leave() -> ResponseReturnValue:
    """Ends the rehearsal; what was set up goes."""
    with site().database.write() as tx:
        mine = store.rehearsed(tx, viewer())
        if mine is None:
            flask.abort(404)
        disaster_switch.end(tx, viewer(), mine.id, site().clock())
    flask.flash(site().say("disasters.left"))
    return _here()


def _page(
    form: ProposalForm,
    tried: Tried | None = None,
    shown: tuple[Shown, ...] = (),
    asked: str = Language.JAPANESE.value,
    wrong: str = "",
) -> str:
    now = site().clock()
    with site().database.read() as tx:
        mine = store.rehearsed(tx, viewer())
        return flask.render_template(
            "disaster/rehearsal.html",
            form=form,
            disaster=mine,
            standing=disaster_measures.standing(tx, mine.id) if mine else (),
            words=MeasureWords.of(site().city(tx)),
            kinds=site().say("disasters.kinds"),
            languages=tuple(Language),
            every=ALL,
            tried=tried,
            shown=shown,
            asked=asked,
            wrong=wrong,
            now=now,
            soon=now + SOON,
            may_lead=store.may_lead(viewer()),
        )


def _here() -> ResponseReturnValue:
    return flask.redirect(flask.url_for("rehearsal.show"), 303)
