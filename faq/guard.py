"""Cells that a spreadsheet would run as a formula, made inert on the way out and restored on the way in."""

import re
from collections.abc import Sequence
from typing import Final

_RUNS: Final = "=+\\-@＝＋－＠\t\r\n"
"""What begins a formula, in Japanese Excel also at full width (OWASP, "CSV Injection")."""
_UNSEEN: Final = "\x00-\x1f\x7f-\x9f\u200b-\u200f\u2060\ufeff"
"""LibreOffice drops control characters, and runs what follows them."""
_TO_GUARD: Final = re.compile(f"'*[{_UNSEEN}]*[{_RUNS}]")
_GUARDED: Final = re.compile(f"'+[{_UNSEEN}]*[{_RUNS}]")
_TO_QUOTE: Final = re.compile('[,;\t"\r\n]|^ | $')
"""What some program takes for the end of a cell: LibreOffice parts cells at commas, semicolons and tabs all at once, so
that an unquoted `x;=1+1` would be two cells, of which one runs."""


def guarded(text: str) -> str:
    """The text with an apostrophe before it where a spreadsheet might run it."""
    return "'" + text if _TO_GUARD.match(text) else text


def unguarded(text: str) -> str:
    """The text that `guarded` was given."""
    return text[1:] if _GUARDED.match(text) else text


def delimited(cells: Sequence[str], delimiter: str, end: str = "\r\n") -> str:
    """One line of a CSV or TSV file (RFC 4180) in which no cell runs, whichever separators its reader believes in."""
    line = delimiter.join(_quoted(guarded(cell)) for cell in cells)
    return (line or '""') + end  # an empty line would be no row at all


def _quoted(cell: str) -> str:
    return '"' + cell.replace('"', '""') + '"' if _TO_QUOTE.search(cell) else cell
