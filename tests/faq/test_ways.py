"""The ways to be heard, as they ship: each names its source, and an entry that says more."""

from faq.models import Status
from tests.faq.cities import SHIPPED, records


def test_what_ships_is_told_apart_and_says_more():
    shipped = records(SHIPPED, "ways")
    entries = {each.id for each in records(SHIPPED, "faq")}
    assert len({each.need for each in shipped}) == len(shipped) == 8
    assert all(each.entry in entries and each.provenance.source_url for each in shipped)


def test_limits_of_a_year_and_of_three_months_stand_where_sources_say_them():
    shipped = {each.id: each for each in records(SHIPPED, "ways")}
    assert "1年以内" in shipped["ombudsman"].limits
    assert "1年以内" in shipped["audit"].limits
    assert "3か月以内" in shipped["review"].limits


def test_nothing_is_called_confirmed_that_nobody_confirmed():
    assert {each.provenance.status for each in records(SHIPPED, "ways")} == {Status.UNCONFIRMED}
