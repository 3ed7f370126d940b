"""The administrator's page of the settings that change while the service runs."""

import unicodedata
from dataclasses import asdict
from datetime import timedelta
from typing import Final

import flask
from flask import Blueprint
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from wtforms import BooleanField, SelectField, StringField, ValidationError
from wtforms import Field as FormField

from store import run_settings as kept
from store.audit import ByAccount
from store.run_settings import HELP_LINE_MOST, LINE_QUOTA_MOST, RunSettings
from web import door
from web.rule import ADMINS, page
from web.site import site
from web.typed import one_line

run_settings = Blueprint("run_settings", __name__)

IDLE_MINUTES: Final = (5, 10, 15, 30, 60, 120, 240, 480)
HOURS: Final = range(25)


class RunSettingsForm(FlaskForm):  # type: ignore[misc]
    """The settings as they are typed."""

    help_line = StringField()
    idle = SelectField(coerce=int)
    password_sign_in = BooleanField()
    reminders_from = SelectField(coerce=int)
    reminders_until = SelectField(coerce=int)
    open_data = BooleanField()
    line_quota = StringField()

    def validate_help_line(self, field: FormField) -> None:
        if len(one_line(field.data)) > HELP_LINE_MOST:
            raise ValidationError(site().say("run_settings.help_line.wrong", most=HELP_LINE_MOST))

    def validate_reminders_until(self, field: FormField) -> None:
        if isinstance(self.reminders_from.data, int) and field.data <= self.reminders_from.data:
            raise ValidationError(site().say("run_settings.reminders_until.wrong"))

    def validate_line_quota(self, field: FormField) -> None:
        if _number(field.data) is None:
            raise ValidationError(site().say("run_settings.line_quota.wrong"))

    def settings(self, before: RunSettings) -> RunSettings:
        """What a form says that was found right; what it does not ask stays."""
        asks = "password_sign_in" in self
        return RunSettings(
            help_line=one_line(self.help_line.data),
            idle=timedelta(minutes=self.idle.data),
            password_sign_in=self["password_sign_in"].data if asks else before.password_sign_in,
            reminders_from=self.reminders_from.data,
            reminders_until=self.reminders_until.data,
            open_data=self.open_data.data,
            line_quota=_number(self.line_quota.data) or 0,
        )


@page(run_settings, "/admin/settings", ADMINS, methods=("GET", "POST"))
def show() -> ResponseReturnValue:
    """The settings; takes what is changed."""
    here = site()
    with here.database.read() as tx:
        form = _form_for(kept.read(tx))
    if not form.validate_on_submit():
        return flask.render_template("run_settings.html", form=form), 422 if form.errors else 200
    with here.database.write() as tx:
        by = ByAccount(door.viewer().account)
        changed = kept.change(tx, form.settings(kept.read(tx)), by, here.clock())
    told = "changed" if changed else "same"
    flask.flash(here.say(f"run_settings.{told}"), "good" if changed else "info")
    return flask.redirect(flask.url_for("run_settings.show"), 303)


def help_line() -> str:
    """Whom people ask, as the administrators have it; empty where they said nothing, or the database is away."""
    if not door.has_database():
        return ""
    with site().database.read() as tx:
        return kept.read(tx).help_line


def _form_for(settings: RunSettings) -> RunSettingsForm:
    say, minutes = site().say, settings.idle // timedelta(minutes=1)
    form = RunSettingsForm(data={**asdict(settings), "idle": minutes})
    form.idle.choices = [
        (each, say("run_settings.idle.minutes", minutes=each)) for each in sorted({*IDLE_MINUTES, minutes})
    ]
    for field in (form.reminders_from, form.reminders_until):
        field.choices = [(hour, say("run_settings.hour", hour=hour)) for hour in HOURS]
    if site().oidc is None:
        del form.password_sign_in
    return form


def _number(text: str | None) -> int | None:
    """30,000 as people write it, also at full width; 0 where nothing is; None where it is no number of messages."""
    plain = unicodedata.normalize("NFKC", text or "").replace(",", "").strip() or "0"
    is_number = plain.isascii() and plain.isdigit() and len(plain) <= len(str(LINE_QUOTA_MOST))
    found = int(plain) if is_number else -1
    return found if 0 <= found <= LINE_QUOTA_MOST else None
