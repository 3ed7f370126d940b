"""Where people begin: their own part of the service."""

import flask
from flask import Blueprint
from flask.typing import ResponseReturnValue

from web.rule import SIGNED_IN, page

home = Blueprint("home", __name__)


@page(home, "/home", SIGNED_IN, endpoint="home")
def show() -> ResponseReturnValue:
    """The parts that are theirs."""
    return flask.render_template("home.html")
