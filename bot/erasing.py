"""The command `erase`: a resident asks that nothing of theirs is kept."""

import sys
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from store import erasure, keys_file, residents
from store.audit import COMMAND
from store.db import Database, Tx
from store.erasure import Erased
from store.residents import ResidentId

_TRIES = 20
_PAUSE = 0.5
"""Seconds between tries to clear SQLite's log, while somebody reads it."""

_GOES = """\
These go:
  the LINE user id, and the key under which everything of theirs is sealed
  {particulars} sets of personal data from forms and the counter
  {bookings} bookings that are still to come: they are cancelled, and their places are free
  the words of {questions} questions
  the words of {cases} cases: those that stand are closed
  the open talk, buttons, one-time links, and what waits to be answered or sent
These stay, without anything that leads to the resident:
  {questions} questions as numbers (when, answered or not), for the figures
  {cases} cases as numbers (when, which section), for the figures
  past bookings as numbers (when, which consultation)
  the audit: that numbered records were made, read and erased, and by whom
"""


NOBODY = "There is no such resident: nobody was erased. Was the id typed right, or erased before?\n"


def erase(database: Database, keys: Path | None, who: str, now: datetime, agrees: Callable[[], bool]) -> int:
    """Erases the resident of this LINE user id, or number, once the person at the terminal agrees; the exit code.

    It may be run again after it was interrupted: what is left to do is done.
    """
    with database.read() as tx:
        resident = _find(tx, who)
        weighed = None if resident is None else erasure.weigh(tx, resident, now)
    if weighed is not None:
        sys.stdout.write(_told(weighed))
        if not agrees():
            sys.stdout.write("Nothing was erased.\n")
            return 1
        with database.write() as tx:
            if (resident := _find(tx, who)) is not None:
                erasure.erase(tx, resident, COMMAND, now)
    if weighed is None:
        sys.stderr.write(NOBODY)
    else:
        sys.stdout.write("Erased.\n")
    return _clear_copies(database, keys)


def _find(tx: Tx, who: str) -> ResidentId | None:
    if not who.isdecimal():
        return residents.lookup(tx, who)
    found = residents.find(tx, ResidentId(int(who)))
    return None if found is None else found.id


def _told(weighed: Erased) -> str:
    return _GOES.format(
        particulars=weighed.particulars,
        bookings=weighed.bookings,
        questions=weighed.questions,
        cases=weighed.cases,
    )


def _clear_copies(database: Database, keys: Path | None) -> int:
    """What was erased goes from the copy of the keys and from SQLite's log; the exit code."""
    if keys_file.renew(database, keys):
        sys.stdout.write(
            f"{keys} is written anew: in older backups, what was erased can no longer be read.\n"
        )
    else:
        sys.stdout.write(
            f"There is no copy of the keys at {keys}. If you have one elsewhere, replace it now.\n"
        )
    for _ in range(_TRIES):
        if database.forget():
            return 0
        time.sleep(_PAUSE)
    sys.stderr.write(
        "Somebody keeps reading the database, so its log still holds old pages: run erase again.\n"
    )
    return 1
