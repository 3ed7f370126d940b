"""What an editor is told whose record somebody else changed meanwhile; nothing of theirs is overwritten."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Overtaken:
    """Somebody was faster."""

    by: str
    """Their name, for colleagues."""
    at: datetime
