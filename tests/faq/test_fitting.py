from dataclasses import replace
from datetime import date, time

import pytest

from faq.counters import ClosureId, HoursId, SectionId, Service, Span, Unusual
from faq.exchange import Records
from faq.fitting import Admitted, admit, misfits
from faq.holdings import Holdings
from faq.kinds import KINDS
from faq.models import OfficeId
from faq.problems import Problem, Refused
from faq.sentences import Fault, Notice
from tests.faq.place_files import (
    CLOSURE,
    HOURS,
    PROCEDURE,
    PROGRAMME,
    PROGRAMME_DAY,
    SECTION,
    TERMS,
    TOWN,
)
from tests.faq.staff_files import ENTRY, OFFICE

EAST = replace(OFFICE, id=OfficeId("K002"), name="東区役所")
TWO = replace(TOWN, offices=[OFFICE, EAST])
OTHER_HOURS = replace(HOURS, id=HoursId("h2"))
WHOLE_DAY = replace(CLOSURE, opens=None, closes=None)
OPEN = replace(
    CLOSURE, id=ClosureId("c2"), kind=Unusual.OPEN, first=date(2026, 12, 6), last=date(2026, 12, 6)
)


def after(kind: str, *records: object, known: Holdings = TWO, replace_all: bool = False) -> object:
    """What comes of a file with these records, from its second line on."""
    read = Records(records, (), tuple(range(2, len(records) + 2)))
    return admit(KINDS[kind], read, known, replace_all=replace_all)


def problems(found: object) -> list[Problem]:
    assert isinstance(found, Refused), found
    return list(found.problems)


def stored(kind: str, record_id: str, column: str, value: str) -> Problem:
    reason = Fault.STORED_MISFIT.format(kind=kind, id=record_id, column=column, value=value)
    return Problem(0, "", "", reason)


def test_a_town_that_fits() -> None:
    assert list(misfits(TOWN)) == []
    assert after("hours", HOURS) == Admitted(replace(TWO, hours=(HOURS,)), ())


def test_what_is_not_in_the_file_stays_unless_it_replaces() -> None:
    second = replace(SECTION, id=SectionId("higashi-kumin"), office=EAST.id)
    added = after("sections", second)
    assert isinstance(added, Admitted)
    assert added.holdings.sections == (SECTION, second)
    changed = after("sections", replace(SECTION, name="市民課"))
    assert isinstance(changed, Admitted)
    assert [section.name for section in changed.holdings.sections] == ["市民課"]


# Rows that are named --------------------------------------------------------------------------------


def test_offices_that_others_name_are_not_replaced_away() -> None:
    left = problems(after("offices", EAST, replace_all=True))
    assert left == [
        stored("sections", "chuo-kumin", "施設ID", "K001"),
        stored("procedures", "passport", "できない施設", "K001"),
        stored("hours", "chuo-kumin", "施設ID", "K001"),
        stored("closures", "2026-12-05", "施設ID", "K001"),
        stored("programmes", "legal", "施設ID", "K001"),
        stored("hearings", "talk-2026-12", "施設ID", "K001"),
    ]
    assert isinstance(after("offices", OFFICE, replace_all=True), Admitted), "nobody names the other one"


def test_a_kind_of_office_that_procedures_name_does_not_vanish() -> None:
    renamed = [replace(OFFICE, kind="支所"), replace(EAST, kind="支所")]
    assert problems(after("offices", *renamed)) == [stored("procedures", "passport", "できる施設", "区役所")]


def test_sections_that_others_name_are_not_replaced_away() -> None:
    second = replace(SECTION, id=SectionId("chuo-fukushi"))
    assert problems(after("sections", second, replace_all=True)) == [
        stored("hours", "chuo-kumin", "課ID", "chuo-kumin"),
        stored("booking-terms", "legal", "課ID", "chuo-kumin"),
        stored("voice-categories", "roads", "section", "chuo-kumin"),
        stored("plans", "parks-2026", "課ID", "chuo-kumin"),
    ]


def test_a_consultation_whose_days_are_entered_stays() -> None:
    assert problems(after("programmes", replace_all=True)) == [
        stored("programme-days", "legal 2026-12-07", "相談ID", "legal"),
        stored("booking-terms", "legal", "相談ID", "legal"),
        stored("hearings", "talk-2026-12", "申込みの相談ID", "legal"),
    ]


def test_a_slot_fits_between_the_start_and_the_end() -> None:
    whole = replace(TERMS, minutes=175)  # 13:00 to 16:00 has 180, 9:05 to 12:00 has 175
    assert isinstance(after("booking-terms", whole), Admitted)
    on_the_day = Fault.SLOT_TOO_LONG.format(minutes=176, programme="legal", span=175)
    assert problems(after("booking-terms", replace(TERMS, minutes=176))) == [
        stored("programme-days", "legal 2026-12-07", "終了時刻", "12:00")
    ]
    longer_day = replace(PROGRAMME_DAY, ends=time(13))
    known = replace(TWO, programme_days=[longer_day])
    too_long = Fault.SLOT_TOO_LONG.format(minutes=181, programme="legal", span=180)
    assert problems(after("booking-terms", replace(TERMS, minutes=181), known=known)) == [
        Problem(2, "1枠の分", "181", too_long)
    ]
    shorter = problems(after("programmes", replace(PROGRAMME, ends=time(13, 20))))
    assert shorter == [stored("booking-terms", "legal", "1枠の分", "30")]
    known = replace(TWO, programme_days=[], booking_terms=[replace(TERMS, minutes=176)])
    assert problems(after("programme-days", PROGRAMME_DAY, known=known)) == [
        Problem(2, "終了時刻", "12:00", on_the_day)
    ]
    unknown = replace(PROGRAMME, starts=None, ends=None)
    assert isinstance(after("programmes", unknown), Admitted), "no slots are made, and none too long"


