"""The tables of a report that tell how cases were dealt with, and where they were sent wrongly."""

from collections.abc import Mapping

from store.case_figures import OfSection
from store.reports import Report
from web.report_words import number, percent, table
from web.site import Say
from web.tables import Table


def cases(say: Say, of: Report, sections: Mapping[str, str]) -> Table:
    """Cases by section: how many were answered by the time that was promised."""
    named = [(sections.get(each.section, each.section), _counts(each)) for each in of.cases.sections]
    if len(named) > 1:
        sums = tuple(map(sum, zip(*(counts for _, counts in named), strict=True)))
        named.append((say("figures.total"), sums))
    return table(say, "cases", [(name, *map(number, counts), _share(counts)) for name, counts in named])


def misroutes(say: Say, of: Report, sections: Mapping[str, str]) -> Table:
    """Which section sent on to which, the most frequent first."""
    rows = [
        (
            sections.get(each.from_section, each.from_section),
            sections.get(each.to_section, each.to_section),
            number(each.number),
        )
        for each in of.cases.misroutes
    ]
    return table(say, "misroutes", rows, words=2)


def _counts(each: OfSection) -> tuple[int, ...]:
    """Opened, in time, late, reopened."""
    return (each.opened, each.in_time, each.late, each.reopened)


def _share(counts: tuple[int, ...]) -> str:
    """Of those whose time has come."""
    _, in_time, late, _ = counts
    return percent(in_time, in_time + late)
