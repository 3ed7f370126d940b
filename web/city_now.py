"""What the city knows, for pages that only look: asked for once a request."""

from typing import Final

import flask

from web.known import Known
from web.site import site

_OF_REQUEST: Final = "city_of_request"


def city_now() -> Known:
    """As of the first time that this request asked."""
    found = flask.g.get(_OF_REQUEST)
    if found is None:
        with site().database.read() as tx:
            found = site().city(tx)
        setattr(flask.g, _OF_REQUEST, found)
    assert isinstance(found, Known)
    return found
