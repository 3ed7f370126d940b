"""One callback: whom to call, and what came of it. Each look at name and telephone is audited."""

from collections.abc import Callable, Mapping
from typing import Final

import flask
from flask import Blueprint
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from wtforms import RadioField

from store import callbacks, calling_back, particulars
from store.audit import ByAccount
from store.callbacks import Callback, CallbackId, Reason, State
from store.calling_back import Came, Refused
from store.db import Tx
from store.particulars import Field
from web.door import viewer
from web.new_callback import name_of
from web.promise_form import PromiseForm, hours_of
from web.promised import say_promise
from web.rule import PERSONAL, SIGNED_IN, page
from web.section_names import section_names
from web.site import site

callback = Blueprint("callback", __name__)

_ACTS: Final[Mapping[str, Callable[..., Came]]] = {
    "take": calling_back.take,
    "hand-back": calling_back.hand_back,
    "done": calling_back.done,
    "reopen": calling_back.reopen,
}
"""What one button does."""
_NAMES: Final = ", ".join(f"'{name}'" for name in _ACTS)


class ReasonForm(FlaskForm):  # type: ignore[misc]
    """Why one is given up."""

    reason = RadioField(default=Reason.NOT_REACHED.value, validate_choice=False)

    def __init__(self) -> None:
        super().__init__()
        self.reason.choices = [(each.value, site().say(f"callbacks.reason.{each}")) for each in Reason]


@page(callback, "/operators/callbacks/<int:number>", SIGNED_IN)
def show(number: int) -> ResponseReturnValue:
    """The callback, and for who may see it whom to call."""
    with site().database.write() as tx:
        found = _found(tx, number)
        return _shown(tx, found, _promise_form(tx, found), ReasonForm())


@page(callback, f"/operators/callbacks/<int:number>/<any({_NAMES}):act>", PERSONAL, methods=("POST",))
def do(number: int, act: str) -> ResponseReturnValue:
    """Takes it, hands it back, settles it, or takes that back."""
    with site().database.write() as tx:
        came = _ACTS[act](tx, viewer(), CallbackId(number), site().clock())
    return _after(number, came, f"callbacks.did.{act}", to_list=act in ("hand-back", "done"))


@page(callback, "/operators/callbacks/<int:number>/tried", PERSONAL, methods=("POST",))
def note_try(number: int) -> ResponseReturnValue:
    """Nobody was reached: another try is due."""
    return _at_another_time(number, calling_back.tried, "callbacks.did.tried")


@page(callback, "/operators/callbacks/<int:number>/promise", PERSONAL, methods=("POST",))
def promise(number: int) -> ResponseReturnValue:
    """Another time was agreed on."""
    return _at_another_time(number, calling_back.promise, "callbacks.did.promised")


@page(callback, "/operators/callbacks/<int:number>/give-up", PERSONAL, methods=("POST",))
def give_up(number: int) -> ResponseReturnValue:
    """Nobody will call, for a reason."""
    form = ReasonForm()
    with site().database.write() as tx:
        if form.reason.data not in set(Reason):
            found = _found(tx, number)
            form.reason.errors = [site().say("callbacks.reason_missing")]
            return _shown(tx, found, _promise_form(tx, found), form), 422
        reason = Reason(form.reason.data)
        came = calling_back.give_up(tx, viewer(), CallbackId(number), reason, site().clock())
    return _after(number, came, "callbacks.did.given_up", to_list=True)


def _at_another_time(number: int, act: Callable[..., Came], said: str) -> ResponseReturnValue:
    with site().database.write() as tx:
        found = _found(tx, number)
        form = _promise_form(tx, found)
        if not form.validate():
            return _shown(tx, found, form, ReasonForm()), 422
        came = act(tx, viewer(), found.id, form.moment(), site().clock())
        who = name_of(section_names(tx), found.section)
    promised = say_promise(came.promised_at, who) if isinstance(came, Callback) else ""
    return _after(number, came, said, to_list=True, said=promised)


def _after(number: int, came: Came, key: str, *, to_list: bool, **values: str) -> ResponseReturnValue:
    """Where it is done with, to the queue. What is not theirs is not there."""
    if came is None:
        flask.abort(404)
    if isinstance(came, Refused):
        flask.flash(site().say(f"callbacks.refused.{came.why}", shown=came.shown), "error")
    else:
        flask.flash(site().say(key, **values))
    to_list = to_list or isinstance(came, Refused)
    onward = flask.url_for("callbacks.show") if to_list else flask.url_for("callback.show", number=number)
    return flask.redirect(onward, 303)


def _found(tx: Tx, number: int) -> Callback:
    return callbacks.find(tx, viewer(), CallbackId(number)) or flask.abort(404)


def _promise_form(tx: Tx, found: Callback) -> PromiseForm:
    return PromiseForm(hours_of(site().city(tx), found.section))


def _shown(tx: Tx, found: Callback, times: PromiseForm, reasons: ReasonForm) -> str:
    who, now = viewer(), site().clock()
    told: Mapping[Field, str] = {}
    if who.personal and found.particulars is not None:
        told = particulars.read(tx, found.particulars, ByAccount(who.account), now)
    mine = found.taken_by in (None, who.account)
    return flask.render_template(
        "callbacks/callback.html",
        callback=found,
        whom=[(site().say(f"bookings.told.{each}"), told[each]) for each in Field if each in told],
        who=name_of(section_names(tx), found.section),
        times=times,
        reasons=reasons,
        may_act=who.personal and found.state is State.WAITING and mine,
        now=now,
    )
