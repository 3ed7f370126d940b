"""Sentences with blanks: whose they are to read and to write, and two people who change one at once."""

from datetime import timedelta

import pytest

from store import canned
from store.canned import CannedDraft
from store.overtaken import Overtaken
from store.sight import Role
from tests.conftest import NOON
from tests.store.people import HOZON, KUMIN, viewers


@pytest.fixture
def people(tx):
    return viewers(tx)


def draft(team=None, title="折り返し", kana="おりかえし"):
    return CannedDraft(team, title, kana, "{氏名}様、{日時}にお電話します。")


def titles(tx, viewer):
    return [each.title for each in canned.listed(tx, viewer)]


def test_ones_own_teams_come_first_then_everybodys(tx, people):
    admin = people["admin"]
    for team, title, kana in (
        (None, "挨拶", "あいさつ"),
        (None, "保留", "ほりゅう"),
        (KUMIN, "区民課", "くみんか"),
        (HOZON, "保全課", "ほぜんか"),
    ):
        canned.add(tx, admin, draft(team, title, kana), NOON)
    assert titles(tx, people["operator"]) == ["区民課", "挨拶", "保留"]
    assert titles(tx, people["other operator"]) == ["保全課", "挨拶", "保留"]
    assert set(titles(tx, admin)) == {"区民課", "保全課", "挨拶", "保留"}


@pytest.mark.parametrize(
    ("role", "own", "others", "everybodys"),
    [
        (Role.OPERATOR, False, False, False),
        (Role.STAFF, True, False, False),
        (Role.APPROVER, True, False, True),
        (Role.ADMIN, True, True, True),
    ],
)
def test_who_writes_for_whom(tx, people, role, own, others, everybodys):
    for team, may in ((KUMIN, own), (HOZON, others), (None, everybodys)):
        which = canned.add(tx, people["admin"], draft(team), NOON)
        assert which is not None
        who = people[role]
        assert (canned.add(tx, who, draft(team), NOON) is not None) is may
        assert (canned.change(tx, who, which, 1, draft(team, "別の"), NOON) == which) is may
        assert canned.remove(tx, who, which, NOON) is may


def test_nobody_gives_a_sentence_to_a_team_that_is_not_theirs(tx, people):
    staff = people["staff"]
    which = canned.add(tx, staff, draft(KUMIN), NOON)
    assert which is not None
    assert canned.change(tx, staff, which, 1, draft(None), NOON) is None
    assert canned.change(tx, staff, which, 1, draft(HOZON), NOON) is None


def test_the_second_of_two_editors_is_told_who_was_faster(tx, people):
    which = canned.add(tx, people["staff"], draft(KUMIN), NOON)
    assert which is not None
    later = NOON + timedelta(minutes=1)
    assert canned.change(tx, people["approver"], which, 1, draft(KUMIN, "先"), later) == which
    assert canned.change(tx, people["staff"], which, 1, draft(KUMIN, "後"), later) == Overtaken(
        "approver", later
    )
    assert titles(tx, people["staff"]) == ["先"]
    assert canned.change(tx, people["staff"], which, 2, draft(KUMIN, "後"), later) == which


def test_what_is_another_teams_is_not_there(tx, people):
    which = canned.add(tx, people["staff"], draft(KUMIN), NOON)
    assert which is not None
    assert canned.find(tx, people["operator"], which) is not None
    assert canned.find(tx, people["other operator"], which) is None
