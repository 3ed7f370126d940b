"""The audit: every change and every look at personal data, written in the transaction of the act it tells of.

Just before the commit its rows are chained (`store/chain.py`), so that it shows where somebody changes them later.
"""

import json
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final, assert_never

from store import chain
from store.db import Tx
from store.residents import ResidentId
from store.sight import AccountId
from store.tables import audit


class Kind(StrEnum):
    """What was acted upon."""

    ACCOUNT = "account"
    SESSION = "session"
    SETTING = "setting"
    LINK = "link"
    RESIDENT = "resident"
    PARTICULARS = "particulars"
    BOOKING = "booking"
    SLOT = "slot"
    WAITING = "waiting"
    DRAW = "draw"
    NOTICE = "notice"
    TERMS = "terms"
    KNOWLEDGE = "knowledge"
    SECTION = "section"
    PROPOSAL = "proposal"
    QUERY = "query"
    CALL = "call"
    CANNED = "canned"
    BULLETIN = "bulletin"
    MAILING = "mailing"
    PROGRAM = "program"
    """Another program that asks, by a key of its own."""
    CLUSTER = "cluster"
    CALLBACK = "callback"
    SLIP = "slip"
    CASE = "case"
    COLLABORATION = "collaboration"
    """A proposal to work together with the city."""
    PHOTOGRAPH = "photograph"
    VOICE = "voice"
    """A voice as it is published."""
    VOICE_TAG = "voice_tag"
    CALL_FOR_HELP = "call_for_help"
    ALARM = "alarm"
    """Somebody may be in danger, or of which dangers staff are told."""
    DISASTER = "disaster"
    """The mode that is switched on, and what is said while it lasts."""
    CONTACT = "contact"
    """Whom staff are told through."""
    OUTBOX = "outbox"
    AUDIT = "audit"
    OPINION = "opinion"
    """On a draft of the city, and what the city answers to it."""
    RETENTION = "retention"
    DATABASE = "database"


@dataclass(frozen=True, slots=True)
class ByAccount:
    """Somebody at the city, signed in."""

    account: AccountId


@dataclass(frozen=True, slots=True)
class ByResident:
    """A resident, in LINE or on a form of their own."""

    resident: ResidentId


class Unattended(StrEnum):
    """What acts without anybody signed in."""

    SERVICE = "service"
    """The clock, or the worker."""
    COMMAND = "command"
    """Somebody at the machine's own terminal."""


SERVICE: Final = Unattended.SERVICE
COMMAND: Final = Unattended.COMMAND
Actor = ByAccount | ByResident | Unattended


def record(tx: Tx, by: Actor, act: str, kind: Kind, subject: str, now: datetime, **detail: str) -> None:
    """Notes an act in the same transaction. Neither `subject` (an id) nor `detail` may hold personal data."""
    actor, actor_id = _columns_of(by)
    tx.connection.execute(
        audit.insert().values(
            at=now,
            actor=actor,
            actor_id=actor_id,
            act=act,
            kind=kind.value,
            subject=subject,
            detail=json.dumps(detail, ensure_ascii=False, sort_keys=True),
        )
    )
    tx.closing.add(chain.close)


def _columns_of(by: Actor) -> tuple[str, int | None]:
    match by:
        case ByAccount(account):
            return "account", account
        case ByResident(resident):
            return "resident", resident
        case Unattended():
            return by.value, None
        case _:
            assert_never(by)
