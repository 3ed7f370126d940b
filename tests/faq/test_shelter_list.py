"""A list of shelters as it is pasted: all of it, or all that is wrong with it."""

import pytest

from faq.disaster import OpenShelter, ShelterState
from faq.models import Place, Provenance, Shelter, ShelterId, Status
from faq.shelter_list import MOST, BadLine, Why, read

FROM = Provenance("市", "", None, None, None, Status.CONFIRMED)


def shelter(which, name, ward):
    return Shelter(ShelterId(which), name, ward, "", Place(32.8, 130.7), True, FROM)


SHELTERS = [
    shelter("A1", "河内中学校", "西区"),
    shelter("A2", "東小学校", "東区"),
    shelter("A3", "東小学校", "北区"),
    shelter("A4", "託麻東小学校", "東区"),
]
OPEN, FULL, CLOSED = ShelterState


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("河内中学校", [OpenShelter(ShelterId("A1"), OPEN)]),
        ("A1", [OpenShelter(ShelterId("A1"), OPEN)]),
        ("河内中学校,満員,ペット可", [OpenShelter(ShelterId("A1"), FULL, "ペット可")]),
        ("河内中学校\t閉鎖\t", [OpenShelter(ShelterId("A1"), CLOSED)]),
        ("河内中学校，開設", [OpenShelter(ShelterId("A1"), OPEN)]),
        ("河内中学校、満", [OpenShelter(ShelterId("A1"), FULL)]),
        ("名称,状況\n河内中学校,○", [OpenShelter(ShelterId("A1"), OPEN)]),
        ("東小学校（東区）,開設", [OpenShelter(ShelterId("A2"), OPEN)]),
        ("\n 河内中学校 ,\n\n託麻東小学校", [OpenShelter(ShelterId("A1"), OPEN), OpenShelter(ShelterId("A4"), OPEN)]),
    ],
)  # fmt: skip
def test_what_is_read(text, found):
    assert list(read(text, SHELTERS)) == found


@pytest.mark.parametrize(
    ("text", "bad"),
    [
        ("", [BadLine(0, Why.EMPTY, "")]),
        ("どこか", [BadLine(1, Why.NOT_KNOWN, "どこか")]),
        ("東小学校", [BadLine(1, Why.SEVERAL, "東小学校")]),
        ("河内中学校,半分", [BadLine(1, Why.STATE, "半分")]),
        ("河内中学校\nA1,満員", [BadLine(2, Why.TWICE, "A1")]),
        ("河内中学校,開設," + "長" * 201, [BadLine(1, Why.TOO_LONG, "河内中学校")]),
        ("河内中学校\nX\nY,変", [BadLine(2, Why.NOT_KNOWN, "X"), BadLine(3, Why.NOT_KNOWN, "Y")]),
        ("x\n" * (MOST + 1), [BadLine(0, Why.TOO_MANY, str(MOST + 1))]),
        ("長" * 200_000, [BadLine(0, Why.NO_LIST, "")]),
        ('河内中学校,"開設\n' + "A1,満員\n" * 50_000, [BadLine(0, Why.NO_LIST, "")]),
    ],
)
def test_all_that_is_wrong_is_told_and_nothing_is_taken(text, bad):
    assert list(read(text, SHELTERS)) == bad
