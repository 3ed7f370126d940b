"""The numbers of rows, as addresses and forms have them: what no column can hold is nobody's."""

from typing import Final

import flask
from werkzeug.routing import IntegerConverter, Map

LARGEST: Final = 2**63 - 1
"""Of a BIGINT; a larger one fails in the database instead of finding nothing."""
NOBODYS: Final = -1


class RowNumber(IntegerConverter):
    """`<int:number>` in the path of a page."""

    def __init__(self, map: Map) -> None:  # noqa: A002 -- as werkzeug calls it
        super().__init__(map, max=LARGEST)


def sent_number(name: str) -> int:
    """The number of a row in the form that was sent; `NOBODYS` where there is none."""
    return number_of(flask.request.form.get(name, ""))


def number_of(text: str) -> int:
    """The number of a row that a text is; `NOBODYS` where it is none."""
    # The length first: Python refuses to read numbers of thousands of digits.
    number = int(text) if text.isdecimal() and len(text) <= len(str(LARGEST)) else NOBODYS
    return number if number <= LARGEST else NOBODYS
