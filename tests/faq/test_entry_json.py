from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from faq import entry_json
from faq.index import prepare
from faq.models import FaqEntry
from tests.faq.town import DOG, ENTRIES


@given(st.builds(FaqEntry, phrasings=st.lists(st.text()).map(tuple)))
def test_every_field_comes_back(entry: FaqEntry) -> None:
    assert entry_json.read(entry_json.write(entry)) == entry


def test_each_entry_has_a_fingerprint_of_its_own() -> None:
    assert len({entry_json.fingerprint(entry, "") for entry in ENTRIES}) == len(ENTRIES)


def test_what_is_changed_has_another() -> None:
    tokens = prepare(DOG).tokens_json()
    provenance = replace(DOG.provenance, confirmed_on=date(2026, 11, 22))
    others = (
        (replace(DOG, answer=DOG.answer + "。"), tokens),
        (replace(DOG, provenance=provenance), tokens),
        (DOG, tokens.replace("犬", "猫")),
    )
    before = entry_json.fingerprint(DOG, tokens)
    assert before == entry_json.fingerprint(DOG, tokens)
    assert before not in {entry_json.fingerprint(*other) for other in others}
    assert 0 <= before < 2**63
