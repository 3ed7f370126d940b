"""The tables of a report that tell of cases: whether they were answered in time, and where they were sent wrongly."""

from collections.abc import Mapping

from store.case_figures import CaseFigures
from web.report_words import number, percent, table
from web.site import Say
from web.tables import Table


def cases(say: Say, of: CaseFigures, sections: Mapping[str, str]) -> Table:
    """Cases by the section that they came to."""
    rows = [
        (
            sections.get(each.section, each.section),
            *map(number, (each.opened, each.in_time, each.late, each.waiting, each.reopened)),
            percent(each.in_time, each.in_time + each.late),
        )
        for each in sorted(of.sections, key=lambda each: (-each.opened, each.section))
    ]
    return table(say, "cases", rows)


def misroutes(say: Say, of: CaseFigures, sections: Mapping[str, str]) -> Table:
    """Which section sent how many on to which other."""
    rows = [
        (
            sections.get(each.from_section, each.from_section),
            sections.get(each.to_section, each.to_section),
            number(each.number),
        )
        for each in of.misroutes
    ]
    return table(say, "misroutes", rows, words=2)
