"""The pages of a long list: the address of another one, with all that is asked for as it is."""

from urllib.parse import urlencode

import flask


def at_page(number: int) -> str:
    """The address of the same list at another page, from 0."""
    return with_changed(page=str(number))


def with_changed(**values: str | None) -> str:
    """The address of the same list with these values, and without those that are None."""
    given = {**flask.request.args.to_dict(), **values}
    told = urlencode({name: value for name, value in given.items() if value is not None})
    return f"{flask.request.path}?{told}" if told else flask.request.path
