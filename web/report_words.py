"""How a report says things: tables by their name in the wording, periods, numbers, shares."""

from collections.abc import Sequence
from datetime import date

from faq.periods import Period
from nlp.eras import japanese_year
from store.figures import LINE
from store.spans import Span
from web.site import Say
from web.tables import Table


def table(say: Say, name: str, rows: Sequence[tuple[str, ...]], words: int = 1) -> Table:
    """A table whose title, heading and note are in the wording."""
    heading = tuple(say(f"figures.headings.{name}").split("|"))
    return Table(
        name, say(f"figures.tables.{name}"), heading, tuple(rows), words, say(f"figures.notes.{name}")
    )


def channel_name(say: Say, channel: str) -> str:
    return LINE if channel == LINE else say(f"calls.channel.{channel}")


def period_name(say: Say, period: Period) -> str:
    """令和8年度, 2026年11月."""
    if period.is_year:
        return fiscal_year_name(say, period.first.year)
    return say("figures.month", year=period.first.year, month=period.first.month)


def fiscal_year_name(say: Say, year: int) -> str:
    """令和8年度 for the fiscal year that began in 2026; the one in which an era began is the new one's first."""
    era, of_era = japanese_year(date(year, 12, 31))
    return say("figures.fiscal_year", era=era, year=say("figures.first_year") if of_era == 1 else of_era)


def month_name(say: Say, of: Span) -> str:
    """11月."""
    return say("figures.month_alone", month=of.period.first.month)


def week_name(of: Span) -> str:
    """11/2〜11/8."""
    first, last = of.period.first, of.period.last
    return f"{first.month}/{first.day}〜{last.month}/{last.day}"


def number(of: int) -> str:
    """26715, for people and programs: pages put the commas in."""
    return str(of)


def percent(part: int, whole: int) -> str:
    """99.36%; empty where there is no whole. Rounded as the city rounds it, but 100% means all."""
    if not whole:
        return ""
    rounded = (part * 20_000 // whole + 1) // 2
    return f"{(rounded if part == whole else min(rounded, 9_999)) / 100:.2f}%"
