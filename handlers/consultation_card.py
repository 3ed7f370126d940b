"""One consultation as a card: when and where it is held, and how to come. No date is made up."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from faq.models import Status
from faq.programmes import Programme
from faq.schedule import FrequencyOnly, Occasion
from faq.terms import Sort
from handlers import names, words
from handlers.booking_verbs import Step, to_step
from handlers.booking_wish import Wish, bookable
from handlers.city import City
from handlers.dates import say_day, say_span
from handlers.turn import Card, Choice, Fact, Turn
from nlp import japan
from nlp.language import Language
from nlp.when import Days, OnDays, When

MOST = 3
"""Dates that are shown where none were asked for."""
WINDOW = timedelta(days=92)
"""How far is looked where the resident named no last day."""


def card(turn: Turn, programme: Programme) -> Card:
    """The days asked about or the next ones, the place, and how to come."""
    city = turn.city
    dates = "" if _is_application(city, programme) else _dates(turn, programme)
    body = "\n".join(filter(None, (programme.description, dates)))
    source = words.source_line(city, programme.provenance)
    return Card(
        names.shown(city, programme.name),
        body,
        tuple(_facts(city, programme)),
        source,
        _to_times(city, programme),
    )


def _to_times(city: City, programme: Programme) -> tuple[Choice, ...]:
    """To the times, where they can be booked here."""
    if not bookable(city, (programme,)):
        return ()
    return (to_step(city.say("booking.book"), Step.MORE, Wish((programme.id,))),)


def _is_application(city: City, programme: Programme) -> bool:
    """Whether it is applied for, and so has neither a day nor a place."""
    terms = city.terms.get(programme.id)
    return terms is not None and terms.sort is Sort.APPLICATION


def _dates(turn: Turn, programme: Programme) -> str:
    """The dates asked about, or the next ones; where only a frequency is known, that."""
    city, today = turn.city, japan.today(turn.now)
    asked = [_between(turn, programme, when, today) for when in turn.heard.when.whens]
    occasions = [each for found in asked for each in found]
    lines: list[str] = []
    if isinstance(city.schedule.next_dates(programme.id, today, 1), FrequencyOnly):
        lines.append(_frequency(city, programme))
    elif asked and not occasions:
        lines.append(city.say("consultation.none_then"))
    lines += _cancelled(turn, programme, today)
    known = occasions or _coming(turn, programme, today)
    if known and not asked and _is_daily(programme, known):
        lines.append(_usually(city, programme, known))
    elif known:
        lines.append(
            city.say(f"consultation.{_how_sure(known, asked_in_vain=bool(asked and not occasions))}")
        )
        lines += [_line(city, run, today, programme.place) for run in _runs(known)]
    return "\n".join(lines)


def _is_daily(programme: Programme, known: Sequence[Occasion]) -> bool:
    """Dates one by one would say less than 平日."""
    return bool(programme.frequency) and len(known) > 1 and len(list(_runs(known))) < len(known)


def _usually(city: City, programme: Programme, known: Sequence[Occasion]) -> str:
    key = "usually_likely" if _how_sure(known, asked_in_vain=False) == "likely" else "usually"
    return _at(city, f"consultation.{key}", programme)


def _at(city: City, key: str, programme: Programme) -> str:
    """The sentence with frequency and times, or the one without times, where they are not known."""
    times = _times(city, programme.starts, programme.ends)
    if not times:
        return city.say(f"{key}_alone", frequency=programme.frequency)
    return city.say(key, frequency=programme.frequency, times=times)


def _how_sure(known: Sequence[Occasion], *, asked_in_vain: bool) -> str:
    """Dates from a rule that nobody confirmed lately are likely, and no more."""
    if any(each.provenance.status is Status.UNCONFIRMED for each in known):
        return "likely"
    return "next" if asked_in_vain else "dates"


def _between(turn: Turn, programme: Programme, when: When, today: date) -> Sequence[Occasion]:
    first, last = _period(when.days, today)
    found = turn.city.schedule.between(programme.id, first, last).occasions
    fitting = [each for each in found if when.days is None or when.days.includes(each.day)]
    most = len(fitting) if isinstance(when.days, OnDays) and when.days.last else MOST
    return [each for each in fitting if not _is_over(each, turn.now)][: max(most, 1)]


def _period(days: Days | None, today: date) -> tuple[date, date]:
    match days:
        case None:
            return today, today + WINDOW
        case OnDays(first=first, last=last):
            return max(first, today), last or max(first, today) + WINDOW
        case other:
            return other.first, other.first + WINDOW


def _coming(turn: Turn, programme: Programme, today: date) -> Sequence[Occasion]:
    """The next dates from now on; one more is asked for, as today's may be over."""
    found = turn.city.schedule.next_dates(programme.id, today, MOST + 1).occasions
    return [each for each in found if not _is_over(each, turn.now)][:MOST]


