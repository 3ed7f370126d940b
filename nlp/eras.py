"""Japanese eras: 令和8年 and 2026."""

_FIRST_YEAR = {
    "令和": 2019,  # 元号を改める政令 (平成31年政令第143号)
    "平成": 1989,  # 元号を改める政令 (昭和64年政令第1号)
    "昭和": 1926,
    "大正": 1912,
    "明治": 1868,
}
_BY_LETTER = {"r": "令和", "h": "平成", "s": "昭和", "t": "大正", "m": "明治"}


def western_year(era: str, year: int) -> int:
    """令和 or R, 8 -> 2026. Raises KeyError for an unknown era."""
    return _FIRST_YEAR[_BY_LETTER.get(era.lower(), era)] + year - 1
