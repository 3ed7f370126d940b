"""Staff confirm what is still right, on both databases."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from faq.changes import RecordName
from faq.kinds import KINDS
from faq.models import Status
from faq.record_cells import fingerprint
from store import history, knowledge, places, tables
from store.sight import Role
from store.upholding import LONGER, TAKEN_BACK_WITHIN, Seen, take_back, uphold
from tests.conftest import NOON
from tests.store.editors import ENTRY, editor

TODAY = date(2026, 11, 24)
OVER = replace(
    ENTRY, provenance=replace(ENTRY.provenance, valid_until=date(2026, 3, 31), status=Status.UNCONFIRMED)
)
SEEN = Seen(RecordName("faq", OVER.id), fingerprint(KINDS["faq"], OVER))


@pytest.fixture
def kept(tx):
    knowledge.take_in(tx, [OVER], NOON)
    return tx


@pytest.fixture
def taro(kept):
    return editor(kept, "taro", section=None)


def present(tx):
    return next(each for each in knowledge.all_entries(tx) if each.id == OVER.id)


def test_only_the_days_change_and_the_history_has_it(kept, taro):
    done = uphold(kept, taro, [SEEN], "確かめた", NOON)
    assert (done.names, done.left) == ((SEEN.what,), ())
    of = replace(OVER.provenance, confirmed_on=TODAY, valid_until=TODAY + LONGER, status=Status.CONFIRMED)
    assert present(kept) == replace(OVER, provenance=of)
    (revision,) = history.of_record(kept, taro, "faq", OVER.id)
    assert (revision.edition.by, revision.edition.why) == (taro.account, "確かめた")
    acts = kept.connection.scalars(sa.select(tables.audit.c.act))
    assert "upheld" in set(acts)


def test_what_somebody_changed_meanwhile_is_left(kept, taro):
    knowledge.take_in(kept, [replace(OVER, answer="別の答えです。")], NOON)
    done = uphold(kept, taro, [SEEN], "確かめた", NOON)
    assert (done.edition, done.names, done.left) == (None, (), (SEEN.what,))
    assert present(kept).provenance.status is Status.UNCONFIRMED


def test_another_sections_is_left_but_not_by_who_approves(kept):
    section = next(each for each in places.all_sections(kept) if each.name == "市民税課")
    own, other = (editor(kept, name, section=of) for name, of in (("own", section.id), ("other", "haiki")))
    assert uphold(kept, other, [SEEN], "確かめた", NOON).left == (SEEN.what,)
    assert uphold(kept, own, [SEEN], "確かめた", NOON).names == (SEEN.what,)
    chief = editor(kept, "chief", Role.APPROVER, "haiki")
    again = Seen(SEEN.what, fingerprint(KINDS["faq"], present(kept)))
    assert uphold(kept, chief, [again], "確かめた", NOON).names == (SEEN.what,)


def test_who_pressed_by_mistake_takes_it_back(kept, taro):
    done = uphold(kept, taro, [SEEN], "確かめた", NOON)
    assert take_back(kept, taro, done.edition, "間違い", NOON + TAKEN_BACK_WITHIN)
    assert present(kept) == OVER


def test_it_is_not_taken_back_by_another_nor_too_late_nor_over_a_change(kept, taro):
    done = uphold(kept, taro, [SEEN], "確かめた", NOON)
    assert not take_back(kept, editor(kept, "hana"), done.edition, "間違い", NOON)
    late = NOON + TAKEN_BACK_WITHIN + timedelta(seconds=1)
    assert not take_back(kept, taro, done.edition, "間違い", late)
    knowledge.take_in(kept, [replace(present(kept), answer="別の答えです。")], NOON)
    assert not take_back(kept, taro, done.edition, "間違い", NOON)
    assert present(kept).answer == "別の答えです。"
