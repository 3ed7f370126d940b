"""Japanese eras: 令和8年 and 2026."""

from datetime import date

_BEGAN = (
    ("令和", date(2019, 5, 1)),  # 元号を改める政令 (平成31年政令第143号)
    ("平成", date(1989, 1, 8)),  # 元号を改める政令 (昭和64年政令第1号)
    ("昭和", date(1926, 12, 25)),
    ("大正", date(1912, 7, 30)),
    ("明治", date(1868, 1, 25)),
)
_BY_LETTER = {"r": "令和", "h": "平成", "s": "昭和", "t": "大正", "m": "明治"}


def western_year(era: str, year: int) -> int:
    """令和 or R, 8 -> 2026. Raises KeyError for an unknown era."""
    return dict(_BEGAN)[_BY_LETTER.get(era.lower(), era)].year + year - 1


def era_of(day: date) -> tuple[str, int]:
    """The era's name and the year in it, 1 for 元年. Raises ValueError for a day before 明治."""
    for name, began in _BEGAN:
        if day >= began:
            return name, day.year - began.year + 1
    raise ValueError(f"{day} is before the first era known")
