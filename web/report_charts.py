"""The charts of a report: each says in words what it shows, and stands beside its table."""

from collections.abc import Mapping
from types import MappingProxyType

from store.reports import Report
from web import charts
from web.charts import Chart
from web.report_tables import CHANNELS
from web.report_words import channel_name, month_name, percent, week_name
from web.site import Say


def charts_of(say: Say, of: Report) -> Mapping[str, Chart]:
    """By the name of the table that each stands beside; none where there is nothing to show."""
    found = [_received(say, of), _weekly(say, of)] if any(each.asked for each in of.weeks) else []
    if of.period.is_year and found:
        found.append(_monthly(say, of))
    return MappingProxyType({each.name: each for each in found})


def _received(say: Say, of: Report) -> Chart:
    received = of.figures.received
    by_number = sorted(CHANNELS, key=lambda each: -sum(received[each]))
    labels = [channel_name(say, each) for each in by_number]
    bars = charts.rows([received[each] for each in by_number], labels)
    series = (say("figures.series.inquiries"), say("figures.series.applications"))
    return Chart(
        "received",
        say("figures.tables.received"),
        say("figures.about.received", most=labels[0], number=bars[0].says),
        series,
        bars,
    )


def _weekly(say: Say, of: Report) -> Chart:
    shares = [each.unanswered / each.asked if each.asked else 0.0 for each in of.weeks]
    top = min(charts.even_top(max(shares) * 100), 100.0)
    says = [percent(each.unanswered, each.asked) for each in of.weeks]
    highest = max(zip(shares, of.weeks, says, strict=True), key=lambda each: each[0])
    return Chart(
        "weekly",
        say("figures.tables.weekly"),
        say("figures.about.weekly", week=week_name(highest[1]), share=highest[2] or "0.00%"),
        (say("figures.series.unanswered"),),
        charts.columns([(share * 100,) for share in shares], _week_labels(say, of), says, top),
        f"{top:g}%",
    )


def _monthly(say: Say, of: Report) -> Chart:
    top = charts.even_top(max(each.asked for each in of.months))
    most = max(of.months, key=lambda each: each.asked)
    return Chart(
        "monthly",
        say("figures.tables.monthly"),
        say("figures.about.monthly", month=month_name(say, most), number=f"{most.asked:,}"),
        (say("figures.series.calls"), say("figures.series.line")),
        charts.columns(
            [(each.calls, each.line) for each in of.months],
            [month_name(say, each) for each in of.months],
            [f"{each.asked:,}" for each in of.months],
            top,
        ),
        f"{top:,.0f}",
    )


def _week_labels(say: Say, of: Report) -> list[str]:
    """Of a month each week's first day; of a year the month, at the first week that begins in it."""
    firsts = [each.period.first for each in of.weeks]
    if not of.period.is_year:
        return [f"{each.month}/{each.day}" for each in firsts]
    before = [0, *(each.month for each in firsts)]
    return [
        month_name(say, week) if week.period.first.month != month else ""
        for week, month in zip(of.weeks, before, strict=False)
    ]
