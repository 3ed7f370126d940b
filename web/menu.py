"""The menu: the parts of the service that a person may see, as the rules of their pages say."""

from collections.abc import Callable, Container, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

import flask

from store import case_counts, undelivered
from store.db import Tx
from store.sight import Viewer
from web.rule import Guarded
from web.site import site

GROUPS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "": ("home.home",),
        "calls": (
            *("operators.show", "calls.show", "callbacks.show", "slips.show", "desk.show"),
            *("bulletins.show", "canned.show", "team.show"),
        ),
        "cases": ("cases.show", "voices.show", "opinions.show", "collaborations.show"),
        "bookings": ("bookings.show", "slots.show", "waiting.show"),
        "telling": ("mailings.show", "undelivered.show", "alarms.show", "disaster.show"),
        "knowledge": ("unmatched.show", "knowledge.show", "proposals.show", "freshness.show"),
        "running": (
            *("figures.show", "contacts.show", "accounts.roster", "run_settings.show"),
            *("api_tokens.show", "audit.show", "account.show"),
        ),
    }
)
"""The first page of each part, by what they are for, in the order of the menu. What a part is called and is for:
`menu.*` of the wording; what a group is called: `menu.group`."""
PARTS: Final = tuple(part for parts in GROUPS.values() for part in parts)


_COUNTED: Final[Mapping[str, Callable[[Tx, Viewer], int]]] = MappingProxyType(
    {"cases.show": case_counts.waiting, "undelivered.show": undelivered.count}
)
"""How much waits for somebody in the parts that say so."""


@dataclass(frozen=True, slots=True)
class Item:
    """One part in the menu."""

    label: str
    about: str
    """What it is for, in a sentence."""
    address: str
    current: str
    """`page`: this is it; `true`: this page belongs to it; empty: neither (the values of aria-current)."""
    waiting: str
    """How much waits there for them, in words; empty: nothing does."""


@dataclass(frozen=True, slots=True)
class Group:
    """Parts that are for one kind of work."""

    label: str
    """Empty for the home page, which belongs to none."""
    items: tuple[Item, ...]


def menu(viewer: Viewer | None) -> tuple[Group, ...]:
    """The parts for this person, by what they are for; none where nobody is signed in."""
    if viewer is None:
        return ()
    addresses = {part: flask.url_for(part) for part in PARTS if _admits(part, viewer)}
    here, waiting = _here(addresses.values()), _waiting(addresses, viewer)
    items = {part: _item(part, at, at == here, waiting.get(part, "")) for part, at in addresses.items()}
    theirs = {name: tuple(items[part] for part in parts if part in items) for name, parts in GROUPS.items()}
    return tuple(Group(_label(name), group) for name, group in theirs.items() if group)


def _label(group: str) -> str:
    return site().say(f"menu.group.{group}") if group else ""


def _admits(part: str, viewer: Viewer) -> bool:
    view = flask.current_app.view_functions[part]
    return isinstance(view, Guarded) and view.rule.admits(viewer)


def _waiting(parts: Container[str], viewer: Viewer) -> dict[str, str]:
    """What waits for the viewer, in words, by part."""
    with site().database.read() as tx:
        counts = {part: count(tx, viewer) for part, count in _COUNTED.items() if part in parts}
    return {
        part: site().say(f"{part.partition('.')[0]}.waiting", count=count)
        for part, count in counts.items()
        if count
    }


def _item(part: str, address: str, is_here: bool, waiting: str) -> Item:
    label, about = (site().say(f"menu.{part}.{each}") for each in ("label", "about"))
    exactly = address == flask.request.path
    return Item(label, about, address, ("page" if exactly else "true") if is_here else "", waiting)


def _here(addresses: Iterable[str]) -> str:
    """The part that the page belongs to, the narrowest where one lies within another; empty: none."""
    path = flask.request.path
    within = (each for each in addresses if path == each or path.startswith(f"{each}/"))
    return max(within, key=len, default="")
