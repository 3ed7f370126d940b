"""Finding a booking again: by its receipt, or by who comes. What was looked for stands in no address."""

from typing import Final

import flask
from flask import Blueprint
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from wtforms import StringField, TelField

from nlp.birth_dates import read_birth_date
from nlp.japan import today
from nlp.telephones import read_telephone
from store import audit, booked, persons, receipts
from store.audit import ByAccount, Kind
from store.booked import Booking
from store.db import Tx
from store.persons import Person
from web.bookings import TONES
from web.door import viewer
from web.programmes import bookables, name_of
from web.rule import PERSONAL, page
from web.site import site

finding = Blueprint("finding", __name__)

LONGEST: Final = 100
"""Letters of a field that are read."""


class FindForm(FlaskForm):  # type: ignore[misc]
    """A receipt, or who comes."""

    receipt = StringField()
    kana = StringField()
    birth_date = StringField()
    telephone = TelField()


@page(finding, "/operators/bookings/find", PERSONAL, methods=("POST",))
def find() -> ResponseReturnValue:
    """The booking, or a list where there are several."""
    form = FindForm()
    key = _wrong(form)
    if key:
        return _list((), site().say(f"finding.{key}"), form), 422
    with site().database.write() as tx:
        found = _by_receipt(tx, form) if _typed(form, "receipt") else _by_person(tx, form)
    if len(found) == 1:
        return flask.redirect(flask.url_for("booking.show", number=found[0].id), 303)
    return _list(found, "" if found else site().say("finding.none"), form), 200 if found else 404


def _wrong(form: FindForm) -> str:
    """The key of what is wrong with the form; empty where it can be looked for."""
    if _typed(form, "receipt"):
        return "" if receipts.parse(_typed(form, "receipt")) else "receipt_wrong"
    if not _typed(form, "kana"):
        return "nothing"
    born, number = _typed(form, "birth_date"), _typed(form, "telephone")
    if not born and not number:
        return "second_missing"
    if born and read_birth_date(born, today(site().clock())) is None:
        return "birth_date_wrong"
    return "telephone_wrong" if number and read_telephone(number) is None else ""


def _by_receipt(tx: Tx, form: FindForm) -> tuple[Booking, ...]:
    receipt = receipts.parse(_typed(form, "receipt"))
    found = booked.by_receipt(tx, receipt, viewer(), site().clock()) if receipt else None
    return (found,) if found else ()


def _by_person(tx: Tx, form: FindForm) -> tuple[Booking, ...]:
    """By the birth date, the telephone or both: which of them a booking knows depends on what was asked for it."""
    now, who = site().clock(), viewer()
    found = booked.known_as(tx, who, _persons(tx, form), now)
    by = ByAccount(who.account)
    audit.record(tx, by, "booking.looked_for", Kind.BOOKING, "person", now, found=str(len(found)))
    return found


def _persons(tx: Tx, form: FindForm) -> tuple[Person, ...]:
    born = read_birth_date(_typed(form, "birth_date"), today(site().clock()))
    known_by = [each for each in (born, _typed(form, "telephone")) if each]
    try:
        return tuple(persons.digest(tx, _typed(form, "kana"), each) for each in known_by)
    except ValueError:  # a name without a letter
        return ()


def _typed(form: FindForm, name: str) -> str:
    return (form[name].data or "").strip()[:LONGEST]


def _list(found: tuple[Booking, ...], problem: str, form: FindForm) -> str:
    with site().database.read() as tx:
        named = bookables(tx)
    names = {each.programme: name_of(named, each.programme) for each in found}
    return flask.render_template(
        "desk/found.html", found=found, problem=problem, form=form, names=names, tones=TONES
    )
