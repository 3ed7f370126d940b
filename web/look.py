"""Light or dark, as the visitor chooses: kept in a cookie, so that it needs no script and no account."""

from enum import StrEnum

import flask
from flask import Blueprint
from flask.typing import ResponseReturnValue

from web.places import is_local
from web.rule import EVERYBODY, page
from web.site import site

A_YEAR = 365 * 24 * 60 * 60


class Look(StrEnum):
    """What pages look like."""

    SYSTEM = ""
    """As the visitor's system wishes."""
    LIGHT = "light"
    DARK = "dark"


look = Blueprint("look", __name__)


def current_look() -> Look:
    """What this visitor chose."""
    return _look(flask.request.cookies.get(_cookie_name(), ""))


@page(look, "/look", EVERYBODY, methods=["POST"])
def choose() -> ResponseReturnValue:
    """Keeps the choice and shows the page again from which it was made."""
    back = flask.request.form.get("back", "")
    response = flask.redirect(back if is_local(back) else "/", 303)
    chosen = _look(flask.request.form.get("look", ""))
    if chosen is Look.SYSTEM:
        response.delete_cookie(_cookie_name(), secure=site().is_secure, httponly=True, samesite="Lax")
    else:
        response.set_cookie(
            _cookie_name(), chosen.value, A_YEAR, secure=site().is_secure, httponly=True, samesite="Lax"
        )
    return response


def _cookie_name() -> str:
    """Over HTTPS a name that browsers accept from this host alone."""
    return "__Host-look" if site().is_secure else "look"


def _look(text: str) -> Look:
    return Look(text) if text in set(Look) else Look.SYSTEM
