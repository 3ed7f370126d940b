"""Whom of a section a notice reaches, in which order and when."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot import spreading
from bot.city import LiveCity
from bot.staff_words import Saying
from faq.case_rules import CaseRules
from store import contacts
from store.contacts import Way
from store.staff_notices import OfAlarm, StaffNoticeKind
from store.tables import contacts as table
from tests.bot.staff import Staff
from tests.conftest import NOON
from tests.store.cases import HOKEN, KUMIN

RULES = CaseRules(remind_after=timedelta(hours=2), climb_after=timedelta(hours=4), fallback_section=HOKEN)


@pytest.fixture
def staff(sqlite, sayings):
    return Staff(sqlite, LiveCity(replace(sayings, profile=replace(sayings.profile, cases=RULES))))


@pytest.fixture
def on_both(database, sayings):
    return Staff(database, LiveCity(replace(sayings, profile=replace(sayings.profile, cases=RULES))))


def test_the_first_are_told_of_a_new_case_once(on_both):
    staff = on_both
    first, second = staff.add(), staff.add(address="kacho@city.example")
    staff.case()
    assert staff.after() == [("new", first.id)]
    assert staff.after(hours=1) == []
    assert second.rank == 2


def test_a_case_that_nobody_takes_climbs(on_both):
    staff = on_both
    first, second, third = (staff.add(address=f"{name}@city.example") for name in ("a", "b", "c"))
    staff.case()
    assert staff.after() == [("new", first.id)]
    assert staff.after(hours=2) == [("reminder", first.id)]
    assert staff.after(hours=2) == [("climbed", second.id)]
    assert staff.after(hours=1) == []
    # Open from 9 to 16: four of the eight hours have passed by the evening, and the rest does on the next day.
    assert staff.after(hours=19) == []
    assert staff.after(hours=1) == [("climbed", third.id)]
    assert staff.after(hours=24) == []


def test_who_takes_it_ends_that(on_both):
    staff = on_both
    staff.add()
    case = staff.case()
    staff.after()
    staff.take(case.id)
    assert staff.after(hours=3) == []
    staff.hand_back(case.id)
    assert [kind for kind, _ in staff.after()] == ["back"]
    assert [kind for kind, _ in staff.after(hours=1)] == []
    assert [kind for kind, _ in staff.after(hours=1)] == []  # 16:00
    assert [kind for kind, _ in staff.after(hours=17)] == ["reminder"]


def test_what_is_taken_before_anybody_was_told_is_told_to_nobody(staff):
    staff.add()
    staff.take(staff.case().id)
    assert staff.after() == []
    assert staff.states() == {"new": "dropped"}


def test_what_waits_to_be_sent_is_not_sent_once_it_is_taken(staff):
    staff.add()
    case = staff.case()
    staff.after()
    staff.take(case.id)
    (row,) = staff.rows()
    assert (row.state, row.body) == ("dropped", None)


def test_of_a_case_that_is_over_nothing_is_told(staff):
    staff.add()
    case = staff.case()
    staff.take(case.id)
    staff.tell(case.id, StaffNoticeKind.SAID)
    staff.close(case.id)
    assert staff.after(minutes=5) == []
    assert staff.states()["said"] == "dropped"


def test_several_of_one_rank_are_told_together(staff):
    both = [staff.add(), staff.add(Way.WEBHOOK, "https://hooks.city.example/")]
    with staff.database.write() as tx:
        tx.connection.execute(table.update().values(rank=1))
    staff.case()
    assert staff.after() == [("new", each.id) for each in both]


def test_who_takes_what_is_nobodys_is_told_for_a_section_without_contacts(staff):
    fallback = staff.add(section=HOKEN)
    staff.case()
    assert staff.after() == [("new", fallback.id)]


def test_where_nobody_could_be_told_that_is_noted(staff):
    staff.case()
    assert staff.after() == []
    assert staff.states() == {"new": "nobody"}


def test_within_office_hours_only(staff):
    contact = staff.add(office_hours=True)
    staff.now += timedelta(hours=8)  # 20:00
    staff.case()
    assert staff.after() == [("new", contact.id)]
    (row,) = staff.rows()
    assert row.not_before == NOON + timedelta(hours=21)  # 9:00


def test_others_are_told_at_any_hour(staff):
    staff.add()
    staff.now += timedelta(hours=8)
    staff.case()
    staff.after()
    assert staff.rows()[0].not_before == staff.now


def test_of_a_danger_all_are_told_at_once(staff):
    all_of_them = [staff.add(), staff.add(office_hours=True), staff.add(digest=True)]
    staff.now += timedelta(hours=8)
    staff.tell(OfAlarm(7, KUMIN), StaffNoticeKind.ALARM)
    assert staff.after() == [("alarm", each.id) for each in all_of_them]
    assert {(row.urgent, row.not_before) for row in staff.rows()} == {(True, staff.now)}


def test_who_prefers_a_digest_is_told_of_nothing_else(staff):
    digest = staff.add(digest=True)
    staff.after()
    staff.case()
    assert staff.after(hours=5) == []
    assert staff.after(hours=15) == []  # 8:00
    assert staff.after(hours=1) == [("digest", digest.id)]
    assert staff.after(hours=1) == []
    assert staff.after(hours=24) == [("digest", digest.id)]


def test_where_nothing_stands_there_is_no_digest(staff):
    staff.add(digest=True)
    assert staff.after() == []
    assert staff.states() == {"digest": "dropped"}


def test_several_pieces_of_a_resident_are_told_once_they_have_paused(staff, sayings):
    contact = staff.add()
    case = staff.case()
    staff.after()
    for occasion in ("1", "2", "3"):
        staff.now += timedelta(minutes=1)
        staff.tell(case.id, StaffNoticeKind.SAID, occasion)
        assert staff.after() == []
    assert staff.after(minutes=1) == []
    assert staff.after(minutes=1) == [("said", contact.id)]
    assert staff.after(minutes=9) == []


def test_one_that_cannot_be_worded_does_not_hold_up_the_others(staff):
    staff.add()
    first, second = staff.case("1"), staff.case("2")
    failures = []
    broken = replace(Saying.of(staff.city), pages_url=None)
    with staff.database.write() as tx:
        city = staff.city.current(tx)
        assert spreading.spread(tx, city, broken, lambda what, _: failures.append(what), NOON) == 2
    assert len(failures) == 2
    assert staff.rows() == []
    assert staff.states() == {"new": "dropped"}
    assert first.id != second.id


def test_a_contact_that_is_removed_is_told_no_more(staff):
    contact = staff.add()
    staff.case()
    staff.after()
    with staff.database.write() as tx:
        contacts.remove(tx, staff.admin, contact, NOON)
    assert staff.rows() == []


def test_nobody_is_reminded_of_a_case_that_was_taken_while_it_was_reckoned(staff):
    staff.add()
    case = staff.case()
    later = NOON + timedelta(hours=3)
    with staff.database.read() as tx:
        planned = spreading.reminders(tx, staff.city.current(tx), later)
    assert [each.of.case for each in planned] == [case.id]
    staff.take(case.id)
    with staff.database.write() as tx:
        spreading.remind(tx, planned, later)
    assert "reminder" not in staff.states()
