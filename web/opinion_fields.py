"""The form of an opinion: on the open page of a plan, and behind a resident's own link."""

import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Final, assert_never

import flask
from flask_wtf import FlaskForm
from itsdangerous import BadSignature, URLSafeTimedSerializer
from wtforms import BooleanField, HiddenField, StringField, TextAreaField, ValidationError
from wtforms import Field as FormField

from faq.plans import Phase, Plan
from faq.retention import Purpose as Kept
from store import opinions, particulars
from store.audit import ByResident, Unattended
from store.db import Tx
from store.opinions import LONGEST, Opinion, OpinionDraft, Refusal, Way
from store.particulars import Field
from web.personal import without_personal
from web.site import site
from web.speech import tell, tell_clock, tell_day
from web.typed import lines, one_line

LONGEST_NAME: Final = 60
LONGEST_ADDRESS: Final = 200
LIFE: Final = 2 * 24 * 3600
"""Seconds for which a form may lie open; afterwards it is shown once more with what was typed."""


class OpinionForm(FlaskForm):  # type: ignore[misc]
    """What is asked; name and address only where the city's rule asks for them."""

    once = HiddenField()
    words = TextAreaField()
    name = StringField()
    address = StringField()
    told = BooleanField()
    homepage = StringField()
    """Nobody sees it: who fills it in is a program."""

    def __init__(self, plan: Plan, *, may_be_told: bool) -> None:
        super().__init__()
        self.plan = plan
        self.words.flags.required = True
        if plan.asks_name:
            self.name.flags.required = self.address.flags.required = True
        else:
            del self.name, self.address
        if not may_be_told:
            del self.told

    def validate_words(self, _: FormField) -> None:
        if not self.text:
            raise ValidationError(tell("page.plans.missing"))
        if len(self.text) > LONGEST:
            raise ValidationError(tell("page.plans.long", most=LONGEST))

    def validate_name(self, field: FormField) -> None:
        _check(field, LONGEST_NAME)

    def validate_address(self, field: FormField) -> None:
        _check(field, LONGEST_ADDRESS)

    @property
    def text(self) -> str:
        """As it is kept: one sort of line break, and no blanks around it."""
        return lines(self.words.data)

    @property
    def is_of_program(self) -> bool:
        return bool(self.homepage.data)

    @property
    def wants_to_be_told(self) -> bool:
        return bool(self.told.data) if self.told is not None else False

    @property
    def given(self) -> dict[Field, str]:
        """Name and address; empty where nobody asks."""
        if not self.plan.asks_name:
            return {}
        return {Field.NAME: one_line(self.name.data), Field.ADDRESS: one_line(self.address.data)}

    def read_once(self) -> str | None:
        """The number of this form, by which the second of two sendings is known; None where it is none of ours."""
        try:
            number = _signer().loads(self.once.data or "", max_age=LIFE)
        except BadSignature:  # a form that lay open for too long is one of these
            return None
        return str(number)

    def number(self) -> None:
        """Gives the form a number, where it has none that still counts."""
        if self.read_once() is None:
            self.once.data = _signer().dumps(secrets.token_urlsafe(16))


@dataclass(frozen=True, slots=True)
class Sender:
    """Who sends, and when."""

    by: ByResident | Unattended
    once: str
    now: datetime


def take(tx: Tx, plan: Plan, form: OpinionForm, sender: Sender) -> Opinion | Refusal:
    """Takes what a form says that was found right, masked; name and address are kept only where it is taken."""
    by, now = sender.by, sender.now
    refusal = opinions.refused(plan, by, now, has_name=bool(form.given))
    if refusal is not None:
        return refusal
    resident = by.resident if isinstance(by, ByResident) else None
    kept = None
    if form.given:
        until = site().retention.delete_on(Kept.OPINION, plan.last)
        kept = particulars.keep(tx, Kept.OPINION, form.given, resident, until, by, now)
    words = without_personal(site().city(tx), form.text)
    draft = OpinionDraft(sender.once, plan.id, words, Way.FORM, form.wants_to_be_told, kept)
    made = opinions.send(tx, draft, by, now, now)
    if kept is not None and not (isinstance(made, Opinion) and made.particulars == kept):
        particulars.erase(tx, kept, by, now)
    return made


def say_until(plan: Plan) -> str:
    """The close in the page's language."""
    day = tell_day(plan.last)
    if plan.until is None:
        return tell("opinion.until_day", day=day)
    return tell("opinion.until_time", day=day, time=tell_clock(plan.closes_at))


def say_refusal(plan: Plan, refusal: Refusal) -> str:
    """Why nothing was taken, in the words of the talk."""
    match refusal:
        case opinions.Closed():
            return tell("opinion.late.sorry", name=plan.name, until=say_until(plan))
        case opinions.NotYet():
            return tell("opinion.not_yet", day=tell_day(plan.opens))
        case opinions.TooMany(most):
            return tell("opinion.too_many", most=most)
        case opinions.NeedsName():
            return tell("page.plans.name_missing")
        case opinions.NotHere():
            return tell("opinion.not_here")
        case other:
            assert_never(other)


def is_open(plan: Plan, now: datetime) -> bool:
    """Whether the page has a form."""
    return plan.here and plan.phase(now) is Phase.OPEN


def _check(field: FormField, most: int) -> None:
    if not one_line(field.data):
        raise ValidationError(tell("page.plans.name_missing"))
    if len(field.data) > most:
        what = tell(f"page.plans.{field.name}")
        raise ValidationError(tell("page.booking_fields.too_long", what=what, most=most))


def _signer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(str(flask.current_app.config["SECRET_KEY"]), salt="opinion")
