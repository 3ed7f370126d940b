"""Who may come: age at the end of the fiscal year, residence, insurance; as far as a person has said.

When one may book, see `store.windows`; how often, the engine counts.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum, auto

from faq.terms import Ages, Insurance, Residence, Terms

_A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Said:
    """What a person said of themselves; None: nothing, so it is not judged."""

    born: date | None = None
    residence: frozenset[Residence] | None = None
    """How they belong to the city; empty: not at all."""
    insurance: Insurance | None = None


class Bar(Enum):
    """Why somebody may not come."""

    AGE = auto()
    RESIDENCE = auto()
    INSURANCE = auto()


def bars(terms: Terms, said: Said, day: date) -> tuple[Bar, ...]:
    """What keeps the person from coming on that day; nothing where they may, or where it is not known."""
    found = (
        (Bar.AGE, terms.ages and said.born and not fits(terms.ages, said.born, day)),
        (
            Bar.RESIDENCE,
            terms.residence and said.residence is not None and said.residence.isdisjoint(terms.residence),
        ),
        (Bar.INSURANCE, terms.insurance and said.insurance and said.insurance not in terms.insurance),
    )
    return tuple(bar for bar, applies in found if applies)


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
