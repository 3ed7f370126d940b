"""Who may come by their age at the end of the fiscal year.

When one may book, see `store.windows`; how often, the engine counts.
"""

from datetime import date, timedelta

from faq.terms import Ages

_A_DAY = timedelta(days=1)


def fits(ages: Ages, born: date, day: date) -> bool:
    """Whether the age at the end of the day's fiscal year is within the bounds, both included."""
    age = age_on(born, fiscal_year_end(day))
    return (ages.least is None or ages.least <= age) and (ages.most is None or age <= ages.most)


def fiscal_year_end(day: date) -> date:
    """The 31 March on which the fiscal year of the day ends (地方自治法第208条)."""
    return date(day.year + (day.month >= 4), 3, 31)


def age_on(born: date, day: date) -> int:
    """Whole years completed when the day ends.

    A year of life is completed with the end of the day before the birthday (年齢計算ニ関スル法律, 民法第143条): who
    was born on 1 April is a year older on 31 March already, and on 29 February in every year on the 28th.
    """
    after = day + _A_DAY
    return after.year - born.year - ((after.month, after.day) < (born.month, born.day))