def _is_over(occasion: Occasion, now: datetime) -> bool:
    if occasion.ends is None:
        return False
    return datetime.combine(occasion.day, occasion.ends, japan.JAPAN) <= now


def _cancelled(turn: Turn, programme: Programme, today: date) -> list[str]:
    """The days asked about, or the next, on which it is not held after all."""
    city, whens = turn.city, turn.heard.when.whens
    periods = [_period(when.days, today) for when in whens] or [(today, today + timedelta(days=14))]
    rows = [row for period in periods for row in city.schedule.between(programme.id, *period).cancelled]
    return [
        city.say("consultation.cancelled", day=say_day(city, row.day, today), note=row.note)
        for row in dict.fromkeys(rows)
    ]


def _frequency(city: City, programme: Programme) -> str:
    if not programme.frequency:
        return city.say("consultation.no_times")
    said = _at(city, "consultation.frequency", programme)
    return city.listed((said, city.say("consultation.no_dates")), "sentences")


def _runs(occasions: Sequence[Occasion]) -> Iterator[list[Occasion]]:
    """Those that are the same day after day, together."""
    run: list[Occasion] = []
    for each in occasions:
        if run and each != replace(run[-1], day=run[-1].day + timedelta(days=1)):
            yield run
            run = []
        run.append(each)
    if run:
        yield run


def _line(city: City, run: Sequence[Occasion], today: date, usual_place: str) -> str:
    occasion = run[0]
    place = "" if occasion.place == usual_place else occasion.place
    said = " ".join(filter(None, (_times(city, occasion.starts, occasion.ends), place, occasion.note)))
    days = [say_day(city, each.day, today) for each in (run[0], run[-1])]
    if len(run) > 1:
        return city.say("consultation.run", first=days[0], last=days[1], said=said)
    return city.say("consultation.date", said=f"{days[0]} {said}".strip())


def _times(city: City, starts: time | None, ends: time | None) -> str:
    if starts is None or ends is None:
        return ""
    return say_span(city, starts, ends)


def _facts(city: City, programme: Programme) -> list[Fact]:
    facts = []
    if programme.held_by and programme.held_by != city.wordings[Language.JAPANESE].say("fact.held_by"):
        facts.append(Fact(city.say("fact.held_by"), programme.held_by))
    office = city.directory.office(programme.office) if programme.office else None
    place = programme.place or (names.office(city, office) if office else "")
    url = words.map_link(office.address, office.place) if office and office.address else ""
    if not _is_application(city, programme):
        facts.append(Fact(city.say("fact.address"), place or city.say("consultation.unknown_place"), url))
    if programme.booking:
        here = bool(bookable(city, (programme,)))
        how = city.say("booking.bookable", how=programme.booking) if here else programme.booking
        facts.append(Fact(city.say("fact.booking"), how))
    if programme.telephone:
        facts.append(words.telephone_fact(city, programme.telephone))
    if programme.link:
        facts.append(Fact(city.say("fact.link"), city.say("fact.open_page"), programme.link))
    return facts
