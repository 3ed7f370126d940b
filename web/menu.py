"""The menu: the parts of the service that a person may see, as the rules of their pages say."""

from dataclasses import dataclass
from typing import Final

import flask

from store.sight import Viewer
from web.rule import Guarded
from web.site import site

PARTS: Final = (
    *("home.home", "calls.show", "desk.show", "bookings.show", "slots.show", "waiting.show", "figures.show"),
    *("accounts.roster", "run_settings.show", "audit.show", "account.show"),
)
"""The first page of each part, in the order of the menu. What a part is called and is for: `menu.*` of the wording."""
"""The first page of each part, in the order of the menu. What a part is called and is for: `menu.*` of the wording."""


@dataclass(frozen=True, slots=True)
class Item:
    """One part in the menu."""

    label: str
    about: str
    """What it is for, in a sentence."""
    address: str
    current: str
    """`page`: this is it; `true`: this page belongs to it; empty: neither (the values of aria-current)."""


def menu(viewer: Viewer | None) -> tuple[Item, ...]:
    """The parts for this person; none where nobody is signed in."""
    if viewer is None:
        return ()
    return tuple(_item(part) for part in PARTS if _admits(part, viewer))


def _admits(part: str, viewer: Viewer) -> bool:
    view = flask.current_app.view_functions[part]
    return isinstance(view, Guarded) and view.rule.admits(viewer)


def _item(part: str) -> Item:
    address = flask.url_for(part)
    label, about = (site().say(f"menu.{part}.{each}") for each in ("label", "about"))
    return Item(label, about, address, _current(address, flask.request.path))


def _current(address: str, path: str) -> str:
    if path == address:
        return "page"
    return "true" if path.startswith(f"{address}/") else ""
