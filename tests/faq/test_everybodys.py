"""What is public in a city and so is nobody's."""

from faq.everybodys import everybodys
from faq.offices import Directory
from nlp.mentions import Kind, find
from tests.bench.mentions import city


def test_the_names_and_numbers_of_offices_are_everybodys():
    assert "東区役所" in city().places
    assert "096-328-2111" in city().public
    text = "096-328-2111に電話し、中央区手取本町1番1号へ行った。"
    assert find(text, city()) == ()
    assert [each.kind for each in find(text)] == [Kind.TELEPHONE, Kind.ADDRESS]


def test_a_city_without_offices_has_its_numbers():
    assert everybodys({"096-000-0000"}, Directory([], [])).places == frozenset()
