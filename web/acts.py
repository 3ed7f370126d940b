"""Rows of the audit in words: who, what, to which record."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import assert_never

from nlp.japan import JAPAN
from store.audit import Actor, ByAccount, ByResident, Unattended
from store.trail import Act
from web.site import Say

VALUED = ("role", "personal", "leads", "outside", "purpose", "reason", "urgency", "way", "danger", "waits")
"""The details that are one of a few words of the program."""


@dataclass(frozen=True, slots=True)
class Told:
    """An act as a person reads it."""

    act: Act
    who: str
    what: str
    about: str
    detail: str


def tell(say: Say, act: Act) -> Told:
    """What has no words yet stands as the program names it: nothing in the audit is left out."""
    return Told(
        act=act,
        who=_who(say, act.by, act.name),
        what=_word(say, key(act.kind, act.act), act.act),
        about=f"{_word(say, f'audit.kinds.{act.kind}', act.kind)} {act.subject}".strip(),
        detail="、".join(
            f"{_word(say, f'audit.details.{name}', name)}：{_value(say, name, text)}"
            for name, text in act.detail.items()
        ),
    )


def key(kind: str, act: str) -> str:
    """Where the words of an act stand: `audit.acts.booking.held` for `booking.held`, and for `held` of a booking."""
    whole = act if "." in act else f"{kind}.{act}"
    return "audit.acts." + whole.replace(" ", "_").replace("-", "_")


def _word(say: Say, name: str, otherwise: str) -> str:
    try:
        return say(name)
    except KeyError:
        return otherwise


def _value(say: Say, name: str, text: str) -> str:
    """A word of the program in words; what is a number, an id or a date stays as it is."""
    if not text:
        return say("audit.nothing")
    return _word(say, f"audit.values.{name}.{text.replace(' ', '_')}", text) if name in VALUED else text


def _who(say: Say, by: Actor, name: str) -> str:
    match by:
        case ByAccount(account):
            return name or say("audit.actors.account", number=account)
        case ByResident(resident):
            return say("audit.actors.resident", number=resident)
        case Unattended():
            return say(f"audit.actors.{by.value}")
        case _:
            assert_never(by)


def rows(say: Say, acts: Iterable[Act]) -> Iterable[list[str]]:
    """The heading, then a row an act, for a file; moments in Japan's time."""
    yield [say(f"audit.columns.{name}") for name in ("place", "at", "who", "what", "about", "detail")]
    for act in acts:
        told = tell(say, act)
        at = act.at.astimezone(JAPAN).isoformat(sep=" ", timespec="seconds").removesuffix("+09:00")
        yield [str(act.place), at, told.who, told.what, told.about, told.detail]
