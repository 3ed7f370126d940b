"""The audit for administrators: to look through, to check, to take away."""

from collections.abc import Mapping
from datetime import date
from typing import Final
from urllib.parse import urlencode

import flask
from flask import Blueprint
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from wtforms import DateField, SelectField, StringField
from wtforms.validators import Optional

from store import accounts, chain, trail
from store import audit as written
from store.audit import COMMAND, SERVICE, Actor, ByAccount, Kind
from store.chain import BrokenAt, Intact
from store.db import Tx
from store.sight import AccountId
from store.trail import Wanted
from web import acts, sheets
from web.days import FIRST, LAST
from web.door import viewer
from web.numbers import number_of
from web.rule import ADMINS, page
from web.site import site

audit = Blueprint("audit", __name__)

PAGE: Final = 50
_LONGEST: Final = 64
"""Letters of what is acted upon."""
MOST_ROWS: Final = 50_000
"""Of a file that is made while somebody waits; `export audit` writes any number."""
MOST_CHECKED: Final = 200_000
"""Rows that are checked while somebody waits: some seconds."""


class AuditForm(FlaskForm):  # type: ignore[misc]
    """Which rows. It is sent in the address: it changes nothing."""

    class Meta:
        csrf = False

    by = SelectField(default="", validate_choice=False)
    kind = SelectField(default="", validate_choice=False)
    subject = StringField()
    first = DateField(validators=[Optional()])
    last = DateField(validators=[Optional()])

    def wanted(self) -> Wanted:
        """What a form asks for that was found right."""
        return Wanted(
            by=_actor(self.by.data or ""),
            kind=next((kind for kind in Kind if kind == self.kind.data), None),
            subject=(self.subject.data or "").strip()[:_LONGEST],
            first=self.first.data,
            last=self.last.data,
        )

    def is_right(self) -> bool:
        """Whether the days can be read; else the form says what to do. A choice that does not exist is none."""
        self.validate()
        wrong = [day for day in (self.first, self.last) if day.errors or not _is_day(day.data)]
        for day in wrong:
            day.errors = [site().say("audit.day_wrong")]
        return not wrong


def _is_day(day: date | None) -> bool:
    return day is None or FIRST <= day <= LAST


def _actor(text: str) -> Actor | None:
    match text.split("-"):
        case ["account", number] if number.isdecimal():
            return ByAccount(AccountId(number_of(number)))
        case ["service"]:
            return SERVICE
        case ["command"]:
            return COMMAND
        case _:
            return None


def _form(tx: Tx) -> AuditForm:
    say, form = site().say, AuditForm(flask.request.values)
    people = [(f"account-{each.id}", f"{each.shown}（{each.name}）") for each in accounts.every(tx)]
    others = [(each.value, say(f"audit.actors.{each.value}")) for each in (SERVICE, COMMAND)]
    form.by.choices = [("", say("audit.all")), *people, *others]
    kinds = [(kind.value, say(f"audit.kinds.{kind.value}")) for kind in Kind]
    form.kind.choices = [("", say("audit.all")), *kinds]
    return form


@page(audit, "/admin/audit", ADMINS)
def show() -> ResponseReturnValue:
    """A page of the rows that are asked for, the newest first."""
    given = flask.request.args.get("before")
    before = number_of(given) if given else None
    with site().database.read() as tx:
        form = _form(tx)
        wanted = form.wanted() if form.is_right() else None
        found = () if wanted is None else trail.some(tx, wanted, PAGE + 1, before)
    asked = _asked(form)
    older = {**asked, "before": str(found[PAGE - 1].place)} if len(found) > PAGE else None
    return flask.render_template(
        "audit.html",
        form=form,
        told=[acts.tell(site().say, act) for act in found[:PAGE]],
        asked=asked,
        newest=_address(asked) if before else None,
        older=_address(older) if older else None,
    )


@page(audit, "/admin/audit/check", ADMINS, methods=("POST",))
def check() -> ResponseReturnValue:
    """Says whether the chain is whole."""
    with site().database.read() as tx:
        match chain.verify(tx, newest=MOST_CHECKED):
            case Intact(rows):
                flask.flash(site().say("audit.intact", rows=f"{rows:,}"))
            case BrokenAt(place):
                flask.flash(site().say("audit.broken", place=place), "error")
    return flask.redirect(flask.url_for("audit.show"), 303)


@page(audit, "/admin/audit/file", ADMINS, methods=("POST",))
def take() -> ResponseReturnValue:
    """The rows that are asked for as CSV; that they were taken is audited first."""
    here, by = site(), ByAccount(viewer().account)
    with here.database.write() as tx:
        form = _form(tx)
        wanted = form.wanted() if form.is_right() else None
        many = None if wanted is None else trail.count(tx, wanted)
        if wanted is None or many is None or many > MOST_ROWS:
            flask.flash(here.say("audit.too_many", most=f"{MOST_ROWS:,}"), "error")
            return flask.redirect(_address(_asked(form)), 303)
        written.record(tx, by, "audit.exported", Kind.AUDIT, "", here.clock(), count=str(many))
        found = list(trail.every(tx, wanted))
    return flask.Response(
        sheets.as_csv(list(acts.rows(here.say, found))),
        mimetype="text/csv",
        headers={"Content-Disposition": 'attachment; filename="audit.csv"'},
    )


def _address(asked: Mapping[str, str]) -> str:
    return f"{flask.url_for('audit.show')}?{urlencode(asked)}"


def _asked(form: AuditForm) -> dict[str, str]:
    return {name: flask.request.values[name] for name in form.data if flask.request.values.get(name)}
