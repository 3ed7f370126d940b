"""What `doctor` says of who takes a case, and how soon it is answered."""

from dataclasses import replace
from datetime import date

import pytest

from bot.case_health import look
from faq.case_rules import CaseRules
from faq.counters import SectionId
from tests.faq.place_files import SECTION

DAY = date(2026, 11, 24)
GONE = replace(SECTION, id=SectionId("gone"), valid_to=date(2026, 11, 23))


@pytest.mark.parametrize(
    ("rules", "sections", "well", "says"),
    [
        (CaseRules(), (SECTION,), True, "no [cases], so this is the default"),
        (CaseRules(), (SECTION,), True, "chuo-kumin takes what no section is found for; fallback_section"),
        (CaseRules(), (GONE,), True, "the city has no sections"),
        (CaseRules(fallback_section=SECTION.id, told=True), (SECTION,), True, "within 16 hours of business"),
        (CaseRules(fallback_section=SECTION.id), (SECTION,), True, "chuo-kumin takes what no section is"),
        (CaseRules(fallback_section=SectionId("nobody")), (SECTION,), False, "nobody is no section"),
        (CaseRules(fallback_section=GONE.id), (SECTION, GONE), False, "until that is mended chuo-kumin"),
    ],
)
def test_each_state_is_told(rules, sections, well, says):
    found = tuple(look(rules, sections, DAY))
    assert all(each.well for each in found) is well
    assert any(says in each.text for each in found)
    assert ("default" in found[0].text) is not rules.told
