"""Japanese eras: 令和8年 and 2026."""

from datetime import date

_FIRST_YEAR = {
    "令和": 2019,  # 元号を改める政令 (平成31年政令第143号)
    "平成": 1989,  # 元号を改める政令 (昭和64年政令第1号)
    "昭和": 1926,
    "大正": 1912,
    "明治": 1868,
}
_BY_LETTER = {"r": "令和", "h": "平成", "s": "昭和", "t": "大正", "m": "明治"}

_FIRST_DAY = {
    "令和": date(2019, 5, 1),
    "平成": date(1989, 1, 8),
    "昭和": date(1926, 12, 25),
    "大正": date(1912, 7, 30),
    "明治": date(1868, 1, 25),
}


def western_year(era: str, year: int) -> int:
    """令和 or R, 8 -> 2026. Raises KeyError for an unknown era."""
    return _FIRST_YEAR[_BY_LETTER.get(era.lower(), era)] + year - 1


def japanese_year(day: date) -> tuple[str, int]:
    """2026-11-22 -> 令和, 8. Raises ValueError for a day before 明治.

    >>> japanese_year(date(1950, 1, 2))
    ('昭和', 25)
    """
    for era, first in _FIRST_DAY.items():
        if day >= first:
            return era, day.year - _FIRST_YEAR[era] + 1
    raise ValueError(f"{day} is before any era that is known here")
