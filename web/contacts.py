"""Whom each section wants told of its cases: its people see who that is, administrators keep it."""

from datetime import timedelta
from itertools import groupby

import flask
from flask import Blueprint
from flask.typing import ResponseReturnValue

from store import contacts as store
from store import staff_notices, tellings
from store.contacts import Contact, ContactId, Way
from store.db import Tx
from store.staff_notices import OfContact, StaffNoticeKind
from web.contact_entry import ContactEntryForm
from web.door import viewer
from web.rule import ADMINS, STAFF, page
from web.section_names import section_names
from web.site import site

contacts = Blueprint("contacts", __name__)


def say_duration(time: timedelta) -> str:
    """4時間, 1時間30分."""
    hours, minutes = divmod(round(time / timedelta(minutes=1)), 60)
    parts = (("hours", hours), ("minutes", minutes))
    return "".join(site().say(f"contacts.time.{name}", number=number) for name, number in parts if number)


contacts.add_app_template_filter(say_duration)


@page(contacts, "/staff/contacts", STAFF)
def show() -> ResponseReturnValue:
    """Those of the viewer's section; to an administrator all, and which sections have none."""
    with site().database.read() as tx:
        names, found = section_names(tx), store.listed(tx, viewer())
        tries = {each.id: tellings.last_try(tx, each.id) for each in found}
    listed = {section: tuple(theirs) for section, theirs in groupby(found, lambda each: each.section)}
    return flask.render_template(
        "contacts/show.html",
        listed=listed,
        names=names,
        tries=tries,
        without={section: name for section, name in names.items() if section not in listed},
        rules=site().profile.cases,
    )


@page(contacts, "/staff/contacts/new", ADMINS, methods=("GET", "POST"))
def add() -> ResponseReturnValue:
    """Writes one more down, behind the others of its section."""
    with site().database.read() as tx:
        names = section_names(tx)
    form = ContactEntryForm(names, None, flask.request.args.get("section", ""))
    if not form.is_submitted():
        return _form(form, None)
    if not form.validate():
        return _form(form, None), 422
    with site().database.write() as tx:
        made = store.add(tx, viewer(), form.draft(), site().clock())
    if made.way is Way.WEBHOOK:
        return flask.render_template("contacts/made.html", contact=made)
    flask.flash(site().say("contacts.added", label=made.label))
    return _to_the_list()


@page(contacts, "/staff/contacts/<int:number>", ADMINS, methods=("GET", "POST"))
def change(number: int) -> ResponseReturnValue:
    """Changes what one is called, where it is and when it is told."""
    with site().database.read() as tx:
        names, contact = section_names(tx), _contact(tx, number)
    form = ContactEntryForm(names, contact)
    if not form.is_submitted():
        return _form(form, contact)
    if not form.validate():
        return _form(form, contact), 422
    with site().database.write() as tx:
        store.change(tx, viewer(), _contact(tx, number), form.draft(), site().clock())
    flask.flash(site().say("contacts.changed", label=form.draft().label))
    return _to_the_list()


@page(contacts, "/staff/contacts/<int:number>/move", ADMINS, methods=("POST",))
def move(number: int) -> ResponseReturnValue:
    """Puts one earlier or later among those of its section."""
    with site().database.write() as tx:
        up = flask.request.form.get("step") == "up"
        store.move(tx, viewer(), _contact(tx, number), up, site().clock())
    return _to_the_list()


@page(contacts, "/staff/contacts/<int:number>/try", ADMINS, methods=("POST",))
def attempt(number: int) -> ResponseReturnValue:
    """Tells one, so that somebody sees whether it arrives."""
    now = site().clock()
    with site().database.write() as tx:
        contact = _contact(tx, number)
        staff_notices.tell(tx, OfContact(contact.id), StaffNoticeKind.TEST, now, now.isoformat())
        store.note_try(tx, viewer(), contact, now)
    return flask.redirect(flask.url_for("contacts.tried", number=number), 303)


@page(contacts, "/staff/contacts/<int:number>/tried", ADMINS)
def tried(number: int) -> ResponseReturnValue:
    """What became of the last try; the page asks again by itself until that is known."""
    with site().database.read() as tx:
        contact = _contact(tx, number)
        names, outcome = section_names(tx), tellings.last_try(tx, contact.id)
    return flask.render_template("contacts/tried.html", contact=contact, names=names, outcome=outcome)


@page(contacts, "/staff/contacts/<int:number>/remove", ADMINS)
def ask(number: int) -> ResponseReturnValue:
    """Asks once more before one is removed."""
    with site().database.read() as tx:
        contact = _contact(tx, number)
    say = site().say
    return flask.render_template(
        "confirm.html",
        title=say("contacts.ask_title", label=contact.label),
        says=[say("contacts.ask_text")],
        yes=say("contacts.ask_yes"),
        address=flask.url_for("contacts.remove", number=number),
        back=flask.url_for("contacts.show"),
    )


@page(contacts, "/staff/contacts/<int:number>/remove", ADMINS, methods=("POST",))
def remove(number: int) -> ResponseReturnValue:
    """Nobody is told there any more."""
    with site().database.write() as tx:
        contact = _contact(tx, number)
        store.remove(tx, viewer(), contact, site().clock())
    flask.flash(site().say("contacts.removed", label=contact.label))
    return _to_the_list()


def _contact(tx: Tx, number: int) -> Contact:
    return store.find(tx, viewer(), ContactId(number)) or flask.abort(404)


def _form(form: ContactEntryForm, contact: Contact | None) -> str:
    return flask.render_template("contacts/form.html", form=form, contact=contact)


def _to_the_list() -> ResponseReturnValue:
    return flask.redirect(flask.url_for("contacts.show"), 303)
