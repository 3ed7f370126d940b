"""The administrator's pages of accounts: the roster, adding one, and one with all that belongs to it."""

from enum import StrEnum
from typing import TypeVar
from urllib.parse import urlencode

import flask
from flask import Blueprint
from flask.typing import ResponseReturnValue

from faq.counters import SectionId
from store import accounts as kept
from store import administering, places, roster, sessions
from store.accounts import Account, NameTaken
from store.administering import Refusal
from store.roster import PAGE, State, Wanted
from store.sight import AccountId, Role
from web import door, visitor
from web.account_form import AccountForm, form_for
from web.rule import ADMINS, page
from web.section_names import section_names
from web.site import site

accounts = Blueprint("accounts", __name__)

Choice = TypeVar("Choice", bound=StrEnum)


@page(accounts, "/admin/accounts", ADMINS, endpoint="roster")
def show_roster() -> ResponseReturnValue:
    """The accounts, searched and filtered."""
    given = flask.request.args
    wanted = Wanted(
        given.get("text", "")[:100],
        _chosen(Role, given.get("role", "")),
        _chosen(State, given.get("state", "")),
        SectionId(given["section"]) if given.get("section") else None,
    )
    at = max(0, given.get("page", 0, int))
    with site().database.read() as tx:
        listed = roster.listed(tx, door.viewer(), wanted, min(at, 10_000))
        names = section_names(tx)
    last = max(0, (listed.total - 1) // PAGE)
    return flask.render_template(
        "accounts.html",
        listed=listed,
        wanted=wanted,
        sections=names,
        roles=[(role.value, site().say(f"roles.{role}")) for role in Role],
        states=[(state.value, site().say(f"states.{state}")) for state in State],
        state_of=roster.state_of,
        first=at * PAGE + 1,
        before=_at_page(at - 1) if at > 0 else None,
        after=_at_page(at + 1) if at < last else None,
    )


@page(accounts, "/admin/accounts/new", ADMINS, methods=("GET", "POST"))
def add() -> ResponseReturnValue:
    """Adds an account, and shows its first sign-in link once."""
    here = site()
    with here.database.read() as tx:
        form = form_for(None, places.all_sections(tx), places.all_offices(tx))
    if form.validate_on_submit():
        with here.database.write() as tx:
            made = administering.add(tx, door.viewer(), form.draft(), here.clock())
        if not isinstance(made, NameTaken):
            return flask.render_template(
                "account_link.html", account=made.account, invitation=made.invitation
            )
        form.name.errors = [here.say("account_form.name.taken")]
    return flask.render_template("account_new.html", form=form), 422 if form.errors else 200


@page(accounts, "/admin/accounts/<int:account_id>", ADMINS, methods=("GET", "POST"), endpoint="one")
def show_one(account_id: int) -> ResponseReturnValue:
    """An account; takes what is changed of it."""
    here = site()
    with here.database.read() as tx:
        account = kept.find(tx, door.viewer(), AccountId(account_id)) or flask.abort(404)
        form = form_for(account, places.all_sections(tx), places.all_offices(tx))
    if form.validate_on_submit() and _changed(account, form):
        flask.flash(here.say("accounts.changed", shown=form.draft().shown), "good")
        return flask.redirect(flask.url_for("accounts.one", account_id=account_id), 303)
    return _shown(account, form), 422 if form.errors else 200


def _changed(account: Account, form: AccountForm) -> bool:
    """Whether the account is what the form says; else the form says why not."""
    here = site()
    with here.database.write() as tx:
        after = administering.change(tx, door.viewer(), account.id, form.draft(), here.clock())
    match after:
        case NameTaken():
            form.name.errors = [here.say("account_form.name.taken")]
        case Refusal():
            form.role.errors = [here.say(f"accounts.refusals.{after}")]
        case Account():
            return True
    return False


def _shown(account: Account, form: AccountForm) -> str:
    here = site()
    with here.database.read() as tx:
        open_sessions = sessions.of(tx, account.id, here.clock())
    return flask.render_template(
        "account_of_another.html",
        account=account,
        form=form,
        sessions=open_sessions,
        device_name=visitor.device_name,
        state=roster.state_of(account),
        is_me=account.id == door.viewer().account,
    )


def _chosen(kind: type[Choice], text: str) -> Choice | None:
    return kind(text) if text in set(kind) else None


def _at_page(number: int) -> str:
    given = {**flask.request.args.to_dict(), "page": str(number)}
    return f"{flask.request.path}?{urlencode(given)}"
