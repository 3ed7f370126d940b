"""What an administrator does with another's account by a button. What cannot be taken back is asked once more."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Final, assert_never

import flask
from flask import Blueprint
from flask.typing import ResponseReturnValue

from store import accounts, administering
from store.accounts import Account
from store.administering import Invited, Refusal
from store.db import Tx
from store.sessions import SessionId
from store.sight import AccountId, Viewer
from web import door
from web.rule import ADMINS, page
from web.site import site

account_acts = Blueprint("account_acts", __name__)

_Act = Callable[[Tx, Viewer, AccountId, datetime], Account | Invited | Refusal]
_LINK: Final = "link"
_ASKED: Final[Mapping[str, _Act]] = {
    _LINK: administering.invite,
    "forget-authenticator": administering.forget_authenticator,
    "unbind": administering.unbind,
    "end-sessions": administering.end_sessions,
}
_ONE: Final = "/admin/accounts/<int:account_id>"
_ASKED_PATH: Final = f"{_ONE}/<any({', '.join(repr(act) for act in _ASKED)}):act>"


@page(account_acts, _ASKED_PATH, ADMINS)
def ask(account_id: int, act: str) -> ResponseReturnValue:
    """Asks once more, and says what will be lost."""
    with site().database.read() as tx:
        account = accounts.find(tx, door.viewer(), AccountId(account_id)) or flask.abort(404)
    if account.id == door.viewer().account:
        return _answered(Refusal.ONESELF, account_id, act)
    return _confirm(account, act, f"account_acts.{_words_of(account, act)}")


def _words_of(account: Account, act: str) -> str:
    if act == _LINK:
        return "reset" if account.has_password else "invite"
    return act.replace("-", "_")


def _confirm(account: Account, act: str, words: str) -> ResponseReturnValue:
    say = site().say
    return flask.render_template(
        "confirm.html",
        title=say(f"{words}.title", shown=account.shown),
        says=say(f"{words}.text").splitlines(),
        yes=say(f"{words}.yes"),
        address=flask.url_for("account_acts.do", account_id=account.id, act=act),
        back=flask.url_for("accounts.one", account_id=account.id),
    )


@page(account_acts, _ASKED_PATH, ADMINS, methods=("POST",))
def do(account_id: int, act: str) -> ResponseReturnValue:
    """Does what was asked."""
    here, by, whom = site(), door.viewer(), AccountId(account_id)
    with here.database.write() as tx:
        found = _ASKED[act](tx, by, whom, here.clock())
    return _answered(found, account_id, act)


@page(account_acts, f"{_ONE}/<any('disable', 'enable'):act>", ADMINS, methods=("POST",))
def switch(account_id: int, act: str) -> ResponseReturnValue:
    """Keeps an account out, or lets it in again: each takes the other back."""
    here = site()
    with here.database.write() as tx:
        found = administering.set_active(
            tx, door.viewer(), AccountId(account_id), here.clock(), active=act == "enable"
        )
    return _answered(found, account_id, act)


@page(account_acts, f"{_ONE}/sessions/<int:session_id>/end", ADMINS, methods=("POST",))
def end_session(account_id: int, session_id: int) -> ResponseReturnValue:
    """Ends one session."""
    here, whom = site(), AccountId(account_id)
    with here.database.write() as tx:
        found = administering.end_session(tx, door.viewer(), whom, SessionId(session_id), here.clock())
    return _answered(found, account_id, "end-session")


def _answered(found: Account | Invited | Refusal, account_id: int, act: str) -> ResponseReturnValue:
    say = site().say
    match found:
        case Refusal.NOT_THERE:
            flask.abort(404)
        case Refusal():
            flask.flash(say(f"accounts.refusals.{found}"), "bad")
        case Invited():
            return flask.render_template(
                "account_link.html", account=found.account, invitation=found.invitation
            )
        case Account():
            flask.flash(say(f"account_acts.{act.replace('-', '_')}.done", shown=found.shown), "good")
        case _:
            assert_never(found)
    return flask.redirect(flask.url_for("accounts.one", account_id=account_id), 303)
