"""A translation is to be looked at when its entry says something else since."""

from dataclasses import replace
from datetime import timedelta

import pytest

from faq.changes import Change
from faq.kinds import KINDS
from faq.models import EntryId
from nlp.language import Language
from store import editions, keeping, knowledge
from store.audit import COMMAND
from store.db import Tx
from store.outdated import outdated
from tests.conftest import NOON
from tests.faq import staff_files
from tests.faq.place_files import TRANSLATION

ENTRY = replace(staff_files.ENTRY, id=EntryId("ombudsman"))
"""One for which no translation ships."""
HERE = replace(TRANSLATION, entry=ENTRY.id)
ENGLISH = replace(HERE, language=Language.ENGLISH)


def becomes(tx: Tx, kind: str, before: object, after: object) -> None:
    """A change that is in the history, of a record that is there."""
    change = Change(kind, KINDS[kind].name_of(before), before, after)
    keeping.amend(tx, knowledge.kept_of(kind), [change], NOON)
    editions.note(tx, [change], COMMAND, "試し", None, NOON)


@pytest.fixture
def both(tx: Tx) -> None:
    for record in (ENTRY, HERE, ENGLISH):
        knowledge.take_in(tx, [record], NOON)


@pytest.mark.usefixtures("both")
def test_until_it_is_written_again(tx: Tx) -> None:
    assert outdated(tx) == frozenset()
    after = replace(ENTRY, answer="別の答えです。")
    becomes(tx, "faq", ENTRY, after)
    assert outdated(tx) == outdated(tx, ENTRY.id) == {(ENTRY.id, Language.EASY), (ENTRY.id, Language.ENGLISH)}
    becomes(tx, "translations", HERE, replace(HERE, answer="べつの答えです。"))
    assert outdated(tx) == {(ENTRY.id, Language.ENGLISH)}


@pytest.mark.usefixtures("both")
def test_what_is_not_translated_may_change(tx: Tx) -> None:
    later = replace(ENTRY.provenance, confirmed_on=(NOON + timedelta(days=1)).date())
    becomes(tx, "faq", ENTRY, replace(ENTRY, section="別の課", provenance=later))
    assert outdated(tx) == frozenset()
