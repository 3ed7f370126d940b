"""Setting up the authenticator app: a secret is shown, and kept once the app has shown a code of it."""

from dataclasses import dataclass

from flask_wtf import FlaskForm
from markupsafe import Markup
from wtforms import HiddenField, StringField

from store import credentials, sessions
from store.accounts import Account
from store.db import Tx
from store.sessions import Session
from web import authenticator
from web.site import site


class SettingUpForm(FlaskForm):  # type: ignore[misc]
    """The secret that was shown, sealed, and the code that the app made of it."""

    draft = HiddenField()
    code = StringField()


@dataclass(frozen=True, slots=True)
class Offer:
    """A secret that the app is to take."""

    draft: str
    """Sealed, for the form to bring back."""
    picture: Markup
    address: str
    secret: str
    """In groups of four, to be typed."""


def offer(account: Account, draft: str = "") -> Offer:
    """The secret of this draft again, so that who mistyped a code need not begin anew; else a new one."""
    with site().database.read() as tx:
        secret = credentials.open_draft(tx, account.id, draft) or authenticator.new_secret()
        sealed = credentials.seal_draft(tx, account.id, secret)
    say = site().say
    address = authenticator.address(
        secret, account.name, say("authenticator.issuer", city=site().profile.name)
    )
    picture = authenticator.picture(address, say("authenticator.picture"))
    return Offer(sealed, picture, address, authenticator.grouped(secret))


def risen(tx: Tx, session: Session, draft: str, code: str) -> str | None:
    """Keeps the secret of the draft where the code is one of its codes of this moment; the session's new token."""
    now, account = site().clock(), session.account.id
    secret = credentials.open_draft(tx, account, draft)
    step = authenticator.step_of(secret, code, now) if secret is not None else None
    if secret is None or step is None:
        return None
    token = sessions.rise(tx, session, now)
    if token is not None:  # else it was ended meanwhile, and sets nothing up any more
        credentials.set_authenticator(tx, account, secret, step, now)
    return token
