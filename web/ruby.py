"""Readings beside names of places: the template filter `ruby`."""

import flask
from markupsafe import Markup

from faq.readings import Readings
from web.site import site

_OF_REQUEST = "readings_of_request"
_RUBY = Markup("<ruby>{}<rp>（</rp><rt>{}</rt><rp>）</rp></ruby>")


def ruby(text: str, readings: Readings | None = None) -> Markup:
    """The text, escaped, with readings over the names that nobody could guess; by default those of the city."""
    pieces = (readings or _readings()).segments(text)
    return Markup("").join(_RUBY.format(each.text, each.ruby) if each.ruby else each.text for each in pieces)


def _readings() -> Readings:
    """Of the city; asked for once a request."""
    if _OF_REQUEST not in flask.g:
        with site().database.read() as tx:
            setattr(flask.g, _OF_REQUEST, site().city(tx).readings)
    found = flask.g.get(_OF_REQUEST)
    assert isinstance(found, Readings)
    return found
