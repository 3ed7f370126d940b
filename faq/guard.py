"""Cells that a spreadsheet would run as a formula, made inert on the way out and restored on the way in."""

import re
from typing import Final

_RUNS: Final = "=+\\-@＝＋－＠\t\r\n"
"""What begins a formula, in Japanese Excel also at full width (OWASP, "CSV Injection")."""
_TO_GUARD: Final = re.compile(f"'*[{_RUNS}]")
_GUARDED: Final = re.compile(f"'+[{_RUNS}]")


def guarded(text: str) -> str:
    """The text with an apostrophe before it where a spreadsheet might run it."""
    return "'" + text if _TO_GUARD.match(text) else text


def unguarded(text: str) -> str:
    """The text that `guarded` was given."""
    return text[1:] if _GUARDED.match(text) else text
