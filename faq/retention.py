"""How long what is personal is kept, and why: `data/retention.toml`."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Any

from faq.models import Status

MOST_DAYS = 36_525
"""A hundred years: more is a slip of the pen."""


class Purpose(StrEnum):
    """What a set of particulars was asked for."""

    CONSULTATION = "consultation"
    EVENT = "event"
    APPLICATION = "application"
    CALLBACK = "callback"
    SLIP = "slip"
    CASE = "case"
    OPINION = "opinion"
    COLLABORATION = "collaboration"


class Trace(StrEnum):
    """What the service keeps besides, and whose rows go when their time is over."""

    CONVERSATIONS = "conversations"
    """What an open talk is about."""
    QUESTIONS = "questions"
    """The masked words of a question; that it was asked stays, for the figures."""
    CALLS = "calls"
    """The masked words of a call in the operators' log; the call stays, for the figures."""
    DESK = "desk"
    """The masked words of callbacks and slips that are settled, and of calls for help."""
    CASES = "cases"
    """All that was said in a case that is closed, under its own key; the case stays, for the figures."""
    OPINIONS = "opinions"
    """What was said in opinions whose results are public, each under its own key; that there was one stays."""
    COLLABORATIONS = "collaborations"
    """All words of a proposal to work together with the city that is over; what was published stays."""
    EVENTS = "events"
    """That an event of LINE was handled: its id, against a second coming."""
    REPLIES = "replies"
    """That something was sent, and when."""
    FAILURES = "failures"
    """What could not be answered, sent or relayed, and was given up."""
    RELAYED = "relayed"
    """That something went on to the other system."""
    BUTTONS = "buttons"
    LINKS = "links"
    SESSIONS = "sessions"
    TRIES = "tries"
    NOTICES = "notices"
    """That a reminder or another notice went out."""
    STAFF_NOTICES = "staff_notices"
    TO_TELL = "to_tell"
    """That somebody wants to be told once their question has an answer."""
    MAILED = "mailed"
    """Who was sent a notice by choice; how many were stays, for the figures."""
    PERSONS = "persons"
    """By which a person is told from others in past bookings: a keyed hash. The booking stays, for the figures."""
    UNFOLLOWED = "unfollowed"
    """Who blocked the account: all of theirs, unless a booking is still to come or a case stands."""
    ALARMS = "alarms"
    """That somebody may have been in danger, and what staff did; the words went after a day."""
    AUDIT = "audit"


@dataclass(frozen=True, slots=True)
class Rule:
    """How long one thing is kept."""

    label: str
    """What it is, in Japanese."""
    days: int
    after: str
    """The event that they are counted from, in Japanese."""
    reason: str
    source: str
    source_url: str
    status: Status
    """Whether the city has confirmed the days."""

    def day_after(self, event: date) -> date:
        """The day on which it is deleted, for an event of that day."""
        return event + timedelta(days=self.days)


@dataclass(frozen=True, slots=True)
class Retention:
    """All rules."""

    particulars: Mapping[Purpose, Rule]
    traces: Mapping[Trace, Rule]

    def delete_on(self, purpose: Purpose, event: date) -> date:
        """The day on which particulars go: so many days after the event (of a booking, the day that is booked)."""
        return self.particulars[purpose].day_after(event)


class WrongRetention(ValueError):
    """retention.toml lacks something, or it is of the wrong form."""


def read_retention(path: Path) -> Retention:
    """Raises WrongRetention, saying what to mend; OSError where there is no such file."""
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise WrongRetention(f"{path} is not TOML in UTF-8: {error}") from error
    try:
        _refuse_others(raw, {"particulars", "traces"}, "")
        return Retention(
            {Purpose(name): rule for name, rule in _rules(raw, "particulars", Purpose).items()},
            {Trace(name): rule for name, rule in _rules(raw, "traces", Trace).items()},
        )
    except WrongRetention as error:
        raise WrongRetention(f"{path}: {error}") from error


def _rules(raw: Mapping[str, Any], table: str, names: type[Purpose | Trace]) -> Mapping[str, Rule]:
    given = raw.get(table)
    if not isinstance(given, dict):
        raise WrongRetention(f"the table [{table}] is missing")
    _refuse_others(given, set(names), f"{table}.")
    for name in names:
        if not isinstance(given.get(name), dict):
            raise WrongRetention(f"the table [{table}.{name}] is missing")
    return {name: _rule(f"{table}.{name}", rule) for name, rule in given.items()}


def _refuse_others(given: Mapping[str, Any], known: set[str], before: str) -> None:
    if unknown := sorted(set(given) - known):
        told = ", ".join(sorted(known))
        raise WrongRetention(f"[{before}{unknown[0]}] is no thing that is kept; these are: {told}")


def _rule(name: str, raw: Mapping[str, Any]) -> Rule:
    days = raw.get("days")
    if not isinstance(days, int) or isinstance(days, bool) or not 0 <= days <= MOST_DAYS:
        raise WrongRetention(f"{name}: days must be a whole number from 0 to {MOST_DAYS}")
    texts = {key: raw.get(key) for key in ("label", "after", "reason", "source", "source_url", "status")}
    for key, text in texts.items():
        if not isinstance(text, str) or not text.strip():
            raise WrongRetention(f"{name}: {key} is missing")
    if texts["status"] not in set(Status):
        raise WrongRetention(f"{name}: status must be one of: {', '.join(Status)}")
    found = {key: str(text) for key, text in texts.items() if key != "status"}
    return Rule(days=days, status=Status(str(texts["status"])), **found)
