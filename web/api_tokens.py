"""The administrator's page of keys for other programs: made and shown once, listed, and taken back."""

from datetime import date, datetime, time, timedelta
from typing import Final

import flask
from flask import Blueprint
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from wtforms import Field, StringField, ValidationError

from nlp.japan import JAPAN, today
from store import api_tokens as store
from store.api_tokens import LONGEST_LIFE, MOST_A_MINUTE, TokenDraft, TokenId
from web.days import day_of
from web.door import viewer
from web.rule import ADMINS, page
from web.site import site
from web.typed import one_line

api_tokens = Blueprint("api_tokens", __name__)

LONGEST_NAME: Final = 60
A_MINUTE: Final = 600
"""Three operators who type without a pause, 200 keys a minute each."""
LIFE: Final = timedelta(days=365)


class TokenForm(FlaskForm):  # type: ignore[misc]
    """A new key."""

    name = StringField()
    a_minute = StringField(default=str(A_MINUTE))
    expires = StringField()

    def __init__(self) -> None:
        super().__init__(data={"expires": (today(site().clock()) + LIFE).isoformat()})
        for name in ("name", "a_minute", "expires"):
            self[name].flags.required = True

    def validate_name(self, field: Field) -> None:
        if not 0 < len(one_line(field.data)) <= LONGEST_NAME:
            raise _wrong("name", most=LONGEST_NAME)

    def validate_a_minute(self, _: Field) -> None:
        if not 1 <= self.often <= MOST_A_MINUTE:
            raise _wrong("a_minute", most=MOST_A_MINUTE)

    def validate_expires(self, field: Field) -> None:
        day, now = day_of(field.data or ""), site().clock()
        if day is None or not now < _end_of(day) <= now + LONGEST_LIFE:
            raise _wrong("expires")

    @property
    def often(self) -> int:
        """0 where it is no number."""
        text = (self.a_minute.data or "").strip()
        return int(text) if text.isascii() and text.isdigit() and len(text) <= len(str(MOST_A_MINUTE)) else 0

    def draft(self) -> TokenDraft:
        """What a form says that was found right."""
        day = day_of(self.expires.data or "")
        assert day is not None
        return TokenDraft(one_line(self.name.data), self.often, _end_of(day))


@page(api_tokens, "/admin/api-keys", ADMINS)
def show() -> ResponseReturnValue:
    """Those that were made, and the form for one more."""
    return _page(TokenForm())


@page(api_tokens, "/admin/api-keys", ADMINS, methods=("POST",))
def make() -> ResponseReturnValue:
    """Makes a key, and shows it this once."""
    form = TokenForm()
    if not form.validate():
        return _page(form), 422
    draft = form.draft()
    with site().database.write() as tx:
        made = store.make(tx, viewer(), draft, site().clock())
    return flask.render_template("api_tokens/made.html", made=made, draft=draft)


@page(api_tokens, "/admin/api-keys/<int:number>/revoke", ADMINS)
def ask(number: int) -> ResponseReturnValue:
    """Asks once more before a key is made worth nothing."""
    with site().database.read() as tx:
        token = store.find(tx, TokenId(number)) or flask.abort(404)
    say = site().say
    return flask.render_template(
        "confirm.html",
        title=say("api_tokens.ask_title", name=token.name),
        says=[say("api_tokens.ask_text")],
        yes=say("api_tokens.ask_yes"),
        address=flask.url_for("api_tokens.revoke", number=number),
        back=flask.url_for("api_tokens.show"),
    )


@page(api_tokens, "/admin/api-keys/<int:number>/revoke", ADMINS, methods=("POST",))
def revoke(number: int) -> ResponseReturnValue:
    """Makes a key worth nothing."""
    with site().database.write() as tx:
        if not store.revoke(tx, viewer(), TokenId(number), site().clock()):
            flask.abort(404)
    flask.flash(site().say("api_tokens.revoked"))
    return flask.redirect(flask.url_for("api_tokens.show"), 303)


def _page(form: TokenForm) -> str:
    with site().database.read() as tx:
        tokens = store.listed(tx)
    return flask.render_template("api_tokens/show.html", form=form, tokens=tokens, now=site().clock())


def _end_of(day: date) -> datetime:
    """The moment at which that day is over in Japan."""
    return datetime.combine(day + timedelta(days=1), time(), JAPAN)


def _wrong(key: str, **values: object) -> ValidationError:
    return ValidationError(site().say(f"api_tokens.wrong.{key}", **values))
