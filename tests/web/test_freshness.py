"""What is to be looked at again, as its section sees it."""

import re

import pytest

from faq.counters import SectionId
from store.sight import Role

LIST = "/staff/freshness"


@pytest.fixture
def staff(pages):
    return pages.signed_in(pages.account("staff", Role.STAFF))


def marks(text):
    return re.findall(r'name="one" value="([^"]+)"', text)


def test_the_list_says_why(staff):
    said = staff.get(f"{LIST}?reason=old_year").text
    assert "前の年度のことが書かれています" in said
    assert "令和3年度" in said


def test_one_tap_confirms_and_one_takes_it_back(staff):
    mark = marks(staff.get(f"{LIST}?reason=old_year").text)[0]
    answer = staff.send(f"{LIST}?reason=unconfirmed&kind=faq", one=mark)
    assert answer.status_code == 303
    after = staff.get(answer.location).text
    assert "1件を、いまも正しいと記録しました。" in after
    undo = re.search(r'action="(/staff/freshness/\d+/undo)"', after)[1]
    back = staff.send(answer.location, to=undo)
    assert "確認を取り消しました。" in staff.get(back.location).text


def test_the_whole_list_at_once(staff):
    seen = marks(staff.get(f"{LIST}?kind=programmes").text)
    assert len(seen) > 10
    answer = staff.send(f"{LIST}?kind=programmes", record=seen)
    assert f"{len(seen)}件を、いまも正しいと記録しました。" in staff.get(answer.location).text


@pytest.mark.parametrize("sent", [{}, {"one": "faq x"}, {"record": "nothing at all"}])
def test_where_nothing_is_ticked_it_says_so(staff, sent):
    answer = staff.send(LIST, **sent)
    assert "選んでいません" in staff.get(answer.location).text


def test_a_section_begins_with_its_own_and_may_not_confirm_anothers(pages):
    own = pages.signed_in(pages.account("own", Role.STAFF, section=SectionId("chuo-kumin")))
    assert "自分の課" in own.get(LIST).text
    others = own.get(f"{LIST}?section=honcho-haikibutsu").text
    assert "担当の課が確かめます" in others
    assert marks(others) == []


def test_home_tells_how_much_waits(staff):
    assert "見直すものが" in staff.get("/home").text
