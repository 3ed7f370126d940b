"""Proving by a password: each try is counted before it is checked, and checked outside of any transaction."""

import logging
import math
from dataclasses import dataclass
from enum import Enum, auto

from store import credentials, tries
from store.accounts import Account, folded
from store.credentials import Kept
from store.db import Tx
from store.sight import AccountId
from store.tries import Limit, Wait
from web import visitor
from web.passwords import LONGEST, Verified
from web.site import site

log = logging.getLogger(__name__)

ACCOUNT_MOST = 10
"""Tries of one account in any 15 minutes, from wherever they come."""
ADDRESS_MOST = 200
"""Tries from one address: a city hall may have one for all who come to work in the same quarter of an hour."""


class Wrong(Enum):
    """What was shown proves nothing; why is not told."""

    WRONG = auto()


@dataclass(frozen=True, slots=True)
class Proven:
    """The password was right when it was checked."""

    kept: Kept
    better: str | None
    """Its hash with the present parameters, where it was kept with others."""

    def hold(self, tx: Tx) -> bool:
        """Whether it still is, and the account may sign in; keeps the better hash."""
        if not credentials.is_still(tx, self.kept):
            return False
        if self.better is not None:
            credentials.rehash(tx, self.kept, self.better)
        return True


def password_limit(name: str) -> Limit:
    """Of a name, whether there is an account or not."""
    return Limit(f"account {folded(name)}", ACCOUNT_MOST)


def code_limit(account: AccountId) -> Limit:
    """Of codes of the authenticator app; apart from passwords, since a sign-in needs one of each."""
    return Limit(f"code {account}", ACCOUNT_MOST)


def prove(name: str, password: str) -> Proven | Wrong | Wait:
    """Checks a name and a password. Takes as long for a name that does not exist."""
    waits = count(password_limit(name))
    if waits is not None:
        return waits
    here = site()
    with here.database.read() as tx:
        kept = credentials.kept_of(tx, name)
    verified = here.passwords.verify(kept.password if kept else None, password[: LONGEST + 1])
    if kept is None or verified is Verified.NO:
        log.warning("a sign-in from %s was refused", visitor.address())
        return Wrong.WRONG
    return Proven(kept, here.passwords.hash(password) if verified is Verified.YES_BUT_OLD else None)


def prove_own(account: Account, password: str) -> Proven | Wrong | Wait:
    """The same for who is signed in, and counted together with their sign-ins."""
    return prove(account.name, password)


def count(limit: Limit) -> Wait | None:
    """Counts a try against a limit and that of the visitor's address."""
    here, now = site(), site().clock()
    limits = (limit, Limit(f"address {visitor.address()}", ADDRESS_MOST))
    with here.database.read() as tx:
        waits = tries.wait(tx, limits, now)
    if waits is not None:
        log.warning("a sign-in from %s has to wait: too many tries", visitor.address())
        return waits
    with here.database.write(synced=False) as tx:
        return tries.take(tx, limits, now)


def told(waits: Wait) -> str:
    """How long one has to wait, for the visitor."""
    left = (waits.until - site().clock()).total_seconds()
    return site().say("login.wait", minutes=max(1, math.ceil(left / 60)))
