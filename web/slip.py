"""One slip, to read, to print on A4, and for its section to work on. Each look at whom to call is audited."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Final

import flask
from flask import Blueprint
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from wtforms import Field as FormField
from wtforms import SelectField, StringField, ValidationError

from faq.counters import Counter, SectionId
from faq.hours import Closed
from store import particulars, slip_acts, slips
from store.audit import ByAccount
from store.db import Tx
from store.particulars import Field
from store.slip_acts import Came, Refused
from store.slips import Slip, SlipId
from web.door import viewer
from web.known import Known
from web.opening import say_state
from web.rule import SIGNED_IN, page
from web.section_names import section_names
from web.site import site
from web.written import masked

slip = Blueprint("slip", __name__)

LONGEST_RESULT: Final = 200
_ACTS: Final[Mapping[str, Callable[..., Came]]] = {
    "take": slip_acts.take,
    "hand-back": slip_acts.hand_back,
    "reopen": slip_acts.reopen,
}
"""What one button does."""
_NAMES: Final = ", ".join(f"'{name}'" for name in _ACTS)


class ResultForm(FlaskForm):  # type: ignore[misc]
    """What the section did."""

    result = StringField()

    def validate_result(self, field: FormField) -> None:
        if len(field.data or "") > LONGEST_RESULT:
            raise ValidationError(site().say("contact_form.about_long", most=LONGEST_RESULT))


class PassOnForm(FlaskForm):  # type: ignore[misc]
    """Whose it is instead."""

    section = SelectField(default="", validate_choice=False)

    def __init__(self, sections: Mapping[str, str], own: SectionId) -> None:
        super().__init__()
        self.others = {name: label for name, label in sections.items() if name != own}
        self.section.choices = [("", site().say("slip_form.no_section")), *self.others.items()]

    def validate_section(self, field: FormField) -> None:
        if field.data not in self.others:
            raise ValidationError(site().say("slip_form.section_missing"))


@page(slip, "/operators/slips/<int:number>", SIGNED_IN)
def show(number: int) -> ResponseReturnValue:
    """The slip; for who may see it also whom to call."""
    with site().database.write() as tx:
        found, sections = _found(tx, number)
        return _shown(tx, found, ResultForm(), PassOnForm(sections, found.section))


@page(slip, f"/operators/slips/<int:number>/<any({_NAMES}):act>", SIGNED_IN, methods=("POST",))
def do(number: int, act: str) -> ResponseReturnValue:
    """Takes it, hands it back, or opens it again."""
    with site().database.write() as tx:
        came = _ACTS[act](tx, viewer(), SlipId(number), site().clock())
    return _after(number, came, f"slips.did.{act}", to_list=act == "hand-back")


@page(slip, "/operators/slips/<int:number>/done", SIGNED_IN, methods=("POST",))
def finish(number: int) -> ResponseReturnValue:
    """Settles it, and tells the operator how."""
    form = ResultForm()
    with site().database.write() as tx:
        found, sections = _kept(tx, number)
        if not form.validate():
            return _shown(tx, found, form, PassOnForm(sections, found.section)), 422
        result = masked(site().city(tx), form.result.data or "")
        came = slip_acts.done(tx, viewer(), found.id, result, site().clock())
    return _after(number, came, "slips.did.done", to_list=True)


@page(slip, "/operators/slips/<int:number>/pass-on", SIGNED_IN, methods=("POST",))
def pass_on(number: int) -> ResponseReturnValue:
    """Gives it to another section."""
    with site().database.write() as tx:
        found, sections = _kept(tx, number)
        form = PassOnForm(sections, found.section)
        if not form.validate():
            return _shown(tx, found, ResultForm(), form), 422
        came = slip_acts.pass_on(tx, viewer(), found.id, SectionId(form.section.data), site().clock())
    return _after(number, came, "slips.did.passed_on", to_list=True, section=sections[form.section.data])


def _after(number: int, came: Came, key: str, *, to_list: bool, **values: str) -> ResponseReturnValue:
    """What is not theirs to act upon is not there."""
    if came is None:
        flask.abort(404)
    if isinstance(came, Refused):
        flask.flash(site().say(f"slips.refused.{came.why}", shown=came.shown), "error")
    else:
        flask.flash(site().say(key, **values))
    onward = flask.url_for("slips.show") if to_list else flask.url_for("slip.show", number=number)
    return flask.redirect(onward, 303)


def _found(tx: Tx, number: int) -> tuple[Slip, dict[str, str]]:
    found = slips.find(tx, viewer(), SlipId(number)) or flask.abort(404)
    return found, section_names(tx)


def _kept(tx: Tx, number: int) -> tuple[Slip, dict[str, str]]:
    """One that they may act upon."""
    if not slips.is_kept_by(tx, viewer(), SlipId(number)):
        flask.abort(404)
    return _found(tx, number)


def _shown(tx: Tx, found: Slip, result: ResultForm, others: PassOnForm) -> str:
    who, now = viewer(), site().clock()
    told: Mapping[Field, str] = {}
    if who.personal and found.particulars is not None:
        told = particulars.read(tx, found.particulars, ByAccount(who.account), now)
    return flask.render_template(
        "slips/slip.html",
        slip=found,
        whom=[(site().say(f"bookings.told.{each}"), told[each]) for each in Field if each in told],
        section=section_names(tx).get(found.section, found.section),
        opens=_opens(site().city(tx), found.section, now),
        result=result,
        others=others,
        keeps=slips.is_kept_by(tx, who, found.id),
    )


def _opens(known: Known, section: SectionId, now: datetime) -> str:
    """When the section sees it, where it is closed now; else empty."""
    office = next((each.office for each in known.sections if each.id == section), None)
    state = known.timetable.at(Counter(office, section), now) if office else None
    return say_state(state, now) if isinstance(state, Closed) else ""
