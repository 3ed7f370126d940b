"""The tables of a report, in the order in which the city publishes them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Final

from faq.programmes import ProgrammeId
from faq.published_years import PublishedYear
from store.asked_most import EntryCount
from store.calls import CallChannel, Outcome
from store.figures import LINE, Figures
from store.reports import Report
from store.spans import Span
from store.voices import VoiceKind, Way
from store.windows import Channel
from web.case_tables import cases, misroutes
from web.report_words import (
    channel_name,
    fiscal_year_name,
    month_name,
    number,
    percent,
    period_name,
    table,
    week_name,
)
from web.site import Say
from web.tables import Table
from web.upkeep_tables import changed, promised, sent

MOST: Final = 20
"""So many entries are listed."""
LINE_OUTCOMES: Final = ("answer", "signpost", "choose", "none")
CHANNELS: Final = (*(each.value for each in CallChannel), LINE)
ITEMS: Final = (*CHANNELS, "all", "applications", "counted", "first_answers", "first_answer_rate")


@dataclass(frozen=True, slots=True)
class Names:
    """What sections and programmes are called; what has no name any more stands by its id."""

    sections: Mapping[str, str]
    programmes: Mapping[ProgrammeId, str]


def tables(say: Say, of: Report, names: Names, published: Sequence[PublishedYear]) -> tuple[Table, ...]:
    """All of them; those for which nothing was counted have no rows."""
    found = chain(
        (received(say, of), compared(say, of, published)),
        _monthly(say, of),
        (weekly(say, of), outcomes(say, of), in_line(say, of)),
        (inquiries(say, of), reads(say, of), _bookings(say, of, names), _sections(say, of, names)),
        (promised(say, of), cases(say, of.cases, names.sections), misroutes(say, of.cases, names.sections)),
        (voices(say, of), changed(say, of), sent(say, of)),
    )
    return tuple(found)


def received(say: Say, of: Report) -> Table:
    """Inquiries and applications by channel."""
    each = [(channel_name(say, channel), *of.figures.received[channel]) for channel in CHANNELS]
    total = (say("figures.total"), sum(row[1] for row in each), sum(row[2] for row in each))
    rows = [(label, number(a), number(b), number(a + b)) for label, a, b in [*each, total]]
    return table(say, "received", rows)


def compared(say: Say, of: Report, published: Sequence[PublishedYear]) -> Table:
    """Item by item, the period beside earlier ones; of years also those that the city published before."""
    kept = [*of.beside, of.figures]
    columns = [(period_name(say, each.period), _numbers(each)) for each in kept]
    if of.period.is_year:
        counted_here = {each.period.first.year for each in kept}
        earlier = [
            each for each in published if each.year not in counted_here and each.year < of.period.first.year
        ]
        columns = [(fiscal_year_name(say, each.year), each.numbers) for each in earlier] + columns
    rows = [(_item_name(say, name), *(_cell(name, numbers) for _, numbers in columns)) for name in ITEMS]
    heading = (say("figures.item"), *(name for name, _ in columns))
    return Table(
        "compared", say("figures.tables.compared"), heading, tuple(rows), 1, say("figures.notes.compared")
    )


def outcomes(say: Say, of: Report) -> Table:
    """Calls by what came of them."""
    counted = of.figures.by(lambda each: each.outcome)
    return table(say, "outcomes", [(say(f"calls.outcome.{each}"), number(counted[each])) for each in Outcome])


def in_line(say: Say, of: Report) -> Table:
    """Questions in LINE by what came of them."""
    rows = [(say(f"figures.line.{each}"), number(of.figures.line[each])) for each in LINE_OUTCOMES]
    return table(say, "line", [*rows, (say("figures.line.unhelped"), number(of.figures.line_unhelped))])


def inquiries(say: Say, of: Report) -> Table:
    """The entries that most calls were about."""
    most = sorted(of.entries, key=lambda each: (-each.calls, each.entry))
    rows = [(_named(each), each.section, number(each.calls)) for each in most[:MOST] if each.calls]
    return table(say, "inquiries", rows, words=2)


def reads(say: Say, of: Report) -> Table:
    """The entries that were read most."""
    rows = [
        (_named(each), each.section, number(each.line), number(each.calls), number(each.reads))
        for each in of.entries[:MOST]
    ]
    return table(say, "reads", rows, words=2)


def voices(say: Say, of: Report) -> Table:
    """Letters to the mayor and proposals by how they came."""
    proposals, letters = (
        {way: of.voices[kind, way] for way in Way if (kind, way) in of.voices}
        for kind in (VoiceKind.PROPOSAL, VoiceKind.LETTER)
    )
    counted = [
        (say(f"voice_figures.way.{way}"), proposals.get(way, 0), letters.get(way, 0))
        for way in Way
        if way in proposals or way in letters
    ]
    total = (say("figures.total"), sum(proposals.values()), sum(letters.values()))
    rows = [(label, number(a), number(b), number(a + b)) for label, a, b in [*counted, total]]
    return table(say, "voices", rows if counted else [])


def weekly(say: Say, of: Report) -> Table:
    """Questions without an answer, week by week."""
    return table(say, "weekly", [_unanswered(week_name(each), each) for each in of.weeks])


def _monthly(say: Say, of: Report) -> Iterator[Table]:
    if of.period.is_year:
        rows = [
            (month_name(say, each), number(each.calls), number(each.line), number(each.asked))
            for each in of.months
        ]
        yield table(say, "monthly", rows)


def _sections(say: Say, of: Report, names: Names) -> Table:
    counted = of.figures.by(lambda each: each.section)
    rows = [
        (names.sections.get(section, section), number(found))
        for section, found in sorted(counted.items(), key=lambda item: (-item[1], item[0] or ""))
        if section is not None
    ]
    return table(say, "sections", rows)


def _bookings(say: Say, of: Report, names: Names) -> Table:
    numbers = {(each.programme, each.channel): each.number for each in of.figures.bookings}
    totals = {
        programme: tuple(numbers.get((programme, channel), 0) for channel in Channel)
        for programme in dict.fromkeys(each.programme for each in of.figures.bookings)
    }
    rows = [
        (names.programmes.get(programme, programme), *map(number, found), number(sum(found)))
        for programme, found in sorted(totals.items(), key=lambda item: (-sum(item[1]), item[0]))
    ]
    return table(say, "bookings", rows)


# Parts ----------------------------------------------------------------------------------------------


def _numbers(of: Figures) -> Mapping[str, int]:
    received = of.received
    return {
        **{channel: sum(received[channel]) for channel in CHANNELS},
        "applications": sum(each[1] for each in received.values()),
        "counted": of.counted,
        "first_answers": of.first_answers,
    }


def _cell(item: str, numbers: Mapping[str, int]) -> str:
    """Empty where a year did not say."""
    match item:
        case "all":
            return number(sum(numbers.get(channel, 0) for channel in CHANNELS))
        case "first_answer_rate":
            return percent(numbers.get("first_answers", 0), numbers.get("counted", 0))
        case _:
            return number(numbers[item]) if item in numbers else ""


def _item_name(say: Say, item: str) -> str:
    return channel_name(say, item) if item in CHANNELS else say(f"figures.items.{item}")


def _unanswered(label: str, of: Span) -> tuple[str, ...]:
    share = percent(of.unanswered, of.asked)
    return (label, *map(number, (of.asked, of.unanswered, of.line_unanswered, of.calls_unanswered)), share)


def _named(each: EntryCount) -> str:
    return each.question or each.entry
