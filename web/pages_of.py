"""The pages of a long list: the address of another one, with all that is asked for as it is."""

from urllib.parse import urlencode

import flask


def at_page(number: int) -> str:
    """The address of the same list at another page, from 0."""
    given = {**flask.request.args.to_dict(), "page": str(number)}
    return f"{flask.request.path}?{urlencode(given)}"
