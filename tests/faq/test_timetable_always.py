"""What holds for every timetable, whatever is in it."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta, timezone

from hypothesis import given, settings
from hypothesis import strategies as st

from faq.counters import Closure, ClosureId, Counter, Hours, SectionId, Service, Span, Unusual
from faq.hours import Closed, Open, OpenOn, State, Unknown
from faq.models import OfficeId
from faq.timetable import Timetable
from nlp.japan import JAPAN
from tests.faq import hours_town

WEEKLY = st.sampled_from(
    (
        "",
        "off",
        "24/7",
        hours_town.SINCE,
        "Mo-Fr 09:00-12:00,13:00-16:30; PH off",
        "Mo-Sa 22:00-02:00; PH off",
        "Fr-Su 20:00-20:00",
        "Tu-Su,PH 09:00-17:00; Dec 29-Jan 03 off",
        "Sa[1,3] 00:00-24:00; We 12:00-12:30",
        "PH 10:00-11:00; PH +1 day off",
    )
)
FIRST = date(2026, 12, 20)
DAYS = st.integers(0, 40).map(lambda past: FIRST + timedelta(days=past))
"""A year's end, with New Year's Day and another holiday."""
TIMES = st.sampled_from([time(hour, minute) for hour in range(24) for minute in (0, 30)])
SECTIONS = st.sampled_from((None, SectionId("区民")))
SERVICES = st.sampled_from(tuple(Service))
COUNTERS = st.builds(Counter, st.just(OfficeId("東")), SECTIONS, SERVICES)
MOMENTS = st.builds(
    lambda day, minute, second: (
        datetime.combine(day, time(0), JAPAN) + timedelta(minutes=minute, seconds=second)
    ),
    DAYS,
    st.integers(0, 24 * 60 - 1),
    st.sampled_from((0, 0, 1, 59)),
)
HOURS = st.builds(
    lambda section, service, weekly, first, days, span, last_admission: replace(
        hours_town.hours("東", weekly, service=service, span=span, last_admission=last_admission),
        section=section,
        valid_from=first,
        valid_to=first + timedelta(days=days) if first and days else None,
    ),
    SECTIONS,
    SERVICES,
    WEEKLY,
    st.none() | DAYS,
    st.integers(0, 20),
    st.sampled_from(tuple(Span)),
    st.sampled_from((0, 30)),
)
PLACES = st.sampled_from(
    ((None, None), (OfficeId("東"), None), (OfficeId("東"), SectionId("区民")), (OfficeId("西"), None))
)


def _closure(
    place: tuple[OfficeId | None, SectionId | None],
    service: Service | None,
    kind: Unusual,
    first: date,
    days: int,
    at: tuple[time, time] | None,
) -> Closure:
    opens, closes = at or ((time(9), time(12)) if kind is Unusual.OPEN else (None, None))
    last = first + timedelta(days=days)
    of = hours_town.said_by("知らせ")
    return Closure(ClosureId(""), *place, service, kind, first, last, opens, closes, "理由", of)


CLOSURES = st.builds(
    _closure,
    PLACES,
    st.none() | SERVICES,
    st.sampled_from(tuple(Unusual)),
    DAYS,
    st.integers(0, 5),
    st.none() | st.tuples(TIMES, TIMES).filter(lambda at: at[0] != at[1]),
)
ROWS = st.lists(HOURS, max_size=5)
UNUSUAL = st.lists(CLOSURES, max_size=4)


def timetable(rows: list[Hours], closures: list[Closure]) -> Timetable:
    """The same whatever the order of its rows: each has an id of its own."""
    return Timetable.of((), rows, [replace(each, id=ClosureId(repr(each))) for each in closures])


TIMETABLES = st.builds(timetable, ROWS, UNUSUAL)
A_MINUTE = timedelta(minutes=1)


def is_open(state: State) -> bool:
    return isinstance(state, Open)


def open_by_the_days(of: Timetable, counter: Counter, moment: datetime) -> bool:
    """Whether the moment is in an opening of its day or of the day before."""
    days = of.days(counter, moment.date() - timedelta(days=1), moment.date())
    return any(
        opening.opens <= moment < opening.closes
        for day in days
        if isinstance(day, OpenOn)
        for opening in day.openings
    )


@settings(deadline=None)
@given(TIMETABLES, COUNTERS, st.lists(MOMENTS, min_size=1, max_size=20))
def test_the_day_and_the_moment_agree(of: Timetable, counter: Counter, moments: list[datetime]) -> None:
    for moment in moments:
        assert is_open(of.at(counter, moment)) == open_by_the_days(of, counter, moment)


@settings(deadline=None)
@given(TIMETABLES, COUNTERS, DAYS)
def test_at_the_edges_of_a_day_too(of: Timetable, counter: Counter, day: date) -> None:
    answer = of.on(counter, day)
    openings = answer.openings if isinstance(answer, OpenOn) else ()
    for opening in openings:
        assert opening.opens < opening.closes
        assert opening.opens.date() == day
        assert opening.last_admission is None or opening.opens <= opening.last_admission < opening.closes
        for edge in (opening.opens, opening.closes):
            for moment in (edge - A_MINUTE, edge, edge + A_MINUTE):
                assert is_open(of.at(counter, moment)) == open_by_the_days(of, counter, moment)


@settings(deadline=None)
@given(TIMETABLES, COUNTERS, MOMENTS, st.floats(0, 0.99))
def test_the_next_opening_is_one_and_ahead(
    of: Timetable, counter: Counter, moment: datetime, part: float
) -> None:
    state = of.at(counter, moment)
    if not isinstance(state, Closed) or state.opens is None:
        return
    assert state.opens > moment
    assert is_open(of.at(counter, state.opens))
    assert not is_open(of.at(counter, state.opens - A_MINUTE))
    between = of.at(counter, moment + part * (state.opens - moment))
    assert not is_open(between)
    if isinstance(between, Unknown):
        assert state.unknown_from is not None
    assert state.unknown_from is None or moment.date() <= state.unknown_from <= state.opens.date()


@settings(deadline=None)
@given(TIMETABLES, COUNTERS, MOMENTS, st.floats(0, 0.99))
def test_it_is_open_until_it_closes(of: Timetable, counter: Counter, moment: datetime, part: float) -> None:
    state = of.at(counter, moment)
    if not isinstance(state, Open) or state.until is None:
        return
    assert state.until > moment
    assert not is_open(of.at(counter, state.until))
    assert is_open(of.at(counter, state.until - A_MINUTE))
    assert is_open(of.at(counter, moment + part * (state.until - moment)))


@settings(deadline=None)
@given(ROWS, UNUSUAL, CLOSURES, COUNTERS, st.lists(MOMENTS, min_size=1, max_size=20))
def test_a_closure_opens_nothing_and_an_opening_closes_nothing(
    rows: list[Hours], closures: list[Closure], one_more: Closure, counter: Counter, moments: list[datetime]
) -> None:
    before, after = timetable(rows, closures), timetable(rows, [*closures, one_more])
    for moment in moments:
        was, now = is_open(before.at(counter, moment)), is_open(after.at(counter, moment))
        assert now <= was if one_more.kind is Unusual.CLOSED else now >= was


@settings(deadline=None)
@given(st.data(), ROWS, UNUSUAL, COUNTERS, MOMENTS)
def test_the_order_of_rows_is_nothing(
    data: st.DataObject, rows: list[Hours], closures: list[Closure], counter: Counter, moment: datetime
) -> None:
    named = [replace(row, id=repr(row)) for row in rows]
    shuffled = timetable(data.draw(st.permutations(named)), data.draw(st.permutations(closures)))
    kept = timetable(named, closures)
    assert shuffled.at(counter, moment) == kept.at(counter, moment)
    assert shuffled.on(counter, moment.date()) == kept.on(counter, moment.date())


@settings(deadline=None)
@given(TIMETABLES, COUNTERS, MOMENTS, st.integers(-12, 14))
def test_the_zone_of_the_moment_is_nothing(
    of: Timetable, counter: Counter, moment: datetime, ahead: int
) -> None:
    elsewhere = moment.astimezone(timezone(timedelta(hours=ahead)))
    assert of.at(counter, elsewhere) == of.at(counter, moment)
