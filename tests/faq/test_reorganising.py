from dataclasses import replace
from datetime import date

import pytest

from faq.counters import SectionId
from faq.holdings import Holdings
from faq.models import EntryId, OfficeId
from faq.reorganising import followed, moves, still_naming
from tests.faq.place_files import CLOSURE, HOURS, PROCEDURE, SECTION, TERMS
from tests.faq.staff_files import ENTRY, OFFICE

LAST, APRIL = date(2027, 3, 31), date(2027, 4, 1)
NEW = replace(
    SECTION,
    id=SectionId("chuo-shimin"),
    name="市民サービス課",
    telephone="096-000-0001",
    valid_from=APRIL,
    aliases=(),
)
OLD = replace(SECTION, valid_to=LAST, successor=NEW.id)
ASKED = replace(ENTRY, section="お住まいの区の区役所 区民課・総合出張所", telephone=OLD.telephone)


def city(*sections, entries=(ASKED,), **others):
    return Holdings(entries=entries, offices=(OFFICE,), sections=sections, **others)


def becomes(holdings, kind, day=APRIL):
    return [each.after for each in moves(holdings, day) if each.kind == kind]


def test_nothing_moves_before_the_day():
    assert moves(city(OLD, NEW, hours=(HOURS,)), LAST) == ()


def test_all_that_names_it_moves_on_the_day():
    holdings = city(
        OLD, NEW, procedures=(PROCEDURE,), hours=(HOURS,), closures=(CLOSURE,), booking_terms=(TERMS,)
    )
    (entry,), (procedure,), (hours,), (terms,) = (
        becomes(holdings, kind) for kind in ("faq", "procedures", "hours", "booking-terms")
    )
    assert (entry.section, entry.telephone) == (
        "お住まいの区の区役所 市民サービス課・総合出張所",
        "096-000-0001",
    )
    assert procedure.section == "市民サービス課"
    assert (hours.section, terms.section) == (NEW.id, NEW.id)
    assert becomes(holdings, "closures") == [], "one of the whole office names no section"
    assert becomes(holdings, "sections") == [replace(NEW, former=("区民課",))]


def test_a_second_time_nothing_is_left_to_move():
    before = city(OLD, NEW, procedures=(PROCEDURE,), hours=(HOURS,))
    after = before
    for each in moves(before, APRIL):
        field = {"faq": "entries"}.get(each.kind, each.kind)
        kept = tuple(record for record in getattr(after, field) if record != each.before)
        after = replace(after, **{field: (*kept, each.after)})
    assert moves(after, APRIL) == ()
    assert still_naming(after, APRIL) == ()


def test_a_chain_is_followed_to_its_end():
    last = replace(NEW, id=SectionId("last"), name="くらし課", valid_from=None)
    middle = replace(NEW, valid_to=date(2028, 3, 31), successor=last.id)
    assert followed((OLD, middle, last), APRIL)[OLD.id].id == middle.id
    assert followed((OLD, middle, last), date(2028, 4, 1))[OLD.id].id == last.id


@pytest.mark.parametrize(
    "sections",
    [
        (replace(OLD, successor=None), NEW),
        (OLD,),
        (OLD, replace(NEW, valid_to=LAST, successor=OLD.id)),
    ],
    ids=["nobody follows", "the successor is not there", "in a circle"],
)
def test_where_nobody_follows_nothing_moves_and_it_is_listed(sections):
    holdings = city(*sections, hours=(HOURS,))
    assert moves(holdings, APRIL) == ()
    assert (HOURS, sections[0]) in still_naming(holdings, APRIL)


def test_a_name_that_other_sections_still_have_stays():
    east = replace(SECTION, id=SectionId("higashi-kumin"), office=OfficeId("K002"), telephone="")
    assert [each.section for each in becomes(city(OLD, NEW, east), "faq")] == [ASKED.section]
    east_new = replace(NEW, id=SectionId("higashi-shimin"), office=OfficeId("K002"))
    together = city(OLD, NEW, replace(east, valid_to=LAST, successor=east_new.id), east_new)
    assert "市民サービス課" in becomes(together, "faq")[0].section
    apart = city(
        OLD,
        NEW,
        replace(east, valid_to=LAST, successor=east_new.id),
        replace(east_new, name="くらし課"),
    )
    assert "区民課" in becomes(apart, "faq")[0].section, "nobody can tell which of the two is meant"


@pytest.mark.parametrize(
    ("said", "becomes_"),
    [
        ("区民課", "市民サービス課"),
        ("中央区役所 区民課（1階）", "中央区役所 市民サービス課（1階）"),
        ("新区民課", "新区民課"),
        ("区民課長", "区民課長"),
    ],
)
def test_only_a_name_by_itself_is_replaced(said, becomes_):
    entry = replace(ASKED, id=EntryId("x"), section=said)
    found = becomes(city(OLD, NEW, entries=(entry,)), "faq")
    assert [each.section for each in found] == [becomes_]


def test_hours_of_the_successors_own_are_not_doubled():
    own = replace(HOURS, id="own", section=NEW.id)
    assert becomes(city(OLD, NEW, hours=(HOURS, own)), "hours") == []


def test_hours_move_to_the_office_of_the_successor():
    elsewhere = replace(NEW, office=OfficeId("K002"))
    assert becomes(city(OLD, elsewhere, hours=(HOURS,)), "hours")[0].office == "K002"


def test_a_telephone_that_is_still_called_stays():
    sharing = replace(SECTION, id=SectionId("other"), name="税務室")
    assert becomes(city(OLD, NEW, sharing), "faq")[0].telephone == OLD.telephone


def test_a_new_name_is_taken_to_the_letter():
    odd = replace(NEW, name=r"市民\1課\g<x>")
    (entry,) = becomes(city(OLD, odd), "faq")
    assert entry.section == r"お住まいの区の区役所 市民\1課\g<x>・総合出張所"
