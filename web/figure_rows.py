"""Figures as rows of a table, for a file, a page and a terminal alike."""

from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum

from store.calls import CallChannel, Outcome, Sort
from store.figures import Figures
from store.windows import Channel
from web.site import Say

LINE_OUTCOMES = ("answer", "signpost", "choose", "none")


def rows(say: Say, of: Figures, sections: Mapping[str, str]) -> list[list[str]]:
    """The heading, then a row a figure. `sections`: their names by id; what has none any more stands by its id."""
    made = [*_calls(say, of, sections), *_rate(of), *_line(say, of), *_bookings(say, of)]
    made += [["entries", each.question or each.entry, str(each.number)] for each in of.entries]
    heading = [say(f"figures.columns.{name}") for name in ("what", "which", "number")]
    period = [say("figures.what.period"), f"{of.first.isoformat()} - {of.last.isoformat()}", ""]
    return [heading, period, *([say(f"figures.what.{what}"), which, number] for what, which, number in made)]


def percent(part: int, whole: int) -> str:
    """99.36%; empty where there is no whole. Cut off, not rounded: 100% means all."""
    return f"{part * 10_000 // whole / 100:.2f}%" if whole else ""


def _calls(say: Say, of: Figures, sections: Mapping[str, str]) -> Iterator[list[str]]:
    yield ["calls", "", str(of.number_of_calls)]
    yield from _each(say, "channel", CallChannel, of.by(lambda each: each.channel))
    yield from _each(say, "sort", Sort, of.by(lambda each: each.sort))
    both = of.by(lambda each: (each.channel, each.sort))
    for channel in CallChannel:
        for sort in Sort:
            if number := both[channel, sort]:
                named = f"{say(f'calls.channel.{channel}')}・{say(f'calls.sort.{sort}')}"
                yield ["channel_and_sort", named, str(number)]
    yield from _each(say, "outcome", Outcome, of.by(lambda each: each.outcome))
    for section, number in of.by(lambda each: each.section).most_common():
        if section is not None:
            yield ["section", sections.get(section, section), str(number)]


def _each(
    say: Say, what: str, kinds: Iterable[StrEnum], counted: Mapping[StrEnum, int]
) -> Iterator[list[str]]:
    for kind in kinds:
        yield [what, say(f"calls.{what}.{kind}"), str(counted.get(kind, 0))]


def _rate(of: Figures) -> Iterator[list[str]]:
    yield ["counted", "", str(of.counted)]
    yield ["first_answers", "", str(of.first_answers)]
    yield ["first_answer_rate", "", percent(of.first_answers, of.counted)]
    yield ["unanswered", "", str(of.unanswered)]


def _line(say: Say, of: Figures) -> Iterator[list[str]]:
    yield ["line", "", str(of.line.total())]
    for outcome in LINE_OUTCOMES:
        yield ["line", say(f"figures.line.{outcome}"), str(of.line[outcome])]


def _bookings(say: Say, of: Figures) -> Iterator[list[str]]:
    for channel in Channel:
        yield ["bookings", say(f"bookings.channel.{channel}"), str(of.bookings[channel])]
