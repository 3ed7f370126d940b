"""What one button or one line does about a case: taking it, leaving it, a note, whose it is, its end and its return."""

from collections.abc import Callable, Mapping
from typing import Final

import flask
from flask import Blueprint
from flask.typing import ResponseReturnValue

from store import case_acts as acts
from store import case_undoing
from store.case_refusals import NotThere, Refused
from store.cases import Case, Ending
from web.case_forms import CaseForm
from web.case_page import Page, kept, page_of, shown
from web.case_refused import say_refused
from web.door import viewer
from web.personal import without_personal
from web.rule import STAFF, page
from web.site import site
from web.switchboard import switchboard

case_acts = Blueprint("case_acts", __name__)

_ACTS: Final[Mapping[str, Callable[..., Case | Refused]]] = {
    "take": acts.take,
    "hand-back": acts.hand_back,
}
"""What one button does, whatever was said meanwhile."""
_NAMES: Final = ", ".join(f"'{name}'" for name in _ACTS)


@page(case_acts, f"/staff/cases/<int:number>/<any({_NAMES}):act>", STAFF, methods=("POST",))
def do(number: int, act: str) -> ResponseReturnValue:
    """Takes it, or hands it back."""
    with site().database.write() as tx:
        came = _ACTS[act](tx, viewer(), kept(tx, number).id, site().clock())
    return after(number, came, act)


@page(case_acts, "/staff/cases/<int:number>/reopen", STAFF, methods=("POST",))
def reopen(number: int) -> ResponseReturnValue:
    """Takes back that it was closed; the promise begins anew."""
    here, now = site(), site().clock()
    with here.database.write() as tx:
        case = kept(tx, number)
        promised = switchboard(here.city(tx)).promised_at(case.section, now)
        came = case_undoing.reopen(tx, viewer(), case.id, promised, now)
    return after(number, came, "reopen")


@page(case_acts, "/staff/cases/<int:number>/note", STAFF, methods=("POST",))
def note(number: int) -> ResponseReturnValue:
    """Writes something down for colleagues; what is personal in it is masked."""

    def write(of: Page) -> Case | Refused:
        words = without_personal(of.known, of.note.text)
        return acts.note(of.tx, viewer(), of.case.id, words, site().clock())

    return take_in(number, lambda of: of.note, write, "note")


@page(case_acts, "/staff/cases/<int:number>/assign", STAFF, methods=("POST",))
def assign(number: int) -> ResponseReturnValue:
    """Gives it to somebody of its section."""

    def give(of: Page) -> Case | Refused:
        to, version = of.assign.chosen, of.assign.read_version
        return acts.assign(of.tx, viewer(), of.case.id, version, to, site().clock())

    return take_in(number, lambda of: of.assign, give, "assign")


@page(case_acts, "/staff/cases/<int:number>/close", STAFF, methods=("POST",))
def close(number: int) -> ResponseReturnValue:
    """Nothing more is to be done."""

    def end(of: Page) -> Case | Refused:
        form, why = of.close, without_personal(of.known, of.close.text)
        ending = Ending(form.ending.data)
        return acts.close(of.tx, viewer(), of.case.id, form.read_version, ending, why, site().clock())

    return take_in(number, lambda of: of.close, end, "close")


def after(number: int, came: Case | Refused, done: str) -> ResponseReturnValue:
    """Back to the page, with what one button has done or why it has not."""
    if isinstance(came, Case):
        flask.flash(site().say(f"cases.did.{done}"))
    else:
        flask.flash(say_refused(came), "error")
    return flask.redirect(flask.url_for("case.show", number=number), 303)


def take_in(
    number: int,
    form_of: Callable[[Page], CaseForm],
    act: Callable[[Page], Case | Refused],
    done: str,
    *,
    stays: bool = True,
) -> ResponseReturnValue:
    """Does what a form asks for and goes back to the page, or shows what is wrong with all that was typed.

    `stays`: whether it is still theirs to see afterwards.
    """
    with site().database.write() as tx:
        opened = page_of(tx, number)
        form = form_of(opened)
        if not form.validate():
            return shown(opened, of=form), 422
        came = act(opened)
        if isinstance(came, NotThere):
            flask.abort(404)
        if not isinstance(came, Case):
            return shown(page_of(tx, number), refused=came, of=form), 409
    flask.flash(site().say(f"cases.did.{done}"))
    if not stays:
        return flask.redirect(flask.url_for("cases.show"), 303)
    return flask.redirect(flask.url_for("case.show", number=number, done=done), 303)
