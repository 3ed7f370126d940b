"""The command `user`: accounts of the people at the city, for who stands at the machine itself."""

import sys
from datetime import datetime

from nlp.japan import JAPAN
from store import accounts, credentials, invitations, places
from store.accounts import Account, Draft, NameTaken
from store.audit import COMMAND
from store.db import Database, Tx
from store.invitations import Invitation

Address = str
"""Under which the service is reached, without a slash at the end."""


def add(database: Database, draft: Draft, address: Address, now: datetime) -> int:
    """Makes an account and prints its first sign-in link; the exit code."""
    if not accounts.is_name(draft.name):
        return _wrong(f"A name has 1 to {accounts.LONGEST_NAME} letters and no spaces")
    if draft.outside and not accounts.may_be_outside(draft.role):
        return _wrong("Only operators can be of a contractor; leave out --outside, or choose --role operator")
    with database.write() as tx:
        if draft.section is not None and not _is_section(tx, draft.section):
            return _wrong(f"There is no section {draft.section}; `export sections FILE.csv` lists them")
        made = accounts.add(tx, draft, COMMAND, now)
        if isinstance(made, NameTaken):
            return _wrong(
                f"There is an account {made.name} already; `user reset {made.name}` makes a new link"
            )
        invitation = invitations.invite(tx, made.id, COMMAND, now)
    sys.stdout.write(f"Made the account {made.name} ({_rights(made)}).\n")
    return _hand_out(invitation, address)


def reset(database: Database, name: str, address: Address, now: datetime, *, authenticator: bool) -> int:
    """Takes the password from an account, with the authenticator app where that is lost; prints a new link."""
    with database.write() as tx:
        found = accounts.named(tx, name)
        if found is None:
            return _unknown(name)
        if not found.active:
            return _wrong(f"{found.name} is disabled; `user enable {found.name}` comes first")
        invitation = invitations.reset(tx, found.id, COMMAND, now)
        if authenticator:
            credentials.forget_authenticator(tx, found.id, COMMAND, now)
    sys.stdout.write(f"The password of {found.name} and all its sessions are void.\n")
    return _hand_out(invitation, address)


def set_active(database: Database, name: str, now: datetime, *, active: bool) -> int:
    """Lets an account in again, or keeps it out and ends its sessions."""
    with database.write() as tx:
        found = accounts.named(tx, name)
        if found is None:
            return _unknown(name)
        changed = accounts.set_active(tx, found.id, COMMAND, now, active=active)
    state = "may sign in" if active else "may not sign in"
    sys.stdout.write(f"{found.name} {state}{' from now on' if changed else ', as before'}.\n")
    return 0


def show_all(database: Database) -> int:
    """Lists the accounts."""
    with database.read() as tx:
        found = accounts.every(tx)
    for account in found:
        sys.stdout.write(f"{account.name}  {_rights(account)}  {_state(account)}\n")
    if not found:
        sys.stdout.write("There are no accounts. `user add NAME --role admin` makes the first.\n")
    return 0


def _hand_out(invitation: Invitation, address: Address) -> int:
    until = invitation.expires_at.astimezone(JAPAN)
    sys.stdout.write(
        f"Hand this address to its owner, who chooses a password there, once, until {until:%Y-%m-%d %H:%M} in Japan:\n"
        f"{address}/welcome/{invitation.token}\n"
    )
    return 0


def _is_section(tx: Tx, section: str) -> bool:
    return any(section == each.id for each in places.all_sections(tx))


def _rights(account: Account) -> str:
    parts = [account.role.value]
    if account.section is not None:
        parts.append(f"section {account.section}")
    if account.personal:
        parts.append("personal data")
    if account.leads:
        parts.append("leads operators")
    if account.outside:
        parts.append("of a contractor")
    return ", ".join(parts)


def _state(account: Account) -> str:
    if not account.active:
        return "disabled"
    if account.signed_in_at is None:
        return "never signed in"
    return f"last signed in {account.signed_in_at.astimezone(JAPAN):%Y-%m-%d %H:%M}"


def _unknown(name: str) -> int:
    return _wrong(f"There is no account {name}; `user list` lists them")


def _wrong(problem: str) -> int:
    sys.stderr.write(f"{problem}\n")
    return 1
