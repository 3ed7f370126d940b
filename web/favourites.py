"""Stars: what an operator marked, at hand in the order of use."""

from dataclasses import dataclass

import flask
from flask import Blueprint
from flask.typing import ResponseReturnValue

from faq.models import FaqEntry
from store import favourites as store
from web.door import viewer
from web.partial import partial
from web.places import onward
from web.rule import PART, SIGNED_IN, page
from web.site import site
from web.suggested import Thing, key_of, thing_of

favourites = Blueprint("favourites", __name__)


@dataclass(frozen=True, slots=True)
class Favourite:
    """A thing in the list."""

    key: str
    title: str


@page(favourites, "/operators/favourites", SIGNED_IN, methods=("POST",))
def mark() -> ResponseReturnValue:
    """Sets the star of a thing (`star` is `yes`), or takes it off."""
    form, here = flask.request.form, site()
    key, wanted = form.get("chosen", ""), form.get("star") == "yes"
    if _thing(key) is None:
        flask.abort(404)
    with here.database.write() as tx:
        if wanted:
            store.mark(tx, viewer().account, key, here.clock())
        else:
            store.unmark(tx, viewer().account, key)
    if onward(form.get("back", "")):
        return flask.redirect(form["back"], 303)
    return partial("favourites/star.html", key=key)


@page(favourites, "/operators/favourites/list", PART)
def part() -> ResponseReturnValue:
    """The list for the operators' page."""
    return partial("favourites/list.html")


def favourite_things() -> tuple[Favourite, ...]:
    """Theirs, what was used last first, for templates; what is gone from the knowledge is left out."""
    here = site()
    with here.database.read() as tx:
        known, keys = here.city(tx), store.listed(tx, viewer().account)
    found = (thing_of(known, key) for key in keys)
    return tuple(Favourite(key_of(each), _title(each)) for each in found if each is not None)


def has_star(key: str) -> bool:
    """Whether they marked it, for templates."""
    with site().database.read() as tx:
        return store.is_marked(tx, viewer().account, key)


def used(key: str) -> None:
    """Notes that a thing was opened: one of theirs comes to the top."""
    here = site()
    if has_star(key):
        with here.database.write(synced=False) as tx:
            store.use(tx, viewer().account, key, here.clock())


def _thing(key: str) -> Thing | None:
    with site().database.read() as tx:
        return thing_of(site().city(tx), key) if len(key) <= store.LONGEST else None


def _title(thing: Thing) -> str:
    return thing.question if isinstance(thing, FaqEntry) else thing.name
