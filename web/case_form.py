"""The resident's form behind a one-time link: whom to telephone about a case, and when.

To open it changes nothing, since messengers open links by themselves; to send it keeps what was told, for the people of
the section alone, and spends the link, in one transaction. What opens no longer and what never was look alike.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

import flask
from flask import Blueprint
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from wtforms import Field as FormField
from wtforms import StringField, TelField, TextAreaField, ValidationError

from faq.retention import Purpose as Kept
from nlp.japan import today
from nlp.telephones import read_telephone
from store import case_changes, case_saying, cases, links, particulars
from store.audit import ByResident
from store.cases import Case, CaseId, Reach
from store.db import Tx
from store.links import Link, Purpose
from store.particulars import Field
from web.rule import EVERYBODY, page
from web.section_names import section_names
from web.site import site
from web.speech import hear, is_switched, tell
from web.typed import even, one_line, telephone

case_form = Blueprint("case_form", __name__)

LONGEST: Final = {"name": 60, "convenient": 100, "remarks": 200}
"""Letters."""


class WhomToCall(FlaskForm):  # type: ignore[misc]
    """What is asked, with what was typed, where something was sent."""

    name = StringField()
    telephone = TelField()
    convenient = StringField()
    remarks = TextAreaField()

    def __init__(self) -> None:
        super().__init__()
        self.name.flags.required = self.telephone.flags.required = True

    def validate_name(self, field: FormField) -> None:
        _refuse_empty(field)
        _refuse_long(field)

    def validate_telephone(self, field: FormField) -> None:
        _refuse_empty(field)
        if read_telephone(even(field.data)) is None:
            raise ValidationError(tell("page.booking_fields.telephone.wrong"))

    def validate_convenient(self, field: FormField) -> None:
        _refuse_long(field)

    def validate_remarks(self, field: FormField) -> None:
        _refuse_long(field)

    def given(self) -> dict[Field, str]:
        """What a form says that was found right; a name keeps its letters, which NFKC would make others."""
        return {
            Field.NAME: one_line(self.name.data),
            Field.TELEPHONE: telephone(self.telephone.data),
            Field.CONVENIENT: one_line(self.convenient.data),
            Field.REMARKS: one_line(self.remarks.data),
        }


@dataclass(frozen=True, slots=True)
class Opened:
    """What a link opens."""

    token: str
    by: ByResident
    case: Case
    section: str
    """The name of whose people telephone."""


@page(case_form, "/c/<token>", EVERYBODY)
def show(token: str) -> ResponseReturnValue:
    """The form."""
    opened = _look(token)
    return _form(opened, WhomToCall()) if isinstance(opened, Opened) else _closed(opened)


@page(case_form, "/c/<token>", EVERYBODY, methods=("POST",))
def send(token: str) -> ResponseReturnValue:
    """Keeps what was told; sent a second time, it says that it has come."""
    opened, form = _look(token), WhomToCall()
    if not isinstance(opened, Opened):
        return _there_already(token) or _closed(opened)
    if is_switched():
        return _form(opened, form)
    if not form.validate():
        return _form(opened, form), 422
    kept = _keep(token, form)
    if kept is None:  # the same form was sent twice, and the other was faster
        return _there_already(token) or _closed(links.Refusal.UNKNOWN)
    return flask.render_template("case_form/done.html", opened=kept)


def _look(token: str) -> Opened | links.Refusal:
    with site().database.read() as tx:
        link = links.look(tx, Purpose.CASE_FORM, token, site().clock())
        if isinstance(link, Link):
            return _opened(tx, token, link) or links.Refusal.UNKNOWN
        return link


def _opened(tx: Tx, token: str, link: Link) -> Opened | None:
    """None where the case is not theirs, or over."""
    hear(tx, link.resident)
    if link.resident is None:
        return None
    case = cases.own(tx, link.resident, CaseId(link.about))
    if case is None or not case.is_open:
        return None
    return Opened(token, ByResident(link.resident), case, section_names(tx).get(case.section, ""))


def _alone(tx: Tx, token: str, link: Link) -> Opened | None:
    """The same; nobody erases or ends the case before the transaction is over, so that no telephone number stays
    behind without one."""
    if link.resident is not None:
        case_changes.of_resident(tx, link.resident, CaseId(link.about))
    return _opened(tx, token, link)


def _keep(token: str, form: WhomToCall) -> Opened | None:
    """Keeps what was told in place of what was told before, and spends the link; None where that came too late."""
    now = site().clock()
    with site().database.write() as tx:
        link = links.look(tx, Purpose.CASE_FORM, token, now)
        opened = _alone(tx, token, link) if isinstance(link, Link) else None
        if opened is None or not isinstance(links.spend(tx, Purpose.CASE_FORM, token, now), Link):
            return None
        until = site().retention.delete_on(Kept.CASE, _call_day(opened.case, now))
        told, by = form.given(), opened.by
        kept = particulars.keep(tx, Kept.CASE, told, by.resident, until, by, now)
        if opened.case.particulars is not None:
            particulars.erase(tx, opened.case.particulars, by, now)
        case_saying.reach_by(tx, by.resident, opened.case.id, Reach.TELEPHONE, kept, now)
    return opened


def _call_day(case: Case, now: datetime) -> date:
    """The day from which on what was told is kept: by when somebody telephones, or this one."""
    return max(today(now), today(case.promised_at) if case.promised_at else date.min)


def _there_already(token: str) -> ResponseReturnValue | None:
    """For who sends a form again that was sent."""
    with site().database.read() as tx:
        link = links.spent(tx, Purpose.CASE_FORM, token, site().clock())
        opened = _opened(tx, token, link) if link else None
    return flask.render_template("case_form/done.html", opened=opened) if opened else None


def _form(opened: Opened, form: WhomToCall) -> str:
    kept = site().retention.particulars[Kept.CASE]
    return flask.render_template("case_form/form.html", opened=opened, form=form, kept=kept)


def _closed(why: links.Refusal) -> ResponseReturnValue:
    """A link whose time is over is told so; one that was sent, another's and one that never was look alike."""
    expired = why is links.Refusal.EXPIRED
    return flask.render_template("case_form/closed.html", expired=expired), 410 if expired else 404


def _refuse_empty(field: FormField) -> None:
    if not even(field.data):
        raise ValidationError(tell(f"page.booking_fields.{field.name}.missing"))


def _refuse_long(field: FormField) -> None:
    if len(field.data or "") > LONGEST[field.name]:
        what = tell(f"page.case_form.{field.name}.label")
        raise ValidationError(tell("page.booking_fields.too_long", what=what, most=LONGEST[field.name]))
