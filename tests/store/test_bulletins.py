"""Notices to the desk: when they are shown, to whom no more, and who writes them."""

from dataclasses import replace
from datetime import timedelta

import pytest

from store import bulletins
from store.bulletins import BulletinDraft, Urgency
from store.overtaken import Overtaken
from store.sight import Role
from tests.conftest import NOON
from tests.store.people import HOZON, KUMIN, viewers

HOUR = timedelta(hours=1)


@pytest.fixture
def people(tx):
    return viewers(tx)


def draft(urgency=Urgency.NORMAL, title="窓口の休み", section=KUMIN, begins=NOON, ends=NOON + HOUR):
    return BulletinDraft(urgency, title, "きょうは休みです。", section, begins, ends)


def shown(tx, viewer, now=NOON):
    return [each.title for each in bulletins.unread(tx, viewer.account, now)]


def test_disasters_come_first_then_the_newest(tx, people):
    for urgency, title, begins in (
        (Urgency.NORMAL, "古い", NOON - HOUR),
        (Urgency.NORMAL, "新しい", NOON),
        (Urgency.DISASTER, "大雨", NOON - HOUR),
        (Urgency.URGENT, "至急", NOON),
    ):
        bulletins.write(tx, people["staff"], draft(urgency, title, begins=begins), NOON)
    assert shown(tx, people["operator"]) == ["大雨", "至急", "新しい", "古い"]


@pytest.mark.parametrize(
    ("after", "is_shown"),
    [
        (-timedelta(seconds=1), False),
        (timedelta(0), True),
        (HOUR - timedelta(seconds=1), True),
        (HOUR, False),
    ],
)
def test_from_its_beginning_until_its_end(tx, people, after, is_shown):
    which = bulletins.write(tx, people["staff"], draft(), NOON)
    assert which is not None
    assert bool(shown(tx, people["operator"], NOON + after)) is is_shown
    found = bulletins.find(tx, which)
    assert found is not None
    assert found.is_shown(NOON + after) is is_shown


def test_who_read_it_sees_it_no_more_until_it_changes(tx, people):
    me, staff = people["operator"], people["staff"]
    which = bulletins.write(tx, staff, draft(), NOON)
    assert which is not None
    for _ in range(2):
        bulletins.read(tx, me.account, which, 1)
    assert shown(tx, me) == []
    assert shown(tx, people["other operator"]) == ["窓口の休み"]
    assert bulletins.change(tx, staff, which, 1, draft(title="窓口の休み（訂正）"), NOON) == which
    assert shown(tx, me) == ["窓口の休み（訂正）"]


def test_reading_an_older_version_does_not_hide_the_newer(tx, people):
    """The change came between the page and the press."""
    which = bulletins.write(tx, people["staff"], draft(), NOON)
    assert which is not None
    bulletins.change(tx, people["staff"], which, 1, draft(title="訂正"), NOON)
    bulletins.read(tx, people["operator"].account, which, 1)
    assert shown(tx, people["operator"]) == ["訂正"]


def test_it_is_ended_before_its_time_and_stands_among_the_past(tx, people):
    later = NOON + HOUR / 2
    which = bulletins.write(tx, people["staff"], draft(), NOON)
    coming = bulletins.write(tx, people["staff"], draft(begins=later + HOUR, ends=later + 2 * HOUR), NOON)
    assert which is not None
    assert coming is not None
    for each in (which, coming, which):
        assert bulletins.end(tx, people["staff"], each, later)
    assert shown(tx, people["operator"], later) == []
    assert shown(tx, people["operator"], later + HOUR) == []
    assert [each.id for each in bulletins.past(tx, later, 10)] == [which]
    found = bulletins.find(tx, which)
    assert found is not None
    assert found.ends_at == later


@pytest.mark.parametrize(
    ("role", "own", "others", "everybodys"),
    [
        (Role.OPERATOR, False, False, False),
        (Role.STAFF, True, False, False),
        (Role.APPROVER, True, False, False),
        (Role.ADMIN, True, True, True),
    ],
)
def test_who_writes_for_whom(tx, people, role, own, others, everybodys):
    for section, may in ((KUMIN, own), (HOZON, others), (None, everybodys)):
        which = bulletins.write(tx, people["admin"], draft(section=section), NOON)
        assert which is not None
        who = people[role]
        assert (bulletins.write(tx, who, draft(section=section), NOON) is not None) is may
        assert (bulletins.change(tx, who, which, 1, draft(section=section), NOON) == which) is may
        assert bulletins.end(tx, who, which, NOON) is may


def test_the_second_of_two_editors_is_told_who_was_faster(tx, people):
    which = bulletins.write(tx, people["staff"], draft(), NOON)
    assert which is not None
    assert bulletins.change(tx, people["approver"], which, 1, draft(title="先"), NOON) == which
    assert bulletins.change(tx, people["staff"], which, 1, draft(title="後"), NOON) == Overtaken(
        "approver", NOON
    )


def test_a_notice_does_not_end_before_it_begins():
    with pytest.raises(ValueError, match="before it begins"):
        replace(draft(), ends_at=NOON - HOUR)
