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
    number = flask.request.form.get(name, NOBODYS, type=int)
    return number if 0 <= number <= LARGEST else NOBODYS
