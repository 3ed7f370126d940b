"""Which office does what."""

import pytest

from faq.counters import Procedure, ProcedureId, Section, SectionId
from faq.models import Office, OfficeId, Place, Provenance, Status
from faq.procedures import Done, done, instead_of, offices_for, section_for

UNSURE = Provenance("", "", None, None, None, Status.UNCONFIRMED)


def office(office_id: str, kind: str, ward: str, longitude: float | None) -> Office:
    place = None if longitude is None else Place(33.0, longitude)
    return Office(
        OfficeId(office_id), office_id, "", kind, ward, "", place, "", "", (), "", "", "", "", UNSURE
    )


EAST = office("east", "本所", "東", 130.0)
BRANCH = office("branch", "支所", "東", 130.5)
SMALL = office("small", "連絡所", "東", 130.6)
WEST = office("west", "本所", "西", 130.7)
LOST = office("lost", "連絡所", "東", None)
ALL = (EAST, BRANCH, SMALL, WEST, LOST)
CARE = Procedure(
    ProcedureId("care"), "介護", (), "福祉課", ("本所", "branch"), ("支所", "連絡所"), "", "", None, UNSURE
)


@pytest.mark.parametrize(
    ("there", "expected"),
    [
        (EAST, Done.YES),
        (BRANCH, Done.YES),  # its own id counts before its kind
        (SMALL, Done.NO),
        (office("else", "会館", "東", None), Done.UNKNOWN),
    ],
)
def test_the_matrix_says_whether_an_office_does_it(there: Office, expected: Done) -> None:
    assert done(CARE, there) is expected


def test_the_offices_that_do_it() -> None:
    assert offices_for(CARE, ALL) == (EAST, BRANCH, WEST)
    assert offices_for(CARE, ALL, ward="西") == (WEST,)


def test_from_an_office_that_does_not_the_nearest_that_does() -> None:
    assert instead_of(office("near", "連絡所", "西", 130.55), CARE, ALL) is BRANCH
    assert instead_of(office("far", "連絡所", "東", 130.71), CARE, ALL) is WEST


def test_where_the_place_is_unknown_the_same_ward_is_named() -> None:
    assert instead_of(LOST, CARE, ALL) is EAST
    assert instead_of(LOST, CARE, (LOST, WEST)) is WEST
    assert instead_of(LOST, CARE, (LOST,)) is None


def test_the_section_of_an_office_that_does_it() -> None:
    here = Section(SectionId("e"), OfficeId("east"), "福祉課", "", (), (), "", "", "", UNSURE)
    there = Section(SectionId("w"), OfficeId("west"), "福祉課", "", (), (), "", "", "", UNSURE)
    assert section_for(CARE, WEST, (here, there)) is there
    assert section_for(CARE, SMALL, (here, there)) is None
