"""By when a section answers, over closures, seasons, and hours that nobody confirmed."""

from datetime import datetime, timedelta

import pytest

from faq.case_rules import CaseRules
from faq.counters import Section, SectionId
from faq.models import OfficeId
from faq.offices import Directory
from faq.switchboard import Switchboard
from faq.timetable import Timetable
from nlp.japan import JAPAN
from tests.faq.hours_town import BEFORE, CLOSURES, HOURS, OFFICES, said_by


def section(office: str, name: str) -> Section:
    return Section(SectionId(name), OfficeId(office), name, "", (), (), "", "", "", said_by("課の一覧"))


BOARD = Switchboard(
    (
        section("東", "区民"),
        section("東", "税"),
        section("集会所", "集会所の係"),
        section("分室", "分室の係"),
        section("相談所", "相談員"),
        section("図書室", "図書室の係"),
        section("夜間診療", "夜間診療の係"),
        section("旧庁舎", "旧庁舎の係"),
    ),
    Directory(OFFICES, ()),
    Timetable.of(OFFICES, HOURS, CLOSURES),
    CaseRules(answer_within=timedelta(hours=8), usual_hours=BEFORE),
)


def japan(text):
    return datetime.fromisoformat(text).replace(tzinfo=JAPAN)


@pytest.mark.parametrize(
    ("who", "opened", "promised"),
    [
        # 9:00-16:30, as its office
        ("区民", "2026-11-24T10:00", "2026-11-25T10:30"),
        # a fire drill in the whole city, 13:00-15:00
        ("区民", "2026-10-08T09:00", "2026-10-09T11:30"),
        # a typhoon, and two hours for certificates after it
        ("区民", "2026-08-19T16:00", "2026-08-21T14:30"),
        # no electricity from Friday to Monday, which counts before two hours on that Sunday
        ("区民", "2026-07-09T16:30", "2026-07-15T09:30"),
        # longer on the first of April
        ("区民", "2026-04-01T11:00", "2026-04-01T19:00"),
        # a holiday on which it opens until noon
        ("区民", "2026-11-20T16:30", "2026-11-24T14:00"),
        # the season of moving: until 19:00 and on Saturday
        ("区民", "2027-03-19T15:00", "2027-03-23T09:30"),
        # an hour for lunch
        ("税", "2026-11-24T10:00", "2026-11-25T11:30"),
        # hours that are known to differ, and are not known: as usual in the city, 8:30-17:15
        ("税", "2027-02-16T08:30", "2027-02-16T16:30"),
        ("税", "2027-02-22T16:15", "2027-02-24T15:30"),
        # nobody confirmed any hours: as usual in the city
        ("集会所の係", "2026-11-24T10:00", "2026-11-25T09:15"),
        ("集会所の係", "2026-11-20T17:15", "2026-11-24T16:30"),
        ("集会所の係", "2026-12-28T16:15", "2027-01-04T15:30"),
        # the same, on the day of the typhoon and on that of the fire drill
        ("集会所の係", "2026-08-19T16:15", "2026-08-21T15:30"),
        ("集会所の係", "2026-10-08T08:30", "2026-10-09T09:45"),
        # two weeks between two hours that are known
        ("分室の係", "2026-12-28T15:30", "2027-01-04T15:30"),
        # two Saturdays of the month
        ("図書室の係", "2026-11-20T11:00", "2026-11-21T11:00"),
        # a section that there is no more
        ("なくなった課", "2026-11-24T08:30", "2026-11-24T16:30"),
        # never open
        ("旧庁舎の係", "2026-11-24T08:30", None),
        # at night
        ("夜間診療の係", "2026-11-24T23:00", "2026-11-26T23:00"),
    ],
)
def test_by_when_it_answers(who, opened, promised):
    found = BOARD.promised_at(SectionId(who), japan(opened))
    assert found == (japan(promised) if promised else None)