def test_a_section_of_another_office() -> None:
    reason = Fault.SECTION_ELSEWHERE.format(office="K001")
    row = replace(OTHER_HOURS, office=EAST.id)
    assert problems(after("hours", row)) == [Problem(2, "課ID", "chuo-kumin", reason)]
    row = replace(CLOSURE, office=EAST.id, section=SECTION.id)
    assert problems(after("closures", row)) == [Problem(2, "課ID", "chuo-kumin", reason)]


def test_a_section_does_not_move_away_from_its_hours() -> None:
    moved = replace(SECTION, office=EAST.id)
    assert problems(after("sections", moved)) == [stored("hours", "chuo-kumin", "課ID", "chuo-kumin")]


def test_an_entry_may_go_and_the_procedure_that_named_it_is_noted() -> None:
    gone = after("faq", replace_all=True, known=replace(TWO, translations=[]))
    assert isinstance(gone, Admitted)
    assert gone.notes == (Notice.ENTRY_GONE.format(id="passport", value="moving-in"),)
    once_more = after("faq", replace_all=True, known=gone.holdings)
    assert isinstance(once_more, Admitted)
    assert once_more.notes == (), "told once"


def test_an_entry_with_translations_does_not_go_before_them() -> None:
    left = problems(after("faq", replace_all=True))
    assert left == [stored("translations", "moving-in ja-easy", "faq_id", "moving-in")]


def test_faults_of_other_rows_are_not_held_against_a_file() -> None:
    bad = replace(TWO, hours=[replace(HOURS, office=OfficeId("K999"))])
    assert isinstance(after("faq", ENTRY, known=bad), Admitted)
    assert isinstance(after("procedures", PROCEDURE, known=bad), Admitted)


# Rows that contradict one another -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changed", "clash"),
    [
        ({}, True),
        ({"valid_from": None}, True),
        ({"valid_from": date(2027, 4, 1)}, True),
        ({"valid_from": None, "valid_to": date(2026, 2, 2)}, True),
        ({"valid_from": None, "valid_to": date(2026, 2, 1)}, False),
        ({"service": Service.TELEPHONE}, False),
        ({"section": None}, False),
        ({"office": EAST.id, "section": None}, False),
        ({"span": Span.SEASON, "valid_from": date(2026, 3, 16), "valid_to": date(2026, 4, 3)}, False),
    ],
)
def test_hours_that_overlap(changed: dict[str, object], clash: bool) -> None:
    found = after("hours", replace(OTHER_HOURS, **changed))  # type: ignore[arg-type]
    if clash:
        value = str(changed.get("valid_from", HOURS.valid_from) or "")
        assert problems(found) == [Problem(2, "valid_from", value, Fault.HOURS_CLASH.format(id="chuo-kumin"))]
    else:
        assert isinstance(found, Admitted)


def test_hours_that_overlap_within_the_file_and_after_a_change() -> None:
    later = replace(OTHER_HOURS, valid_from=date(2027, 4, 1))
    ended = replace(HOURS, valid_to=date(2027, 3, 31))
    assert isinstance(after("hours", ended, later), Admitted)
    (problem,) = problems(after("hours", HOURS, later))
    assert (problem.line, problem.column) == (3, "valid_from")
    assert isinstance(after("hours", OTHER_HOURS, replace_all=True), Admitted), "it takes the other's place"


def test_seasons_that_overlap() -> None:
    season = replace(HOURS, span=Span.SEASON, valid_from=date(2026, 3, 16), valid_to=date(2026, 4, 3))
    second = replace(season, id=HoursId("s2"), valid_from=date(2026, 4, 3), valid_to=date(2026, 4, 5))
    (problem,) = problems(after("hours", replace(season, id=HoursId("s1")), second))
    assert problem.line == 3
    apart = replace(second, valid_from=date(2026, 4, 4))
    assert isinstance(after("hours", replace(season, id=HoursId("s1")), apart), Admitted)


@pytest.mark.parametrize(
    ("stored_closure", "given", "clash"),
    [
        (CLOSURE, OPEN, True),
        (WHOLE_DAY, OPEN, True),
        (CLOSURE, replace(OPEN, opens=time(9), closes=time(13)), False),
        (CLOSURE, replace(OPEN, opens=time(9), closes=time(13, 1)), True),
        (CLOSURE, replace(OPEN, first=date(2026, 12, 7), last=date(2026, 12, 7)), False),
        (CLOSURE, replace(OPEN, office=EAST.id), False),
        (CLOSURE, replace(OPEN, office=None), False),
        (CLOSURE, replace(OPEN, section=SECTION.id), False),
        (CLOSURE, replace(OPEN, service=Service.TELEPHONE), True),
        (replace(CLOSURE, service=Service.COUNTER), replace(OPEN, service=Service.TELEPHONE), False),
        (CLOSURE, replace(OPEN, kind=Unusual.CLOSED), False),
    ],
)
def test_closed_and_open_at_one_moment(stored_closure: object, given: object, clash: bool) -> None:
    found = after("closures", given, known=replace(TWO, closures=[stored_closure]))
    if clash:
        reason = Fault.CLOSURES_CLASH.format(day="2026-12-06", kind="休み", id="2026-12-05")
        assert problems(found) == [Problem(2, "開始日", "2026-12-06", reason)]
    else:
        assert isinstance(found, Admitted)
