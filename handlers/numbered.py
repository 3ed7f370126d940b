"""A number that is typed for one of what was shown."""

import re
from typing import Final

from handlers.turn import Turn

_NUMBER: Final = re.compile(
    r"([0-9一二三四五六七]{1,2})(?:番|番目|つめ|つ目|個目|で|です|を|番です|番で|番目です)?"
)
_KANJI: Final = {kanji: number for number, kanji in enumerate("一二三四五六七", 1)}


def number(turn: Turn) -> int | None:
    """A number and nothing else."""
    typed = _NUMBER.fullmatch(turn.plain)
    if typed is None:
        return None
    return _KANJI.get(typed[1]) or (int(typed[1]) if typed[1].isdecimal() else None)
