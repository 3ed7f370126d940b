"""One more time to be booked, made by hand: an extra date, or one that the recurrence does not tell."""

from datetime import UTC, datetime, time
from typing import Final

import flask
from flask import Blueprint
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from wtforms import Field, SelectField, StringField, ValidationError

from faq.programmes import ProgrammeId
from faq.slots import SlotDraft
from nlp.japan import JAPAN
from store import slots
from web.days import asked_day, day_of
from web.door import viewer
from web.programmes import Bookable, with_times
from web.rule import STAFF, page
from web.site import site
from web.slot import MOST

new_slot = Blueprint("new_slot", __name__)

LONGEST_PLACE: Final = 100


class SlotForm(FlaskForm):  # type: ignore[misc]
    """A time of a programme."""

    programme = SelectField(validate_choice=False)
    day = StringField()
    starts = StringField()
    ends = StringField()
    place = StringField()
    seats = StringField()

    def __init__(self, theirs: tuple[Bookable, ...]) -> None:
        super().__init__()
        self.theirs = {str(each.id): each for each in theirs}
        self.programme.choices = [(str(each.id), each.name) for each in theirs]
        for name in ("programme", "day", "starts", "ends", "seats"):
            self[name].flags.required = True

    def validate_programme(self, field: Field) -> None:
        if field.data not in self.theirs:
            raise _wrong("programme")

    def validate_day(self, field: Field) -> None:
        if day_of(field.data or "") is None:
            raise _wrong("day")

    def validate_starts(self, field: Field) -> None:
        if _clock(field.data) is None:
            raise _wrong("starts")
        if (begins := self.moment("starts")) and begins <= site().clock():
            raise _wrong("past")

    def validate_ends(self, _: Field) -> None:
        begins, ends = self.moment("starts"), self.moment("ends")
        if ends is None or (begins and ends <= begins):
            raise _wrong("ends")

    def validate_place(self, field: Field) -> None:
        if len(field.data or "") > LONGEST_PLACE:
            raise _wrong("place")

    def validate_seats(self, _: Field) -> None:
        if not 1 <= self.places <= MOST:
            raise _wrong("seats")

    @property
    def places(self) -> int:
        """0 where it is no number."""
        text = (self.seats.data or "").strip()
        return int(text) if text.isdecimal() and len(text) < len(str(MOST)) + 1 else 0

    def moment(self, name: str) -> datetime | None:
        """The day at the time of that field, in UTC; None where either is not readable."""
        day, at = day_of(self.day.data or ""), _clock(self[name].data)
        return datetime.combine(day, at, JAPAN).astimezone(UTC) if day and at is not None else None


@page(new_slot, "/staff/slots/new", STAFF)
def show() -> ResponseReturnValue:
    """The form, for the day from which one comes."""
    form = _form()
    form.day.data = asked_day().isoformat()
    form.programme.data = flask.request.args.get("programme")
    form.seats.data = "1"
    return flask.render_template("slots/new.html", form=form)


@page(new_slot, "/staff/slots/new", STAFF, methods=("POST",))
def add() -> ResponseReturnValue:
    """Makes it."""
    form = _form()
    if not form.validate():
        return flask.render_template("slots/new.html", form=form), 422
    with site().database.write() as tx:
        made = slots.add(tx, _draft(form), viewer(), site().clock())
    if made is None:
        form.form_errors.append(site().say("slots.wrong.there"))
        return flask.render_template("slots/new.html", form=form), 409
    flask.flash(site().say("slots.added"))
    return flask.redirect(flask.url_for("slot.show", number=made), 303)


def _form() -> SlotForm:
    with site().database.read() as tx:
        return SlotForm(with_times(tx, viewer()))


def _draft(form: SlotForm) -> SlotDraft:
    programme = form.theirs[form.programme.data].programme
    place = (form.place.data or "").strip() or programme.place
    begins, ends = form.moment("starts"), form.moment("ends")
    assert begins is not None
    assert ends is not None
    office = programme.office if place == programme.place else None
    return SlotDraft(ProgrammeId(form.programme.data), begins, ends, place, office, form.places)


def _clock(text: str | None) -> time | None:
    try:
        return time.fromisoformat((text or "").strip())
    except ValueError:
        return None


def _wrong(key: str) -> ValidationError:
    return ValidationError(site().say(f"slots.wrong.{key}", most=MOST, letters=LONGEST_PLACE))
