"""Where an entry's matter is dealt with."""

from dataclasses import replace

import pytest

from faq.models import EntryId
from tests.conftest import NOON
from tests.web.conftest import Service
from web.counters import counters_of


@pytest.mark.parametrize(
    ("section", "names"),
    [
        ("東区役所 区民課", ["東区役所 区民課"]),
        (
            "お住まいの区の区役所 区民課・総合出張所",
            [f"{ward}区役所 区民課" for ward in ("中央", "東", "西", "南", "北")],
        ),
        ("動物愛護センター", ["動物愛護センター"]),
        ("だれも知らない課", []),
        ("", []),
    ],
)
def test_the_counters_that_a_section_names(pages: Service, section: str, names: list[str]):
    with pages.site.database.read() as tx:
        known = pages.site.city(tx)
    entry = known.knowledge.entry(EntryId("moving-in"))
    assert entry is not None
    with pages.app.test_request_context():
        found = counters_of(known, replace(entry, section=section), NOON)
    assert [each.name for each in found] == names
    assert all(each.telephone and each.said and each.kana for each in found)
