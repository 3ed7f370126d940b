"""Parts of the city by name."""

import pytest

from faq.models import Place, Provenance, Shelter, ShelterId, Status
from faq.towns import Towns

UNSURE = Provenance("", "", None, None, None, Status.UNCONFIRMED)


def shelter(name: str, ward: str, address: str, latitude: float) -> Shelter:
    return Shelter(ShelterId(name), name, ward, address, Place(latitude, 130.0), True, UNSURE)


TOWNS = Towns(
    [
        shelter("一新小学校", "東区", "さくら県さくら市東区新町2-1", 32.0),
        shelter("港会館", "東区", "さくら県さくら市東区新町西3-9", 32.2),
        shelter("河口小学校", "西区", "さくら県さくら市西区河内町船津2470-1", 33.0),
        shelter("さくら市役所", "西区", "さくら県さくら市西区城1-1", 34.0),
    ],
    "さくら市",
)


@pytest.mark.parametrize(
    ("text", "name", "rest"),
    [
        ("新町の近く", "新町", " の近く"),
        ("新町西の避難所", "新町西", " の避難所"),
        ("船津はどこ", "船津", " はどこ"),
        ("河内の避難所", "河内", " の避難所"),
        ("河内町船津", "河内町船津", " "),
        ("一新 避難所", "一新", "  避難所"),
    ],
)
def test_a_part_of_the_city_is_found_by_its_name_or_how_it_begins(text: str, name: str, rest: str) -> None:
    area = TOWNS.named(text)
    assert area is not None
    assert (area.name, area.rest) == (name, rest)


@pytest.mark.parametrize("text", ["", "うちの近く", "さくら市の避難所", "さくらの避難所", "新", "😀", "\x00"])
def test_what_names_no_part_is_none(text: str) -> None:
    assert TOWNS.named(text) is None


def test_the_centre_is_in_the_middle_of_what_stands_there() -> None:
    area = TOWNS.named("新町")
    assert area is not None
    assert area.centre.latitude == pytest.approx(32.1)
    assert area.wards == ("東区",)


def test_a_long_text_costs_no_more_than_a_short_one() -> None:
    assert TOWNS.named("あ" * 5_000 + "新町") is None
